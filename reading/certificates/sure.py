"""How surely is a value right? What the rule that found it is worth, and what the letters it stands on are worth.

0.9 and above means confident: of a hundred such values at most one may be wrong. Below 0.5 it is a guess to be asked.
"""

from typing import TypeVar

from reading.certificates.cells import Cell
from reading.certificates.model import Read

T = TypeVar("T")

CONFIDENT = 0.9

# Letters read from a picture below this are often handwriting or a blurred photo: never confident.
_CLEAR = 0.93
_DIM = 0.8


def read(value: T, rule: float, *cells: Cell, label: str = "") -> Read[T]:
    """A value with its confidence, from the cells it was taken from."""
    cell = cells[0]
    return Read(
        value=value,
        confidence=round(max(0.05, min(rule, 0.99) * letters(*cells)), 2),
        page=cell.page,
        line=" ".join(one.text for one in cells),
        label=label,
    )


def letters(*cells: Cell) -> float:
    """What the letters are worth; text that was never a picture is worth everything."""
    worst = min(cell.sure for cell in cells)
    if not any(cell.picture for cell in cells):
        return 1.0
    if worst >= _CLEAR:
        return 1.0
    if worst >= _DIM:
        return 0.9
    return 0.7
