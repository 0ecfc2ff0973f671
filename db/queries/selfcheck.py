"""What was due, what was taken by a channel, what arrived; and what should have moved and did not?"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, func, or_, select

from db.records.facts import AgencyId
from db.records.ledger import QueueState, Receipt, Waits
from db.tables import attempt, message, standing
from db.tables import reminder_case as case

_TAKEN = tuple(
    each.value
    for each in (Receipt.HANDED_OVER, Receipt.ACCEPTED, Receipt.NONE, Receipt.DELIVERED, Receipt.ANSWERED)
)
_REACHED = (Receipt.DELIVERED.value, Receipt.ANSWERED.value)
_OF_A_PERSON = (Waits.PAUSED.value, Waits.BURST.value)
# What else there is comes to light when these are mended.
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchCounts:
    """Of messages planned in a stretch of time: how many lost their sense before they went, how many wait, how many a
    channel took, and how many arrived or were answered."""

    planned: int
    cancelled: int
    waiting: int
    taken: int
    arrived: int

    @property
    def due(self) -> int:
        """What was to be said, and is not still to come."""
        return self.planned - self.cancelled - self.waiting

    @property
    def lost(self) -> int:
        """What no way took."""
        return self.due - self.taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Something that should have moved: ``what`` is a message, or a duty with the day on which it was its turn."""

    person_id: int
    what: str
    since: datetime | date


def counts(
    conn: Connection, agency_id: AgencyId, kind: str, after: datetime, until: datetime
) -> StretchCounts:
    """Of everything of this kind that was planned in that time."""
    mine = attempt.c.message_id == message.c.message_id
    waits = exists().where(mine, attempt.c.state != QueueState.DONE.value)
    taken = exists().where(mine, attempt.c.receipt.in_(_TAKEN))
    arrived = exists().where(mine, attempt.c.receipt.in_(_REACHED))
    stopped = and_(
        exists().where(mine),
        ~exists().where(mine, or_(attempt.c.receipt.is_(None), attempt.c.receipt != Receipt.CANCELLED.value)),
    )
    flags = (
        select(
            stopped.label("cancelled"),
            and_(waits, ~taken).label("waiting"),
            taken.label("taken"),
            arrived.label("arrived"),
        )
        .where(
            message.c.agency_id == agency_id,
            message.c.kind == kind,
            message.c.created_at > after,
            message.c.created_at <= until,
        )
        .subquery()
    )
    row = conn.execute(
        select(
            func.count().label("planned"),
            *(
                func.count().filter(flags.c[name]).label(name)
                for name in ("cancelled", "waiting", "taken", "arrived")
            ),
        ).select_from(flags)
    ).one()
    return StretchCounts(
        planned=row.planned,
        cancelled=row.cancelled,
        waiting=row.waiting,
        taken=row.taken,
        arrived=row.arrived,
    )


def stuck(conn: Connection, agency_id: AgencyId, kind: str, before: datetime) -> tuple[Stood, ...]:
    """Messages of this kind that were due before an instant, wait for no word of a person, and have no end."""
    rows = conn.execute(
        select(message.c.message_id, message.c.person_id, attempt.c.due_at)
        .join(message, message.c.message_id == attempt.c.message_id)
        .where(
            attempt.c.state != QueueState.DONE.value,
            attempt.c.due_at < before,
            attempt.c.agency_id == agency_id,
            or_(attempt.c.waits.is_(None), attempt.c.waits.not_in(_OF_A_PERSON)),
            message.c.kind == kind,
            message.c.person_id.is_not(None),
        )
        .order_by(attempt.c.due_at, attempt.c.attempt_id)
        .limit(MOST)
    )
    return tuple(Stood(person_id=row.person_id, what=row.message_id, since=row.due_at) for row in rows)


def doubtful(conn: Connection, agency_id: AgencyId, kind: str, after: datetime) -> tuple[Stood, ...]:
    """Messages of this kind planned since then of which nobody can tell whether they were sent; no way took them."""
    mine = attempt.c.message_id == message.c.message_id
    rows = conn.execute(
        select(message.c.message_id, message.c.person_id, message.c.created_at)
        .where(
            message.c.agency_id == agency_id,
            message.c.kind == kind,
            message.c.created_at > after,
            message.c.person_id.is_not(None),
            exists().where(
                mine, attempt.c.state == QueueState.DONE.value, attempt.c.receipt == Receipt.UNKNOWN.value
            ),
            ~exists().where(mine, or_(attempt.c.receipt.is_(None), attempt.c.receipt.in_(_TAKEN))),
        )
        .order_by(message.c.created_at)
        .limit(MOST)
    )
    return tuple(Stood(person_id=row.person_id, what=row.message_id, since=row.created_at) for row in rows)


def unmoved(conn: Connection, agency_id: AgencyId, before: date, *, judged: bool) -> tuple[Stood, ...]:
    """Duties that were to be looked at before a day and were not: of people whose standing is settled, or of those who
    should have been judged since."""
    theirs = and_(standing.c.agency_id == case.c.agency_id, standing.c.person_id == case.c.person_id)
    settled = and_(
        standing.c.marked_at.is_(None),
        or_(standing.c.next_change_on.is_(None), standing.c.next_change_on >= before),
    )
    rows = conn.execute(
        select(case.c.person_id, case.c.subject, case.c.next_on)
        .outerjoin(standing, theirs)
        .where(
            case.c.agency_id == agency_id,
            case.c.closed_at.is_(None),
            case.c.next_on < before,
            settled if judged else ~func.coalesce(settled, False),
        )
        .order_by(case.c.next_on, case.c.person_id, case.c.subject)
        .limit(MOST)
    )
    return tuple(
        Stood(person_id=row.person_id, what=f"{row.subject} {row.next_on.isoformat()}", since=row.next_on)
        for row in rows
    )
