"""A class as a reader of a request sees it in one line, and its days as the stories write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from babel.dates import format_date

from messages import wording
from messages.clauses import shortened
from messages.words import Words

# As much of a title and of a place as a text has room for.
TITLE_ROOM, PLACE_ROOM = 60, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassValues:
    """What is asked for; empty and None where nobody said it. ``number``: its place in our calendar of classes."""

    title: str = ""
    number: int | None = None
    hours: Decimal | None = None
    first: date | None = None
    last: date | None = None
    place: str = ""
    cost: Decimal | None = None
    register_by: date | None = None


def values_line(values: ClassValues, words: Words, *, place: bool = True) -> str:
    """``Basic Crisis Negotiation, 40 h, 7-11 Jun 2027, St. Cloud, $525``."""
    return wording.listed([title_of(values, words), *_rest(values, words, place=place)])


def line_after(values: ClassValues, before: ClassValues, words: Words) -> str:
    """The same behind another one: what is the same is not said twice."""
    if values.title != before.title:
        return values_line(values, words)
    rest = _rest(values, words, place=True, hours=values.hours != before.hours)
    return wording.listed([words.say("class-same"), *rest])


def title_of(values: ClassValues, words: Words) -> str:
    """What it is called."""
    return wording.echoed(shortened(values.title, TITLE_ROOM)) or words.say("value-untitled")


def _rest(values: ClassValues, words: Words, *, place: bool, hours: bool = True) -> list[str]:
    said = []
    if hours and values.hours is not None:
        said.append(wording.hours(values.hours, words))
    if values.first is not None:
        said.append(class_days(values.first, values.last or values.first, words))
    if place and values.place:
        said.append(wording.echoed(shortened(values.place, PLACE_ROOM)))
    if values.cost is not None:
        said.append(wording.dollars(values.cost))
    return said


def class_days(first: date, last: date, words: Words) -> str:
    """``7-11 Jun 2027``, ``28 Jun-2 Jul 2027``, ``7 Jun 2027``."""
    end = _with_year(last, words)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return words.say("class-days", first=str(first.day), last=end)
    begin = _without_year(first, words) if first.year == last.year else _with_year(first, words)
    return words.say("class-days", first=begin, last=end)


def single_days(days: Sequence[date], words: Words) -> str:
    """``7, 8, 10, 11 Jun``: each day, the month where it ends."""
    said = [
        str(day.day)
        if (day.year, day.month) == (following.year, following.month)
        else _without_year(day, words)
        for day, following in pairwise(days)
    ]
    return wording.listed([*said, *(_without_year(each, words) for each in days[-1:])])


def _without_year(day: date, words: Words) -> str:
    return format_date(day, words.say("date-day-month"), locale=words.language)


def _with_year(day: date, words: Words) -> str:
    return format_date(day, words.say("date-day-month-year"), locale=words.language)
