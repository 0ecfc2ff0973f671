"""Classes that can be taken: when, where, for how many, for how much, and what they are good for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from db.records.facts import Fact


class OfferingStatus(StrEnum):
    """Whether a class takes place."""

    OPEN = "open"
    FULL = "full"  # whoever gives it says so, whatever seats we count
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOffering(Fact):
    """One class on its dates. ``number`` is what people say, ``C-12``; it stays when the class is corrected.

    ``sessions`` are its days in order, each ``{"date", "begins", "ends"}`` with clock times as ``HH:MM`` in ``zone``,
    empty where nobody said them. ``seats`` is how many our agency may fill; None is unknown. ``cost`` is in dollars for
    one seat, None is unknown. ``register_by`` is the last day of registration. ``ref`` is the calendar's own number.
    ``miles`` is how far away it is, None is unknown, and ``miles_source`` who or what says so.
    """

    number: int
    title: str
    starts_on: date
    ends_on: date
    sessions: Sequence[Mapping[str, Any]] = ()
    zone: str
    place: str = ""
    provider: str = ""
    course_number: str = ""
    topics: tuple[str, ...] = ()
    hours: Decimal | None = None
    topic_hours: Mapping[str, Decimal] = field(default_factory=dict)
    delivery: str = ""
    board_approved: bool | None = None
    seats: int | None = None
    cost: Decimal | None = None
    register_by: date | None = None
    link: str = ""
    status: OfferingStatus = OfferingStatus.OPEN
    ref: str = ""
    miles: int | None = None
    miles_source: str | None = None
    source_key: str | None = None
