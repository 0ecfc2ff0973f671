"""A request's way from its first words to the last receipt: no dead end, nobody without the next word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.records.facts import AgencyId, FactT, Kept
from db.records.requests import KeptRequest, RequestAct, RequestStep, TrainingRequest
from training.requests.life import ALLOWED, FOLDS, OWNERS, Life, Owner, RequestStage, allowed, life_of
from training.requests.values import CostKind, CostLine, RequestValues, changed, values_json, values_of

A = RequestAct
NOON = datetime(2027, 3, 2, 18, tzinfo=UTC)
RUIZ, OKAFOR, NAIR = 1, 2, 3
NEGOTIATION = RequestValues(
    title="Basic Crisis Negotiation", hours=Decimal(40), costs=(CostLine(CostKind.TUITION, Decimal(525)),)
)
BODIES: dict[RequestAct, dict[str, Any]] = {
    A.SUBMITTED: {"values": values_json(NEGOTIATION), "way": ["supervisor", "coordinator"]},
    A.HANDED: {"to": NAIR},
    A.SEATED: {"offering": 12},
    A.CERTIFICATE_LINKED: {"upload": 3107},
    A.COSTS_ENTERED: {"lines": [["tuition", "525"]]},
}


def kept(fact: FactT, number: int, by: int) -> Kept[FactT]:
    return Kept(
        id=number,
        agency_id=AgencyId(1),
        seq=number,
        recorded_at=NOON + timedelta(minutes=number),
        recorded_by=by,
        source="terminal",
        replaces_id=None,
        fact=fact,
    )


def begun() -> KeptRequest:
    request = TrainingRequest(person_id=RUIZ, number=1042, channel="terminal", received_at=NOON)
    first = RequestStep(request_id=1, position=1, act=A.BEGUN, body={"values": values_json(NEGOTIATION)})
    return KeptRequest(kept=kept(request, 1, RUIZ), steps=(kept(first, 2, RUIZ),))


def then(request: KeptRequest, act: RequestAct, by: int = RUIZ, **body: Any) -> KeptRequest:
    position = len(request.steps) + 1
    step = RequestStep(request_id=1, position=position, act=act, body={**BODIES.get(act, {}), **body})
    return replace(request, steps=(*request.steps, kept(step, position + 1, by)))


def after(*acts: RequestAct) -> Life:
    request = begun()
    for act in acts:
        assert act in allowed(life_of(request)), act
        request = then(request, act)
    return life_of(request)


@given(st.lists(st.integers(min_value=0, max_value=50), max_size=40))
def test_whatever_happens_somebody_has_the_next_word_or_it_is_over(choices: list[int]) -> None:
    request, life = begun(), life_of(begun())
    for choice in choices:
        open_acts = sorted(allowed(life))
        act = open_acts[choice % len(open_acts)]
        request = then(request, act)
        life = life_of(request)
        assert life.owner is OWNERS[life.stage]
        # What is open to be decided has a step that waits for it, so somebody can be named for it.
        assert bool(life.waiting_step) == (
            life.stage in (RequestStage.WITH_APPROVER, RequestStage.QUESTION, RequestStage.APPEALED)
        )
        assert life.is_over or allowed(life) - {A.COSTS_ENTERED}


def test_every_stage_can_be_left_for_an_end_and_every_act_leads_somewhere() -> None:
    assert set(FOLDS) == set(RequestAct)
    assert set(ALLOWED) == set(OWNERS) == set(RequestStage)
    open_stages = {each for each, owner in OWNERS.items() if owner is not Owner.NOBODY}
    endings = {A.WITHDRAWN, A.DENIED, A.CLOSED}
    assert all(ALLOWED[each] & endings for each in open_stages - {RequestStage.REGISTERED}), open_stages
    assert {each for acts in ALLOWED.values() for each in acts} == set(RequestAct) - {A.BEGUN}


def test_two_steps_are_approved_one_after_the_other() -> None:
    first = after(A.SUBMITTED, A.APPROVED)
    assert (first.stage, first.waiting_step) == (RequestStage.WITH_APPROVER, "coordinator")
    both = after(A.SUBMITTED, A.APPROVED, A.APPROVED)
    assert (both.stage, both.waiting_step, both.owner) == (RequestStage.APPROVED, "", Owner.COORDINATOR)
    assert sorted(both.approvals) == [0, 1]


def test_a_change_makes_what_was_approved_void_and_keeps_what_it_was() -> None:
    request = then(then(begun(), A.SUBMITTED), A.APPROVED, OKAFOR)
    dearer = replace(NEGOTIATION, costs=(CostLine(CostKind.TUITION, Decimal(595)),))
    life = life_of(then(request, A.SUBMITTED, values=values_json(dearer)))
    assert (life.version, life.at, dict(life.approvals), life.decided_by) == (2, 0, {}, frozenset())
    assert life.before == NEGOTIATION
    assert changed(NEGOTIATION, life.values) == {"costs": ([["tuition", "525"]], [["tuition", "595"]])}


def test_a_denial_is_put_to_somebody_else_once() -> None:
    denied = after(A.SUBMITTED, A.DENIED)
    assert denied.is_over
    assert A.APPEALED in allowed(denied)
    again = after(A.SUBMITTED, A.DENIED, A.APPEALED, A.DENIED)
    assert A.APPEALED not in allowed(again)
    assert A.SUBMITTED in allowed(again)
    upheld = after(A.SUBMITTED, A.DENIED, A.APPEALED, A.APPROVED)
    assert (upheld.stage, upheld.waiting_step) == (RequestStage.WITH_APPROVER, "coordinator")


def test_a_question_does_not_end_the_way_and_its_answer_goes_back_to_who_asked() -> None:
    asked = after(A.SUBMITTED, A.ASKED)
    assert (asked.stage, asked.owner, asked.waiting_step) == (
        RequestStage.QUESTION,
        Owner.REQUESTER,
        "supervisor",
    )
    assert after(A.SUBMITTED, A.ASKED, A.ANSWERED).stage is RequestStage.WITH_APPROVER
    assert after(A.SUBMITTED, A.DENIED, A.APPEALED, A.ASKED, A.ANSWERED).stage is RequestStage.APPEALED


def test_whoever_denied_may_decide_anew_and_so_may_whoever_approved() -> None:
    request = then(then(begun(), A.SUBMITTED), A.DENIED, OKAFOR, step=0)
    undone = life_of(then(request, A.APPROVED, OKAFOR, step=0, reverses=request.steps[-1].id))
    assert (undone.stage, undone.waiting_step, undone.denial) == (
        RequestStage.WITH_APPROVER,
        "coordinator",
        None,
    )
    request = then(then(then(begun(), A.SUBMITTED), A.APPROVED, OKAFOR), A.APPROVED, NAIR)
    stopped = life_of(then(request, A.DENIED, NAIR, step=1, reverses=request.steps[-1].id))
    assert (stopped.stage, stopped.at) == (RequestStage.DENIED, 1)


def test_a_seat_is_given_back_by_withdrawing() -> None:
    held = after(A.SUBMITTED, A.APPROVED, A.APPROVED, A.SEATED, A.REGISTERED)
    assert held.offering_held == 12
    assert after(A.SUBMITTED, A.APPROVED, A.APPROVED, A.SEATED, A.WITHDRAWN).offering_held is None


def test_values_are_the_same_after_they_were_kept() -> None:
    assert values_of(values_json(NEGOTIATION)) == NEGOTIATION
    assert values_json(RequestValues()) == {}
    assert RequestValues().cost is None
    assert RequestValues(costs=(CostLine(CostKind.TUITION, Decimal()),)).cost == 0
