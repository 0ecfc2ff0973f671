"""What training asks of the outside world. Doors and tests bring the real things."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Business time. The demo and the tests move it; nothing below a door asks the machine for the time."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


class Scanned(StrEnum):
    """What an outside program found in a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"  # there is no such program, or it gave no answer in time


# Never raises, and ends in a time that somebody may wait for.
Scan = Callable[[bytes], Scanned]


def unscanned(_: bytes) -> Scanned:
    """Where no program is named: nobody looked, and nobody is told that somebody did."""
    return Scanned.NOT_SCANNED


def today(clock: Clock, zone: ZoneInfo) -> date:
    """The day it is in ``zone``: what is due turns overdue at midnight there, not at the server's."""
    instant = clock.now()
    if instant.tzinfo is None:
        raise ValueError("a clock gives aware instants; this one gave a naive one")
    return instant.astimezone(zone).date()
