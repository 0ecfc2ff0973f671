"""Do two texts of one page name different days or hours? Whoever changed one forgot, or hid, the other."""

import re
from collections.abc import Iterable
from decimal import Decimal

from reading.documents.model import TextLine

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(f"{month}[a-z]*" for month in _MONTHS)
_FIGURES = re.compile(r"(?<!\d)(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? ?(\d{{1,2}})(?:st|nd|rd|th)?,? ?(\d{{4}})", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:day of )?({_MONTH})[,.]?[ -](\d{{4}})", re.IGNORECASE
)
_UNIT = r"(?:hours?|hrs?|ceus?|credits?)"
_HOURS = re.compile(
    rf"(?<![\d.])(\d{{1,3}}(?:\.\d{{1,2}})?)\)?[ -]?(?:contact |credit |training )*{_UNIT}\b"
    rf"|\b{_UNIT}[: ]+(\d{{1,3}}(?:\.\d{{1,2}})?)(?![\d/-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


def disagree(hidden: Iterable[TextLine], seen: Iterable[TextLine]) -> bool:
    """Whether what cannot be seen names a day or hours that the page does not show."""
    unseen, shown = _text(hidden), _text(seen)
    # The number alone counts as shown: its label may stand in another column, or above it.
    numbers = {Decimal(number) for number in _NUMBER.findall(shown)}
    hours = {Decimal(next(filter(None, found))) for found in _HOURS.findall(unseen)}
    return not (hours <= numbers and _days(unseen) <= _days(shown))


def _text(lines: Iterable[TextLine]) -> str:
    return "\n".join(line.text for line in lines)


def _days(text: str) -> frozenset[frozenset[int]]:
    """Each day, month and year in no order: a month in words and one in figures are the same day."""
    found = {frozenset(int(number) % 100 for number in numbers) for numbers in _FIGURES.findall(text)}
    for month, day, year in _MONTH_FIRST.findall(text):
        found.add(_day(day, month, year))
    for day, month, year in _DAY_FIRST.findall(text):
        found.add(_day(day, month, year))
    return frozenset(found)


def _day(day: str, month: str, year: str) -> frozenset[int]:
    return frozenset({int(day), _MONTHS.index(month[:3].lower()) + 1, int(year) % 100})
