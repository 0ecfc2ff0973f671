"""What does a channel's way out take, and what may it say about it? The port that every door's carrier fills."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from time import monotonic
from typing import Protocol

from db.records.facts import AgencyId
from db.records.ledger import Destination
from messages.model import Message

# An intent is good for so long; what is left of the lease is longer than any call takes.
CALL_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to put where it belongs. ``attempt_id`` goes along where the channel can be asked for it later.

    ``since``: nothing of it was sent before. ``person_id`` is None where it goes to nobody we know. ``begun``: when the
    intent was written down, by this process's own monotonic clock; None where that was just now.
    """

    attempt_id: str
    agency_id: AgencyId
    person_id: int | None
    message: Message
    route: Destination
    since: datetime
    begun: float | None = None

    @property
    def is_too_late(self) -> bool:
        """Whether this process was asleep since: by now another one may be sending it. Asked just before the call."""
        return self.begun is not None and monotonic() - self.begun > CALL_WITHIN.total_seconds()


class Fate(StrEnum):
    """What the channel's answer means for the attempt."""

    HANDED_OVER = "handed-over"
    NOT_NOW = "not-now"  # surely not sent; later it may be
    REFUSED = "refused"  # surely not sent, and never will be
    UNWANTED = "unwanted"  # surely not sent: whoever it is for wants nothing on this channel
    UNCLEAR = "unclear"  # it may have been sent


@dataclass(frozen=True, slots=True, kw_only=True)
class TryOutcome:
    """What became of a try. ``after``: the channel asked to be left alone so long, ``everywhere`` or in this place.

    ``hears_later``: the channel may still say that it did not arrive.
    """

    fate: Fate
    ref: str = ""
    place: str = ""
    error: str = ""
    after: timedelta | None = None
    everywhere: bool = False
    hears_later: bool = False


# What a carrier says of a parcel that is too late.
TOO_LATE = TryOutcome(fate=Fate.NOT_NOW, error="too-late")


class Trace(StrEnum):
    """What looking for an attempt showed."""

    THERE = "there"
    NOT_THERE = "not-there"
    NOT_NOW = "not-now"  # the channel did not answer; later it may
    CANNOT_TELL = "cannot-tell"  # this kind of thing leaves no trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the channel says about an attempt that may have been sent; ``hears_later`` as above."""

    trace: Trace
    ref: str = ""
    place: str = ""
    after: timedelta | None = None
    hears_later: bool = False


class Carrier(Protocol):
    """One channel's way out, called from worker threads. What goes wrong is an answer, never raised."""

    def send(self, parcel: Parcel) -> TryOutcome:
        """Put it where it belongs."""
        ...

    def find(self, parcel: Parcel) -> Found:
        """Look whether an earlier try put it there."""
        ...
