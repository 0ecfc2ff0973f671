"""How often may a method be called? By tier and workspace, and for messages by channel, as Slack publishes it."""

import math
from collections import deque
from dataclasses import dataclass, field

from tests.fakes.slack.errors import RateLimitedError

WINDOW = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
TIER_OF = {
    "apps.connections.open": 3,
    "api.test": 4,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.info": 4,
    "reactions.add": 3,
    "users.conversations": 3,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}


@dataclass(slots=True)
class Limits:
    """What is allowed, and what was used of it. ``posting`` and ``tiers`` switch each kind off."""

    tiers: bool = True
    posting: bool = True
    burst: int = 4
    """Messages that a channel takes at once before one a second holds; Slack says only "short bursts"."""
    posts_a_minute: int = 300
    """Messages of the app in a whole workspace; Slack says only "several hundred"."""
    _used: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _full_at: dict[str, float] = field(default_factory=dict)

    @classmethod
    def none(cls) -> "Limits":
        """A service that never refuses for haste."""
        return cls(tiers=False, posting=False)

    def call(self, method: str, team_id: str, now: float) -> None:
        """One call of a method that has a tier."""
        if self.tiers and method in TIER_OF:
            self._count(method, team_id, TIERS[TIER_OF[method]], now)

    def post(self, channel: str, team_id: str, now: float) -> None:
        """One message into a channel: one a second, after a short burst."""
        if not self.posting:
            return
        empty_at = max(self._full_at.get(channel, now), now)
        if empty_at - now > self.burst - 1:
            raise RateLimitedError(max(1, math.ceil(empty_at - now - (self.burst - 1))))
        self._count("chat.postMessage", team_id, self.posts_a_minute, now)
        self._full_at[channel] = empty_at + 1

    def _count(self, method: str, team_id: str, most: int, now: float) -> None:
        used = self._used.setdefault((method, team_id), deque())
        while used and used[0] <= now - WINDOW:
            used.popleft()
        if len(used) >= most:
            raise RateLimitedError(max(1, math.ceil(used[0] + WINDOW - now)))
        used.append(now)
