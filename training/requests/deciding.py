"""What does somebody decide about a request, and what is still to be done before it holds? One value, however it was
said; who may is asked once more in the transaction that writes it, and the first is the one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from db.queries import requests
from db.records.audit import AuditDraft
from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct, RequestLook, RequestStep
from db.unit_of_work import Writer
from messages.approval_news import ApprovalNewsCode, ApprovalNewsFacts
from messages.approvals import ApprovalCode
from messages.words import Words
from training.asking import OvertakenError, Question, at_the_writing
from training.audit import AuditTag
from training.requests import after, cards, telling
from training.requests.keeping import acts
from training.requests.life import RequestStage, life_of
from training.requests.rules import RequestCheck
from training.requests.sight import SeenRequest, by_id, sight_of

A = RequestAct
Does = Callable[[Writer], Iterable[AuditDraft]]
# As much as is read of a reason or a question.
MOST_WORDS = 500
# Until then whoever decided may decide anew.
REVERSIBLE = frozenset(
    {
        RequestStage.WITH_APPROVER,
        RequestStage.QUESTION,
        RequestStage.DENIED,
        RequestStage.APPROVED,
        RequestStage.WAITING_FOR_SEAT,
        RequestStage.REGISTERED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecision:
    """One act of whoever decides. ``confirmed`` are codes of what was checked, ``typed`` what was typed.

    ``to``: whom it is left to. ``undoes``: their own decision that this one takes the place of.
    """

    act: RequestAct
    words: str = ""
    confirmed: tuple[str, ...] = ()
    typed: Mapping[str, date | Decimal] = field(default_factory=dict)
    to: int | None = None
    undoes: Kept[RequestStep] | None = None


@dataclass(frozen=True, slots=True)
class NotApprovedYet:
    """Why a decision does not hold yet, as a code, and what it is about."""

    why: ApprovalCode
    facts: tuple[str, ...] = ()


def own_decision(one: SeenRequest, person_id: int, act: RequestAct) -> Kept[RequestStep] | None:
    """The decision of somebody's own which this act would undo; None where there is none that stands."""
    life = one.life
    if life.stage not in REVERSIBLE or act not in (A.APPROVED, A.DENIED):
        return None
    if act is A.APPROVED:
        denial = life.denial if life.stage is RequestStage.DENIED else None
        return denial if denial is not None and denial.recorded_by == person_id else None
    own = [each for each in life.approvals.values() if each.recorded_by == person_id]
    return max(own, key=lambda each: each.fact.position, default=None)


def has_begun(one: SeenRequest) -> bool:
    """Whether the class began: what was decided about it stands then."""
    starts_on = one.life.values.starts_on
    return starts_on is not None and starts_on <= one.sight.today


def looked(one: SeenRequest, person_id: int) -> bool:
    """Whether somebody had this version before them, whole."""
    looks = requests.looks_at(one.sight.conn, one.sight.agency_id, one.request.kept.id)
    return any(each.fact.viewer_id == person_id and each.fact.position == one.version_at for each in looks)


def look(one: SeenRequest, person_id: int) -> tuple[tuple[RequestLook, ...], tuple[AuditDraft, ...]]:
    """That they have it before them now; nothing where they had."""
    if looked(one, person_id):
        return (), ()
    fact = RequestLook(request_id=one.request.kept.id, viewer_id=person_id, position=one.version_at)
    data = {"number": one.number, "version": one.version_at}
    return (fact,), (AuditDraft(tag=AuditTag.REQUEST_LOOKED, subject_id=one.requester, data=data),)


def not_yet(one: SeenRequest, person_id: int, decision: RequestDecision) -> NotApprovedYet | None:
    """What is still to be done before the decision may be written down; None when nothing is."""
    if len(decision.words) > MOST_WORDS:
        return NotApprovedYet("words-too-long")
    needs_words = decision.act in (A.DENIED, A.ASKED) or decision.undoes is not None
    if needs_words and not decision.words.strip():
        return NotApprovedYet("why-first")
    return _unchecked(one, person_id, decision) if decision.act is A.APPROVED else None


def _unchecked(one: SeenRequest, person_id: int, decision: RequestDecision) -> NotApprovedYet | None:
    checks = one.checks
    if checks is None:
        return None
    all_of = tuple(each.value for each in dict.fromkeys((*checks.confirmed, *checks.typed)))
    if not looked(one, person_id):
        return NotApprovedYet("open-first", all_of)
    wrong = tuple(each.value for each in checks.typed if not _is_as_typed(one, each, decision))
    if wrong:
        return NotApprovedYet("type-first", wrong)
    left = tuple(each.value for each in checks.confirmed if each.value not in decision.confirmed)
    return NotApprovedYet("confirm-first", left) if left else None


def _is_as_typed(one: SeenRequest, check: RequestCheck, decision: RequestDecision) -> bool:
    """Whether what was typed is what the request says; what it does not say cannot be typed from it."""
    values = one.life.values
    said: Mapping[RequestCheck, date | Decimal | None] = {
        RequestCheck.DATES: values.starts_on,
        RequestCheck.COST: values.cost,
        RequestCheck.HOURS: values.hours,
    }
    return said.get(check) is None or decision.typed.get(check.value) == said[check]


def refused(one: SeenRequest, act: RequestAct) -> AuditDraft:
    """Somebody pressed who may not decide: nothing changed, and it is in the log."""
    data = {"number": one.number, "act": act.value}
    return AuditDraft(tag=AuditTag.REQUEST_REFUSED, subject_id=one.requester, data=data)


def not_approved(one: SeenRequest, why: str) -> AuditDraft:
    """An approval that did not hold because something was not opened or not checked."""
    data = {"number": one.number, "why": why}
    return AuditDraft(tag=AuditTag.REQUEST_NOT_APPROVED, subject_id=one.requester, data=data)


def as_decided(question: Question, one: SeenRequest, decision: RequestDecision) -> SeenRequest:
    """How it will stand with this decision, for what is said of it."""
    step = RequestStep(
        request_id=one.request.kept.id,
        position=one.life.last.fact.position + 1,
        act=decision.act,
        body=_body(question, one, decision),
    )
    last = replace(
        one.life.last, id=0, fact=step, recorded_by=question.asker.person_id, recorded_at=question.asker.now
    )
    request = KeptRequest(kept=one.request.kept, steps=(*one.request.steps, last))
    return SeenRequest(one.sight, request, life_of(request))


def decides(
    question: Question,
    one: SeenRequest,
    decision: RequestDecision,
    words: Words,
    *,
    before: Callable[[Writer], None] | None = None,
) -> Does:
    """The decision with everything that follows from it. OvertakenError when somebody was first, or the asker may not
    any more; ``before`` is done first and may say the same."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        here = at_the_writing(writer, question)
        now = by_id(sight_of(here), one.request.kept.id)
        if now is None or not _may(now, question.asker.person_id, decision):
            raise OvertakenError
        if before is not None:
            before(writer)
        body = _body(here, now, decision)
        entry, step_id = acts(writer, here, one.request, decision.act, body, words=decision.words.strip())
        yield entry
        as_it_is = _again(here, one)
        # By now it is another request; who is asked next is asked of the record as it is.
        cards.follow(writer, as_it_is, words)
        if as_it_is.life.stage is RequestStage.APPROVED:
            # Whoever asked hears of the last approval with what became of the seat.
            yield from after.approved(
                writer,
                here,
                as_it_is.request,
                decider=cards.decider_of(as_it_is, words),
                reverses=decision.undoes is not None,
            )
        else:
            _tell(writer, as_it_is, decision, step_id, words)

    return does


def _again(question: Question, one: SeenRequest) -> SeenRequest:
    found = by_id(sight_of(question), one.request.kept.id)
    if found is None:
        raise OvertakenError
    return found


def _may(one: SeenRequest, person_id: int, decision: RequestDecision) -> bool:
    if decision.undoes is not None:
        own = own_decision(one, person_id, decision.act)
        return own is not None and own.id == decision.undoes.id and not has_begun(one)
    if decision.to is not None and not one.could_decide(decision.to):
        return False
    return one.may_decide(person_id)


def _body(question: Question, one: SeenRequest, decision: RequestDecision) -> dict[str, Any]:
    """What of it is kept beside the words."""
    body: dict[str, Any] = {}
    if decision.act in (A.APPROVED, A.DENIED):
        body["step"] = one.life.at
        if decision.undoes is not None:
            body["step"] = decision.undoes.fact.body.get("step", one.life.at)
            body["reverses"] = decision.undoes.id
        elif (whom := one.in_place_of(question.asker.person_id)) is not None:
            body["for"] = whom
    if decision.confirmed:
        body["confirmed"] = list(decision.confirmed)
    if decision.typed:
        body["typed"] = {name: str(value) for name, value in sorted(decision.typed.items())}
    if decision.to is not None:
        body["to"] = decision.to
    return body


NEWS: Mapping[RequestAct, ApprovalNewsCode] = {
    A.APPROVED: "approved",
    A.DENIED: "denied",
    A.ASKED: "asked",
    A.HANDED: "handed",
}


def _tell(writer: Writer, one: SeenRequest, decision: RequestDecision, step_id: int, words: Words) -> None:
    """Whoever asked hears it. An appeal that was denied is over."""
    step = one.life.last
    code = NEWS[decision.act]
    if code == "denied" and one.life.appealed:
        code = "denied-for-good"
    facts = cards.decided_facts(one, step, words) if decision.act in cards.ENDS else None
    telling.tell(
        writer,
        one,
        ApprovalNewsFacts(
            code=code,
            number=one.number,
            who=one.sight.name(step.recorded_by, words),
            whom="" if facts is None else facts.whom,
            step=step.fact.body.get("step", one.life.at) + 1,
            steps=len(one.life.way),
            said=decision.words.strip(),
            following="" if facts is None else facts.following,
            reverses=decision.undoes is not None,
        ),
        step_id,
        words,
    )
