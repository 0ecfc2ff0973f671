"""What was entered into a form? One value for each field or one problem with it; nothing that was entered is trusted.

A field arrives as the texts that a door got for its name: none when it was left out, several when somebody else than
our own form wrote them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from reading.money import dollars
from reading.tables.clocks import read_clock
from reading.telephones import telephone

ValueT = TypeVar("ValueT")
Offered = TypeVar("Offered", bound=str)

# Nobody writes more than this into a field for a number, a day or a choice.
LONGEST_ENTRY = 40
QUARTER = Decimal("0.25")
# Figures of this script only: a figure of another one may look like a different figure to whoever reads along.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_YEAR = re.compile(r"[0-9]{4}")
_WEB = re.compile(r"https?://[^\s<>\"']{3,500}", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class EntryProblem(StrEnum):
    """Why a field needs another try; the catalogue holds ``field-error-<code>`` for each."""

    EMPTY = "empty"
    SEVERAL = "several"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NOT_A_QUARTER = "not-a-quarter"
    NOT_A_DATE = "not-a-date"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    NOT_A_CHOICE = "not-a-choice"
    TOO_LONG = "too-long"
    NOT_A_PHONE = "not-a-phone"
    NOT_A_TIME = "not-a-time"
    NOT_WHOLE = "not-whole"
    NOT_A_LINK = "not-a-link"
    NOT_A_SPLIT = "not-a-split"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry(Generic[ValueT]):
    """What a field says. ``value`` may be there beside a problem: a number that is too large is still a number.

    ``written`` is the beginning of what was entered, as it may be said back; ``limit`` is the bound that was passed.
    """

    value: ValueT | None = None
    problem: EntryProblem | None = None
    written: str = ""
    limit: Decimal | date | None = None


def read_hours(entered: Sequence[str], *, most: Decimal) -> FieldEntry[Decimal]:
    """Hours of one class: more than none, in quarters, at most ``most``. A comma may stand for the point."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    if len(text) > LONGEST_ENTRY or not _NUMBER.fullmatch(text):
        return FieldEntry(problem=EntryProblem.NOT_A_NUMBER, written=written)
    hours = Decimal(text.replace(",", "."))
    if hours <= 0:
        return FieldEntry(value=hours, problem=EntryProblem.TOO_SMALL, written=written, limit=Decimal(0))
    # Before the quarters: the remainder of an endless number cannot be taken.
    if hours > most:
        return FieldEntry(value=hours, problem=EntryProblem.TOO_LARGE, written=written, limit=most)
    if hours % QUARTER:
        return FieldEntry(value=hours, problem=EntryProblem.NOT_A_QUARTER, written=written)
    return FieldEntry(value=hours, written=written)


def read_day(entered: Sequence[str], *, first: date, last: date) -> FieldEntry[date]:
    """A day as a date field gives it, ``2027-03-18``, from ``first`` to ``last``.

    No other order of day and month is guessed at.
    """
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    day = _day(text)
    if day is None:
        return FieldEntry(problem=EntryProblem.NOT_A_DATE, written=written)
    if day < first:
        return FieldEntry(value=day, problem=EntryProblem.TOO_EARLY, written=written, limit=first)
    if day > last:
        return FieldEntry(value=day, problem=EntryProblem.TOO_LATE, written=written, limit=last)
    return FieldEntry(value=day, written=written)


def read_choice(entered: Sequence[str], choices: Collection[Offered]) -> FieldEntry[Offered]:
    """One of the values that were offered, letter by letter."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    chosen = next((each for each in choices if each == text), None)
    if chosen is None:
        return FieldEntry(problem=EntryProblem.NOT_A_CHOICE, written=written)
    return FieldEntry(value=chosen, written=written)


def read_dollars(entered: Sequence[str], *, most: Decimal) -> FieldEntry[Decimal]:
    """An amount of dollars, nothing included, at most ``most``."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    amount = dollars(text)
    if amount is None:
        return FieldEntry(problem=EntryProblem.NOT_A_NUMBER, written=written)
    if amount > most:
        return FieldEntry(value=amount, problem=EntryProblem.TOO_LARGE, written=written, limit=most)
    return FieldEntry(value=amount, written=written)


def read_year(entered: Sequence[str], *, first: int, last: int) -> FieldEntry[int]:
    """A year of four figures."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    if not _YEAR.fullmatch(text):
        return FieldEntry(problem=EntryProblem.NOT_A_NUMBER, written=written)
    year = int(text)
    if year < first:
        return FieldEntry(
            value=year, problem=EntryProblem.TOO_SMALL, written=written, limit=Decimal(first - 1)
        )
    if year > last:
        return FieldEntry(value=year, problem=EntryProblem.TOO_LARGE, written=written, limit=Decimal(last))
    return FieldEntry(value=year, written=written)


def read_telephone(entered: Sequence[str]) -> FieldEntry[str]:
    """A telephone number, in its one form."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    number = telephone(text)
    if number is None:
        return FieldEntry(problem=EntryProblem.NOT_A_PHONE, written=written)
    return FieldEntry(value=number, written=written)


def read_time(entered: Sequence[str]) -> FieldEntry[str]:
    """A time of day by the clock, as ``HH:MM``."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    clock = read_clock(text) if len(text) <= LONGEST_ENTRY else None
    if clock is None:
        return FieldEntry(problem=EntryProblem.NOT_A_TIME, written=written)
    return FieldEntry(value=f"{clock:%H:%M}", written=written)


def read_count(entered: Sequence[str], *, most: int) -> FieldEntry[int]:
    """A whole number from none to ``most``."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_ENTRY:
        return FieldEntry(problem=EntryProblem.NOT_WHOLE, written=written)
    if int(text) > most:
        return FieldEntry(problem=EntryProblem.TOO_LARGE, written=written, limit=Decimal(most))
    return FieldEntry(value=int(text), written=written)


def read_money(entered: Sequence[str], *, most: Decimal) -> FieldEntry[Decimal]:
    """Dollars, none included; the sign and the commas of thousands may stand."""
    text, problem = _single(entered)
    written = _shown(text)
    if problem is not None:
        return FieldEntry(problem=problem, written=written)
    amount = dollars(text) if len(text) <= LONGEST_ENTRY else None
    if amount is None:
        return FieldEntry(problem=EntryProblem.NOT_A_NUMBER, written=written)
    if amount > most:
        return FieldEntry(problem=EntryProblem.TOO_LARGE, written=written, limit=most)
    return FieldEntry(value=amount, written=written)


def read_link(entered: Sequence[str]) -> FieldEntry[str]:
    """An address of the web."""
    text, problem = _single(entered)
    if problem is not None:
        return FieldEntry(problem=problem)
    if not _WEB.fullmatch(text):
        return FieldEntry(problem=EntryProblem.NOT_A_LINK, written=_shown(text))
    return FieldEntry(value=text)


def read_words(entered: Sequence[str], *, most: int) -> FieldEntry[str]:
    """Somebody's own words, whole or not at all: nothing of them is cut off."""
    text, problem = _single(entered)
    if problem is not None:
        return FieldEntry(problem=problem)
    if len(text) > most:
        return FieldEntry(value=text, problem=EntryProblem.TOO_LONG, limit=Decimal(most))
    return FieldEntry(value=text)


def _single(entered: Sequence[str]) -> tuple[str, EntryProblem | None]:
    """The one text of a field; the same text twice is one text."""
    texts = list(dict.fromkeys(text for each in entered if (text := each.strip())))
    if not texts:
        return "", EntryProblem.EMPTY
    return texts[0], EntryProblem.SEVERAL if len(texts) > 1 else None


def _shown(text: str) -> str:
    """As much of an entry as may be said back: nothing that hides or turns round what stands beside it."""
    return "".join(character for character in text[:LONGEST_ENTRY] if character.isprintable())


def _day(written: str) -> date | None:
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
