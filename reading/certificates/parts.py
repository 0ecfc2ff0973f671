"""Does one page carry several certificates, one above the other or side by side? Each becomes a page of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from reading.certificates import words
from reading.documents.model import Document, Page, TextLine

# Two openings closer than this are two phrases of one certificate.
_APART = 0.14
_COLUMN_APART = 0.3
_MOST_WORDS = 8


@cache
def _opening() -> re.Pattern[str]:
    return words.any_of(words.groups("anchors.txt")["opens"])


def separated(document: Document) -> Document:
    """The document with every certificate on a page of its own; ``pages`` of a reading still counts the real ones."""
    return replace(document, pages=tuple(part for page in document.pages for part in _parts(page)))


def _parts(page: Page) -> Sequence[Page]:
    openings = [
        line
        for line in page.lines
        if _opening().match(line.text.strip()) and len(line.text.split()) <= _MOST_WORDS
    ]
    if len(openings) < 2:
        return (page,)
    by_column = sorted(openings, key=lambda line: line.left)
    if all(abs(line.top - openings[0].top) < _APART / 2 for line in openings):
        middles = [(line.left + line.right) / 2 for line in by_column]
        if len(openings) == 2 and middles[1] - middles[0] > _COLUMN_APART:
            cut = (by_column[0].right + by_column[1].left) / 2
            left = [line for line in page.lines if (line.left + line.right) / 2 < cut]
            return _pages(page, [left, [line for line in page.lines if line not in left]])
        return (page,)
    tops = sorted(line.top for line in openings)
    first = [top for at, top in enumerate(tops) if at == 0 or top - tops[at - 1] > _APART]
    if len(first) < 2:
        return (page,)
    cuts = [_cut(page, upper, lower) for upper, lower in pairwise(first)]
    bounds = [0.0, *cuts, 1.01]
    groups = [
        [line for line in page.lines if low <= (line.top + line.bottom) / 2 < high]
        for low, high in pairwise(bounds)
    ]
    return _pages(page, groups)


def _cut(page: Page, upper: float, lower: float) -> float:
    """The widest gap between the two openings: there one paper ends and the next begins."""
    between = sorted(
        (line for line in page.lines if upper < line.top <= lower + 0.001), key=lambda line: line.top
    )
    gaps = [
        (after.top - before.bottom, (after.top + before.bottom) / 2) for before, after in pairwise(between)
    ]
    return max(gaps)[1] if gaps else (upper + lower) / 2


def _pages(page: Page, groups: Sequence[Sequence[TextLine]]) -> Sequence[Page]:
    return tuple(replace(page, lines=tuple(group)) for group in groups if group)
