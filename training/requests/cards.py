"""How does whoever decides get a request before them, and what becomes of the card once it is theirs no more?

A card belongs to the act that put the request before its reader. What ended that is written on it where it stands, for
everyone, and nothing is left to press.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from db.queries import accounts, ledger, occasions
from db.records.facts import Kept, PersonAtAgency
from db.records.ledger import Delivery, Destination, Occasion, Planned, QueueState
from db.records.requests import KeptRequest, RequestAct, RequestStep
from db.unit_of_work import Writer
from messages import approvals as say
from messages.budget_line import BudgetLineFacts
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words
from training.asking import Question
from training.ledger.changing import can_change, in_its_place
from training.ledger.routes import to_person
from training.ledger.saying import ToSay, plan
from training.ledger.turns import cancel
from training.office import shared_now
from training.requests.effects import found_of
from training.requests.forming import change_lines, class_values
from training.requests.life import Life, RequestStage
from training.requests.sight import SeenRequest, sight_of

# Why a card is planned: it is asked of somebody, or they hear of it beside whoever was asked.
ASKED, LATE = "approval", "approval-late"
SETTLED = "approval-settled"
# Why a card that was not sent yet is not: ``receipt-why-<code>``.
OVER = "decided"
A = RequestAct
# What ends the turn of whoever was asked.
ENDS: Mapping[RequestAct, say.ApprovalSettledCode] = {
    A.APPROVED: "approved",
    A.DENIED: "denied",
    A.HANDED: "handed",
    A.WITHDRAWN: "withdrawn",
    A.SUBMITTED: "changed",
    A.ANSWERED: "answered",
    A.APPEALED: "appealed",
}


def about(number: int) -> str:
    """What a message in the ledger belongs to."""
    return f"request {say.called(number)}"


def ask(writer: Writer, question: Question, request: KeptRequest, life: Life, words: Words) -> None:
    """After any act of a request: what is over is written on its cards, and whoever decides now gets theirs."""
    follow(writer, SeenRequest(sight_of(question, writer.conn), request, life), words)


def follow(writer: Writer, one: SeenRequest, words: Words) -> int:
    """The same where nobody asked: late, twice or on two machines with the same result. How much was planned."""
    planned = settle(writer, one, words)
    if one.waits and one.life.stage is not RequestStage.QUESTION and not is_held(one):
        planned += bring(writer, one, words)
    return planned


def is_held(one: SeenRequest) -> bool:
    """Whether it comes with the list, because so many came singly today; what closes soon always comes by itself."""
    asked = one.approver.person
    if asked is None or one.closes_soon:
        return False
    sight = one.sight
    begins = sight.here.replace(hour=0, minute=0, second=0, microsecond=0)
    kind = MessageKind.APPROVAL_CARD.value
    came = occasions.said_since(sight.conn, sight.agency_id, asked.person_id, ASKED, kind, begins)
    return came >= sight.rules.waiting.cards_a_day


def has_it(one: SeenRequest, subject: str, person_id: int) -> bool:
    """Whether this is before somebody already, and before nobody else since."""
    last = next(reversed(_planned(one, subject)), None)
    return last is not None and last.occasion.person_id == person_id


def came_at(one: SeenRequest) -> datetime | None:
    """Since when it is before whoever has it; None where it never came."""
    last = next(reversed(_planned(one, ASKED)), None)
    return None if last is None else last.planned_at


def _planned(one: SeenRequest, subject: str) -> tuple[Planned, ...]:
    return occasions.planned_for(one.sight.conn, one.sight.agency_id, subject, step_of(one, one.turn))


def step_of(one: SeenRequest, turn: int) -> str:
    """How the ledger knows a turn."""
    return f"{one.request.kept.id}/{turn}"


def occasion(one: SeenRequest, subject: str, person_id: int) -> Occasion:
    """Once for whoever has it now; once more where somebody else had it in between."""
    return Occasion(
        agency_id=one.sight.agency_id,
        person_id=person_id,
        subject=subject,
        episode=len(_planned(one, subject)) + 1,
        step=step_of(one, one.turn),
    )


def bring(writer: Writer, one: SeenRequest, words: Words) -> int:
    """The card to whoever is asked now, in their working time, once; 0 where they have it or no way leads to them."""
    asked = one.approver.person
    return 0 if asked is None else _bring(writer, one, asked, ASKED, words)


def bring_above(writer: Writer, one: SeenRequest, words: Words) -> int:
    """The same to whoever hears of it because it waits too long."""
    above = None if one.escalated is None else one.escalated.person
    return 0 if above is None else _bring(writer, one, above, LATE, words)


def _bring(writer: Writer, one: SeenRequest, person: PersonAtAgency, subject: str, words: Words) -> int:
    route = way_to(one, person)
    if route is None or has_it(one, subject, person.person_id):
        return 0
    message = say.card(card_facts(one, person.person_id, words), words)
    to_say = ToSay(
        person_id=person.person_id,
        message=message,
        routes=(route,),
        about=about(one.number),
        own_question=True,
        occasion=occasion(one, subject, person.person_id),
    )
    said = plan(writer, one.sight.office.keys, to_say, now=shared_now(one.sight.office, writer.conn))
    return int(said is not None)


def way_to(one: SeenRequest, person: PersonAtAgency) -> Destination | None:
    """How somebody is reached; None where no way leads to them."""
    links = accounts.of_person(one.sight.conn, one.sight.agency_id, person.person_id)
    return to_person(one.sight.office, person, links[0] if links else None)


def is_due(one: SeenRequest, words: Words) -> bool:
    """Whether a card is to go to somebody now, or one that went out is to say that its turn is over."""
    if next(_to_settle(one, words), None) is not None:
        return True
    if not one.waits or one.life.stage is RequestStage.QUESTION:
        return False
    asked, above = one.approver.person, None if one.escalated is None else one.escalated.person
    return (_lacks_it(one, asked, ASKED) and not is_held(one)) or _lacks_it(one, above, LATE)


def _lacks_it(one: SeenRequest, person: PersonAtAgency | None, subject: str) -> bool:
    """Whether a card would reach somebody who has none."""
    if person is None or has_it(one, subject, person.person_id):
        return False
    return way_to(one, person) is not None


def settle(writer: Writer, one: SeenRequest, words: Words) -> int:
    """Every card whose turn is over says so in its place."""
    settled = 0
    for card, person_id, key, facts in list(_to_settle(one, words)):
        message = say.settled(card_facts(one, person_id, words, with_budget=False), facts, words)
        if card.state is not QueueState.DONE:
            # What was not sent yet is not sent any more.
            cancel(writer, [card.message_id], OVER, card.person_id)
        settled += _in_its_place(writer, one, card, message, key)
    return settled


def _to_settle(one: SeenRequest, words: Words) -> Iterator[tuple[Delivery, int, str, say.DecidedFacts]]:
    """Cards whose turn is over and that do not say so yet: with whose turn it was, and what ended it, under a key."""
    sight = one.sight
    for subject in (ASKED, LATE):
        rows = occasions.planned_of(sight.conn, sight.agency_id, subject, f"{one.request.kept.id}/")
        for row in rows:
            turn = int(row.occasion.step.partition("/")[2])
            over = became(one, turn, row.occasion.person_id, words)
            if over is None or row.message_id is None:
                continue
            key, facts = over
            for card in ledger.attempts_of(sight.conn, sight.agency_id, row.message_id):
                says_so = ledger.is_planned(sight.conn, _settling(one, card, key))
                if card.state is not QueueState.DONE or (_can_say_so(card) and not says_so):
                    yield card, row.occasion.person_id, key, facts


def _can_say_so(card: Delivery) -> bool:
    return card.kind == MessageKind.APPROVAL_CARD.value and can_change(card)


def _settling(one: SeenRequest, card: Delivery, key: str) -> Occasion:
    return Occasion(
        agency_id=one.sight.agency_id,
        person_id=card.person_id or 0,
        subject=SETTLED,
        step=f"{card.attempt_id}/{key}",
    )


def _in_its_place(writer: Writer, one: SeenRequest, card: Delivery, message: Message, key: str) -> int:
    if not _can_say_so(card):
        return 0
    to_say = ToSay(
        person_id=card.person_id or 0,
        message=message,
        routes=(in_its_place(card),),
        about=about(one.number),
        occasion=_settling(one, card, key),
    )
    said = plan(writer, one.sight.office.keys, to_say, now=shared_now(one.sight.office, writer.conn))
    return int(said is not None)


def became(one: SeenRequest, turn: int, person_id: int, words: Words) -> tuple[str, say.DecidedFacts] | None:
    """What ended a turn, with a key that is another one for each; None while it is still theirs."""
    ended = next(
        (each for each in one.request.steps if each.fact.position > turn and each.fact.act in ENDS), None
    )
    if ended is None:
        if not one.waits or one.may_decide(person_id):
            return None
        name = "" if one.approver.person is None else one.sight.name(one.approver.person.person_id, words)
        to = 0 if one.approver.person is None else one.approver.person.person_id
        return f"moved/{to}", say.DecidedFacts(code="moved", number=one.number, following=name)
    undone = next((each for each in one.request.steps if each.fact.body.get("reverses") == ended.id), None)
    return str((undone or ended).id), decided_facts(one, undone or ended, words)


def decided_facts(one: SeenRequest, step: Kept[RequestStep], words: Words) -> say.DecidedFacts:
    """What an act did, as everybody reads it."""
    fact, sight = step.fact, one.sight
    at = step.recorded_at.astimezone(sight.zone)
    place = fact.body.get("step", one.life.at)
    said = sight.said((step,)).get(fact.item_id or 0, "")
    return say.DecidedFacts(
        code=ENDS[fact.act],
        number=one.number,
        step=place + 1,
        who=sight.name(step.recorded_by, words),
        whom=sight.name(fact.body.get("for"), words),
        at=at,
        today=at.date() == sight.today,
        note=said or note_of(one.life, words),
        following=_following(one, step, place, words),
        last=place + 1 >= len(one.life.way),
        reverses="reverses" in fact.body,
    )


def decider_of(one: SeenRequest, words: Words) -> str:
    """Who took the last act, and in whose place."""
    step = one.life.last
    who, whom = (one.sight.name(each, words) for each in (step.recorded_by, step.fact.body.get("for")))
    return words.say("approval-by-for", name=who, whom=whom) if whom else who


def note_of(life: Life, words: Words) -> str:
    """What the decider had before them about the staffing, where it matters and they said nothing themselves."""
    found = found_of(life.found)
    if found.planned_staffing is None or found.minimum_staffing is None:
        return ""
    if found.planned_staffing > found.minimum_staffing:
        return ""
    at = found.planned_staffing == found.minimum_staffing
    return words.say("approval-note-at-minimum" if at else "approval-note-below-minimum")


def _following(one: SeenRequest, step: Kept[RequestStep], place: int, words: Words) -> str:
    if step.fact.act is A.HANDED:
        return one.sight.name(step.fact.body.get("to"), words)
    later = one.life.approvals.get(place + 1)
    if later is not None:
        return one.sight.name(later.recorded_by, words)
    asked = one.approver.person if one.waits else None
    return "" if asked is None else one.sight.name(asked.person_id, words)


def budget_facts(one: SeenRequest, person_id: int) -> BudgetLineFacts | None:
    """What its budget has left after it, for this reader; None for what costs nothing."""
    line = one.budget(person_id)
    if line is None:
        return None
    return BudgetLineFacts(
        unit=line.unit,
        year=line.year,
        amount=line.amount,
        left=line.left,
        cost=line.cost,
        unnamed=line.unnamed,
        unshown=line.unshown,
    )


def card_facts(
    one: SeenRequest, person_id: int, words: Words, *, with_budget: bool = True
) -> say.ApprovalCardFacts:
    """Everything that whoever decides has to check, as it stands. Of a leave nothing is said but that it is one.
    Without the budget where nobody reads it: it is the sum of many requests."""
    life, sight = one.life, one.sight
    found = found_of(life.found)
    answered = next((each for each in reversed(one.request.steps) if each.fact.act is A.ANSWERED), None)
    asked = next((each for each in reversed(one.request.steps) if each.fact.act is A.ASKED), None)
    if asked is not None and asked.fact.position < one.version_at:
        asked = None
    if answered is not None and (asked is None or answered.fact.position < asked.fact.position):
        answered = None
    said = sight.said((asked, answered, life.denial, life.appeal), life.reason_item)
    by = one.request.kept.recorded_by
    whom = one.in_place_of(person_id)
    late = one.escalated
    beside = late is not None and late.person is not None and late.person.person_id == person_id
    holder = one.approver.person if one.waits else None
    checks = one.checks
    return say.ApprovalCardFacts(
        number=one.number,
        version=one.version_at,
        step=life.at + 1,
        who=sight.whole_name(one.requester, words),
        values=class_values(life.values),
        shifts=found.shifts_hit,
        minimum=found.minimum_staffing,
        planned=found.planned_staffing,
        on_leave=found.on_leave,
        in_court=found.in_court,
        no_seat=found.seats_left == 0,
        miles=life.values.miles,
        miles_source=life.values.miles_source,
        reason=said.get(life.reason_item or 0, ""),
        closes=found.closes,
        open_items=found.leaves_open,
        entered_by=sight.name(by, words) if by != one.requester else "",
        changes=() if life.before is None else change_lines(life.before, life.values, words),
        asks=_said_in(said, asked),
        answers=_said_in(said, answered),
        denied=_denied(one, said, words),
        in_place_of=sight.name(whom, words),
        waits_with=sight.name(holder.person_id, words) if beside and holder is not None else "",
        since=life.since.astimezone(sight.zone),
        register_by=life.values.register_by if beside else None,
        budget=budget_facts(one, person_id) if with_budget else None,
        handing=_handing(one, person_id, words),
        checks=() if checks is None else tuple(dict.fromkeys((*checks.confirmed, *checks.typed))),
    )


def _said_in(said: Mapping[int, str], step: Kept[RequestStep] | None) -> str:
    return "" if step is None else said.get(step.fact.item_id or 0, "")


def _denied(one: SeenRequest, said: Mapping[int, str], words: Words) -> say.DeniedFacts | None:
    """Of an appeal: who denied it, when and why."""
    denial, appeal = one.life.denial, one.life.appeal
    if denial is None or appeal is None:
        return None
    return say.DeniedFacts(
        who=one.sight.name(denial.recorded_by, words),
        at=denial.recorded_at.astimezone(one.sight.zone),
        reason=_said_in(said, denial),
        appeal=_said_in(said, appeal),
    )


def _handing(one: SeenRequest, person_id: int, words: Words) -> say.Handing | None:
    """The next above whoever reads it who could decide, or else whoever coordinates."""
    for each in one.sight.above(person_id):
        if each != person_id and one.could_decide(each):
            return say.Handing(person_id=each, name=one.sight.name(each, words))
    return None
