"""What is a sheet before anyone knows its kind? Rows of cells with line numbers, and caps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reading.tables.codes import FileQuestion, Noticed, RowCode, TableRefusal

# Caps. A state's 100,000 rows are about 10 MB; the rest is head-room, not an invitation.
MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 250_000
MAX_COLUMNS = 200
MAX_CELLS = 5_000_000  # that are not blank: as many rows as may be, of twenty columns
MAX_CELL_CHARACTERS = 2_000
MAX_LINE_CHARACTERS = 100_000
MAX_LINES_IN_A_ROW = 40  # a quoted cell with more line breaks is a quotation mark that was never closed
HEADER_WITHIN_LINES = 40

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: where it starts, its cells, and what is wrong with its shape."""

    line: int
    cells: tuple[str, ...]
    problem: RowCode | None = None
    flaws: tuple[tuple[int, RowCode], ...] = ()  # cells that hold nothing readable, by place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and the rows below it; blank rows are left out and counted nowhere."""

    header: tuple[str, ...]
    header_line: int
    rows: Sequence[SheetRow]
    noticed: tuple[Noticed, ...] = ()


# How many cells of a row are headers that the kind knows.
HeaderScore = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader looks for in a file: the header of a kind, and the sheet a person named."""

    score: HeaderScore
    fits: Callable[[Sequence[str]], bool]  # whether a header has all that the kind cannot do without
    sheet: str | None = None


SheetReader = Callable[[bytes, Wanted], Sheet | TableRefusal | FileQuestion]
