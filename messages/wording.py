"""How dates, hours, names and lists are written: one way to say each, in every message."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.units import format_unit

from messages.words import Words


def day(on: date, today: date, words: Words) -> str:
    """``Jun 30``, with the year as soon as it is not this one: ``Jun 30 2028``."""
    return day_short(on, words) if on.year == today.year else day_with_year(on, words)


def day_short(on: date, words: Words) -> str:
    """``Jun 30``: only where the year cannot be mistaken."""
    return _written(on, words.say("date-short"), words.language)


def day_with_year(on: date, words: Words) -> str:
    """``Jun 30 2027``: for what is printed on a card or stays on file."""
    return _written(on, words.say("date-year"), words.language)


def weekday_with_year(on: date, words: Words) -> str:
    """``Tue Jun 8 2027``: where the weekday is what is asked about."""
    return _written(on, words.say("date-weekday-year"), words.language)


# An answer names a few dates again and again, and the library reads the pattern anew each time.
@lru_cache(maxsize=4_000)
def _written(on: date, pattern: str, language: str) -> str:
    return format_date(on, pattern, locale=language)


def month(begins: date, words: Words) -> str:
    """``Jun 2027``."""
    return format_date(begins, words.say("date-month"), locale=words.language)


def clock(at: datetime, words: Words) -> str:
    """``14:10``: where the day is said beside it."""
    return format_time(at.time(), words.say("time-short"), locale=words.language)


def moment(at: datetime, words: Words) -> str:
    """``Mar 2 2027 14:10``; ``at`` is already in the reader's zone."""
    return words.say("moment", day=day_with_year(at.date(), words), time=clock(at, words))


def clock_time(at: datetime, words: Words) -> str:
    """``14:10``: of a day that nobody doubts."""
    return format_time(at.time(), words.say("time-short"), locale=words.language)


def moment_with_weekday(at: datetime, words: Words) -> str:
    """``Tue Mar 2 2027 14:10``: what time it is, for whoever moves it."""
    day = weekday_with_year(at.date(), words)
    return words.say("moment", day=day, time=clock(at, words))


def number(value: Decimal) -> str:
    """The exact decimal without trailing zeros: ``31.5``, ``4``, never ``4.00`` or ``4E+1``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def hours(value: Decimal, words: Words) -> str:
    """``31.5 h``."""
    return words.say("hours", hours=number(value))


def hours_of(value: Decimal, of: Decimal, words: Words) -> str:
    """``31.5 of 48 h``."""
    return words.say("hours-of", hours=number(value), of=number(of))


def percent(value: int, words: Words) -> str:
    """``65%``; rounding down has happened where the number was made."""
    return words.say("percent", percent=value)


def days(n: int, words: Words) -> str:
    """``1 day``, ``18 days``."""
    return words.say_many("days", n)


# The larger unit of a span and the smaller one that is said beside it.
_HOUR = timedelta(minutes=60)
_UNITS = (
    ("day", timedelta(days=1), "hour", _HOUR),
    ("hour", _HOUR, "minute", timedelta(minutes=1)),
    ("minute", timedelta(minutes=1), "second", timedelta(seconds=1)),
)


def lasting(span: timedelta, words: Words) -> str:
    """``7.2 seconds``, ``1 minute 33 seconds``, ``1 hour 30 minutes``: how long something took or lies back."""
    for large, long, small, short in _UNITS:
        if span < long - short / 2:
            continue
        many, few = divmod((span + short / 2) // short, long // short)
        said = [_unit(many, large, words), *([_unit(few, small, words)] if few else [])]
        return " ".join(said)
    tenth = timedelta(seconds=1) / 10
    return _unit(Decimal((span + tenth / 2) // tenth) / 10, "second", words)


def _unit(n: int | Decimal, unit: str, words: Words) -> str:
    return format_unit(n, f"duration-{unit}", locale=words.language)


def days_left(until: date, today: date, words: Words) -> str:
    """``120 days left``, ``last day today``, ``3 days ago``; of another day than today what is true of that one."""
    n = (until - today).days
    if n == 0:
        return words.say("days-left-today" if words.day is None else "days-left-that-day")
    return words.say_many("days-left", n) if n > 0 else _ago(-n, words)


def in_days(until: date, today: date, words: Words) -> str:
    """``18 days``, ``today``, ``3 days ago``: the distance in brackets after a date, from the day that is spoken of."""
    n = (until - today).days
    if n == 0:
        return words.say("today" if words.day is None else "that-day")
    return words.say_many("days", n) if n > 0 else _ago(-n, words)


def _ago(n: int, words: Words) -> str:
    return words.say_many("days-ago" if words.day is None else "days-before", n)


def listed(items: Iterable[str]) -> str:
    """``Autism 4 h, Bias crimes 1 h``: a comma between, no last conjunction, as on a list."""
    return ", ".join(items)


def first_of(items: Sequence[str], shown: int, words: Words) -> str:
    """The first few and, visibly, how many more."""
    if len(items) <= shown:
        return listed(items)
    return words.say("and-more", items=listed(items[:shown]), more=len(items) - shown)


def joined_or(items: Sequence[str], words: Words) -> str:
    """``NEXT, WHY or MENU``."""
    if len(items) < 2:
        return listed(items)
    return words.say("or", items=listed(items[:-1]), last=items[-1])


def joined_and(items: Sequence[str], words: Words) -> str:
    """``mn-demo-2026.2 and lkm-2027.1``."""
    if len(items) < 2:
        return listed(items)
    return words.say("and", items=listed(items[:-1]), last=items[-1])


def window_label(window: str | None, words: Words) -> str:
    """``2027`` stays; ``2024-07-01/2027-06-30`` becomes ``Jul 1 2024 to Jun 30 2027``; none is empty."""
    if not window:
        return ""
    start, slash, end = window.partition("/")
    if not slash:
        return window
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return window
    return words.say("window", start=day_with_year(first, words), end=day_with_year(last, words))


def span(first: date, last: date, words: Words) -> str:
    """``Mar 2 2027``, or ``Mar 1 2027 to Mar 7 2027``."""
    start, end = day_with_year(first, words), day_with_year(last, words)
    return start if first == last else words.say("window", start=start, end=end)


def sentence(text: str) -> str:
    """A pack's phrase as a sentence of ours: one full stop at its end, whatever the pack wrote."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "?")) else f"{stripped}."


def phrase(text: str) -> str:
    """A pack's phrase inside a sentence of ours: without its own full stop."""
    return text.strip().rstrip(".")


def topic_name(topic: str, words: Words) -> str:
    """A topic as a reader says it; one the catalogue does not name is said by its own word."""
    name = topic.replace("_", "-")
    if f"topic-{name}" in words:
        return words.say(f"topic-{name}")
    return name.replace("-", " ")


def echoed(text: str) -> str:
    """Somebody's own words said back to them: no mention that would call others, no address to follow."""
    plain = text.replace("://", " ").replace("<", "").replace(">", "")
    return plain.replace("@", "(at) ").replace("!everyone", "everyone")


def purpose_in_words(purpose: str, words: Words) -> str:
    """Why somebody looked: what is chosen from a list has its words, a matter is said as it was written."""
    if f"export-purpose-{purpose}" in words:
        return words.say(f"export-purpose-{purpose}")
    return words.say(f"purpose-{purpose}") if f"purpose-{purpose}" in words else purpose


def door_in_words(channel: str, words: Words) -> str:
    """Through which door; one of another release has no name here."""
    return words.say(f"trail-channel-{channel}" if f"trail-channel-{channel}" in words else "door-other")


_CENTS = Decimal("0.01")


def dollars(amount: Decimal) -> str:
    """``$525``, ``$1,250.50``, ``-$40``: with cents only where there are any."""
    exact = abs(amount).quantize(_CENTS)
    text = f"{exact:,.2f}".removesuffix(".00")
    return f"-${text}" if amount < 0 else f"${text}"
