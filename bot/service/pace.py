"""How fast may a chat tool be written to? So many in a row in one conversation, then one at a time, and nothing at all
while it asked for quiet. Only for this process: what the tool itself refuses is heard by all."""

from collections import defaultdict, deque
from datetime import timedelta
from threading import Lock
from time import monotonic


class SendingPace:
    """The pace of one way out. ``burst``: as many in a row as one conversation takes, one more ``each``."""

    def __init__(self, burst: int, each: timedelta) -> None:
        self.burst = burst
        self._each = each
        self._sent: dict[str, deque[float]] = defaultdict(deque)
        # Until then nothing is asked of the tool at all: it said so.
        self._quiet_until = 0.0
        self._lock = Lock()

    def must_wait(self, place: str) -> timedelta | None:
        """How long until something may go there; None where it may now, and then it is counted."""
        now = monotonic()
        with self._lock:
            quiet = self._quiet_until - now
            if quiet > 0:
                return timedelta(seconds=quiet)
            sent = self._sent[place]
            while sent and now - sent[0] >= self.burst * self._each.total_seconds():
                sent.popleft()
            if len(sent) >= self.burst:
                return self._each
            sent.append(now)
        return None

    @property
    def is_quiet(self) -> bool:
        """Whether the tool asked to be left alone, and still is."""
        with self._lock:
            return monotonic() < self._quiet_until

    def keep_quiet(self, span: timedelta) -> None:
        """The tool asked to be left alone for so long."""
        with self._lock:
            self._quiet_until = max(self._quiet_until, monotonic() + span.total_seconds())
