"""What is asked for in a request: the class or the wish, its days, what it costs, and how that is kept?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class CostKind(StrEnum):
    """What money goes for; the catalogue holds ``cost-kind-<code>`` for each."""

    TUITION = "tuition"
    TRAVEL = "travel"
    LODGING = "lodging"
    MEALS = "meals"
    BACKFILL = "backfill"  # somebody else works the shift
    OVERTIME = "overtime"  # it is taken outside of one's own hours
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CostLine:
    """So many dollars for one thing."""

    kind: CostKind
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Session:
    """One day of a class; clock times as ``HH:MM``, empty where nobody said them."""

    day: date
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestValues:
    """The values of one version of a request; nothing here is free text of the requester's about themselves.

    ``offering`` is the number of a class of our calendar, None for training that is not in it. ``costs`` are
    estimates; no line at all says that nobody named a cost, a line of nothing that it costs nothing.
    """

    title: str = ""
    offering: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    sessions: tuple[Session, ...] = ()
    place: str = ""
    out_of_town: bool | None = None
    miles: int | None = None
    miles_source: str = ""
    provider: str = ""
    course_number: str = ""
    topics: tuple[str, ...] = ()
    hours: Decimal | None = None
    topic_hours: Mapping[str, Decimal] = field(default_factory=dict)
    delivery: str = ""
    costs: tuple[CostLine, ...] = ()
    register_by: date | None = None

    @property
    def cost(self) -> Decimal | None:
        """All lines together; None while nobody named any."""
        return sum((each.amount for each in self.costs), Decimal()) if self.costs else None

    @property
    def days(self) -> int:
        """For how many days it lasts: those of its sessions, or from the first to the last."""
        if self.sessions:
            return len({each.day for each in self.sessions})
        if self.starts_on is None:
            return 0
        return ((self.ends_on or self.starts_on) - self.starts_on).days + 1


def values_json(values: RequestValues) -> Mapping[str, Any]:
    """The values as a step keeps them; what was not said is not there."""
    said: dict[str, Any] = {
        "title": values.title,
        "offering": values.offering,
        "starts_on": _text(values.starts_on),
        "ends_on": _text(values.ends_on),
        "sessions": [[each.day.isoformat(), each.begins, each.ends] for each in values.sessions],
        "place": values.place,
        "out_of_town": values.out_of_town,
        "miles": values.miles,
        "miles_source": values.miles_source,
        "provider": values.provider,
        "course_number": values.course_number,
        "topics": list(values.topics),
        "hours": _text(values.hours),
        "topic_hours": {topic: _text(hours) for topic, hours in values.topic_hours.items()},
        "delivery": values.delivery,
        "costs": costs_json(values.costs),
        "register_by": _text(values.register_by),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def values_of(kept: Mapping[str, Any]) -> RequestValues:
    """The values again."""
    hours = kept.get("hours")
    return RequestValues(
        title=kept.get("title", ""),
        offering=kept.get("offering"),
        starts_on=_day(kept.get("starts_on")),
        ends_on=_day(kept.get("ends_on")),
        sessions=tuple(
            Session(date.fromisoformat(day), begins, ends) for day, begins, ends in kept.get("sessions", ())
        ),
        place=kept.get("place", ""),
        out_of_town=kept.get("out_of_town"),
        miles=kept.get("miles"),
        miles_source=kept.get("miles_source", ""),
        provider=kept.get("provider", ""),
        course_number=kept.get("course_number", ""),
        topics=tuple(kept.get("topics", ())),
        hours=None if hours is None else Decimal(hours),
        topic_hours={topic: Decimal(own) for topic, own in kept.get("topic_hours", {}).items()},
        delivery=kept.get("delivery", ""),
        costs=costs_of(kept.get("costs", ())),
        register_by=_day(kept.get("register_by")),
    )


def costs_json(costs: Iterable[CostLine]) -> list[list[str]]:
    """Lines of cost as they are kept."""
    return [[each.kind.value, f"{each.amount:f}"] for each in costs]


def costs_of(kept: Iterable[Iterable[str]]) -> tuple[CostLine, ...]:
    """Lines of cost again."""
    return tuple(CostLine(CostKind(kind), Decimal(amount)) for kind, amount in kept)


def changed(before: RequestValues, after: RequestValues) -> Mapping[str, tuple[Any, Any]]:
    """Which values are others: each by its name with what it was and what it is, as they are kept."""
    was, now = values_json(before), values_json(after)
    names = [*was, *(name for name in now if name not in was)]
    return {name: (was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name)}


def _text(value: date | Decimal | None) -> str | None:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case None:
            return None


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)
