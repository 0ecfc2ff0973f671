"""Examples of what is said about all reminders at once: too many, stopped, let go, and what their texts cost."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from messages import limits
from messages.limits import SwitchFacts, SwitchSaid, TooManyFacts
from messages.model import Message
from messages.words import Words

SINCE = datetime(2027, 3, 2, 10, 0, tzinfo=ZoneInfo("America/Chicago"))

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "reminders-too-many": lambda words: limits.too_many(TooManyFacts(312), words),
    "reminder-texts-used-up": lambda words: limits.texts_used_up(2000, words),
    "reminders-paused-since": lambda words: limits.switched(
        SwitchFacts(waiting=12, who="P. Nair", since=SINCE), words
    ),
    **{
        f"reminders-{said.value}": lambda words, said=said: limits.switched(  # type: ignore[misc]  # a lambda with a default has no type of its own
            SwitchFacts(said=said, waiting=3 if said in (SwitchSaid.RESUMED, SwitchSaid.RELEASED) else 0),
            words,
        )
        for said in SwitchSaid
    },
}
