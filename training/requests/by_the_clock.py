"""What follows an approval because time passes: a class is near, a seat is free, a class is over, a certificate does
not come. Said by a job, each once; nothing is decided by it and nothing closes itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from db.queries import ledger, uploads
from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.requests import RequestAct
from db.records.uploads import Step
from db.unit_of_work import reading, writing
from messages import after_approval as say
from messages.after_approval import NewsCode
from messages.words import Words
from training.asking import Question, asked_by
from training.audit import AuditTag
from training.office import Office, business_now
from training.requests import after, certificates, news, presence
from training.requests.following import (
    BEFORE_PRESENCE,
    Followed,
    carers,
    class_facts,
    everything_of,
    offering_of,
    supervisor_of,
)
from training.requests.life import RequestStage

# In whose name the record is read: what somebody hears is what they may see at this moment.
CHANNEL = "requests"
# What the question who was there is about, beside its first request.
PRESENCE = "presence"
# So many days before a class, and before the last day of registration, it is spoken of once.
NEAR = timedelta(days=3)
# A certificate that does not come is spoken of again after so long, so often; from then on it stands in a list.
AGAIN_AFTER = timedelta(days=7)
MOST_AGAIN = 3
_ON_ITS_WAY = frozenset({Step.RECEIVED, Step.SUBMITTED, Step.RETURNED, Step.RECORDED})


# At these stages something may follow because time passes.
_ENDED = frozenset({RequestStage.WITHDRAWN, RequestStage.DENIED})
_MOVES = _ENDED | BEFORE_PRESENCE | {RequestStage.WAITING_FOR_SEAT, RequestStage.ATTENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNews:
    """One thing to say about one request: to its person, or else to whoever sees to it."""

    code: NewsCode
    step: str
    to_person: bool = False
    upload: int = 0


def follow_up(office: Office, agency_id: AgencyId, words: Words, *, stopping: Callable[[], bool]) -> int:
    """Everything that is due at this moment and was not said yet; how many messages are planned."""
    with reading(office.engine) as conn:
        # Whoever asks for much and takes it back costs nothing: nobody is looked up who has nothing to hear of.
        found = [each for each in everything_of(conn, agency_id, _MOVES) if not _is_past(each)]
        people = {each.person_id: _as(office, conn, agency_id, each.person_id) for each in found}
        due = [
            (each, item)
            for each in found
            if (question := people[each.person_id]) is not None
            for item in _due(question, each)
            if not _is_said(question, each, item)
        ]
        over = [
            each
            for each in found
            if (question := people[each.person_id]) is not None
            and each.life.stage in BEFORE_PRESENCE
            and presence.is_over(each, question.today)
        ]
        asked = sorted({who for each in over for who in _who_may_say(people[each.person_id], each)})
    said = 0
    for followed, item in due:
        if stopping():
            return said
        said += _say(office, agency_id, followed, item)
    for person_id in asked:
        if stopping():
            return said
        said += _ask_who_was_there(office, agency_id, person_id, words)
    return said


def _is_past(followed: Followed) -> bool:
    return followed.life.stage in _ENDED and not was_registered(followed)


def _as(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Question | None:
    return asked_by(office, conn, agency_id, ByPerson(person_id), CHANNEL)


def _due(question: Question, followed: Followed) -> Iterator[DueNews]:
    life, today = followed.life, question.today
    registered = life.stage is RequestStage.REGISTERED
    begins = life.values.starts_on
    if registered and begins is not None and life.registered is not None:
        told_on = life.registered.recorded_at.astimezone(question.at.tzinfo).date()
        if begins - NEAR <= today < begins and told_on < begins - NEAR:
            yield DueNews(code="soon", step=f"{life.registered.id}", to_person=True)
    if life.stage is RequestStage.APPROVED and _near(life.values.register_by, today):
        yield DueNews(code="register-soon", step=f"{life.last.id}")
    if after.may_be_seated(question, followed):
        yield DueNews(code="seat-free", step=f"{_seat_step(question, followed)}")
    if life.stage is RequestStage.ATTENDED:
        yield from _of_certificate(question, followed)
    if life.stage in _ENDED and was_registered(followed):
        yield DueNews(code="unregister", step=f"{life.last.id}")


def _near(day: date | None, today: date) -> bool:
    return day is not None and day - NEAR <= today <= day


def _seat_step(question: Question, followed: Followed) -> str:
    """A seat that is free anew, after it was taken meanwhile, is spoken of anew."""
    offering = offering_of(question, followed.life)
    kept = 0 if offering is None else offering.id
    return f"{followed.life.last.id} {kept}"


def _of_certificate(question: Question, followed: Followed) -> Iterator[DueNews]:
    state = certificates.recorded_for(question, followed)
    if state is not None:
        number = state.kept.fact.number
        yield DueNews(code="certificate-offered", step=f"{followed.request.kept.id} {number}", upload=number)
        return
    there = followed.life.presence
    if there is None or _is_on_its_way(question, followed):
        return
    weeks = (question.asker.now - there.recorded_at) // AGAIN_AFTER
    if 1 <= weeks <= MOST_AGAIN:
        step = f"{followed.request.kept.id} {weeks}"
        yield DueNews(code="certificate-again", step=step, to_person=True)


def _is_on_its_way(question: Question, followed: Followed) -> bool:
    """Whether they sent something for these days already; what lies in a review is not asked for again."""
    sent = uploads.of_person(question.conn, question.agency_id, followed.person_id, limit=certificates.MOST)
    return any(
        each.step in _ON_ITS_WAY and certificates.is_of_its_days(question, each, followed) for each in sent
    )


def was_registered(followed: Followed) -> bool:
    """Whether whoever gives the class was told of this version of it."""
    acts = [each.fact.act for each in followed.request.steps]
    since = len(acts) - acts[::-1].index(RequestAct.SUBMITTED) if RequestAct.SUBMITTED in acts else 0
    return RequestAct.REGISTERED in acts[since:]


def _hearers(question: Question, followed: Followed, item: DueNews) -> Iterable[int]:
    if item.to_person:
        return (followed.person_id,)
    return carers(question, followed.person_id)


def _is_said(question: Question, followed: Followed, item: DueNews) -> bool:
    return all(
        ledger.is_planned(question.conn, news.occasion(question.agency_id, who, f"{item.code} {item.step}"))
        for who in _hearers(question, followed, item)
    )


def _say(office: Office, agency_id: AgencyId, followed: Followed, item: DueNews) -> int:
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        question = _as(office, writer.conn, agency_id, followed.person_id)
        if question is None:
            return 0
        if item.code == "unregister":
            news.nothing_more(writer, followed, after.CLEARED)
        if item.to_person:
            told = news.to_requester(writer, question, followed, item.code, item.step, own_question=True)
            return int(told)
        return news.to_carers(writer, question, followed, item.code, item.step, upload=item.upload)


def _who_may_say(question: Question | None, followed: Followed) -> Iterator[int]:
    """Who is asked: whoever sees to the request, and the supervisor."""
    if question is None:
        return
    yield from carers(question, followed.person_id)
    supervisor = supervisor_of(question, followed.person_id)
    if supervisor is not None:
        yield supervisor


def _ask_who_was_there(office: Office, agency_id: AgencyId, person_id: int, words: Words) -> int:
    """One message for everything that waits for a word of theirs, when something new is among it."""
    with reading(office.engine) as conn:
        question = _as(office, conn, agency_id, person_id)
        if question is None or not question.serves:
            return 0
        steps = [_presence_step(each) for each in presence.waiting(question)]
        if all(ledger.is_planned(conn, news.occasion(agency_id, person_id, step)) for step in steps):
            return 0
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        here = _as(office, writer.conn, agency_id, person_id)
        if here is None:
            return 0
        waiting = presence.waiting(here)
        if not waiting:
            return 0
        message = say.presence_asked(tuple(class_facts(here, each) for each in waiting), words)
        planned = news.tell(
            writer,
            office,
            person_id,
            message,
            [_presence_step(each) for each in waiting],
            number=waiting[0].number,
            code=PRESENCE,
            own_question=True,
        )
        if planned:
            writer.audit(_told_of(person_id, waiting, message.kind.value))
        return int(planned)


def _told_of(person_id: int, waiting: Iterable[Followed], kind: str) -> AuditDraft:
    shown = sorted({each.person_id for each in waiting})
    data = {"kind": kind, PEOPLE_SHOWN: shown}
    return AuditDraft(tag=AuditTag.LIST_TOLD, actor_id=person_id, data=data)


def _presence_step(followed: Followed) -> str:
    return f"presence {followed.request.kept.id}"
