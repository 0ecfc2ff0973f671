"""Which time of day, which zone and which days of a rotation does a cell mean? None for what cannot be read wholly."""

import re
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = 7
# A rotation of a year and a day has been seen; a longer one is a slip of the keyboard.
LONGEST_ROTATION = 366

_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2})?\s*(?P<half>[ap])?\.?(?:m\.?)?")
_BARE = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})(?:\s*(?:h|hrs?|hours))?")
_HOUR = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>)\s*(?P<half>[ap])\.?m?\.?")
_NAMED = {"noon": time(12), "midnight": time()}
_BESIDE_DAY = re.compile(r".*[0-9][ t]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*[ap]\.?m?\.?)?)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = frozenset({"daily", "every day", "all", "all days"})
_DAYS = re.compile(r"(?P<first>[a-z0-9]+)\.?(?:\s*(?:-|\u2013|to|through|thru)\s*(?P<last>[a-z0-9]+)\.?)?")
_BETWEEN_DAYS = re.compile(r"\s*(?:[;|,/&\n]|\band\b)\s*")


@lru_cache(maxsize=4096)
def read_clock(text: str) -> time | None:
    """``18:00``, ``1800``, ``6:00 PM``, ``6pm``, ``noon``; ``24:00`` is midnight."""
    said = text.strip().casefold()
    if said in _NAMED:
        return _NAMED[said]
    for form in (_CLOCK, _BARE, _HOUR):
        if match := form.fullmatch(said):
            return _of(match)
    return None


def _of(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match.groupdict().get("half")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def clock_beside(text: str) -> str:
    """The time of day that stands behind a day in one cell, as it is written; empty when there is none."""
    found = _BESIDE_DAY.fullmatch(text.strip().casefold())
    return found["clock"] if found else ""


@lru_cache(maxsize=256)
def read_zone(text: str) -> str | None:
    """A zone of the time-zone database."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: a folder of the database, such as "America", is asked for as if it were a zone.
        return None


def read_days(text: str, length: int) -> tuple[int, ...] | None:
    """``1-4, 9`` as days of a rotation of that many days, counted from 1."""
    found: set[int] = set()
    for part in _parts(text):
        match = _DAYS.fullmatch(part)
        if match is None or not match["first"].isdecimal() or not (match["last"] or "1").isdecimal():
            return None
        first = int(match["first"])
        last = int(match["last"] or first)
        if not 1 <= first <= last <= length:
            return None
        found.update(range(first, last + 1))
    return tuple(sorted(found)) or None


def read_weekdays(text: str) -> tuple[int, ...] | None:
    """``Mon-Fri``, ``Tue, Thu`` or ``daily`` as days of the week, Monday 1; a range may run over Sunday."""
    if text.strip().casefold() in _EVERY_DAY:
        return tuple(range(1, WEEK + 1))
    found: set[int] = set()
    for part in _parts(text):
        match = _DAYS.fullmatch(part)
        first = _weekday(match["first"]) if match else None
        last = _weekday(match["last"]) if match and match["last"] else first
        if first is None or last is None:
            return None
        found.update((first + count) % WEEK + 1 for count in range((last - first) % WEEK + 1))
    return tuple(sorted(found)) or None


def _parts(text: str) -> Iterable[str]:
    return (part for part in _BETWEEN_DAYS.split(text.strip().casefold()) if part)


def _weekday(word: str) -> int | None:
    short = word[:3]
    known = len(word) >= 3 and short in _WEEKDAYS and f"{word}day".startswith(short)
    return _WEEKDAYS.index(short) if known else None
