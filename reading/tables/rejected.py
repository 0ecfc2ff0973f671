"""How does a coordinator get the rejected rows back? A CSV to mend and import again."""

import csv
from collections.abc import Callable
from io import StringIO

from reading.tables.columns import REASON_HEADER, plain
from reading.tables.preview import Preview, Rejection

# A spreadsheet computes cells that begin like this; a mark before them says "text", our reader drops it.
# The wide forms are what some input methods type; spreadsheets take them for the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_rejected(preview: Preview, because: Callable[[Rejection], str]) -> bytes:
    """The rejected rows under their own header, with one column more that the reader ignores.

    ``because`` puts the reasons into words. The file begins with a mark, or Excel would spoil every accent.
    """
    kept = [place for place, header in enumerate(preview.header) if plain(header) != plain(REASON_HEADER)]
    width = max([len(preview.header), *(len(rejection.cells) for rejection in preview.rejections)])
    kept.extend(range(len(preview.header), width))
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([*_picked(preview.header, kept), REASON_HEADER])
    for rejection in preview.rejections:
        writer.writerow([*_picked(rejection.cells, kept), neutral(because(rejection))])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _picked(cells: tuple[str, ...], places: list[int]) -> list[str]:
    return [neutral(cells[place]) if place < len(cells) else "" for place in places]


def neutral(cell: str) -> str:
    """The cell as text that no spreadsheet computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
