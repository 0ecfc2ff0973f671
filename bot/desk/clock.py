"""How does a visitor move the time? Forward only, and all that lies between happens at its instant, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil
from typing import Protocol
from zoneinfo import ZoneInfo

from db.clock import set_offset_seconds
from db.records.facts import AgencyId
from db.unit_of_work import working
from messages.daybreak import Turn
from training.office import Office, business_now
from training.standings.daybreak import next_change, turns


class Happening(Protocol):
    """Something that happens by the clock alone: a day that begins, later a reminder that falls due."""

    def next_after(self, at: datetime) -> datetime | None:
        """The next instant at which it happens, later than ``at``; None when none is known."""
        ...

    def happen(self, at: datetime) -> Sequence[Turn]:
        """Let it happen at the instant it was due; what changed by it. Twice at one instant changes nothing more."""
        ...


@dataclass(frozen=True, slots=True)
class Daybreak:
    """A day begins on which somebody's standing changes by itself: at midnight where the agency is."""

    office: Office
    agency_id: AgencyId
    zone: ZoneInfo

    def next_after(self, at: datetime) -> datetime | None:
        """The beginning of the first later day on which a standing changes."""
        day = next_change(self.office, self.agency_id, at.astimezone(self.zone).date())
        return None if day is None else datetime.combine(day, time.min, self.zone)

    def happen(self, at: datetime) -> Sequence[Turn]:
        """Judge again whoever the day concerns."""
        return turns(self.office, self.agency_id, at.astimezone(self.zone).date())


@dataclass(frozen=True, slots=True)
class ClockMoment:
    """One instant on the way, with what changed at it."""

    at: datetime
    turns: tuple[Turn, ...]


def set_clock(office: Office, moment: datetime) -> None:
    """Move business time to a moment; real time goes on from there."""
    ahead = ceil((moment - office.clock.now()).total_seconds())
    with working(office.engine) as conn:
        set_offset_seconds(conn, ahead)


def move(office: Office, target: datetime, happenings: Sequence[Happening]) -> Iterator[ClockMoment]:
    """Go forward to ``target``, stopping wherever something happens; a target in the past moves nothing."""
    now = business_now(office)
    while True:
        due = [at for each in happenings if (at := each.next_after(now)) is not None and at <= target]
        if not due:
            break
        now = min(due)
        # The record's own time moves first: what is written at this stop carries its instant.
        set_clock(office, now)
        yield ClockMoment(now, _happen(happenings, now))
    if target > business_now(office):
        set_clock(office, target)


def _happen(happenings: Sequence[Happening], at: datetime) -> tuple[Turn, ...]:
    return tuple(turn for each in happenings for turn in each.happen(at))


A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockStep:
    """A button of the clock; its label is ``desk-clock-<name>``."""

    name: str
    by: timedelta

    def from_(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Where it leads: an hour is an hour, a day is the same time on another day's wall clock."""
        return now + self.by if self.by < A_DAY else now.astimezone(zone) + self.by


STEPS = (
    ClockStep("hour", timedelta(hours=1)),
    ClockStep("day", A_DAY),
    ClockStep("week", timedelta(days=7)),
)
