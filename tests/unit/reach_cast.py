"""Examples of what is said about whom nothing reaches."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from messages import reach
from messages.model import Message
from messages.reach import LostReminder, ReachFacts, Unreached, UnreachedFacts, UnreachedList
from messages.words import Words

SINCE = datetime(2027, 3, 2, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
EVERYBODY = (
    UnreachedFacts("Officer Hall", Unreached.NO_WAY),
    UnreachedFacts("Officer Ito", Unreached.OPTED_OUT),
    UnreachedFacts("Officer Meyer", Unreached.ONLY_FAILED),
    UnreachedFacts("Officer Novak", LostReminder.NOT_TAKEN, SINCE),
    UnreachedFacts("Officer Ruiz", LostReminder.SILENT, SINCE),
    UnreachedFacts("Officer Whitman", LostReminder.HELD, SINCE, waits="on-leave"),
    UnreachedFacts("Officer Xiong", LostReminder.HELD, SINCE, waits="on-leave", until=SINCE.replace(day=20)),
)

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "unreached": lambda words: reach.unreached(UnreachedList(found=EVERYBODY, lines=3), words),
    "unreached-more": lambda words: reach.unreached(UnreachedList(found=EVERYBODY, page=2, lines=3), words),
    "unreached-none": lambda words: reach.unreached(UnreachedList(found=()), words),
    "unreached-told": lambda words: reach.told(
        ReachFacts(reminders=2, counts=tuple(zip(Unreached, (3, 1, 1), strict=True))),
        words,
    ),
    "unreached-told-one": lambda words: reach.told(ReachFacts(reminders=1), words),
}
