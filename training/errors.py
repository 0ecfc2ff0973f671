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

    # The record.
    DATABASE_NOT_READY = "database-not-ready"  # absent, or older than this release
    DATABASE_BUSY = "database-busy"  # another writer held it longer than we wait
    CORRECTION_CONFLICT = "correction-conflict"  # somebody else corrected the same record first
    NO_AGENCY = "no-agency"  # no roster was imported yet

    # Files that leave.
    EXPORT_REFUSED = "export-refused"  # not the asker's to have, or nobody there: one answer for both
    EXPORT_NOT_KEPT = "export-not-kept"  # logged as made, and then the disk said no

    # Roles.
    ACCESS_REFUSED = "access-refused"  # not the asker's to decide, about oneself, or about nobody: one answer
    GRANT_NEEDS_END = "grant-needs-end"  # a role that is only given for a time

    # The installation.
    SETTINGS_PROBLEM = "settings-problem"
    PORT_TAKEN = "port-taken"  # another program answers there
    DESK_NOT_LOCAL = "desk-not-local"  # the desk shows people's records, so only this machine may reach it


class Mender(StrEnum):
    """Who can put it right; decides whom the next step speaks to."""

    ASKER = "asker"  # whoever asked, by asking or sending something else
    COORDINATOR = "coordinator"  # whoever keeps the records and the packs
    OPERATOR = "operator"  # whoever runs the installation


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of the catalogue: which facts the sentence is built from, and who can mend it."""

    mender: Mender
    facts: frozenset[str] = frozenset()


def _reason(mender: Mender, *facts: str) -> Reason:
    return Reason(mender, frozenset(facts))


REASONS: Final[Mapping[ErrorCode, Reason]] = MappingProxyType(
    {
        ErrorCode.PACK_BROKEN: _reason(Mender.COORDINATOR, "problem"),
        ErrorCode.PACK_UNKNOWN: _reason(Mender.COORDINATOR, "pack", "known"),
        ErrorCode.DATABASE_NOT_READY: _reason(Mender.OPERATOR),
        ErrorCode.DATABASE_BUSY: _reason(Mender.ASKER),
        ErrorCode.CORRECTION_CONFLICT: _reason(Mender.ASKER, "record"),
        ErrorCode.NO_AGENCY: _reason(Mender.OPERATOR),
        ErrorCode.EXPORT_REFUSED: _reason(Mender.COORDINATOR),
        ErrorCode.EXPORT_NOT_KEPT: _reason(Mender.ASKER, "file", "problem"),
        ErrorCode.ACCESS_REFUSED: _reason(Mender.COORDINATOR),
        ErrorCode.GRANT_NEEDS_END: _reason(Mender.ASKER, "role"),
        ErrorCode.SETTINGS_PROBLEM: _reason(Mender.OPERATOR, "problems"),
        ErrorCode.PORT_TAKEN: _reason(Mender.OPERATOR, "port", "other"),
        ErrorCode.DESK_NOT_LOCAL: _reason(Mender.OPERATOR, "host"),
    }
)


class RollcallError(Exception):
    """Rollcall stopped for a known reason and changed nothing. Doors turn the code and facts into words.

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
