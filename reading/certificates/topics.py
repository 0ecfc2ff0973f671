"""Which general topics does a course name, with the words that say so, and which hours does the paper give to each?"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reading.certificates import hourtext
from reading.certificates.cells import PageCells
from reading.certificates.model import Read
from reading.titles import match_title

_SHARE = re.compile(
    r"^(?P<what>[A-Za-z][^\d:]{3,60}?)\s*[:\u2013(-]?\s*(?P<n>\d{1,2}(?:\.\d{1,2})?)\s*(?:hours?|hrs?\.?|credits?)\)?$",
    re.IGNORECASE,
)


def of(title: Read[str] | None) -> tuple[Read[str], ...]:
    """The topics of a title; each carries its reason as the label."""
    if title is None:
        return ()
    return tuple(
        Read(
            value=reason.topic,
            confidence=round(min(title.confidence, 0.9), 2),
            page=title.page,
            line=title.line,
            label=str(reason),
        )
        for reason in match_title(title.value).reasons
        if reason.topic in match_title(title.value).topics
    )


def hours_of(sheet: PageCells) -> tuple[tuple[str, Decimal], ...]:
    """`Crisis intervention: 2.0 hours` on lines of their own: what a sponsor gives to each mandate."""
    found = tuple(_shares(sheet))
    return found if len(found) > 1 else ()


def _shares(sheet: PageCells) -> Iterator[tuple[str, Decimal]]:
    for row in sheet.rows:
        text = " ".join(cell.text for cell in row)
        match = _SHARE.match(text)
        if match is None or re.search(r"total|contact|credit|training hours", match["what"], re.IGNORECASE):
            continue
        matched: Sequence[str] = match_title(match["what"]).topics
        amount = hourtext.labelled(match["n"])
        if len(matched) == 1 and amount is not None:
            yield matched[0], amount.hours
