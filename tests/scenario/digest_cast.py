"""Shifts that begin at Lakemont, and what supervisors, coordinators and command are told without asking."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.records.facts import AgencyId
from messages.model import Message
from messages.plain import plain_text
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from tests.fakes.carrier import ScriptedCarrier
from tests.scenario.cast import LAKEMONT, UTC, Agency
from training.shifts.roll import ShiftStart


def a_shift(
    at: datetime, name: str, on: tuple[int, ...], away: tuple[int, ...] = (), **more: tuple[int, ...]
) -> ShiftStart:
    """A shift of twelve hours as the calendar gives it."""
    return ShiftStart(at=at, ends=at + timedelta(hours=12), name=name, on=on, away=away, **more)


@dataclass
class Calendar:
    """A calendar of shifts that a test writes by hand."""

    shifts: list[ShiftStart] = field(default_factory=list)
    supervisor: int | None = None

    def any_begins(self, _conn: Connection, _agency_id: AgencyId, between: tuple[datetime, datetime]) -> bool:
        return any(between[0] <= each.at < between[1] for each in self.shifts)

    def starting(
        self,
        _conn: Connection,
        _agency_id: AgencyId,
        people: Sequence[int],
        between: tuple[datetime, datetime],
    ) -> tuple[ShiftStart, ...]:
        assert people
        return tuple(each for each in self.shifts if between[0] <= each.at < between[1])

    def supervising(self, _conn: Connection, _agency_id: AgencyId, _start: ShiftStart) -> int | None:
        return self.supervisor


def with_panes(agency: Agency) -> Agency:
    """The same agency where everybody can be told something at the local desk."""
    return replace(agency, office=replace(agency.office, local_desk=True))


def wall(text: str) -> datetime:
    """A moment on Lakemont's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=LAKEMONT).astimezone(UTC)


def told(agency: Agency) -> list[tuple[str, Message]]:
    """What is due to be said now is said: to whom, by badge, and what."""
    carrier = ScriptedCarrier()
    # One to each person at a time, as they are claimed.
    while deliver_what_is_due(Work(agency.office, lambda: False, {"desk": carrier, "sms": carrier})):
        pass
    return sorted(((each.route.place, each.message) for each in carrier.effects), key=lambda each: each[0])


def read(message: Message) -> str:
    """A message as its reader has it before them."""
    return plain_text(message, "desk")
