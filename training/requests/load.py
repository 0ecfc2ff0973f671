"""How many requests wait for the asker's decision, and for how long? One's own count alone, nobody else's."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from db.queries import requests
from db.records.requests import KeptRequest, RequestAct
from training.asking import Question
from training.requests.approvers import RouteCase, approver_of, charted
from training.requests.life import Life, Owner, life_of
from training.requests.rules import Decides, RequestRulesVersion, in_force
from training.uploads.figures import median_seconds

A = RequestAct
_LAST = (A.SUBMITTED, A.APPROVED, A.ANSWERED, A.HANDED, A.APPEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """``median`` is for how many seconds the one in the middle waits; None where none does."""

    waiting: int
    median: Decimal | None


def of(question: Question) -> Load:
    """What waits for the asker at this moment, as the rules in force and the line as of now have it."""
    rules = in_force(question.conn, question.agency_id)
    chart, people = charted(
        question.conn,
        question.agency_id,
        question.walls,
        rules,
        now=question.asker.now,
        today=question.today,
    )
    ages = []
    for request in requests.last_acts(question.conn, question.agency_id, _LAST):
        life = life_of(request)
        if life.owner is not Owner.APPROVER or not life.waiting_step:
            continue
        person = approver_of(chart, people, _case(request, life, rules)).person
        if person is not None and person.person_id == question.asker.person_id:
            ages.append((question.asker.now - life.since) // timedelta(microseconds=1))
    return Load(waiting=len(ages), median=median_seconds(sorted(ages)) if ages else None)


def _case(request: KeptRequest, life: Life, rules: RequestRulesVersion) -> RouteCase:
    person_id = request.kept.fact.person_id
    entered_by = request.kept.recorded_by
    return RouteCase(
        requester=person_id,
        entered_by=person_id if entered_by is None else entered_by,
        step=Decides(life.waiting_step),
        decided_by=life.decided_by,
        denied_by=life.denial.recorded_by if life.appealed and life.denial is not None else None,
        handed_to=life.handed_to,
        appeal_to=rules.appeal_to,
    )
