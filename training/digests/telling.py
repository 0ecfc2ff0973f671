"""How does a summary reach whoever it is for? Once, on the way of the ledger, and as a look at everybody it names."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from db.queries import accounts
from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer
from messages.model import Message
from training.asking import Question, asked_by
from training.audit import AuditTag
from training.ledger import routes
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now

# In whose name a summary reads the record: what it shows is what its reader may see at this moment.
CHANNEL = "digest"


def reader(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Question | None:
    """The person a summary is for, as if they asked; None for whoever is with the agency no more."""
    question = asked_by(office, conn, agency_id, ByPerson(person_id), CHANNEL)
    return question if question is not None and question.serves else None


def ways_to(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Sequence[Destination]:
    """By which ways they are told; empty where nothing reaches them."""
    found = office.walls.by_ids(conn, agency_id, [person_id])
    held = accounts.of_person(conn, agency_id, person_id)
    route = routes.to_person(office, found[0], held[0] if held else None) if found else None
    return () if route is None else (route,)


def tell(
    writer: Writer, office: Office, occasion: Occasion, message: Message, named: Collection[int]
) -> bool:
    """Planned once for this occasion; False when it was before, or no way leads to them.

    Whoever it names is shown to its reader, and reads that in WHO SAW MY RECORD.
    """
    ways = ways_to(office, writer.conn, writer.agency_id, occasion.person_id)
    if not ways:
        return False
    to_say = ToSay(
        person_id=occasion.person_id,
        message=message,
        routes=ways,
        about=f"{occasion.subject} {occasion.due}",
        occasion=occasion,
    )
    if plan(writer, office.keys, to_say, now=shared_now(office, writer.conn)) is None:
        return False
    shown = sorted(set(named) - {occasion.person_id})
    if shown:
        data = {"kind": message.kind.value, PEOPLE_SHOWN: shown}
        writer.audit(AuditDraft(tag=AuditTag.LIST_VIEWED, actor_id=occasion.person_id, data=data))
    return True
