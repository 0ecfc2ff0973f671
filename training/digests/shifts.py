"""Which shifts begin soon, who is on them and who supervises each? As much of the calendar as summaries need."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from db.records.facts import AgencyId
from training.shifts import roll
from training.shifts.roll import ShiftStart


class Shifts(Protocol):
    """Whoever knows the shifts."""

    def any_begins(self, conn: Connection, agency_id: AgencyId, between: tuple[datetime, datetime]) -> bool:
        """Whether a shift of anybody may begin at or after the one instant and before the other; cheaply asked."""

    def starting(
        self, conn: Connection, agency_id: AgencyId, people: Sequence[int], between: tuple[datetime, datetime]
    ) -> tuple[ShiftStart, ...]:
        """Shifts of these people that begin at or after the one instant and before the other."""

    def supervising(self, conn: Connection, agency_id: AgencyId, start: ShiftStart) -> int | None:
        """Who supervises it; None where nobody does."""


class ShiftCalendar:
    """The shifts that the agency entered."""

    def any_begins(self, conn: Connection, agency_id: AgencyId, between: tuple[datetime, datetime]) -> bool:
        """As the calendar has them."""
        return roll.any_begins(conn, agency_id, between)

    def starting(
        self, conn: Connection, agency_id: AgencyId, people: Sequence[int], between: tuple[datetime, datetime]
    ) -> tuple[ShiftStart, ...]:
        """As the calendar has them."""
        return roll.shift_starting(conn, agency_id, people, between)

    def supervising(self, conn: Connection, agency_id: AgencyId, start: ShiftStart) -> int | None:
        """The usual supervisor if on duty then, or else one who works this shift."""
        return roll.supervising(conn, agency_id, start)
