"""Examples of what is said about all reminders at once: too many, stopped, let go, and what their texts cost."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from messages import limits
from messages.limits import SwitchFacts, SwitchSaid, TooManyFacts
from messages.model import Message
from messages.words import Words

SINCE = datetime(2027, 3, 2, 10, 0, tzinfo=ZoneInfo("America/Chicago"))


def switched(said: SwitchSaid) -> Callable[[Words], Message]:
    """The answer to one word."""
    released = said in (SwitchSaid.RESUMED, SwitchSaid.RELEASED)
    return lambda words: limits.switched(SwitchFacts(said=said, waiting=3 if released else 0), words)


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "reminders-too-many": lambda words: limits.too_many(TooManyFacts(312), words),
    "reminder-texts-used-up": lambda words: limits.texts_used_up(2000, words),
    "reminders-paused-since": lambda words: limits.switched(
        SwitchFacts(waiting=12, who="P. Nair", since=SINCE), words
    ),
    **{f"reminders-{said.value}": switched(said) for said in SwitchSaid},
}
