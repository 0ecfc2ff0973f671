"""What does whoever wants training do with a request: begin it, say more, send it, change it, take it back, answer,
appeal?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.queries import requests
from db.records.audit import AuditDraft
from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct, RequestStep, TrainingRequest
from db.unit_of_work import Writer
from messages.ranks import called_short
from messages.requests import Needed
from messages.words import Words
from training.asking import OvertakenError, Question
from training.requests import behalf, cards, news
from training.requests.effects import FoundEffects, found_json
from training.requests.following import Followed
from training.requests.going import Ahead
from training.requests.keeping import acts, begins, own
from training.requests.life import Life, RequestStage, StandingRequest, allowed, life_of
from training.requests.values import RequestValues, values_json

Does = Callable[[Writer], Iterable[AuditDraft]]
# One line says why; what is longer is a letter, and is sent as one.
MOST_REASON = 500
# Before there is a row, a request that is only thought of has this number of a row.
UNKEPT = 0
# From where it goes its way anew, with other values or the same.
SENT_AGAIN = frozenset(
    {
        RequestStage.DENIED,
        RequestStage.WITHDRAWN,
        RequestStage.CLASS_CANCELLED,
        RequestStage.NOT_ATTENDED,
    }
)


@dataclass(frozen=True, slots=True)
class OwnRequest(StandingRequest):
    """A request that its reader may act on, and how it stands."""

    @property
    def acts(self) -> frozenset[RequestAct]:
        """What may be done with it now."""
        return allowed(self.life)


def mine(question: Question, number: int) -> OwnRequest | None:
    """A request that is for the asker or was entered by them; None for any other, whether there is one or not."""
    found = own(question, number)
    return None if found is None else OwnRequest(request=found, life=life_of(found))


def all_mine(question: Question) -> tuple[OwnRequest, ...]:
    """Every request that is for the asker, the newest first."""
    found = requests.of_person(question.conn, question.agency_id, question.asker.person_id)
    return tuple(OwnRequest(request=each, life=life_of(each)) for each in found)


def next_number(question: Question) -> int:
    """The number that the next request has."""
    return requests.next_number(question.conn, question.agency_id)


def missing(values: RequestValues) -> tuple[Needed, ...]:
    """What is still to be said before it can be decided. A class of our calendar says it all."""
    if values.offering is not None:
        return ()
    needed: list[Needed] = []
    if not values.title:
        needed.append("title")
    if values.starts_on is None:
        needed.append("dates")
    if not values.place:
        needed.append("place")
    if not values.costs:
        needed.append("costs")
    return tuple(needed)


def thought_of(question: Question, person_id: int, number: int, values: RequestValues) -> OwnRequest:
    """A request as it would be once it is begun, so that its way can be asked for before."""
    back, now = question.back, question.asker.now
    fact = TrainingRequest(
        person_id=person_id,
        number=number,
        channel=question.channel,
        address="" if back is None else back.address,
        received_at=now,
    )
    step = RequestStep(
        request_id=UNKEPT, position=1, act=RequestAct.BEGUN, body={"values": values_json(values)}
    )
    common: Mapping[str, Any] = {
        "id": UNKEPT,
        "agency_id": question.agency_id,
        "seq": UNKEPT,
        "recorded_at": now,
        "recorded_by": question.asker.person_id,
        "source": question.channel,
        "replaces_id": None,
    }
    request = KeptRequest(kept=Kept(**common, fact=fact), steps=(Kept(**common, fact=step),))
    return OwnRequest(request=request, life=life_of(request))


def begun(question: Question, one: OwnRequest) -> Does:
    """It has its number from now on."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        yield begins(writer, question, one.person_id, one.number, {"values": values_json(one.life.values)})

    return does


def fills(question: Question, one: OwnRequest, values: RequestValues, *, reason: str = "") -> Does:
    """More of it was said, before it is sent."""
    body = {"values": values_json(values)}

    def does(writer: Writer) -> Iterable[AuditDraft]:
        entry, _ = acts(writer, question, one.request, RequestAct.FILLED, body, words=reason)
        yield entry

    return does


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A version about to be sent: its values, what they do, its way, and the reason where it is said anew."""

    values: RequestValues
    found: FoundEffects
    ahead: Ahead
    reason: str = ""


def submits(question: Question, one: OwnRequest, sending: Sending, words: Words) -> Does:
    """It goes its way from the first step; whatever was approved holds no more. Whoever decides first is asked."""
    body = {
        "values": values_json(sending.values),
        "way": list(sending.ahead.way),
        "rules": sending.ahead.rules,
        "found": found_json(sending.found),
    }

    def does(writer: Writer) -> Iterable[AuditDraft]:
        request = one.request
        if request.kept.id == UNKEPT:
            yield begins(writer, question, one.person_id, one.number, {"values": body["values"]})
            request = _kept(writer, one.number)
        entry, _ = acts(writer, question, request, RequestAct.SUBMITTED, body, words=sending.reason)
        yield entry
        request = _kept(writer, one.number)
        cards.ask(writer, question, request, life_of(request), words)
        behalf.tells(writer, question, request, words)

    return does


def _kept(writer: Writer, number: int) -> KeptRequest:
    found = requests.by_number(writer.conn, writer.agency_id, number)
    if found is None:
        raise OvertakenError
    return found


def withdraws(question: Question, one: OwnRequest, words: Words) -> Does:
    """It is taken back, wherever it stands; whoever had it before them has it no more, and who of two is concerned and
    did not do it hears of it. What was kept stays kept."""
    does = _said(question, one, RequestAct.WITHDRAWN, {}, "", words)

    def withdraws_and_tells(writer: Writer) -> Iterable[AuditDraft]:
        yield from does(writer)
        if one.life.version:
            _tell_taken_back(writer, question, Followed(_kept(writer, one.number), one.life), words)

    return withdraws_and_tells


def _tell_taken_back(writer: Writer, question: Question, followed: Followed, words: Words) -> None:
    asker = question.asker
    by = called_short(asker.rank or "", asker.given, asker.family, words)
    step = str(followed.request.steps[-1].id)
    if asker.person_id != followed.person_id:
        news.to_requester(writer, question, followed, "taken-back", step, by=by)
    else:
        news.to_whoever_entered(writer, question, followed, "taken-back-of", step, by=by)


def answers(question: Question, one: OwnRequest, text: str, words: Words) -> Does:
    """The answer to what was asked; whoever asked has the next word again."""
    return _said(question, one, RequestAct.ANSWERED, {}, text, words)


def appeals(question: Question, one: OwnRequest, text: str, words: Words) -> Does:
    """A denial is put to somebody else, once."""
    denial = one.life.denial
    body = {} if denial is None else {"denial": denial.id}
    return _said(question, one, RequestAct.APPEALED, body, text, words)


def _said(
    question: Question,
    one: OwnRequest,
    act: RequestAct,
    body: Mapping[str, Any],
    text: str,
    words: Words,
) -> Does:
    def does(writer: Writer) -> Iterable[AuditDraft]:
        entry, _ = acts(writer, question, one.request, act, body, words=text)
        yield entry
        request = _kept(writer, one.number)
        cards.ask(writer, question, request, life_of(request), words)

    return does


def appealed(one: OwnRequest) -> Life:
    """How it would stand with its denial put to somebody else, so that it can be said who that is."""
    return replace(one.life, stage=RequestStage.APPEALED, appealed=True, handed_to=None)
