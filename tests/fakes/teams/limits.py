"""How often, and how large? Per conversation and per tenant, as Microsoft publishes it, and the size of a message."""

import json
import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.teams.errors import ConnectorError

STRICT = 28 * 1024
"""The size that every client and gateway takes; the service itself takes about 100 KB."""
SENDING = ((1, 7), (2, 8), (30, 60), (3600, 1800))
ASKING = ((1, 14), (2, 16), (30, 120), (3600, 3600))
WHOLE_TENANT = ((1, 50),)


def measured(activity: Any) -> int:
    """The size of what was sent, as UTF-16."""
    return len(json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode("utf-16-le"))


@dataclass(slots=True)
class Limits:
    """What is allowed, and what was used of it."""

    haste: bool = True
    size: int = STRICT
    _used: dict[tuple[str, str], deque[float]] = field(default_factory=dict)

    @classmethod
    def none(cls) -> "Limits":
        """A service that never refuses for haste."""
        return cls(haste=False)

    def check_size(self, activity: Any) -> None:
        """Refuse what is too large."""
        size = measured(activity)
        if size > self.size:
            raise ConnectorError("MessageSizeTooBig", f"{size} bytes of UTF-16, {self.size} are taken")

    def sent(self, conversation: str, tenant: str, now: float) -> None:
        """One message, edit or new conversation."""
        self._count("send", conversation, SENDING, now)
        self._count("all", tenant, WHOLE_TENANT, now)

    def asked(self, conversation: str, tenant: str, now: float) -> None:
        """One look at a roster."""
        self._count("ask", conversation, ASKING, now)
        self._count("all", tenant, WHOLE_TENANT, now)

    def _count(self, what: str, where: str, windows: tuple[tuple[int, int], ...], now: float) -> None:
        if not self.haste:
            return
        used = self._used.setdefault((what, where), deque())
        while used and used[0] <= now - windows[-1][0]:
            used.popleft()
        for seconds, most in windows:
            inside = [at for at in used if at > now - seconds]
            if len(inside) >= most:
                wait = max(1, math.ceil(inside[-most] + seconds - now))
                raise ConnectorError("Throttled", f"{most} in {seconds} s", retry_after=wait)
        used.append(now)
