"""Who decides about an upload, and how do they hear of it? Never its sender, never nobody."""

from datetime import datetime

from sqlalchemy import Connection

from db.queries import accounts, reporting
from db.records.facts import AgencyId, PersonAtAgency, Role
from db.records.ledger import Occasion
from db.records.uploads import UploadState
from db.unit_of_work import Writer
from messages import review as say
from messages.words import Words
from training.asking import Question
from training.ledger.routes import to_person
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now
from training.tickets import Answerers, called, who_hear

# Who is asked, in this order: the next where nobody else holds the one before.
IN_ORDER = (Role.COORDINATOR, Role.RECORDS, Role.COMMAND)


def for_sender(question: Question) -> Answerers:
    """Who reviews what the asker sends."""
    return whom(question, question.asker.person_id)


def whom(question: Question, sender: int) -> Answerers:
    """Who reviews what somebody sent, as of now: those who coordinate and may see them, or else the next in line."""
    for role in IN_ORDER:
        found = _serving(question, role, sender)
        if found:
            links = {
                each.person_id: accounts.of_person(question.conn, question.agency_id, each.person_id)
                for each in found
            }
            return Answerers(people=found, accounts={who: link[0] for who, link in links.items() if link})
    return Answerers(accounts={})


def are_told(question: Question, whom: Answerers) -> bool:
    """Whether any of them hears of it now, instead of finding it in the list."""
    return any(
        to_person(question.office, each, whom.accounts.get(each.person_id)) is not None
        for each in whom.people
    )


def may_decide(question: Question, state: UploadState) -> bool:
    """Whether the asker is one of them at this moment. Nobody decides about what is their own."""
    sender = state.kept.fact.person_id
    if sender == question.asker.person_id or not question.serves:
        return False
    return any(each.person_id == question.asker.person_id for each in whom(question, sender).people)


def name_of(question: Question, person_id: int | None) -> str:
    """Who took a step, as people are called everywhere; empty for nobody of the agency."""
    ids = [] if person_id is None else [person_id]
    found = question.walls.by_ids(question.conn, question.agency_id, ids) if ids else ()
    return next((called(each) for each in found), "")


def custodian(office: Office, conn: Connection, agency_id: AgencyId, now: datetime) -> str:
    """Who decides about what must not be here, by name: who keeps the records, or else coordinates. Empty when nobody
    does."""
    for role in (Role.RECORDS, Role.COORDINATOR):
        ids = reporting.holders_of(conn, agency_id, role, now)
        found = office.walls.by_ids(conn, agency_id, list(ids)) if ids else ()
        names = [called(each) for each in found if each.employment.fact.ended_on is None]
        if names:
            return names[0]
    return ""


def _serving(question: Question, role: Role, sender: int) -> tuple[PersonAtAgency, ...]:
    ids = who_hear(question, role, sender)
    found = question.walls.by_ids(question.conn, question.agency_id, ids) if ids else ()
    return tuple(each for each in found if each.employment.fact.ended_on is None)


def tell(
    writer: Writer,
    question: Question,
    step_id: int,
    facts: say.CardFacts,
    whom: Answerers,
    words: Words,
) -> None:
    """To each of them, on the way of the ledger, once for this step."""
    for person in whom.people:
        route = to_person(question.office, person, whom.accounts.get(person.person_id))
        if route is None:
            continue
        to_say = ToSay(
            person_id=person.person_id,
            message=say.card(facts, words),
            routes=(route,),
            about=f"upload {facts.number}",
            occasion=Occasion(
                agency_id=writer.agency_id, person_id=person.person_id, subject="upload", step=str(step_id)
            ),
        )
        plan(writer, question.office.keys, to_say, now=shared_now(question.office, writer.conn))
