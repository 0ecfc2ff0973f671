"""Which shifts begin soon, who is on them and who supervises each? As much of the calendar as summaries need."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from db.records.facts import AgencyId


class BeginningShift(Protocol):
    """One shift as it begins. ``on`` are there, ``away`` are meant to be and are not."""

    @property
    def at(self) -> datetime: ...

    @property
    def name(self) -> str: ...

    @property
    def on(self) -> Sequence[int]: ...

    @property
    def away(self) -> Sequence[int]: ...

    @property
    def on_leave(self) -> Sequence[int]: ...

    @property
    def in_court(self) -> Sequence[int]: ...


class Shifts(Protocol):
    """The calendar of shifts."""

    def starting(
        self, conn: Connection, agency_id: AgencyId, people: Sequence[int], between: tuple[datetime, datetime]
    ) -> Sequence[BeginningShift]:
        """Shifts of these people that begin at or after the one instant and before the other."""

    def supervising(self, conn: Connection, agency_id: AgencyId, start: BeginningShift) -> int | None:
        """Who supervises it; None where nobody does."""


class NoShifts:
    """Nobody's shifts are known, so none begins."""

    def starting(
        self,
        _conn: Connection,
        _agency_id: AgencyId,
        _people: Sequence[int],
        _between: tuple[datetime, datetime],
    ) -> Sequence[BeginningShift]:
        return ()

    def supervising(self, _conn: Connection, _agency_id: AgencyId, _start: BeginningShift) -> int | None:
        return None
