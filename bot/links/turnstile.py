"""How often may one address be asked for? Programs look every few hours; whoever asks all the time waits."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=10)
MOST_OF_ONE = 60
MOST_TOGETHER = 6_000


class Turnstile:
    """Counts within one process; what it knows is forgotten when the window is over."""

    def __init__(self, most_of_one: int = MOST_OF_ONE, most_together: int = MOST_TOGETHER) -> None:
        self._most_of_one = most_of_one
        self._most_together = most_together
        self._lock = Lock()
        self._since: datetime | None = None
        self._passed: Counter[str] = Counter()
        self._together = 0

    def lets_in(self, who: str, now: datetime) -> bool:
        """Whether this one may pass at this instant."""
        with self._lock:
            if self._since is None or not timedelta() <= now - self._since < WINDOW:
                self._since, self._together = now, 0
                self._passed.clear()
            if self._together >= self._most_together or self._passed[who] >= self._most_of_one:
                return False
            self._together += 1
            self._passed[who] += 1
            return True
