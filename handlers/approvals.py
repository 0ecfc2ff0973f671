"""Requests for training that wait for a decision: the list, one whole, and what whoever decides does with it.

Who that is, is asked at the press: a card says nothing about who may press it.
"""

from dataclasses import replace
from typing import Literal

from db.queries import occasions
from db.records.requests import RequestAct
from handlers import approval_form as form
from handlers import request_views
from handlers.before_a_decision import READ_FIRST, about, in_the_way, is_sure, mark
from handlers.last_told import last_told
from handlers.open_questions import asked_of, open_ones
from handlers.request_acts import ANSWER
from handlers.request_views import acts_told
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
from messages.request_standing import history
from reading.forms import EntryProblem
from reading.text.approvals import looks_like_a_yes, numbers_in, request_meant
from reading.text.discipline import speaks_of_discipline
from training.asking import Outcome, Question
from training.people import in_reach
from training.permission_table import Ask
from training.permissions import hidden, may
from training.requests import cards, codes, deciding
from training.requests.deciding import RequestDecision
from training.requests.forming import class_values
from training.requests.queue import days_waiting, is_unreached, median_days, queue_of
from training.requests.sight import SeenRequest, by_number, sight_of

A = RequestAct


def waiting(question: Question, asked: Asked) -> Answered:
    """What waits for the asker's decision, and everything that waits for whoever coordinates."""
    return _page(question, asked, 1)


def _page(question: Question, asked: Asked, page: int) -> Answered:
    found = queue_of(question)
    open_now = open_ones(question)
    facts = say_queue.ApprovalsFacts(
        questions=asked_of(question, asked, open_now),
        own=tuple(_line(each, asked, own=True) for each in found.own),
        others=tuple(_line(each, asked, own=False) for each in found.others),
        median=median_days(found.own),
        page=page,
        lines=lines_for(question.channel),
    )
    shown = {each.requester for each in (*found.own, *found.others)} - {question.asker.person_id}
    outcome = Outcome(looked_at=tuple(sorted(shown)), data={"approvals": len(found.own)})
    # Whoever has nothing to decide and one question to answer is asked that one.
    asks_one = not found.own and len(open_now) == 1
    asks = request_views.about(open_now[0].number, ANSWER) if asks_one else {}
    return finish(say_queue.queue(facts, asked.words), outcome, **asks, page=page, pages_of="approvals")


def decide_all(question: Question, asked: Asked) -> Answered:
    """APPROVE ALL decides nothing: what waits, and how the first of it is decided."""
    answered = waiting(question, asked)
    own = queue_of(question).own
    lead = say_queue.one_by_one(answered.message, own[0].number if own else 0, asked.words)
    return replace(answered, message=lead)


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
    return finish(shown, outcome, **about(one))


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
        undoes = deciding.own_decision(one, question.asker.person_id, act)
        facts = say.ApprovalWordsFacts(
            act=name,
            number=one.number,
            version=one.version_at,
            decided=None if undoes is None else cards.decided_facts(one, undoes, asked.words),
            errors=errors,
        )
        outcome = Outcome(decides=False, data={"request": one.number})
        return finish(say.words_form(facts, asked.words), outcome, **about(one))
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
        return finish(say.done(facts, asked.words), Outcome(decides=False), **about(found))
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
    if speaks_of_discipline(got.written) and not is_sure(question, found, got.decision):
        # The form stands as it was filled in; sent once more it is kept so.
        weighed = replace(got, errors={"words": FieldError(code=READ_FIRST)})
        answered = _form(question, asked, found, weighed)
        remember = {**about(found), "shown": mark(found, got.decision)}
        return replace(answered, outcome=replace(answered.outcome, remember=remember))
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


def before_its_decider(question: Question, asked: Asked, number: int) -> Answered | None:
    """The card with its buttons and what was done before, for whoever may decide it now; None for everybody else."""
    one = by_number(sight_of(question), number)
    person_id = question.asker.person_id
    if one is None or not question.serves or not one.may_decide(person_id):
        return None
    if question.office.asked_at is not None or one.requester in hidden(question):
        return None
    facts = cards.card_facts(one, person_id, asked.words)
    message = say.card(facts, asked.words)
    acts = acts_told(question, asked, one.request)
    if len(acts) > 1:
        message = replace(message, body=(*message.body, history(acts, asked.words)))
    # What people wrote is kept with the request already.
    bare = replace(facts, reason="", asks="", answers="", denied=None)
    outcome = Outcome(looked_at=(one.requester,), decides=False, data={"request": number})
    return replace(finish(message, outcome, **about(one)), kept=say.card(bare, asked.words))


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
    return finish(message, outcome, **about(one))


def _decide(question: Question, asked: Asked, one: SeenRequest, decision: RequestDecision) -> Answered:
    """The decision written down, or what is still to be done before it holds."""
    person_id = question.asker.person_id
    undoes = deciding.own_decision(one, person_id, decision.act)
    decision = replace(decision, undoes=undoes)
    wanted = in_the_way(question, asked, one, decision)
    if wanted is not None:
        return wanted
    by_text = question.channel == codes.TEXTS and decision.act is not A.ASKED
    does = deciding.decides(
        question,
        one,
        decision,
        asked.words,
        before=codes.uses_up(question, one) if by_text else None,
    )
    outcome = Outcome(does=does, looked_at=(one.requester,), data={"request": one.number})
    return finish(_said(question, asked, one, decision), outcome, **about(one))


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


def no_decision(question: Question, asked: Asked) -> Answered:
    """What sounds like a decision and is none: the words that make one."""
    if len(numbers_in(asked.text)) > 1:
        return decide_all(question, asked)
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
    return finish(say.done(facts, asked.words), outcome, **about(one))


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
    if talked is None and listed is not None and len(own) > 1:
        return decide_all(question, asked)
    one = talked or listed or _before_them(question, own)
    return None if one is None else _cannot_take(asked, one)


def _before_them(question: Question, own: tuple[SeenRequest, ...]) -> SeenRequest | None:
    """The request of a card that was the last thing to reach the asker where they write, or came with it."""
    numbers = last_told(question, MessageKind.APPROVAL_CARD)
    return next((one for number in numbers for one in own if one.number == number), None)


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
    Route(name="decide-all", handle=decide_all, may_use=everyone, commands=("decide-all",)),
    Route(name="hand-request", handle=hand, may_use=everyone, commands=("hand-request",)),
    Route(name="no-decision", handle=no_decision, may_use=everyone, intents=("approve", "deny")),
)
