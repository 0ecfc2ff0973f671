"""How does a summary reach whoever it is for? Once, on the way of the ledger, and as a look at everybody it names."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Destination, Occasion
from db.unit_of_work import Writer
from messages.model import Message
from training.asking import Question, asked_by
from training.audit import AuditTag
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.office import Office, shared_now
from training.reminders.rules import in_force

# In whose name a summary reads the record: what it shows is what its reader may see at this moment.
CHANNEL = "digest"
LITTLE_ROOM = frozenset({"sms", "email"})


def reader(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> Question | None:
    """The person a summary is for, as if they asked; None for whoever is with the agency no more."""
    question = asked_by(office, conn, agency_id, ByPerson(person_id), CHANNEL)
    return question if question is not None and question.serves else None


def is_reached(office: Office, conn: Connection, agency_id: AgencyId, person_id: int) -> bool:
    """Whether any way leads to them: asked before a summary is made, which may look at a whole agency."""
    return bool(ways_of_a_summary(office, conn, agency_id, person_id))


def ways_of_a_summary(
    office: Office, conn: Connection, agency_id: AgencyId, person_id: int
) -> tuple[Destination, ...]:
    """By which ways somebody is told one, in order."""
    return ways_to(office, conn, agency_id, person_id, in_order(in_force(conn, agency_id).turns.order))


def in_order(order: Sequence[str]) -> tuple[str, ...]:
    """Where there is room for it first: a text holds the beginning of a summary, and names nobody."""
    return (
        *(each for each in order if each not in LITTLE_ROOM),
        *(each for each in order if each in LITTLE_ROOM),
    )


def tell(
    writer: Writer, office: Office, occasion: Occasion, message: Message, named: Collection[int]
) -> bool:
    """Planned once for this occasion; False when it was before, or no way leads to them.

    Whoever it names is shown to its reader, and reads that in WHO SAW MY RECORD.
    """
    turns = in_force(writer.conn, writer.agency_id).turns
    ways = ways_of_a_summary(office, writer.conn, writer.agency_id, occasion.person_id)
    if not ways:
        return False
    to_say = ToSay(
        person_id=occasion.person_id,
        message=message,
        routes=ways,
        about=f"{occasion.subject} {occasion.window}",
        occasion=occasion,
        in_turn=turns.wait_minutes,
    )
    if plan(writer, office.keys, to_say, now=shared_now(office, writer.conn)) is None:
        return False
    shown = sorted(set(named) - {occasion.person_id})
    if shown:
        data = {"kind": message.kind.value, PEOPLE_SHOWN: shown}
        writer.audit(AuditDraft(tag=AuditTag.LIST_TOLD, actor_id=occasion.person_id, data=data))
    return True
