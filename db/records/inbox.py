"""What came in through a door, as it waits to be worked on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class InboxState(StrEnum):
    """How far the work on something that came in has got."""

    WAITING = "waiting"  # nobody works on it
    WORKING = "working"  # somebody does, until the time when it is due again
    DONE = "done"
    FAILED = "failed"  # for good: a person looks at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that comes in. ``event`` is the channel's own id; ``place`` the conversation it belongs to; ``body``
    is closed."""

    channel: str
    event: str
    address: str
    place: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class InWork:
    """Something that came in and is now this worker's, for the ``tries``-th time."""

    channel: str
    event: str
    place: str
    kind: str
    body: bytes
    arrived_at: datetime
    owner: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """Something that came in and could not be worked on, as the coordinator sees it."""

    person_id: int | None
    arrived_at: datetime
    reference: str
