"""Which day does one cell mean by itself? The order of two small numbers and a missing century stay open."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reading.tables.codes import RowCode

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS["sept"] = 9

# No way to write one day is longer; the cap also keeps hostile cells away from the expressions below.
LONGEST_DATE = 40

# Day numbers of a spreadsheet between 1 January 1950 and 31 December 2099; smaller ones are counts or hours.
FIRST_SERIAL, LAST_SERIAL = 18264, 73050


class Shape(StrEnum):
    """What a cell of a date column is."""

    DAY = "day"  # says its day by itself
    NUMBERS = "numbers"  # two numbers and a year
    SERIAL = "serial"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCell:
    """One cell, as far as it can be read without knowing its column."""

    shape: Shape
    year: int = 0
    first: int = 0  # the month of a DAY, otherwise the first number
    second: int = 0
    short_year: bool = False
    month_only: bool = False
    zone_unclear: bool = False  # an instant with a zone, which may be another day here
    problem: RowCode | None = None


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def parse_cell(text: str) -> DateCell:
    """Read one cell on its own."""
    if len(text) > LONGEST_DATE:
        return _bad(RowCode.DATE_UNREADABLE)
    cell = text.strip().casefold()
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(cell):
            return read(match)
    return _bad(RowCode.DATE_UNREADABLE)


def _bad(problem: RowCode) -> DateCell:
    return DateCell(shape=Shape.BAD, problem=problem)


def _numbers(match: re.Match[str]) -> DateCell:
    return DateCell(
        shape=Shape.NUMBERS,
        year=int(match["year"]),
        first=int(match["first"]),
        second=int(match["second"]),
        short_year=len(match["year"]) == 2,
        zone_unclear=_zone_unclear(match),
    )


def _iso(match: re.Match[str]) -> DateCell:
    return DateCell(
        shape=Shape.DAY,
        year=int(match["year"]),
        first=int(match["month"]),
        second=int(match["day"]),
        zone_unclear=_zone_unclear(match),
    )


def _compact(match: re.Match[str]) -> DateCell:
    return DateCell(
        shape=Shape.DAY, year=int(match["year"]), first=int(match["month"]), second=int(match["day"])
    )


def _serial(match: re.Match[str]) -> DateCell:
    number = int(match["number"])
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return DateCell(shape=Shape.SERIAL, first=number)
    return _bad(RowCode.DATE_UNREADABLE)


def _named(match: re.Match[str]) -> DateCell:
    month = MONTH_NUMBERS.get(match["name"])
    if month is None:
        return _bad(RowCode.DATE_UNREADABLE)
    return DateCell(
        shape=Shape.DAY,
        year=int(match["year"]),
        first=month,
        second=int(match["day"]),
        short_year=len(match["year"]) == 2,
        zone_unclear=_zone_unclear(match),
    )


def _month_of_year(match: re.Match[str]) -> DateCell:
    named = match.groupdict().get("name")
    month = MONTH_NUMBERS.get(named, 0) if named else int(match["month"])
    year = int(match["year"])
    if not (1 <= month <= 12 and year >= 1):
        return _bad(RowCode.DATE_UNREADABLE)
    last = monthrange(year, month)[1]
    return DateCell(shape=Shape.DAY, year=year, first=month, second=last, month_only=True)


def _year_alone(_match: re.Match[str]) -> DateCell:
    return _bad(RowCode.DATE_INCOMPLETE)


def _range(_match: re.Match[str]) -> DateCell:
    return _bad(RowCode.DATE_IS_RANGE)


def _zone_unclear(match: re.Match[str]) -> bool:
    clock, zone = match["clock"], match["zone"]
    return zone is not None and clock is not None and not clock.startswith("00:00")


_CLOCK = (
    r"(?:[ t]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)\s*(?:[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"

_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateCell]], ...] = (
    (
        re.compile(
            rf"(?P<first>[0-9]{{1,2}})\s?(?P<mark>[-/.\s])\s?(?P<second>[0-9]{{1,2}})\s?(?P=mark)\s?{_YEAR}{_CLOCK}"
        ),
        _numbers,
    ),
    (
        re.compile(
            rf"(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}}){_CLOCK}"
        ),
        _iso,
    ),
    (re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3][0-9])"), _compact),
    (re.compile(r"(?P<number>[0-9]{5})(?:\.[0-9]{1,10})?"), _serial),
    (re.compile(rf"{_WEEKDAY}{_DAY}[\s-]*{_NAME},?[\s-]*{_YEAR}{_CLOCK}"), _named),
    (re.compile(rf"{_WEEKDAY}{_NAME}[\s-]*{_DAY}(?:,\s*|[\s-]+){_YEAR}{_CLOCK}"), _named),
    (
        re.compile(r"(?:(?P<month>[0-9]{1,2})|(?P<name>[a-z]{3,9})\.?)[-/.,\s]+(?P<year>[0-9]{4})"),
        _month_of_year,
    ),
    (re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})"), _month_of_year),
    (re.compile(r"[0-9]{4}"), _year_alone),
    (
        re.compile(
            r".*[0-9]\s*(?:-|\u2013|to|thru|through|and|&)\s*[a-z]*\.?\s*[0-9]{1,2}(?:[/., ].*[0-9].*)?"
        ),
        _range,
    ),
)
