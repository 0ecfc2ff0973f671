"""How many hours does a cell say? Exact decimals, never a float; an empty cell is not zero."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reading.tables.codes import RowCode

# One working year. The longest class in real state histories is a 640 hour academy; more is a typing slip.
MAX_HOURS = Decimal(2080)
MINUTES_AN_HOUR = Decimal(60)
SMALLEST = Decimal("0.0001")  # a third of an hour has no end; the exact minutes are kept beside it

FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}

NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?|[.,][0-9]{1,6}"
HOUR_WORD = r"(?:h|hr|hrs|hour|hours|credit|credits|contact hours?|credit hours?|ce hours?)\.?"
MINUTE_WORD = r"(?:m|min|mins|minute|minutes)\.?"

_PLAIN = re.compile(rf"(-?)\s*({NUMBER})\s*(?:{HOUR_WORD})?")
_MINUTES = re.compile(rf"(-?)\s*({NUMBER})\s*{MINUTE_WORD}")
_BOTH = re.compile(rf"([0-9]{{1,4}})\s*{HOUR_WORD}\s*(?:and\s*)?([0-9]{{1,2}})\s*(?:{MINUTE_WORD})?")
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::00)?")
_FRACTION = re.compile(rf"([0-9]{{1,4}})?\s*([¼½¾]|([1-9])/([1-9]))\s*(?:{HOUR_WORD})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}[,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class HoursReading:
    """Hours, or the code of what is wrong; ``how`` says when the cell was not simply a number."""

    hours: Decimal | None = None
    minutes: Decimal | None = None
    how: RowCode | None = None
    problem: RowCode | None = None


@lru_cache(maxsize=4096)
def read_hours(text: str, *, in_minutes: bool = False) -> HoursReading:
    """Read one cell; ``in_minutes`` when the header says that bare numbers are minutes."""
    cell = text.strip().casefold()
    if not cell:
        return HoursReading()
    reading = _read(cell, in_minutes=in_minutes)
    if reading.hours is not None and reading.hours > MAX_HOURS:
        return HoursReading(problem=RowCode.HOURS_TOO_MANY)
    return reading


def _read(cell: str, *, in_minutes: bool) -> HoursReading:
    if plain := _PLAIN.fullmatch(cell):
        sign, number = plain.groups()
        return _from_number(sign, number, minutes=in_minutes and cell[-1].isdigit())
    if minutes := _MINUTES.fullmatch(cell):
        return _from_number(*minutes.groups(), minutes=True)
    if clock := (_CLOCK.fullmatch(cell) or _BOTH.fullmatch(cell)):
        hours, rest = clock.groups()
        return _from_minutes(Decimal(hours) * MINUTES_AN_HOUR + Decimal(rest), RowCode.HOURS_FROM_CLOCK)
    if fraction := _FRACTION.fullmatch(cell):
        whole, mark, above, below = fraction.groups()
        part = FRACTIONS[mark] if mark in FRACTIONS else Decimal(above) / Decimal(below)
        if part >= 1:
            return HoursReading(problem=RowCode.HOURS_UNREADABLE)
        return _from_minutes((Decimal(whole or 0) + part) * MINUTES_AN_HOUR, RowCode.HOURS_FROM_FRACTION)
    return HoursReading(problem=RowCode.HOURS_UNREADABLE)


def _from_number(sign: str, number: str, *, minutes: bool) -> HoursReading:
    if _THOUSANDS.fullmatch(number):
        return HoursReading(problem=RowCode.HOURS_SEPARATOR_UNCLEAR)
    value = Decimal(number.replace(",", "."))
    if sign and value:
        return HoursReading(problem=RowCode.HOURS_NEGATIVE)
    if minutes:
        return _from_minutes(value, RowCode.HOURS_FROM_MINUTES)
    return HoursReading(hours=plain_hours(value), how=RowCode.HOURS_DECIMAL_COMMA if "," in number else None)


def _from_minutes(minutes: Decimal, how: RowCode) -> HoursReading:
    whole = minutes.quantize(SMALLEST, ROUND_HALF_UP).normalize()
    hours = (minutes / MINUTES_AN_HOUR).quantize(SMALLEST, ROUND_HALF_UP)
    return HoursReading(hours=plain_hours(hours), minutes=plain_hours(whole), how=how)


def plain_hours(hours: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent: equal hours are written alike."""
    shortest = hours.normalize()
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral_value() else shortest
