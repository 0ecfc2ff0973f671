"""Who may ask for training for somebody else, and how does that person hear of it?"""

from db.queries import accounts
from db.records.facts import PersonAtAgency, Role
from db.records.ledger import Destination, Occasion
from db.records.requests import KeptRequest
from db.unit_of_work import Writer
from messages.ranks import called_short
from messages.requests import entered_for
from messages.words import Words
from training.asking import Question
from training.ledger.routes import to_person
from training.ledger.saying import ToSay, plan
from training.office import shared_now
from training.people import is_serving, named
from training.permission_table import Ask
from training.permissions import hidden, may
from training.requests.forming import class_values
from training.requests.life import life_of

SUBJECT = "request-own"


def may_enter_for(question: Question, person_id: int) -> bool:
    """Whether the asker asks for this person: one below them as of now, or anybody for whoever coordinates."""
    if person_id == question.asker.person_id:
        return may(question, Ask.OWN_RECORD)
    if person_id in hidden(question) or not question.serves:
        return False
    if question.has(Role.COORDINATOR):
        return may(question, Ask.AGENCY_RECORD)
    return may(question, Ask.LINE_RECORD) and person_id in question.below


def enters_for_others(question: Question) -> bool:
    """Whether there is anybody for whom the asker could ask."""
    return question.has(Role.COORDINATOR) or (may(question, Ask.LINE_RECORD) and bool(question.below))


def meant(question: Question, written: str) -> tuple[PersonAtAgency, ...]:
    """Whom the asker means, of those for whom they may ask: the same for a stranger and for nobody."""
    return tuple(
        each
        for each in named(question, written).found
        if may_enter_for(question, each.person_id) and is_serving(each, question.today)
    )


def to_themselves(writer: Writer, question: Question, person_id: int) -> Destination | None:
    """The way to somebody of this agency."""
    found = question.walls.by_ids(writer.conn, writer.agency_id, [person_id])
    links = accounts.of_person(writer.conn, writer.agency_id, person_id)
    return to_person(question.office, found[0], links[0] if links else None) if found else None


def tells(writer: Writer, question: Question, request: KeptRequest, words: Words) -> None:
    """Whoever a request is for hears once that somebody else entered it."""
    person_id, entered_by = request.kept.fact.person_id, request.kept.recorded_by
    if entered_by is None or entered_by == person_id:
        return
    route = to_themselves(writer, question, person_id)
    if route is None:
        return
    asker = question.asker
    by = called_short(asker.rank or "", asker.given, asker.family, words)
    message = entered_for(request.number, by, class_values(life_of(request).values), words)
    to_say = ToSay(
        person_id=person_id,
        message=message,
        routes=(route,),
        about=f"request R-{request.number}",
        occasion=Occasion(
            agency_id=writer.agency_id,
            person_id=person_id,
            subject=SUBJECT,
            step=f"entered {request.kept.id}",
        ),
    )
    plan(writer, question.office.keys, to_say, now=shared_now(question.office, writer.conn))
