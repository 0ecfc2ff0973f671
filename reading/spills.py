"""Does a text hold what this desk must not hold? Numbers that open a person's life, criminal-justice and health words.

Only the obvious: a false alarm costs one step of the custodian, and a word such as "criminal history" in the name of a
class costs everybody their trust in the detector.
"""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from reading.text.tables import any_of, any_shape, lines

# Figures of a text file beyond this are looked at by people.
MOST_CHARACTERS = 200_000


class Spill(StrEnum):
    """What was found; the catalogue holds ``spill-<code>`` for each."""

    SOCIAL_SECURITY = "social-security"
    PAYMENT_CARD = "payment-card"
    CRIMINAL_JUSTICE = "criminal-justice"
    HEALTH = "health"


# Numbers that were never given out are no social-security numbers: 000, 666 and 9xx, group 00, serial 0000.
_SOCIAL_SECURITY = re.compile(
    r"(?<![\d-])(?!000|666|9\d\d)\d{3}([- .])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])"
    r"|\b(?:ssn|ss ?#|social(?: security)?(?: number| no)?)\b\W{0,3}(?:is\W{0,2})?(?!000|666|9\d\d)\d{9}\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){14,15}\d(?![\d-])")
# Length and first figures of the four brands that people carry.
_BRANDS = re.compile(r"4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}")
# Marks for what is written in figures, so that the table can speak of it; the longer ones first.
_MARKS = (
    # Nobody trains before 2010, and nobody who is asked about was born after it.
    (re.compile(r"(?<![\d/-])\d{1,2}([/-])\d{1,2}\1(?:19\d\d|200\d|[3-9]\d)(?![\d/-])"), " BORN "),
    # Two years side by side are a span and no case.
    (re.compile(r"(?<![\d-])(?:\d{2}-\d{4,8}|\d{4}-\d{5,8})(?![\d-])"), " CASENO "),
    (re.compile(r"\b(?=\w*\d)(?=\w*[a-z])[a-hj-npr-z0-9]{17}\b"), " VIN "),
    (re.compile(r"\b[a-z]\d{8,14}\b"), " IDNO "),
    (re.compile(r"\b(?=\w*\d\w*\d)(?=\w*[a-z])[a-z0-9]{5,8}\b"), " PLATE "),
)
_WORD = re.compile(r"[\w#]+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class _Shape:
    spill: Spill
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def _shapes() -> tuple[_Shape, ...]:
    """The table of words, in the order of the file."""
    table: list[_Shape] = []
    for line in lines("spills.txt"):
        kind, shapes, unless = (cell.strip() for cell in line.split("|"))
        table.append(_Shape(Spill(kind), any_shape(shapes), any_of(unless)))
    return tuple(table)


def _evened_out(text: str) -> str:
    """Every word followed by one blank, without apostrophes and other marks between words."""
    even = text.casefold().replace("\u2019", "").replace("'", "")
    for figures, mark in _MARKS:
        even = figures.sub(mark, even)
    return "".join(f"{word} " for word in _WORD.findall(even))


def found_in(text: str) -> Spill | None:
    """The first thing found that must not be here; None for everything else."""
    if _SOCIAL_SECURITY.search(text):
        return Spill.SOCIAL_SECURITY
    if any(_is_card(match.group()) for match in _CARD.finditer(text)):
        return Spill.PAYMENT_CARD
    even = _evened_out(text)
    for shape in _shapes():
        if shape.words.search(even) and not (shape.unless and shape.unless.search(even)):
            return shape.spill
    return None


def text_of(content: bytes) -> str:
    """The words of a file that is plain text."""
    coding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    return content.decode(coding, "replace")[:MOST_CHARACTERS]


def _is_card(written: str) -> bool:
    figures = re.sub(r"\D", "", written)
    return bool(_BRANDS.fullmatch(figures)) and _check_figure_is_right(figures)


def _check_figure_is_right(figures: str) -> bool:
    total = 0
    for at, figure in enumerate(reversed(figures)):
        doubled = int(figure) * (1 + at % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
