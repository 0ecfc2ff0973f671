"""Which row of a sheet is its header? The one with the most headers that the kind knows."""

from collections.abc import Iterable
from typing import TypeVar

from reading.tables.cells import HeaderScore, SheetRow

Place = TypeVar("Place")


def find_header(rows: Iterable[tuple[SheetRow, Place]], score: HeaderScore) -> tuple[SheetRow, Place] | None:
    """The row with the most known headers, or the first that looks like a row; with what came beside it."""
    best: tuple[SheetRow, Place] | None = None
    best_rank = (0, 0)
    for row, place in rows:
        filled = sum(1 for cell in row.cells if cell.strip())
        rank = (score(row.cells), min(filled, 2))
        if rank[0]:
            rank = (rank[0], 0)
        if filled and rank > best_rank:
            best, best_rank = (row, place), rank
    return best


def header_cells(row: SheetRow) -> tuple[str, ...]:
    """The header as it is shown and asked about: each cell in one line."""
    cells = [" ".join(cell.split()) for cell in row.cells]
    return tuple(cells) if any(cells) else ()
