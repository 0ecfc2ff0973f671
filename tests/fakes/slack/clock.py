"""What time is it at the stand-in? The machine's, moved by whole steps, or any clock that a test holds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time, the tests' movable clock among them."""

    def now(self) -> datetime:
        """The instant."""


@dataclass(slots=True)
class SteppedClock:
    """The machine's clock, ahead by what a test added, so that waiting is never needed."""

    ahead: timedelta = field(default=timedelta())

    def now(self) -> datetime:
        """The instant."""
        return datetime.now(UTC) + self.ahead

    def advance(self, seconds: float) -> None:
        """Let so many seconds have passed."""
        self.ahead += timedelta(seconds=seconds)
