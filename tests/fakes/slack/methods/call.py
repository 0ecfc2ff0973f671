"""What does a method see of the call it answers?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.arguments import Arguments
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.world import Channel, Install, World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MethodCall:
    """One call, let in: who calls, with what, into which world. ``base`` is the stand-in's own address."""

    world: World
    install: Install
    arguments: Arguments
    limits: Limits
    base: str

    def seen_channel(self, name: str) -> Channel:
        """A conversation that the bot can see, by its id."""
        place = self.world.channels.get(name)
        if place is None or (place.kind != "channels" and self.install.bot_user not in place.members):
            raise SlackError("channel_not_found")
        return place

    def joined_channel(self, name: str) -> Channel:
        """A conversation that the bot is a member of."""
        place = self.seen_channel(name)
        if self.install.bot_user not in place.members:
            raise SlackError("not_in_channel")
        return place


Method = Callable[[MethodCall], Json]
