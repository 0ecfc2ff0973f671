"""What is behind every door, and who works there? A door is a line in ``bot/doors.py`` and a room of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from fastapi import FastAPI

from config.settings import Settings
from db.records.inbox import InWork
from scheduler.jobs import Work
from training.ledger.parcels import Carrier

if TYPE_CHECKING:
    from bot.service.hall import Hall


class Staff(Protocol):
    """Everybody who works behind one door, in one process. ``work`` and ``follow`` run in worker threads."""

    name: str
    carrier: Carrier

    async def open(self, *, listening: bool) -> None:
        """Make ready, in the event loop; ``listening``: this process lets people in."""
        ...

    async def close(self) -> None:
        """Nothing comes in any more."""
        ...

    def work(self, work: InWork) -> object:
        """Do what something that came in asks for; what it raises leaves it to be tried again."""
        ...

    def give_up(self, work: InWork, error: Exception) -> None:
        """It failed for good: keep it, and tell whoever sent it."""
        ...

    def follow(self, work: Work) -> int:
        """Bring up to date what stands open at people's; how many."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a door keeps open to its channel; ``silent_for`` since the last thing that came over it."""

    is_open: bool
    silent_for: timedelta | None


@runtime_checkable
class OnALine(Protocol):
    """Staff whose channel is heard over a line of their own."""

    async def line(self) -> Line | None:
        """How it is; None where things come another way."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. ``mount`` adds its routes, which verify who knocks before they look at anything.

    ``body_limits``: by the beginning of a path, how large a body may be where the usual room is too small. ``staff``:
    who works behind it, also in a process that lets nobody in.
    """

    name: str
    is_on: Callable[[Settings], bool]
    mount: Callable[[FastAPI, "Hall"], None]
    body_limits: Mapping[str, int] = field(default_factory=dict)
    staff: Callable[["Hall"], Staff] | None = None
