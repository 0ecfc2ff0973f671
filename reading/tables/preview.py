"""What would an import do? The typed answer a person confirms before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from reading.tables.codes import FileQuestion, Noticed, RowCode, RowReason, TableRefusal
from reading.tables.rows import Row

RowType = TypeVar("RowType", bound=Row)


class TableKind(StrEnum):
    """Which table a file is said to be."""

    ROSTER = "roster"
    HISTORY = "history"
    CERTIFICATIONS = "certifications"
    CARDS = "cards"
    LEAVE = "leave"
    ASSIGNMENTS = "assignments"
    EMPLOYMENT = "employment"
    SHIFTS = "shifts"
    PATTERNS = "patterns"
    COURSES = "courses"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column and the header it was read from."""

    column: str
    header: str


class Order(StrEnum):
    """How the dates of one column are written."""

    SELF_EVIDENT = "self-evident"  # ISO, month names, or the same day either way
    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"
    SERIAL = "serial"
    SERIAL_1904 = "serial-1904"


class SettledBy(StrEnum):
    """What settled the order of a date column."""

    CELL = "cell"  # one number above 12
    HEADER = "header"  # "Date (MM/DD/YYYY)"
    ANSWER = "answer"
    NOTHING = "nothing"  # no cell reads two ways


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """How one date column is read, and the row that proves it."""

    column: str
    order: Order
    by: SettledBy
    line: int | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that is not what the cell says, with the reason."""

    column: str
    old: str
    new: str
    code: RowCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    """One row that would be written, corrected or not."""

    line: int
    row: Row
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[RowReason, ...] = ()  # any one of them: the row is taken both ways
    notes: tuple[RowReason, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()  # unknown headers, cells verbatim


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that is not read, with every reason found and its cells as they came."""

    line: int
    reasons: tuple[RowReason, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """One row that was understood and does not belong to this table."""

    line: int
    reason: RowReason
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """Every row ends in exactly one of these; ``waiting`` is all of them while a question is open."""

    rows: int = 0
    accepted: int = 0  # read as it stands
    corrected: int = 0  # kept with at least one correction
    rejected: int = 0
    skipped: int = 0
    waiting: int = 0
    doubtful: int = 0  # of the accepted and corrected, how many are taken both ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The whole reading of one file. With a refusal or an open question no row is read."""

    kind: TableKind
    refusal: TableRefusal | None = None
    questions: tuple[FileQuestion, ...] = ()
    counts: RowCounts = RowCounts()
    rows: tuple[AcceptedRow, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    skips: tuple[Skip, ...] = ()
    header: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    extra_headers: tuple[str, ...] = ()
    date_orders: tuple[DateOrder, ...] = ()
    noticed: tuple[Noticed, ...] = ()

    @property
    def ready(self) -> bool:
        """True when a person may confirm it: read, nothing left to ask."""
        return self.refusal is None and not self.questions

    def of(self, row_type: type[RowType]) -> Iterator[tuple[AcceptedRow, RowType]]:
        """The kept rows of one class, typed."""
        for accepted in self.rows:
            if isinstance(accepted.row, row_type):
                yield accepted, accepted.row
