"""Which reader belongs to which kind of table, and what is looked at once every row is read?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reading.tables.assignments import read_assignment
from reading.tables.cellreader import CellReader, Draft
from reading.tables.credentials import read_card, read_certification
from reading.tables.employment import across_leave, read_employment, read_leave
from reading.tables.history import read_history
from reading.tables.outcome import Outcome
from reading.tables.preview import Kind
from reading.tables.roster import across_roster, read_roster
from reading.tables.rows import Row
from reading.tables.twins import across_history


@dataclass(frozen=True, slots=True)
class TableReader:
    """``row`` reads one row; ``across`` sees all kept rows and may drop or doubt some because of others."""

    row: Callable[[CellReader], Row | None]
    across: Callable[[Sequence[Draft]], Outcome] = Outcome


TABLE_READERS: Mapping[Kind, TableReader] = {
    Kind.ROSTER: TableReader(read_roster, across_roster),
    Kind.HISTORY: TableReader(read_history, across_history),
    Kind.CERTIFICATIONS: TableReader(read_certification),
    Kind.CARDS: TableReader(read_card),
    Kind.LEAVE: TableReader(read_leave, across_leave),
    Kind.ASSIGNMENTS: TableReader(read_assignment),
    Kind.EMPLOYMENT: TableReader(read_employment),
}
