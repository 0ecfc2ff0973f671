"""Who works behind a door, and how is their line to its channel? Shapes that a channel fills; nothing is done here."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from db.records.inbox import InWork
from scheduler.jobs import Work
from training.ledger.parcels import Carrier


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
class ChannelLine:
    """A line that a door keeps open to its channel; ``silent_for`` since the last thing that came over it."""

    is_open: bool
    silent_for: timedelta | None


@runtime_checkable
class ToldByKeys(Protocol):
    """Staff who know by fetched keys who knocks."""

    @property
    def has_keys(self) -> bool | None:
        """Whether there are any yet; None in a process that lets nobody in."""
        ...


@runtime_checkable
class Unguarded(Protocol):
    """Staff who may have been told to ask nobody, to try things out."""

    @property
    def is_unguarded(self) -> bool:
        """Whether whoever is on this machine is let in."""
        ...


@runtime_checkable
class OnALine(Protocol):
    """Staff whose channel is heard over a line of their own."""

    async def line(self) -> ChannelLine | None:
        """How it is; None where things come another way."""
        ...
