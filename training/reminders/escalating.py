"""Past whom does a reminder go, and who hears of a license that is lost? Whoever answers for the person at that moment
and may see them; never the person, and never nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from db.queries import ledger, people, reminders, reporting
from db.queries.audit import PEOPLE_SHOWN
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Role
from db.records.ledger import Occasion
from db.unit_of_work import Writer
from messages.escalation import EscalationFacts, escalation
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words
from training.audit import AuditTag
from training.ledger.recipients import may_be_written_to
from training.ledger.routes import ways_to
from training.ledger.saying import ToSay, plan
from training.office import Office, local_day, shared_now
from training.people import display_name
from training.reminders.agenda import Raise, Today
from training.reminders.cases import Level
from training.reminders.reminded import reminded
from training.walls import Walls

# Who hears of it where nobody of the line may, in this order.
IN_ORDER = (Role.COORDINATOR, Role.RECORDS, Role.COMMAND)


def tell(writer: Writer, office: Office, raised: Raise, today: Today, words: Words) -> int:
    """To each of them once, on a way of their own; how many hear of it."""
    key = raised.case.key
    whom = whom_to_tell(writer.conn, office, raised, today)
    message = words_of(writer.conn, raised, today, words)
    if message is None:
        return 0
    now = shared_now(office, writer.conn)
    for at, person_id in enumerate(whom):
        said = occasion_of(raised, at)
        if ledger.is_planned(writer.conn, said):
            continue
        message_id = plan(
            writer,
            office.keys,
            ToSay(
                person_id=person_id,
                message=message,
                routes=ways_to(office, writer.conn, writer.agency_id, person_id, today.rules.turns.order),
                in_turn=today.rules.turns.wait_minutes,
                about=f"escalation {today.day.isoformat()}",
                # Somebody else's duty: it waits for their own hours like any question of ours.
                own_question=True,
            ),
            now=now,
        )
        ledger.plan(writer.conn, said, message_id, now=now)
        writer.audit(
            # Whoever it is about reads it in WHO SAW MY RECORD.
            AuditDraft(
                tag=AuditTag.LIST_TOLD,
                actor_id=person_id,
                data={"kind": MessageKind.ESCALATION.value, PEOPLE_SHOWN: [key.person_id]},
            ),
            AuditDraft(
                tag=AuditTag.REMINDER_RAISED,
                subject_id=key.person_id,
                data={
                    "message": message_id,
                    "to": person_id,
                    "level": raised.level.value,
                    "subject": key.subject,
                    "due": key.due_on.isoformat(),
                },
            ),
        )
    return len(whom)


def occasion_of(raised: Raise, at: int) -> Occasion:
    """How the ledger knows it, said to the one at this place."""
    step = raised.level.value if at == 0 else f"{raised.level.value}-{at + 1}"
    return reminders.occasion(raised.case.key, step)


def words_of(conn: Connection, raised: Raise, today: Today, words: Words) -> Message | None:
    """What they hear; None of somebody who is not on file."""
    facts = _facts(conn, raised, today, words)
    return None if facts is None else escalation(facts, words)


def _facts(conn: Connection, raised: Raise, today: Today, words: Words) -> EscalationFacts | None:
    key = raised.case.key
    found = people.by_ids(conn, key.agency_id, [key.person_id])
    if not found:
        return None
    told = reminders.taken_by_a_channel(conn, key.agency_id, key)
    return EscalationFacts(
        who=display_name(found[0]),
        badge=found[0].employment.fact.badge_number,
        duty=reminded(raised.duty, key.due_on, words),
        told_on=tuple(dict.fromkeys(local_day(each, today.zone) for each in told)),
        today=today.day,
        lost=raised.level is Level.LAPSED,
    )


@dataclass(frozen=True, slots=True)
class _Hearers:
    """Who there is to hear of one person's matter at this moment."""

    conn: Connection
    agency_id: AgencyId
    person_id: int
    at: datetime
    walls: Walls
    protected: frozenset[int]

    def may_hear(self, viewer: int) -> bool:
        """Whether they are with the agency, and the person is not hidden from them."""
        return may_be_written_to(self.conn, self.agency_id, viewer, self.at) and self.walls.may_hear(
            self.conn, self.agency_id, viewer, self.person_id, self.at, protected=self.protected
        )

    def holders(self, role: Role) -> tuple[int, ...]:
        """Everybody of this role who may hear of it."""
        found = self.walls.who_hear(
            self.conn, self.agency_id, role, self.person_id, self.at, protected=self.protected
        )
        return tuple(each for each in found if may_be_written_to(self.conn, self.agency_id, each, self.at))

    def next_above(self) -> int | None:
        """The nearest of their line who may hear of it; a circle ends."""
        lines = reporting.lines_at(self.conn, self.agency_id, self.at)
        seen = {self.person_id}
        below = self.person_id
        while below in lines:
            above = lines[below].fact.supervisor_id
            if above is None or above in seen:
                return None
            seen.add(above)
            if self.may_hear(above):
                return above
            below = above
        return None


def whom_to_tell(conn: Connection, office: Office, raised: Raise, today: Today) -> tuple[int, ...]:
    """Who is to hear of it; empty where there is nobody."""
    key = raised.case.key
    walls = office.walls
    protected = walls.protected(conn, key.agency_id, today.day)
    hearers = _Hearers(conn, key.agency_id, key.person_id, today.at, walls, protected)
    match raised.level:
        case Level.SUPERVISOR:
            above = hearers.next_above()
            if above is not None:
                return (above,)
        case Level.LAPSED:
            both = (*hearers.holders(Role.COORDINATOR), *hearers.holders(Role.COMMAND))
            if both:
                return tuple(dict.fromkeys(both))
        case Level.COORDINATOR:
            pass
    return next(filter(None, map(hearers.holders, IN_ORDER)), ())
