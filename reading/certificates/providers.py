"""Who gave the course? The words under the label, behind "presented by", or the organisation in the heading."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reading.certificates import words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.datetext import find as find_days
from reading.certificates.labels import Labelled, field_of
from reading.certificates.model import Read
from reading.certificates.names import name_in, rank_in
from reading.certificates.sure import read

_BY = re.compile(
    r"\b(?:presented|sponsored|provided|offered|conducted|delivered|given|administered|issued|instructed|taught)"
    r" by:?\s+(?:the\s+)?(?P<who>[^\n]{3,90})",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:on|at|in|from|held|this|and is|for|with|through|during|consisting|,\s+an?)\s.*$|[.;]\s.*$"
    r"|,\s(?=\d|[A-Z][a-z]+ \d).*$",
    re.IGNORECASE,
)
_HEADING_PART = 0.3


@cache
def _organisation() -> re.Pattern[str]:
    return words.any_of(words.groups("providers.txt")["organisation"])


@cache
def _never() -> re.Pattern[str]:
    return words.any_of(words.groups("providers.txt")["never"])


def find(sheet: PageCells, values: Sequence[Labelled], title: str) -> Read[str] | None:
    """The provider of one page's course; a host agency is none."""
    for value in values:
        if value.field == "provider" and value.value and not find_days(value.value):
            person = name_in(value.value) is not None and not _organisation().search(value.value)
            if rank_in(value.value) and not _organisation().search(value.value):
                continue
            return read(value.value.strip(" .,;"), 0.6 if person else 0.92, value.cell, label=value.label)
    for match in _BY.finditer(sheet.text):
        who = _ENDS.sub("", match["who"]).strip(" .,;")
        if (
            who
            and not find_days(who)
            and (_organisation().search(who) or name_in(who) is None)
            and field_of(who) is None
        ):
            cell = sheet.cell_at(match.start("who"))
            return read(
                who, 0.85 if _organisation().search(who) else 0.6, cell, label=match[0].split(who)[0].strip()
            )
    best = max(_headings(sheet, values, title), key=lambda one: one[1], default=None)
    return None if best is None else read(best[0].text.strip(" .,;"), best[1], best[0])


def _headings(sheet: PageCells, values: Sequence[Labelled], title: str) -> Iterator[tuple[Cell, float]]:
    taken = {value.cell.at for value in values}
    for cell in sheet.cells:
        text = cell.text
        if cell.at in taken or cell.bullet or len(text) > 80 or not _organisation().search(text):
            continue
        if (
            _never().search(text)
            or find_days(text)
            or (title and words.plain(text) in words.plain(title))
            or ("," in text[:-5] and re.search(r"\d{5}|,\s[A-Z]{2}\b", text))
        ):
            continue
        yield cell, 0.75 if cell.top < _HEADING_PART else 0.5
