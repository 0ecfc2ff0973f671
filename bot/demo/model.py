"""What are the demo's tables written in? A person, a line of a history, and chance that repeats."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from rules.standing import StandingWord

T = TypeVar("T")

TODAY: Final = date(2027, 3, 2)
SEED: Final = "lakemont-1"

# Nothing is generated before this day except what a person's table says.
HISTORY_FROM: Final = date(2022, 1, 1)

SWORN: Final = "police-officer"
TELECOMMUNICATOR: Final = "telecommunicator"


class Story(StrEnum):
    """How far the generator takes a person's licensing cycle."""

    DONE = "done"  # every hour and topic of the cycle
    STEADY = "steady"  # as far as the calendar is
    BEHIND = "behind"  # far too little for the months that are left
    TOLD = "told"  # written out line by line


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """One row of the roster, and what the generator should make of the person.

    ``cycle`` is the year in whose July the licensing cycle began; None for those without a license.
    ``standing`` is the word the evaluator is meant to find on ``TODAY``: tests hold the rules against it.
    """

    badge: str
    name: str
    unit: str
    supervisor: str
    position: str
    roles: tuple[str, ...]
    appointed_on: date
    phone: str
    rank: str = ""
    cycle: int | None = None
    weapons: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    story: Story = Story.STEADY
    standing: StandingWord = StandingWord.NOT_YET

    @property
    def sworn(self) -> bool:
        return self.position == SWORN

    @property
    def cycle_start(self) -> date | None:
        return None if self.cycle is None else date(self.cycle, 7, 1)

    @property
    def cycle_end(self) -> date | None:
        return None if self.cycle is None else date(self.cycle + 3, 6, 30)

    @property
    def license_number(self) -> str:
        return f"LD-{10000 + int(self.badge)}" if self.sworn else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of a history as a spreadsheet holds it: text, however odd; ``on`` orders the lines."""

    on: date
    title: str
    hours: str
    topics: str = ""
    number: str = ""
    provider: str = "Lakemont PD"
    approved: str = "Yes"
    delivery: str = "classroom"
    status: str = "Passed"
    firearm_type: str = ""
    score: str = ""
    passed: str = ""
    written_date: str | None = None  # what stands in the date column when it is not ``on``

    def with_gap(self, *, topics: str, approved: str, title: str) -> "HistoryLine":
        """The same line as somebody careless would have kept it."""
        return replace(self, topics=topics, approved=approved, title=title)


def dice(badge: str, purpose: str) -> random.Random:
    """A person's own source of chance: changing one person, or one kind of line, moves nobody else's."""
    return random.Random(f"{SEED}/{badge}/{purpose}")  # noqa: S311 - a demo has no secret to protect


def pick(chance: random.Random, choices: Sequence[T]) -> T:
    """One of the choices. Only ``random()`` is promised the same numbers in every release of Python."""
    return choices[int(chance.random() * len(choices))]


def shuffled(chance: random.Random, choices: Sequence[T]) -> list[T]:
    """All of the choices in an order of chance."""
    return [
        choice for _, _, choice in sorted((chance.random(), n, choice) for n, choice in enumerate(choices))
    ]


def between(chance: random.Random, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(chance.random() * (high - low + 1))


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def us_date(day: date) -> str:
    """Month first, without zeros, as a spreadsheet in the United States shows it."""
    return f"{day.month}/{day.day}/{day.year}"
