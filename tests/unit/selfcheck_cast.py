"""Examples of what the auditor of reminders says."""

from collections.abc import Callable
from datetime import date

from messages import selfcheck
from messages.model import Message
from messages.selfcheck import Cause, MissedFacts, ReportFacts
from messages.words import Words


def figures(lost: int) -> ReportFacts:
    """A week of 120 reminders."""
    return ReportFacts(
        first=date(2027, 3, 1),
        last=date(2027, 3, 7),
        due=120,
        taken=120 - lost,
        arrived=90,
        lost=lost,
        waiting=4,
        cancelled=11,
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "missed": lambda words: selfcheck.missed(
        MissedFacts(tuple(zip(Cause, (2, 1, 3, 1, 4), strict=True))), words
    ),
    "missed-one": lambda words: selfcheck.missed(MissedFacts(((Cause.STUCK, 1),)), words),
    "self-check-well": lambda words: selfcheck.report(figures(0), words),
    "self-check-lost": lambda words: selfcheck.report(figures(2), words),
}
