"""Which reader belongs to which kind of table, and what is looked at once every row is read?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reading.tables.assignments import read_assignment
from reading.tables.cellreader import CellReader, RowDraft
from reading.tables.courses import read_course
from reading.tables.credentials import read_card, read_certification
from reading.tables.employment import across_leave, read_employment, read_leave
from reading.tables.history import read_history
from reading.tables.outcome import SortedRows
from reading.tables.preview import TableKind
from reading.tables.roster import across_roster, read_roster
from reading.tables.rows import Row
from reading.tables.shifts import read_pattern, read_shift
from reading.tables.twins import across_history


@dataclass(frozen=True, slots=True)
class TableReader:
    """``row`` reads one row; ``across`` sees all kept rows and may drop or doubt some because of others."""

    row: Callable[[CellReader], Row | None]
    across: Callable[[Sequence[RowDraft]], SortedRows] = SortedRows


TABLE_READERS: Mapping[TableKind, TableReader] = {
    TableKind.ROSTER: TableReader(read_roster, across_roster),
    TableKind.HISTORY: TableReader(read_history, across_history),
    TableKind.CERTIFICATIONS: TableReader(read_certification),
    TableKind.CARDS: TableReader(read_card),
    TableKind.LEAVE: TableReader(read_leave, across_leave),
    TableKind.ASSIGNMENTS: TableReader(read_assignment),
    TableKind.EMPLOYMENT: TableReader(read_employment),
    TableKind.SHIFTS: TableReader(read_shift),
    TableKind.PATTERNS: TableReader(read_pattern),
    TableKind.COURSES: TableReader(read_course),
}
