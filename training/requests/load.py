"""How many requests wait for the asker's decision, and for how long? One's own count alone, nobody else's."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from db.queries import requests
from db.records.requests import RequestAct
from training.asking import Question
from training.requests.following import supervisor_of
from training.requests.life import Life, Owner, life_of
from training.uploads.figures import median_seconds

A = RequestAct
_LAST = (A.SUBMITTED, A.APPROVED, A.ANSWERED, A.HANDED, A.APPEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """``median`` is for how many seconds the one in the middle waits; None where none does."""

    waiting: int
    median: Decimal | None


def of(question: Question) -> Load:
    """What waits for the asker at this moment."""
    ages = [
        (question.asker.now - life.since) // timedelta(microseconds=1)
        for request in requests.last_acts(question.conn, question.agency_id, _LAST)
        if (life := life_of(request)).owner is Owner.APPROVER
        and _decider(question, life, request.kept.fact.person_id) == question.asker.person_id
    ]
    return Load(waiting=len(ages), median=median_seconds(sorted(ages)) if ages else None)


def _decider(question: Question, life: Life, person_id: int) -> int | None:
    return life.handed_to or supervisor_of(question, person_id)
