"""A clock that stands where the test puts it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class MovableClock:
    """Business time in the hands of the test: set ``at`` to move it."""

    at: datetime

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.at
