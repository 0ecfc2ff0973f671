"""When people work: single spans of one person, and the cycles in which a person or a unit works."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.records.facts import Fact


class WorkKind(StrEnum):
    """What a single span of a calendar is."""

    SHIFT = "shift"
    SWAP = "swap"  # somebody else's shift, or one's own on another day
    OVERTIME = "overtime"  # beside the shift, never instead of it
    COURT = "court"
    OFF = "off"
    CANCELLED = "cancelled"  # it was one of the others, and is nothing now


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSpan(Fact):
    """A person works, is in court or is off between two instants; ``zone`` is where the calendar's clock hangs.

    ``name`` is what the calendar calls it, ``ref`` the calendar's own number of it; both may be empty.
    """

    person_id: int
    kind: WorkKind
    starts_at: datetime
    ends_at: datetime
    zone: str
    name: str = ""
    ref: str = ""
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPattern(Fact):
    """A person, or everybody in a unit, works on the days ``works`` of a cycle, from ``begins`` to ``ends``.

    ``anchor`` is any first day of the cycle, day 1. Clock times as ``HH:MM`` in ``zone``; an end that is not after the
    beginning is on the next day. It holds from ``starts_on`` to ``ends_on``, both included.
    """

    person_id: int | None = None
    unit_id: int | None = None
    name: str
    zone: str
    anchor: date
    cycle_days: int
    works: tuple[str, ...]
    begins: str
    ends: str
    starts_on: date | None = None
    ends_on: date | None = None
    source_key: str | None = None
