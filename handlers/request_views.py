"""How a request is shown to whoever may see it: as it stands, as a draft, in a list, and what became of a wish."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from db.queries import imports, requests
from db.records.courses import CourseOffering
from db.records.facts import Kept, PersonAtAgency
from db.records.requests import KeptRequest, RequestAct, RequestStep
from handlers.routing import Answered, Asked, coordinates
from handlers.status import coordinator, finish
from messages import request_standing as say_standing
from messages import requests as say
from messages.class_values import ClassValues
from messages.pages import lines_for
from messages.ranks import called_whole
from messages.requests import ProblemFacts, RequestCode
from training.asking import Outcome, Question
from training.content.reasons import reasons
from training.permissions import may_see
from training.requests import drafting, forming, late
from training.requests.drafting import SENT_AGAIN, OwnRequest
from training.requests.following import ALONE
from training.requests.forming import class_values
from training.requests.going import deciding, short_name
from training.requests.life import Owner, RequestStage, life_of

# What is asked next, as the conversation remembers it.
REASON, VALUES, ANSWER = "reason", "values", "answer"
# What of a request's life is told again; that it was begun and filled says nothing.
_NOT_TOLD = frozenset({RequestAct.BEGUN, RequestAct.FILLED})
_DECISIONS = frozenset({RequestAct.APPROVED, RequestAct.DENIED})
_OPENS = {
    RequestAct.WITHDRAWN: "withdraw",
    RequestAct.ANSWERED: "answer",
    RequestAct.APPEALED: "appeal",
}


def about(number: int, asks: str = "") -> dict[str, object]:
    """What the conversation is about, and what is asked next."""
    return {"intent": "request_status", "request": number, **({"asks": asks} if asks else {})}


def done(
    asked: Asked,
    code: RequestCode,
    number: int,
    *,
    name: str = "",
    outcome: Outcome | None = None,
    remember: Mapping[str, object] | None = None,
) -> Answered:
    """What became of a wish about a request, which the conversation is about then."""
    said = remember if remember is not None else about(number) if number else {}
    return finish(say.done(code, number, asked.words, name=name), outcome or Outcome(), **said)


def not_there(asked: Asked, one: OwnRequest | None, code: RequestCode) -> Answered:
    """The same answer for nobody's number and for somebody else's; ``code`` of one's own."""
    return done(asked, "none", 0) if one is None else done(asked, code, one.number)


def visible(question: Question, number: int) -> OwnRequest | None:
    """A request of the asker's, or of somebody whom they may see; None for any other, whether there is one or not.

    What was not sent is nobody else's yet, but for whoever is told of what lies unsent.
    """
    own = drafting.mine(question, number)
    if own is not None:
        return own
    found = requests.by_number(question.conn, question.agency_id, number)
    if found is None or not may_see(question, found.kept.fact.person_id):
        return None
    one = OwnRequest(request=found, life=life_of(found))
    return one if one.life.version or coordinates(question) else None


def offering_values(offering: CourseOffering) -> ClassValues:
    """A class of the calendar, as messages say it."""
    return class_values(forming.of_offering(offering))


def draft(
    question: Question,
    asked: Asked,
    one: OwnRequest,
    outcome: Outcome,
    problem: ProblemFacts | None = None,
) -> Answered:
    """A request that is not sent: what it does, and the next thing that is asked."""
    found = forming.effects_of(question, one.person_id, one.life.values, asked.words)
    facts = say.DraftFacts(
        number=one.number,
        values=class_values(one.life.values),
        effects=forming.effect_facts(found, one.life.values, question.today),
        missing=drafting.missing(one.life.values),
        problem=problem,
        whom=name_of(question, asked, one),
    )
    asks = VALUES if facts.missing or problem is not None else REASON
    return finish(say.drafted(facts, asked.words), outcome, **about(one.number, asks))


def name_of(question: Question, asked: Asked, one: OwnRequest) -> str:
    """For whom it is; empty for oneself."""
    if one.person_id == question.asker.person_id:
        return ""
    found = question.walls.by_ids(question.conn, question.agency_id, [one.person_id])
    return "".join(
        called_whole(each.employment.fact.rank or "", each.given, each.family, asked.words) for each in found
    )


def shown(question: Question, asked: Asked, one: OwnRequest) -> Answered:
    """How it stands; to its asker what is still asked of them."""
    own = drafting.mine(question, one.number) is not None
    if own and one.life.stage is RequestStage.DRAFT:
        return draft(question, asked, one, Outcome(data={"request": one.number}))
    facts = _request_facts(question, asked, one, own=own)
    looked_at = () if one.person_id == question.asker.person_id else (one.person_id,)
    outcome = Outcome(looked_at=looked_at, data={"request": one.number})
    asks = ANSWER if own and one.life.stage is RequestStage.QUESTION else ""
    answered = finish(say_standing.standing(facts, asked.words), outcome, **about(one.number, asks))
    # What people wrote is kept with the request already.
    bare = replace(facts, reason="", acts=tuple(replace(each, words="") for each in facts.acts))
    return replace(answered, kept=say_standing.standing(bare, asked.words))


def _request_facts(
    question: Question, asked: Asked, one: OwnRequest, *, own: bool
) -> say_standing.RequestFacts:
    life, request = one.life, one.request
    said = reasons(question, () if life.reason_item is None else (life.reason_item,))
    people = _people(question, request)
    by = request.kept.recorded_by
    return say_standing.RequestFacts(
        number=one.number,
        stage=life.stage,
        values=class_values(life.values),
        since=life.since.astimezone(question.at.tzinfo),
        who=_who(question, asked, one, people),
        step=life.at + 1,
        steps=len(life.way),
        reason="" if life.reason_item is None else said.get(life.reason_item, ""),
        acts=acts_told(question, asked, request),
        acts_open=_acts_open(one) if own else frozenset(),
        whom=name_of(question, asked, one),
        by="" if by in (None, one.person_id) else short_name(people.get(by or 0), asked.words),
        own=own,
    )


def acts_told(
    question: Question, asked: Asked, request: KeptRequest
) -> tuple[say_standing.RequestActFacts, ...]:
    """What was done with it, for whoever may see it. Why it is wanted stands by itself."""
    people = _people(question, request)
    steps = [each for each in request.steps if each.fact.act not in _NOT_TOLD]
    items = [each.fact.item_id for each in steps if each.fact.act is not RequestAct.SUBMITTED]
    said = reasons(question, (each for each in items if each is not None))
    files = _files(question, steps)
    return tuple(
        replace(_act(question, asked, each, people, said), file=files.get(each.id, "")) for each in steps
    )


def _people(question: Question, request: KeptRequest) -> dict[int, PersonAtAgency]:
    ids = {each.recorded_by for each in request.steps} | {request.kept.recorded_by}
    wanted = sorted(each for each in ids if each is not None)
    return {each.person_id: each for each in question.walls.by_ids(question.conn, question.agency_id, wanted)}


def _files(question: Question, steps: Iterable[Kept[RequestStep]]) -> Mapping[int, str]:
    """The names of the files that wrote what no person wrote, by the act."""
    by_file = {each.id: each.fact.body["batch"] for each in steps if "batch" in each.fact.body}
    found = imports.batches(question.conn, question.agency_id, set(by_file.values()))
    return {each: found[batch].fact.file_name for each, batch in by_file.items() if batch in found}


def _act(
    question: Question,
    asked: Asked,
    step: Kept[RequestStep],
    people: Mapping[int, PersonAtAgency],
    said: Mapping[int, str],
) -> say_standing.RequestActFacts:
    fact = step.fact
    has_words = fact.item_id is not None and fact.act is not RequestAct.SUBMITTED
    return say_standing.RequestActFacts(
        act=fact.act,
        at=step.recorded_at.astimezone(question.at.tzinfo),
        who=short_name(people.get(step.recorded_by or 0), asked.words),
        step=fact.body.get("step", 0) + 1 if fact.act in _DECISIONS else 0,
        words=said.get(fact.item_id or 0, "") if has_words else "",
        alone=bool(fact.body.get(ALONE)),
    )


def _who(question: Question, asked: Asked, one: OwnRequest, people: Mapping[int, PersonAtAgency]) -> str:
    """With whom it is, or who took the decision that ended it."""
    life = one.life
    if life.stage is RequestStage.QUESTION and life.question is not None:
        return short_name(people.get(life.question.recorded_by or 0), asked.words)
    if life.owner is Owner.APPROVER:
        return short_name(deciding(question, one.request, life), asked.words)
    if life.stage is RequestStage.DENIED and life.denial is not None:
        return short_name(people.get(life.denial.recorded_by or 0), asked.words)
    return coordinator(question, asked) if life.owner is Owner.COORDINATOR else ""


def _acts_open(one: OwnRequest) -> frozenset[str]:
    """What whoever asked can do with it now."""
    found = {name for act, name in _OPENS.items() if act in one.acts}
    if RequestAct.SUBMITTED in one.acts and one.life.stage is not RequestStage.DRAFT:
        found.add("again" if one.life.stage in SENT_AGAIN else "change")
    return frozenset(found)


def one_request(question: Question, asked: Asked, number: int | None) -> Answered:
    """How one request stands, with every decision; without a number the only one, or all of one's own."""
    if number is None:
        every = drafting.all_mine(question)
        return shown(question, asked, every[0]) if len(every) == 1 else my_own(question, asked)
    found = visible(question, number)
    return done(asked, "none", 0) if found is None else shown(question, asked, found)


def my_own(question: Question, asked: Asked) -> Answered:
    """Every request that is for the asker, the newest first."""
    return my_page(question, asked, 1)


def my_page(question: Question, asked: Asked, page: int) -> Answered:
    """A page of them."""
    facts = say_standing.RequestListFacts(
        requests=tuple(_list_facts(question, asked, each) for each in drafting.all_mine(question)),
        page=page,
        lines=lines_for(question.channel),
    )
    message = say_standing.mine(facts, asked.words)
    return finish(message, Outcome(), intent="request_status", page=page, pages_of="my-requests")


def waiting(question: Question, asked: Asked) -> Answered:
    """Requests that somebody began days ago and never sent, for whoever keeps the training records."""
    return waiting_page(question, asked, 1)


def waiting_page(question: Question, asked: Asked, page: int) -> Answered:
    """A page of them."""
    found = late.forgotten(question)
    facts = say_standing.RequestListFacts(
        requests=tuple(_list_facts(question, asked, each) for each in found),
        page=page,
        lines=lines_for(question.channel),
        waiting=True,
    )
    asker = question.asker.person_id
    seen = dict.fromkeys(each.person_id for each in found if each.person_id != asker)
    outcome = Outcome(looked_at=tuple(seen))
    return finish(say_standing.mine(facts, asked.words), outcome, page=page, pages_of="request-drafts")


def _list_facts(question: Question, asked: Asked, one: OwnRequest) -> say_standing.RequestFacts:
    return say_standing.RequestFacts(
        number=one.number,
        stage=one.life.stage,
        values=class_values(one.life.values),
        since=one.life.since.astimezone(question.at.tzinfo),
        who=_who(question, asked, one, _people(question, one.request))
        if one.life.owner is Owner.APPROVER
        else "",
        whom=name_of(question, asked, one),
    )
