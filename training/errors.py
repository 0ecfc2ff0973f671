"""What can go wrong, once each: a code, the facts its sentence needs, and who can mend it.

What happened and what to do next are said by the messages catalogue, under ``error-<code>`` and
``error-<code>-next``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Fact = str | int | Decimal | date | tuple[str, ...] | tuple[date, ...]


class ErrorCode(StrEnum):
    """Every situation in which a command stops and says so. A code never changes its meaning."""

    # Rules.
    PACK_BROKEN = "pack-broken"
    PACK_UNKNOWN = "pack-unknown"
    PACK_OTHER_STATE = "pack-other-state"
    PACK_ALREADY_CHOSEN = "pack-already-chosen"
    PACK_OVERLAPS = "pack-overlaps"  # one duty would be judged under two packs on one day
    PACKS_MOVED = "packs-moved"  # somebody else changed the agency's packs between preview and writing

    # The Microsoft directory.
    DIRECTORY_OFF = "directory-off"
    DIRECTORY_NO_TOKEN = "directory-no-token"  # noqa: S105  the login service gives none
    DIRECTORY_PERMISSION = "directory-permission"
    DIRECTORY_UNREACHABLE = "directory-unreachable"
    DIRECTORY_UNCLEAR = "directory-unclear"  # it answered, and not with what was asked for
    DIRECTORY_GROUP = "directory-group"  # a group of the settings is not there
    DIRECTORY_APP = "directory-app"  # the tenant's catalogue has no such app
    DIRECTORY_NOBODY = "directory-nobody"  # nobody in it has a badge
    DIRECTORY_FEWER = "directory-fewer"  # far fewer people than before
    DIRECTORY_MOVED = "directory-moved"  # it says something else than when it was looked at

    # The record.
    DATABASE_NOT_READY = "database-not-ready"  # absent, or older than this release
    DATABASE_NEWER = "database-newer"  # upgraded by a later release
    DATABASE_UNREACHABLE = "database-unreachable"
    DATABASE_BUSY = "database-busy"  # another writer held it longer than we wait
    DATABASE_READ_ONLY = "database-read-only"
    DATABASE_FULL = "database-full"
    DATABASE_BROKEN = "database-broken"  # not a database, or a damaged one
    CORRECTION_CONFLICT = "correction-conflict"  # the record moved between a preview and its writing
    NO_AGENCY = "no-agency"  # no roster was imported yet
    MASTER_KEY_MISSING = "master-key-missing"  # there are item keys, and nothing to open them with
    MASTER_KEY_WRONG = "master-key-wrong"  # it is not the one the item keys were wrapped under
    NEXT_MASTER_KEY_MISSING = "next-master-key-missing"  # it is given from outside, and only one was
    KEYS_UNREACHABLE = "keys-unreachable"  # the key store does not answer
    FILES_AWAY = "files-away"  # the store of kept files does not answer, or takes nothing
    AGENCY_UNKNOWN = "agency-unknown"
    AGENCY_NOT_NAMED = "agency-not-named"  # there are several, and none was named
    BADGE_UNKNOWN = "badge-unknown"
    ANCHOR_FOLDER = "anchor-folder"  # the second place is not there, or refuses
    BACKUP_EXISTS = "backup-exists"  # no file is ever overwritten
    BACKUP_NOT_WRITTEN = "backup-not-written"
    BACKUP_NOT_FOUND = "backup-not-found"
    BACKUP_FOREIGN = "backup-foreign"  # not ours, or cut short so that nobody can tell
    BACKUP_DAMAGED = "backup-damaged"  # a part is not what its manifest says
    BACKUP_NEWER = "backup-newer"  # made by a later release
    DATABASE_NOT_EMPTY = "database-not-empty"  # a backup is restored only where nothing is

    # Files that come.
    FILE_NOT_OPENED = "file-not-opened"  # it is not there, is a folder, or may not be opened by us

    # Files that leave.
    EXPORT_REFUSED = "export-refused"  # not the asker's to have, or nobody there: one answer for both
    EXPORT_NOT_KEPT = "export-not-kept"  # logged as made, and then the disk said no

    # Roles.
    ACCESS_REFUSED = "access-refused"  # not the asker's to decide, about oneself, or about nobody: one answer
    GRANT_NEEDS_END = "grant-needs-end"  # a role that is only given for a time

    # The installation.
    SETTINGS_PROBLEM = "settings-problem"
    FOLDER_NOT_MADE = "folder-not-made"  # the data folder is not there and cannot be made
    TEAMS_NOT_SET = "teams-not-set"  # no package without a bot, and an address that Microsoft reaches
    PACKAGE_NOT_WRITTEN = "package-not-written"
    PORT_TAKEN = "port-taken"  # another program answers there
    PLAYGROUND_NOT_LOCAL = (
        "playground-not-local"  # it lets in whoever knocks, so only this machine may reach it
    )
    PLAYGROUND_BESIDE_CHANNELS = (
        "playground-beside-channels"  # where people are served, nobody tries things out
    )
    DESK_NOT_LOCAL = "desk-not-local"  # the desk shows people's records, so only this machine may reach it
    DESK_NOT_SERVED = "desk-not-served"  # it cannot know yet who sits in front of it


class Mender(StrEnum):
    """Who can put it right; decides whom the next step speaks to."""

    ASKER = "asker"  # whoever asked, by asking or sending something else
    COORDINATOR = "coordinator"  # whoever keeps the records and the packs
    OPERATOR = "operator"  # whoever runs the installation


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """One entry of the catalogue: which facts the sentence is built from, and who can mend it."""

    mender: Mender
    facts: frozenset[str] = frozenset()


def _reason(mender: Mender, *facts: str) -> ErrorEntry:
    return ErrorEntry(mender, frozenset(facts))


REASONS: Final[Mapping[ErrorCode, ErrorEntry]] = MappingProxyType(
    {
        ErrorCode.PACK_BROKEN: _reason(Mender.COORDINATOR, "problem"),
        ErrorCode.PACK_UNKNOWN: _reason(Mender.COORDINATOR, "pack", "known"),
        ErrorCode.PACK_OTHER_STATE: _reason(Mender.COORDINATOR, "pack", "state", "own"),
        ErrorCode.PACK_ALREADY_CHOSEN: _reason(Mender.COORDINATOR, "pack", "day"),
        ErrorCode.PACK_OVERLAPS: _reason(Mender.COORDINATOR, "pack", "other", "day"),
        ErrorCode.PACKS_MOVED: _reason(Mender.COORDINATOR, "pack"),
        ErrorCode.DIRECTORY_OFF: _reason(Mender.OPERATOR),
        ErrorCode.DIRECTORY_NO_TOKEN: _reason(Mender.OPERATOR, "why"),
        ErrorCode.DIRECTORY_PERMISSION: _reason(Mender.OPERATOR, "permission"),
        ErrorCode.DIRECTORY_UNREACHABLE: _reason(Mender.ASKER, "why"),
        ErrorCode.DIRECTORY_UNCLEAR: _reason(Mender.OPERATOR, "why"),
        ErrorCode.DIRECTORY_GROUP: _reason(Mender.OPERATOR, "group"),
        ErrorCode.DIRECTORY_APP: _reason(Mender.OPERATOR),
        ErrorCode.DIRECTORY_NOBODY: _reason(Mender.OPERATOR),
        ErrorCode.DIRECTORY_FEWER: _reason(Mender.OPERATOR, "now", "before"),
        ErrorCode.DIRECTORY_MOVED: _reason(Mender.ASKER),
        ErrorCode.DATABASE_NOT_READY: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_NEWER: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_UNREACHABLE: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_BUSY: _reason(Mender.ASKER),
        ErrorCode.DATABASE_READ_ONLY: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_FULL: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_BROKEN: _reason(Mender.OPERATOR),
        ErrorCode.CORRECTION_CONFLICT: _reason(Mender.ASKER, "record"),
        ErrorCode.NO_AGENCY: _reason(Mender.OPERATOR),
        ErrorCode.MASTER_KEY_MISSING: _reason(Mender.OPERATOR),
        ErrorCode.MASTER_KEY_WRONG: _reason(Mender.OPERATOR),
        ErrorCode.NEXT_MASTER_KEY_MISSING: _reason(Mender.OPERATOR),
        ErrorCode.KEYS_UNREACHABLE: _reason(Mender.OPERATOR),
        ErrorCode.FILES_AWAY: _reason(Mender.OPERATOR, "problem"),
        ErrorCode.AGENCY_UNKNOWN: _reason(Mender.OPERATOR, "agency", "known"),
        ErrorCode.AGENCY_NOT_NAMED: _reason(Mender.OPERATOR, "known"),
        ErrorCode.BADGE_UNKNOWN: _reason(Mender.ASKER, "badge"),
        ErrorCode.ANCHOR_FOLDER: _reason(Mender.OPERATOR, "folder"),
        ErrorCode.BACKUP_EXISTS: _reason(Mender.OPERATOR, "file"),
        ErrorCode.BACKUP_NOT_WRITTEN: _reason(Mender.OPERATOR, "file", "problem"),
        ErrorCode.BACKUP_NOT_FOUND: _reason(Mender.OPERATOR, "file"),
        ErrorCode.BACKUP_FOREIGN: _reason(Mender.OPERATOR, "file"),
        ErrorCode.BACKUP_DAMAGED: _reason(Mender.OPERATOR, "file", "part"),
        ErrorCode.BACKUP_NEWER: _reason(Mender.OPERATOR, "file", "revision"),
        ErrorCode.DATABASE_NOT_EMPTY: _reason(Mender.OPERATOR),
        ErrorCode.FILE_NOT_OPENED: _reason(Mender.ASKER, "file", "problem"),
        ErrorCode.EXPORT_REFUSED: _reason(Mender.COORDINATOR),
        ErrorCode.EXPORT_NOT_KEPT: _reason(Mender.ASKER, "file", "problem"),
        ErrorCode.ACCESS_REFUSED: _reason(Mender.COORDINATOR),
        ErrorCode.GRANT_NEEDS_END: _reason(Mender.ASKER, "role"),
        ErrorCode.SETTINGS_PROBLEM: _reason(Mender.OPERATOR, "problems"),
        ErrorCode.FOLDER_NOT_MADE: _reason(Mender.OPERATOR, "folder"),
        ErrorCode.TEAMS_NOT_SET: _reason(Mender.OPERATOR),
        ErrorCode.PACKAGE_NOT_WRITTEN: _reason(Mender.OPERATOR, "file", "problem"),
        ErrorCode.PORT_TAKEN: _reason(Mender.OPERATOR, "port", "other"),
        ErrorCode.PLAYGROUND_NOT_LOCAL: _reason(Mender.OPERATOR, "host"),
        ErrorCode.PLAYGROUND_BESIDE_CHANNELS: _reason(Mender.OPERATOR, "channels"),
        ErrorCode.DESK_NOT_LOCAL: _reason(Mender.OPERATOR, "host"),
        ErrorCode.DESK_NOT_SERVED: _reason(Mender.OPERATOR),
    }
)


class RollcallError(Exception):
    """Rollcall stopped for a known reason; what it wrote by then, if anything, its sentence says. Doors say it.

    Raise it with a code from the catalogue and exactly the facts listed there:
    ``RollcallError(ErrorCode.PACK_UNKNOWN, pack="xx", known=("mn", "or"))``.
    """

    def __init__(self, code: ErrorCode, **facts: Fact) -> None:
        known = REASONS.get(code)
        if known is None:
            raise LookupError(f"{code!r} is not in the error catalogue; add it to training.errors first")
        if set(facts) != known.facts:
            wanted = ", ".join(sorted(known.facts)) or "no facts"
            given = ", ".join(sorted(facts)) or "none"
            raise TypeError(f"{code} needs {wanted}; it was given {given}")
        self.code: Final = code
        self.facts: Final[Mapping[str, Fact]] = MappingProxyType(dict(facts))
        self.mender: Final = known.mender
        super().__init__(code)


ROOMS: Final = ("bot", "config", "db", "handlers", "messages", "reading", "rules", "scheduler", "training")


def place_of(error: BaseException) -> str:
    """Where an error was raised, as module and line of our own code nearest to it: a log names no value."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if not place or module.partition(".")[0] in ROOMS:
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
