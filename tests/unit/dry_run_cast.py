"""Examples of what is said about the messages of tomorrow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from messages import dry_run
from messages.dry_run import ComingFacts, DryRunFacts
from messages.model import Message
from messages.reminder import Reminded, RemindedAs
from messages.words import Words

HERE = ZoneInfo("America/Chicago")
AUTISM = Reminded("Autism", date(2027, 6, 30))
CPR = Reminded("CPR", date(2027, 3, 20), RemindedAs.EXPIRES)
TASER = Reminded("TASER", date(2027, 2, 27), RemindedAs.OVERDUE)
POLICY = Reminded("Policy 402 v4", date(2027, 3, 3), RemindedAs.UNDATED)


def at(hour: int, day: int = 3) -> datetime:
    """An hour in March."""
    return datetime(2027, 3, day, hour, tzinfo=HERE)


ROWS = (
    ComingFacts(
        who="Ofc. Ruiz", at=at(8), way="sms", duties=(AUTISM, CPR, TASER), waits="off-duty", then="slack"
    ),
    ComingFacts(who="Sgt. Okafor", at=at(8), way="slack", duties=(TASER,), about="Ofc. Novak"),
    ComingFacts(who="Ofc. Ito", at=at(9), way="", duties=(POLICY,)),
    ComingFacts(who="Ofc. Hall", at=at(10), way="email", title="Certificate"),
    ComingFacts(who="Ofc. Lee", at=at(8, 4), way="sms", duties=(CPR,), waits="daily-cap", held=True),
)
TOMORROW = DryRunFacts(
    day=date(2027, 3, 3),
    messages=5,
    people=5,
    ways=(("sms", 2), ("slack", 1), ("email", 1), ("", 1)),
    segments=3,
    held=1,
    rows=ROWS,
    unshown=1,
    lines=3,
)
ONE = DryRunFacts(
    day=date(2027, 3, 3), messages=1, people=1, ways=(("sms", 1),), segments=1, held=0, rows=ROWS[:1]
)
NONE = DryRunFacts(day=date(2027, 3, 3), messages=0, people=0, ways=(), segments=0, held=0, rows=())

EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "dry-run": lambda words: dry_run.dry_run(TOMORROW, words),
    "dry-run-more": lambda words: dry_run.dry_run(replace(TOMORROW, page=2), words),
    "dry-run-one": lambda words: dry_run.dry_run(ONE, words),
    "dry-run-none": lambda words: dry_run.dry_run(NONE, words),
    "dry-run-paused": lambda words: dry_run.dry_run(replace(ONE, paused=True, waiting=3), words),
    "dry-run-burst": lambda words: dry_run.dry_run(replace(ONE, burst=120), words),
}
