"""What the evaluator is given: one person's facts and completions, as frozen values; absent means unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Truth: TypeAlias = bool | None  # Kleene: None is "not known"
RecordFact: TypeAlias = str | bool | Decimal | date | tuple[str, ...]
Fact: TypeAlias = str | bool | date | tuple[str, ...]


class Credit(StrEnum):
    """Whether a record is credit at all, before any rule looks at it."""

    YES = "yes"
    NO = "no"  # not passed, cancelled, bookkeeping: kept, never counted
    DOUBTFUL = "doubtful"  # taken both ways


class Completion(NamedTuple):
    """One training event for one person.

    ``topics`` None: nobody has said which; empty: none in particular. ``topic_hours`` splits the hours where the
    course did. ``approved``: by the board; None when not known. A tuple and not a dataclass because a sweep makes
    one for every row of the record.
    """

    ref: str
    on: date | None
    hours: Decimal | None
    topics: frozenset[str] | None
    topic_hours: Mapping[str, Decimal] | None = None
    title: str = ""
    approved: bool | None = None
    credit: Credit = Credit.YES
    credit_reason: str = ""
    facts: Mapping[str, RecordFact] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included; ``end`` None while it lasts."""

    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Leave:
    """Time away from a certified role; ``end`` is its last day, ``returned_on`` the first day of duty after it."""

    start: date
    end: date | None
    returned_on: date | None = None

    @property
    def back_on(self) -> date | None:
        """First day of duty: as stated, else the day after the last day of leave."""
        if self.returned_on is not None:
            return self.returned_on
        if self.end is None or self.end == date.max:
            return None
        return date.fromordinal(self.end.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is valid for a time; ``covers`` names what it proves."""

    covers: frozenset[str]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A duty a person is assigned to; ``start`` None when nobody has said since when."""

    kind: str
    start: date | None = None
    end: date | None = None
    facts: tuple[tuple[str, bool | str], ...] = ()

    def fact(self, name: str) -> bool | str | None:
        return next((value for key, value in self.facts if key == name), None)


class ReliefKind(StrEnum):
    """What somebody with the power to do so decided about a duty."""

    EXEMPTION = "exemption"  # by rule
    WAIVER = "waiver"  # by decision
    EXTENSION = "extension"  # more time


@dataclass(frozen=True, slots=True)
class Relief:
    """A dated, approved exemption, waiver or extension. ``requirement`` "*" means every one in the time."""

    kind: ReliefKind
    requirement: str
    reason: str
    window: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    new_due: date | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A year that somebody with the power to do so waived. ``covers`` None: every duty of the year.

    ``granted_on`` None: nobody has said that it was granted. ``make_up_hours`` None: nothing is to be made up.
    """

    year: int
    granted_on: date | None
    reason: str = ""
    covers: frozenset[str] | None = None
    make_up_hours: Decimal | None = None
    make_up_by: date | None = None


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """What is known of one person. ``values`` holds plain facts by name; a name that is not there is unknown.

    ``denied`` names date facts that are known not to have happened (given as null); ``coming`` are assignments that
    have not begun; ``asked`` are extensions of which nobody has said whether they were granted.
    """

    values: Mapping[str, Fact]
    denied: frozenset[str] = frozenset()
    leave: tuple[Leave, ...] = ()
    cards: tuple[Card, ...] | None = None
    assignments: tuple[Assignment, ...] | None = None
    coming: tuple[Assignment, ...] = ()
    appointments: tuple[Span, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    asked: tuple[Relief, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def day(self, name: str) -> date | None:
        """A date fact, or None when it is absent or denied."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def first_day(self, names: tuple[str, ...]) -> date | None:
        """The first of several date facts that is given."""
        return next((day for name in names if (day := self.day(name)) is not None), None)


class Window(NamedTuple):
    """The days a duty is measured in, both included. ``due_on`` is the last day on which it could be met."""

    label: str
    start: date
    end: date
    due_on: date
