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
    """Every situation in which Rollcall stops and says so. A code never changes its meaning."""

    # People. A refusal reads the same whether the person is unknown or merely not the asker's to see.
    UNKNOWN_PERSON_OR_NOT_YOURS = "unknown-person-or-not-yours"
    BADGE_NOT_FOUND = "badge-not-found"  # only where the asker already runs the installation, never in chat
    NOT_PERMITTED = "not-permitted"

    # Files brought for import. Nothing of the file has been written.
    FILE_NOT_A_TABLE = "file-not-a-table"
    FILE_TOO_LARGE = "file-too-large"
    COLUMNS_MISSING = "columns-missing"
    COLUMNS_UNCLEAR = "columns-unclear"  # two columns could both be meant: a person chooses
    DATES_UNCLEAR = "dates-unclear"  # nothing in the column settles day or month first
    NOTHING_TO_IMPORT = "nothing-to-import"

    # Rules.
    PACK_BROKEN = "pack-broken"
    PACK_UNKNOWN = "pack-unknown"
    REQUIREMENT_UNKNOWN = "requirement-unknown"

    # The record.
    DATABASE_NOT_READY = "database-not-ready"  # absent, or older than this release
    DATABASE_BUSY = "database-busy"  # another writer held it longer than we wait
    CHAIN_BROKEN = "chain-broken"  # an audit entry no longer matches the one before it
    CORRECTION_CONFLICT = "correction-conflict"  # somebody else corrected the same record first

    # What somebody typed.
    DATE_UNCLEAR = "date-unclear"
    HOURS_UNCLEAR = "hours-unclear"
    FUTURE_DATE = "future-date"

    # The installation.
    SETTINGS_PROBLEM = "settings-problem"
    NOT_AVAILABLE_YET = "not-available-yet"  # understood, and not built in this version


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
        ErrorCode.UNKNOWN_PERSON_OR_NOT_YOURS: _reason(Mender.ASKER, "asked"),
        ErrorCode.BADGE_NOT_FOUND: _reason(Mender.OPERATOR, "badge"),
        ErrorCode.NOT_PERMITTED: _reason(Mender.ASKER, "roles"),
        ErrorCode.FILE_NOT_A_TABLE: _reason(Mender.ASKER, "file"),
        ErrorCode.FILE_TOO_LARGE: _reason(Mender.ASKER, "file", "megabytes", "limit"),
        ErrorCode.COLUMNS_MISSING: _reason(Mender.ASKER, "file", "columns"),
        ErrorCode.COLUMNS_UNCLEAR: _reason(Mender.ASKER, "file", "column", "candidates"),
        ErrorCode.DATES_UNCLEAR: _reason(Mender.ASKER, "file", "column", "example"),
        ErrorCode.NOTHING_TO_IMPORT: _reason(Mender.ASKER, "file", "rejected"),
        ErrorCode.PACK_BROKEN: _reason(Mender.COORDINATOR, "file", "line", "expected", "found"),
        ErrorCode.PACK_UNKNOWN: _reason(Mender.COORDINATOR, "pack", "known"),
        ErrorCode.REQUIREMENT_UNKNOWN: _reason(Mender.ASKER, "asked"),
        ErrorCode.DATABASE_NOT_READY: _reason(Mender.OPERATOR, "database"),
        ErrorCode.DATABASE_BUSY: _reason(Mender.ASKER),
        ErrorCode.CHAIN_BROKEN: _reason(Mender.OPERATOR, "position"),
        ErrorCode.CORRECTION_CONFLICT: _reason(Mender.ASKER, "record"),
        ErrorCode.DATE_UNCLEAR: _reason(Mender.ASKER, "asked", "candidates"),
        ErrorCode.HOURS_UNCLEAR: _reason(Mender.ASKER, "asked"),
        ErrorCode.FUTURE_DATE: _reason(Mender.ASKER, "on"),
        ErrorCode.SETTINGS_PROBLEM: _reason(Mender.OPERATOR, "problems"),
        ErrorCode.NOT_AVAILABLE_YET: _reason(Mender.ASKER, "asked"),
    }
)


class RollcallError(Exception):
    """Rollcall stopped for a known reason and changed nothing. Doors turn the code and facts into words.

    Raise it with a code from the catalogue and exactly the facts listed there:
    ``RollcallError(ErrorCode.FUTURE_DATE, on=date(2027, 3, 9))``.
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

    @property
    def sentence_key(self) -> str:
        """Catalogue key of what happened."""
        return f"error-{self.code}"

    @property
    def next_step_key(self) -> str:
        """Catalogue key of what to do now."""
        return f"error-{self.code}-next"
