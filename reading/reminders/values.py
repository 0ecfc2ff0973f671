"""How are days, times, ways and ladders read that somebody set by hand? One value each, or what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from reading.forms import LONGEST_ENTRY

Trouble = Literal[
    "ends-early",
    "no-such-duty",
    "not-a-choice",
    "not-a-date",
    "not-a-ladder",
    "not-a-number",
    "not-a-time",
    "not-a-way",
    "too-large",
    "too-long",
    "too-small",
    "sixty-left-out",
    "empty",
]

# As people call them.
_CALLED = {
    "text": "sms",
    "texts": "sms",
    "texting": "sms",
    "sms": "sms",
    "phone": "sms",
    "slack": "slack",
    "teams": "teams",
    "desk": "desk",
    "email": "email",
    "emails": "email",
    "e-mail": "email",
    "e-mails": "email",
    "mail": "email",
}
NOTHING = frozenset({"", "none", "off", "nothing", "no", "-"})
MOST_DAYS_BEFORE = 730
MOST_STEPS = 20
# More than this is no list that somebody wrote by hand.
LONGEST_LIST = 4_000
_SPLIT = re.compile(r"[,;\s]+(?:and[,;\s]+)?")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.|a|p)?", re.I)
_WHOLE = re.compile(r"[0-9]{1,9}")
# Names may have a space.
_LISTED = re.compile(r"[,;\n]+")
NOON = 12
# Ids of requirements by what they are called in lower case: the id itself, or the short name of an answer.
Duties = Mapping[str, str]


class EntryError(ValueError):
    """What was entered cannot be what was asked for."""

    def __init__(self, code: Trouble, written: str = "", limit: Decimal | date | None = None) -> None:
        super().__init__(code)
        self.code: Trouble = code
        self.written = "".join(each for each in written[:LONGEST_ENTRY] if each.isprintable())
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a whole number may be."""

    least: int
    most: int


def whole(text: str, bounds: Bounds) -> int:
    """A whole number within its bounds."""
    if not _WHOLE.fullmatch(text.strip()):
        raise EntryError("not-a-number", text)
    number = int(text)
    if number < bounds.least:
        raise EntryError("too-small", text, Decimal(bounds.least - 1))
    if number > bounds.most:
        raise EntryError("too-large", text, Decimal(bounds.most))
    return number


def clock_time(text: str) -> time:
    """``08:00``, ``0800``, ``8``, ``8 pm``, ``noon``: of an hour alone the one that was written."""
    said = text.strip().casefold()
    if said in {"noon", "midnight"}:
        return time(NOON if said == "noon" else 0)
    found = _TIME.fullmatch(said)
    if found is None:
        raise EntryError("not-a-time", text)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "")[:1]
    if half:
        if not 1 <= hour <= NOON:
            raise EntryError("not-a-time", text)
        hour = hour % NOON + (NOON if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise EntryError("not-a-time", text) from error


def day(text: str) -> date:
    """``2027-03-18``; no other order of day and month is guessed at."""
    said = text.strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        raise EntryError("not-a-date", text)
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise EntryError("not-a-date", text) from error


def steps(text: str) -> tuple[int, ...]:
    """``90, 60, 30``: days before the due date, the earliest first."""
    written = [each for each in _SPLIT.split(text.strip()) if each and each not in {"days", "day"}]
    if not written or len(written) > MOST_STEPS or not all(map(_WHOLE.fullmatch, written)):
        raise EntryError("not-a-ladder", text)
    found = sorted({int(each) for each in written}, reverse=True)
    if found[0] > MOST_DAYS_BEFORE:
        raise EntryError("too-large", str(found[0]), Decimal(MOST_DAYS_BEFORE))
    return tuple(found)


def way(text: str) -> str | None:
    """The channel that is called so; None for a word that is none."""
    return _CALLED.get(text.strip().casefold())


def ways(text: str) -> tuple[str, ...]:
    """``sms, slack``: in the order in which they are tried, each once."""
    said = [each for each in _SPLIT.split(text.strip().casefold()) if each and each not in {"then", ">"}]
    found = []
    for each in said:
        called = way(each)
        if called is None:
            raise EntryError("not-a-way", each)
        found.append(called)
    if not found:
        raise EntryError("not-a-way", text)
    return tuple(dict.fromkeys(found))


def duties(text: str, known: Duties) -> tuple[str, ...]:
    """Ids of requirements that the agency has, in the order of the alphabet."""
    if text.strip().casefold() in NOTHING:
        return ()
    return tuple(sorted({duty(each, known) for each in _LISTED.split(text) if each.strip()}))


def duty(text: str, known: Duties) -> str:
    """The id of one requirement."""
    found = known.get(" ".join(text.casefold().split()))
    if found is None:
        raise EntryError("no-such-duty", text.strip())
    return found


def days(text: str) -> tuple[date, ...]:
    """Days of a calendar, in their order."""
    if text.strip().casefold() in NOTHING:
        return ()
    return tuple(sorted({day(each) for each in _SPLIT.split(text.strip()) if each}))


def ladders(text: str, known: Duties) -> dict[str, tuple[int, ...]]:
    """One line for each requirement that has a ladder of its own: ``firearms: 120, 60, 30``."""
    found = {}
    for line in re.split(r"[\n;]+", text):
        if line.strip().casefold() in NOTHING:
            continue
        name, colon, own = line.partition(":")
        if not colon:
            raise EntryError("not-a-ladder", line)
        found[duty(name, known)] = steps(own)
    return found
