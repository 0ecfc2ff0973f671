"""How does whoever asked hear what was decided, asked or handed on? Where they asked, by the ledger, once an act."""

from db.queries import accounts
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer
from messages.approval_news import ApprovalNewsFacts, to_requester
from messages.words import Words
from training.ledger.routes import to_person
from training.ledger.saying import ToSay, plan
from training.office import shared_now
from training.requests.cards import about
from training.requests.sight import SeenRequest

SUBJECT = "approval-news"


def tell(writer: Writer, one: SeenRequest, facts: ApprovalNewsFacts, step_id: int, words: Words) -> None:
    """Whom the request is for, and whoever entered it for them: the one who asked hears it where they asked."""
    message = to_requester(facts, words)
    entered_by = one.request.kept.recorded_by
    for person_id in sorted({one.requester, entered_by or one.requester}):
        route = _way(one, person_id, entered_by)
        if route is None:
            # A door that carries nothing shows it when they next look.
            continue
        to_say = ToSay(
            person_id=person_id,
            message=message,
            routes=(route,),
            about=about(one.number),
            occasion=Occasion(
                agency_id=writer.agency_id, person_id=person_id, subject=SUBJECT, step=str(step_id)
            ),
        )
        plan(writer, one.sight.office.keys, to_say, now=shared_now(one.sight.office, writer.conn))


def _way(one: SeenRequest, person_id: int, entered_by: int | None) -> Destination | None:
    asked = one.request.kept.fact
    if person_id == entered_by and asked.address:
        return Destination(
            channel=asked.channel,
            address=asked.address,
            place=asked.place,
            thread=asked.thread,
            account=asked.account,
        )
    person = one.sight.people.get(person_id)
    links = accounts.of_person(one.sight.conn, one.sight.agency_id, person_id)
    return None if person is None else to_person(one.sight.office, person, links[0] if links else None)
