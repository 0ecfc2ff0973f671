"""Who are the services at the other end? Stand-ins for Slack and Twilio, and what really came out of them."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.fakes.slack.limits import Limits as SlackLimits
from tests.fakes.slack.server import StandIn as Slack
from tests.fakes.twilio.limits import Limits as TwilioLimits
from tests.fakes.twilio.server import StandIn as Twilio

OURS = "+16125550100"
PUBLIC = "https://desk.lakemont.example"
_ROW = re.compile(r"Lakemont PD (\d+)\b")


@dataclass
class Providers:
    """Both services, and the people in them by number."""

    slack: Slack
    twilio: Twilio
    _accounts: dict[int, tuple[str, str]] = field(default_factory=dict)
    _phones: dict[int, str] = field(default_factory=dict)

    @property
    def team(self) -> str:
        """The workspace."""
        return self.slack.world.bot.team_id

    def settings(self) -> dict[str, str]:
        """What an installation is given so that it speaks to both."""
        world, account = self.slack.world, self.twilio.world.account
        return {
            "PUBLIC_URL": PUBLIC,
            "SLACK_BOT_TOKEN": world.bot.token,
            "SLACK_SIGNING_SECRET": world.app.signing_secret,
            "SLACK_API_URL": self.slack.api_url,
            "TWILIO_ACCOUNT_SID": account.sid,
            "TWILIO_AUTH_TOKEN": account.auth_token,
            "TWILIO_FROM_NUMBER": OURS,
            "TWILIO_API_URL": self.twilio.api_url,
        }

    def account(self, number: int) -> tuple[str, str]:
        """An account in Slack, and its conversation with Rollcall."""
        if number not in self._accounts:
            world = self.slack.world
            user = world.add_user(f"U0{number:05}", f"Officer {number}", f"o{number}@lakemont.example").id
            self._accounts[number] = (user, world.im(user).id)
        return self._accounts[number]

    def phone(self, number: int) -> str:
        """A telephone."""
        if number not in self._phones:
            self._phones[number] = f"+1612556{number:04}"
            self.twilio.world.add_phone(self._phones[number])
        return self._phones[number]

    def effects(self) -> Counter[int]:
        """How often each row came out, by its number."""
        found: Counter[int] = Counter()
        said = [each.text for each in list(self.slack.world.messages) if each.bot_id and not each.deleted]
        said += [each.body for each in list(self.twilio.world.messages.values()) if each.is_outbound]
        for words in said:
            found.update(self.numbers_in(words))
        return found

    def numbers_in(self, words: str) -> list[int]:
        """The numbers of the rows that these words are of."""
        return [int(each) for each in _ROW.findall(words)]

    def calls(self) -> int:
        """How many calls that do something were made so far, whatever came of them."""
        posts = ("chat.postMessage", "chat.postEphemeral")
        texts = len(self.twilio.calls_of("messages.create"))
        return sum(len(self.slack.calls_of(each)) for each in posts) + texts


@contextmanager
def both() -> Iterator[Providers]:
    """Slack and Twilio on loopback, which never refuse for haste."""
    with (
        Slack(limits=SlackLimits.none()) as slack,
        Twilio(limits=TwilioLimits.none(), public=PUBLIC) as twilio,
    ):
        yield Providers(slack, twilio)
