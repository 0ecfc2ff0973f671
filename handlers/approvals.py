"""Requests for training that wait for a decision: the list, one whole, and what whoever decides does with it.

Who that is, is asked at the press: a card says nothing about who may press it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from db.queries import ledger, occasions
from db.records.requests import RequestAct
from handlers import approval_form as form
from handlers.routing import Answered, Asked, Route, everyone, following
from handlers.status import finish
from messages import approval_form as say_form
from messages import approval_queue as say_queue
from messages import approvals as say
from messages.class_values import title_of
from messages.forms import FieldError
from messages.kinds import MessageKind
from messages.model import Message
from messages.pages import lines_for
from reading.forms import EntryProblem
from reading.text.approvals import looks_like_a_yes, request_meant
from training.asking import Outcome, Question
from training.ledger.routes import DESK_CHANNEL
from training.people import in_reach
from training.permission_table import Ask
from training.permissions import hidden, may
from training.requests import cards, codes, deciding
from training.requests.deciding import NotApprovedYet, RequestDecision
from training.requests.forming import class_values
from training.requests.queue import days_waiting, is_unreached, median_days, queue_of
from training.requests.sight import SeenRequest, by_number, sight_of

A = RequestAct
# Of what was said last so much is looked at; what reached somebody within so long came together.
MOST_SAID, TOGETHER = 20, timedelta(minutes=5)


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for the asker's decision, and everything that waits for whoever coordinates."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = queue_of(question)
    facts = say_queue.ApprovalsFacts(
        own=tuple(_line(each, asked, own=True) for each in found.own),
        others=tuple(_line(each, asked, own=False) for each in found.others),
        median=median_days(found.own),
        page=page,
        lines=lines_for(question.channel),
    )
    shown = {each.requester for each in (*found.own, *found.others)} - {question.asker.person_id}
    outcome = Outcome(looked_at=tuple(sorted(shown)), data={"approvals": len(found.own)})
    return finish(say_queue.queue(facts, asked.words), outcome, page=page, pages_of="approvals")


def _line(one: SeenRequest, asked: Asked, *, own: bool) -> say_queue.ApprovalsLine:
    holder = one.approver.person
    name = "" if holder is None else one.sight.name(holder.person_id, asked.words)
    return say_queue.ApprovalsLine(
        number=one.number,
        who=one.sight.whole_name(one.requester, asked.words),
        title=title_of(class_values(one.life.values), asked.words),
        since=one.life.since.astimezone(one.sight.zone),
        days=days_waiting(one),
        register_by=one.life.values.register_by,
        holder="" if own else name or asked.words.say("approvals-with-nobody"),
        unreached=not own and is_unreached(one),
        asked=own and one.life.question is not None and one.life.stage.value == "question",
    )


def _meant(question: Question, asked: Asked, act: RequestAct) -> SeenRequest | Answered:
    """The request that the asker may decide by this act now, or what is said instead."""
    carried = form.meant(asked)
    one = None if carried is None else by_number(sight_of(question), carried.number)
    number = 0 if carried is None else carried.number
    if one is None or carried is None or one.requester in hidden(question):
        return _nobodys(question, asked, number, None, act)
    person_id = question.asker.person_id
    if deciding.own_decision(one, person_id, act) is not None:
        return one
    if not one.may_decide(person_id) or not question.serves:
        return _settled(question, asked, one) or _nobodys(question, asked, number, one, act)
    if carried.version and carried.version != one.version_at:
        return _newer(question, asked, one)
    return one


def _nobodys(
    question: Question, asked: Asked, number: int, one: SeenRequest | None, act: RequestAct
) -> Answered:
    """The same sentence for somebody else's request and for none. A press on somebody else's is in the log."""
    entries = () if one is None else (deciding.refused(one, act),)
    facts = say.ApprovalDoneFacts(code="not-yours", number=number)
    outcome = Outcome(entries=entries, decides=False, data={"request": number})
    return finish(say.done(facts, asked.words), outcome, **question.remembered())


def _settled(question: Question, asked: Asked, one: SeenRequest) -> Answered | None:
    """Who decided, and when: for whoever had a say in it or a card of it."""
    person_id = question.asker.person_id
    rows = occasions.planned_of(question.conn, question.agency_id, cards.ASKED, f"{one.request.kept.id}/")
    turns = [
        int(each.occasion.step.partition("/")[2]) for each in rows if each.occasion.person_id == person_id
    ]
    own = [
        each.fact.position - 1
        for each in one.request.steps
        if each.recorded_by == person_id and each.fact.act in (A.APPROVED, A.DENIED, A.HANDED)
    ]
    over = cards.became(one, max([*turns, *own]), person_id, asked.words) if turns or own else None
    if over is None or person_id == one.requester:
        return None
    outcome = Outcome(decides=False, data={"request": one.number})
    return finish(say.decided(over[1], asked.words, again=True), outcome, **question.remembered())


def _newer(question: Question, asked: Asked, one: SeenRequest) -> Answered:
    """The card was of another version: nothing is decided, and the present one is shown."""
    message = say.card(cards.card_facts(one, question.asker.person_id, asked.words), asked.words)
    outcome = Outcome(looked_at=(one.requester,), decides=False, data={"request": one.number})
    lead = say.done(say.ApprovalDoneFacts(code="older-card", number=one.number), asked.words)
    shown = replace(message, body=(*lead.body, *message.body), sms=(*lead.sms[:1], *message.sms))
    return finish(shown, outcome, **_about(one))


def _about(one: SeenRequest) -> dict[str, object]:
    """What the conversation is about."""
    return {"intent": "approval_queue", "request": one.number}


def approve(question: Question, asked: Asked) -> Answered:
    """APPROVE R-1042, as a button or in words."""
    found = _meant(question, asked, A.APPROVED)
    return (
        found if isinstance(found, Answered) else _decide(question, asked, found, form.typed_approval(asked))
    )


def deny(question: Question, asked: Asked) -> Answered:
    """DENY R-1042 because ..., or the form for the reason."""
    found = _meant(question, asked, A.DENIED)
    return found if isinstance(found, Answered) else _worded(question, asked, found, A.DENIED)


def ask(question: Question, asked: Asked) -> Answered:
    """ASK R-1042 what ..., or the form for the question."""
    found = _meant(question, asked, A.ASKED)
    return found if isinstance(found, Answered) else _worded(question, asked, found, A.ASKED)


def _worded(question: Question, asked: Asked, one: SeenRequest, act: RequestAct) -> Answered:
    written = form.words_in(asked)
    name: Literal["deny", "ask"] = "deny" if act is A.DENIED else "ask"
    errors = {}
    if asked.form is not None and not written:
        errors["words"] = FieldError(code=EntryProblem.EMPTY.value)
    if not written:
        facts = say.ApprovalWordsFacts(act=name, number=one.number, version=one.version_at, errors=errors)
        outcome = Outcome(decides=False, data={"request": one.number})
        return finish(say.words_form(facts, asked.words), outcome, **_about(one))
    return _decide(question, asked, one, RequestDecision(act=act, words=written))


def hand(question: Question, asked: Asked) -> Answered:
    """HAND R-1042 to somebody by name, who could decide it; the button carries whom."""
    found = _meant(question, asked, A.HANDED)
    if isinstance(found, Answered):
        return found
    carried = form.meant(asked)
    name = str(asked.slot("person") or "")
    to = carried.to if carried is not None and asked.value else None
    if to is None and name:
        to = next(
            (each.person_id for each in in_reach(question, name) if found.could_decide(each.person_id)), None
        )
    elif to is None:
        card = cards.card_facts(found, question.asker.person_id, asked.words, with_budget=False)
        handing = card.handing
        to = None if handing is None else handing.person_id
    if to is None or not found.could_decide(to):
        facts = say.ApprovalDoneFacts(code="nobody-of-name", number=found.number, name=name)
        return finish(say.done(facts, asked.words), Outcome(decides=False), **_about(found))
    return _decide(question, asked, found, RequestDecision(act=A.HANDED, to=to))


def whole(question: Question, asked: Asked) -> Answered:
    """The whole request with what has to be checked, for whoever decides it and for whoever keeps the records; the form
    as it came back."""
    sent = asked.form
    one = _kept_by(question, asked)
    if one is not None and sent is None:
        return _card_only(question, asked, one)
    found = _meant(question, asked, A.APPROVED)
    if isinstance(found, Answered):
        return found
    if not found.may_decide(question.asker.person_id):
        return _settled(question, asked, found) or _nobodys(question, asked, found.number, found, A.APPROVED)
    if sent is None:
        return _form(question, asked, found, form.ApprovalEntered())
    got = form.entered(sent)
    if got.decision is None:
        return _form(question, asked, found, got)
    return _decide(question, asked, found, got.decision)


def _kept_by(question: Question, asked: Asked) -> SeenRequest | None:
    """A request that waits with somebody else, for whoever keeps the records; None for anybody else's."""
    carried = form.meant(asked)
    one = None if carried is None else by_number(sight_of(question), carried.number)
    if one is None or not one.waits or not may(question, Ask.RECORD_CARE):
        return None
    person_id = question.asker.person_id
    shown = one.requester not in hidden(question) and one.requester != person_id
    return one if shown and not one.may_decide(person_id) else None


def _card_only(question: Question, asked: Asked, one: SeenRequest) -> Answered:
    """What is asked for and what it does; nothing to press."""
    facts = cards.card_facts(one, question.asker.person_id, asked.words)
    message = replace(say.card(replace(facts, checks=(), handing=None), asked.words), actions=())
    outcome = Outcome(looked_at=(one.requester,), decides=False, data={"request": one.number})
    return finish(message, outcome)


def _form(question: Question, asked: Asked, one: SeenRequest, got: form.ApprovalEntered) -> Answered:
    """That somebody has the whole of it before them is written down: for some, an approval rests on it."""
    checks = one.checks
    facts = say_form.WholeFacts(
        confirm=() if checks is None else tuple(each.value for each in checks.confirmed),
        typed=() if checks is None else tuple(each.value for each in checks.typed),
        confirmed=got.confirmed,
        decision=got.chosen,
        written=got.written,
        errors=got.errors,
    )
    seen, entries = deciding.look(one, question.asker.person_id)
    message = say_form.whole(cards.card_facts(one, question.asker.person_id, asked.words), facts, asked.words)
    outcome = Outcome(
        looked_at=(one.requester,),
        facts=seen,
        entries=entries,
        decides=False,
        data={"request": one.number},
    )
    return finish(message, outcome, **_about(one))


def _decide(question: Question, asked: Asked, one: SeenRequest, decision: RequestDecision) -> Answered:
    """The decision written down, or what is still to be done before it holds."""
    person_id = question.asker.person_id
    undoes = deciding.own_decision(one, person_id, decision.act)
    decision = replace(decision, undoes=undoes)
    if undoes is not None and deciding.has_begun(one):
        facts = say.ApprovalDoneFacts(code="began", number=one.number, day=one.life.values.starts_on)
        return finish(say.done(facts, asked.words), Outcome(decides=False), **_about(one))
    why = deciding.not_yet(one, person_id, decision)
    if why is not None:
        return _not_yet(asked, one, decision, why)
    by_text = question.channel == codes.TEXTS and decision.act is not A.ASKED
    if by_text:
        wanted = _wanted_by_text(question, asked, one)
        if wanted is not None:
            return wanted
    does = deciding.decides(
        question,
        one,
        decision,
        asked.words,
        before=codes.uses_up(question, one) if by_text else None,
    )
    outcome = Outcome(does=does, looked_at=(one.requester,), data={"request": one.number})
    return finish(_said(question, asked, one, decision), outcome, **_about(one))


def _said(question: Question, asked: Asked, one: SeenRequest, decision: RequestDecision) -> Message:
    after = deciding.as_decided(question, one, decision)
    if decision.act is A.ASKED:
        name = one.sight.whole_name(one.requester, asked.words)
        return say.done(say.ApprovalDoneFacts(code="asked", number=one.number, name=name), asked.words)
    facts = cards.decided_facts(after, after.life.last, asked.words)
    own = decision.words.strip() or facts.note
    approves = decision.act is A.APPROVED
    budget = cards.budget_facts(one, question.asker.person_id) if approves else None
    return say.decided(replace(facts, note=own), asked.words, budget=budget)


def _not_yet(asked: Asked, one: SeenRequest, decision: RequestDecision, why: NotApprovedYet) -> Answered:
    entries = (deciding.not_approved(one, why.why),) if decision.act is A.APPROVED else ()
    outcome = Outcome(entries=entries, decides=False, data={"request": one.number})
    facts = say.ApprovalDoneFacts(code=why.why, number=one.number, facts=why.facts)
    return finish(say.done(facts, asked.words), outcome, **_about(one))


def _wanted_by_text(question: Question, asked: Asked, one: SeenRequest) -> Answered | None:
    """What stands between a text message and a decision: nothing where its code is right."""
    if not one.by_text:
        facts = say.ApprovalDoneFacts(code="by-text-off", number=one.number)
        return finish(say.done(facts, asked.words), Outcome(decides=False), **_about(one))
    code = asked.slot("code")
    if not isinstance(code, str):
        fresh = codes.new_code(question, one)
        facts = say.ApprovalDoneFacts(code="code", number=one.number, key=fresh.code)
        kept = say.done(replace(facts, key="...."), asked.words)
        outcome = Outcome(does=codes.entered(fresh.keeps), decides=False, data={"request": one.number})
        # The code is a key: it is in the answer and nowhere else.
        return replace(finish(say.done(facts, asked.words), outcome, **_about(one)), kept=kept)
    if codes.is_right(question, one, code):
        return None
    outcome = Outcome(
        does=codes.entered(codes.wrong_one(question, one)),
        entries=(deciding.refused(one, A.APPROVED),),
        decides=False,
        data={"request": one.number},
    )
    facts = say.ApprovalDoneFacts(code="code-wrong", number=one.number)
    return finish(say.done(facts, asked.words), outcome, **_about(one))


def no_decision(question: Question, asked: Asked) -> Answered:
    """What sounds like a decision and is none: the words that make one."""
    slot = asked.slot("request_id")
    number = request_meant(slot) if isinstance(slot, str) else None
    own = queue_of(question).own
    one = next((each for each in own if number in (None, each.number)), None)
    if one is None:
        if number is not None:
            found = by_number(sight_of(question), number)
            return _nobodys(question, asked, number, found, A.APPROVED)
        return waiting(question, asked)
    if number is None:
        one = _before_them(question, own) or one
    return _cannot_take(asked, one)


def _cannot_take(asked: Asked, one: SeenRequest) -> Answered:
    facts = say.ApprovalDoneFacts(code="not-a-decision", number=one.number)
    outcome = Outcome(decides=False, data={"request": one.number})
    return finish(say.done(facts, asked.words), outcome, **_about(one))


def near_a_card(question: Question, asked: Asked) -> Answered | None:
    """A yes in passing under a card that waits for the asker; None for every other text."""
    if not looks_like_a_yes(asked.text):
        return None
    remembered = question.remembered()
    own = queue_of(question).own
    if not own:
        return None
    talked = next((each for each in own if each.number == remembered.get("request")), None)
    listed = own[0] if remembered.get("pages_of") == "approvals" else None
    one = talked or listed or _before_them(question, own)
    return None if one is None else _cannot_take(asked, one)


def _before_them(question: Question, own: tuple[SeenRequest, ...]) -> SeenRequest | None:
    """The request of a card that was the last thing to reach the asker where they write, or came with it: what waited
    for a shift comes at once, in the order in which it was planned. A terminal has the panes of the desk."""
    for channel in (question.channel, DESK_CHANNEL):
        said = ledger.said_to(
            question.conn, question.agency_id, question.asker.person_id, channel, limit=MOST_SAID
        )
        came = [(each.ended_at, each) for each in said if each.ended_at is not None]
        last = max((at for at, _ in came), default=None)
        for at, each in sorted(came, key=lambda one: one[0], reverse=True):
            if last is None or last - at > TOGETHER:
                break
            if each.kind == MessageKind.APPROVAL_CARD.value:
                number = request_meant(each.about.removeprefix("request "))
                found = next((one for one in own if one.number == number), None)
                if found is not None:
                    return found
    return None


ROUTES = (
    Route(
        name="approvals",
        handle=waiting,
        may_use=everyone,
        intents=("approval_queue",),
        commands=("approvals",),
        next_page=following(_page),
    ),
    Route(name="open-request", handle=whole, may_use=everyone, commands=("open-request",), has_form=True),
    Route(name="approve-request", handle=approve, may_use=everyone, commands=("approve-request",)),
    Route(name="deny-request", handle=deny, may_use=everyone, commands=("deny-request",), has_form=True),
    Route(name="ask-request", handle=ask, may_use=everyone, commands=("ask-request",), has_form=True),
    Route(name="hand-request", handle=hand, may_use=everyone, commands=("hand-request",)),
    Route(name="no-decision", handle=no_decision, may_use=everyone, intents=("approve", "deny")),
)
