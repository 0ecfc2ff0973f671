"""How many requests wait for the asker's decision, and for how long? One's own count alone, nobody else's."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from training.asking import Question
from training.requests.life import Owner
from training.requests.sight import all_that_wait, sight_of
from training.uploads.figures import median_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """``median`` is for how many seconds the one in the middle waits; None where none does."""

    waiting: int
    median: Decimal | None


def of(question: Question) -> Load:
    """What waits for the asker at this moment, as the rules in force and the line as of now have it."""
    asker = question.asker.person_id
    ages = [
        (question.asker.now - one.life.since) // timedelta(microseconds=1)
        for one in all_that_wait(sight_of(question))
        if one.life.owner is Owner.APPROVER and (asked := one.approver.person) and asked.person_id == asker
    ]
    return Load(waiting=len(ages), median=median_seconds(sorted(ages)) if ages else None)
