"""Which large lines of a page could be the name of a course, where no label and no sentence leads to one?"""

import re
from collections.abc import Sequence

from reading.certificates import titletext, words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.labels import Labelled, field_of
from reading.certificates.names import name_in
from reading.certificates.shapes import is_title
from reading.titles import match_title

_LARGER = 1.2
_MUCH_LARGER = 1.5
_MOST_WORDS = 14
# The paper's own name, an organisation, or a place.
_OTHER = re.compile(
    r"certif|diploma|complet|attendance|\baward|department|academy|institute\b|association|college|university|\binc\b|\bllc\b"
    r"|police department|sheriff|\brecord\b|transcript|council|commission|congratulations|this is|presented|\bhours?\b"
    r"|participation|achievement|www\.|\bbureau\b|@|\.com|\.org|\.gov",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:conference|seminar|symposium|summit|workshop|training|course|school|class|update)\b", re.I
)


def headings(sheet: PageCells, values: Sequence[Labelled], person: Cell | None) -> list[Cell]:
    """Large lines that can be a title, the likeliest first."""
    taken = {value.cell.at for value in values if value.field != "title"}
    sizes = sorted(cell.height for cell in sheet.cells)
    usual = sizes[len(sizes) // 2]
    found = [
        cell
        for cell in sheet.cells
        if cell.at not in taken and _can_be(cell, usual) and (person is None or cell.at != person.at)
    ]
    return sorted(found, key=lambda cell: (-_speaks(cell), -cell.height))


def speaks_of_training(cell: Cell) -> bool:
    """True when a line names a topic of training or a kind of event."""
    return _speaks(cell) > 0


def is_much_larger(sheet: PageCells, cell: Cell) -> bool:
    """True for a line set far larger than the page's usual type."""
    sizes = sorted(one.height for one in sheet.cells)
    return cell.height >= sizes[len(sizes) // 2] * _MUCH_LARGER


def _speaks(cell: Cell) -> int:
    return 2 * bool(match_title(cell.text).topics) + bool(_EVENT.search(cell.text))


def _can_be(cell: Cell, usual: float) -> bool:
    text = cell.text
    if cell.bullet or not is_title(text) or len(text.split()) > _MOST_WORDS or cell.height < usual * _LARGER:
        return False
    if _OTHER.search(text) or titletext.is_generic(text) or field_of(text) is not None:
        return False
    if name_in(text) is not None and not match_title(text).topics and not _EVENT.search(text):
        return False
    return titletext.ends_at(text) is None and len(words.plain(text)) > 2
