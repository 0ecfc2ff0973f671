"""How many reminders are due, were said and cost, and who stopped or released all of them?"""

from datetime import datetime

from sqlalchemy import Connection, Select, exists, func, select, update

from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.ledger import QueueState, Receipt, Waits
from db.records.switches import ReminderSwitch
from db.tables import attempt, message, reminder_switch, text_use
from db.upsert import upsert

_TAKEN = tuple(
    each.value
    for each in (Receipt.HANDED_OVER, Receipt.ACCEPTED, Receipt.DELIVERED, Receipt.NONE, Receipt.ANSWERED)
)


def newest_switch(conn: Connection, agency_id: AgencyId) -> Kept[ReminderSwitch] | None:
    """What was said last about all reminders of this agency; None where nobody ever said anything."""
    row = (
        conn.execute(in_force_rows(ReminderSwitch, agency_id).order_by(reminder_switch.c.id.desc()).limit(1))
        .mappings()
        .first()
    )
    return None if row is None else kept_of(ReminderSwitch, row)


def due_now(
    conn: Connection, agency_id: AgencyId, kind: str, now: datetime, *, since: datetime | None, most: int
) -> int:
    """How many messages of this kind are due on their first way and not begun; planned since then, and counted no
    further than ``most``."""
    found = (
        select(attempt.c.attempt_id)
        .join(message, message.c.message_id == attempt.c.message_id)
        .where(
            attempt.c.state != QueueState.DONE.value,
            attempt.c.due_at <= now,
            attempt.c.agency_id == agency_id,
            attempt.c.number == 0,
            message.c.kind == kind,
        )
    )
    if since is not None:
        found = found.where(message.c.created_at > since)
    return _count(conn, found.limit(most))


def planned_lately(conn: Connection, agency_id: AgencyId, kind: str, after: datetime, *, most: int) -> int:
    """How many messages of this kind were planned after this instant to be said at once; counted no further than
    ``most``."""
    at_once = exists().where(
        attempt.c.message_id == message.c.message_id,
        attempt.c.number == 0,
        attempt.c.waits.is_(None) | (attempt.c.waits == Waits.BURST.value),
    )
    found = select(message.c.message_id).where(
        message.c.agency_id == agency_id, message.c.kind == kind, message.c.created_at > after, at_once
    )
    return _count(conn, found.limit(most))


def release(conn: Connection, agency_id: AgencyId, now: datetime) -> int:
    """Whatever waits for a word of somebody's is due; how many. That it waited stays on it until it is looked at."""
    released = conn.execute(
        update(attempt)
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.state == QueueState.READY.value,
            attempt.c.waits.in_((Waits.PAUSED.value, Waits.BURST.value)),
        )
        .values(due_at=now)
    )
    return released.rowcount


def waiting_for_a_word(conn: Connection, agency_id: AgencyId) -> int:
    """How many wait for a word of somebody's."""
    found = select(attempt.c.attempt_id).where(
        attempt.c.agency_id == agency_id,
        attempt.c.state != QueueState.DONE.value,
        attempt.c.waits.in_((Waits.PAUSED.value, Waits.BURST.value)),
    )
    return _count(conn, found)


def taken_since(
    conn: Connection, agency_id: AgencyId, person_id: int, kind: str, since: datetime, *, but: str
) -> int:
    """How many messages of this kind some channel took for somebody since then, not counting one."""
    found = (
        select(message.c.message_id)
        .join(attempt, attempt.c.message_id == message.c.message_id)
        .where(
            message.c.agency_id == agency_id,
            message.c.person_id == person_id,
            message.c.kind == kind,
            message.c.message_id != but,
            attempt.c.receipt.in_(_TAKEN),
            attempt.c.ended_at >= since,
        )
        .distinct()
    )
    return _count(conn, found)


def reminder_segments(conn: Connection, agency_id: AgencyId, month: str) -> int:
    """How many segments reminders alone have taken in this month."""
    found = conn.execute(
        select(text_use.c.reminders).where(text_use.c.agency_id == agency_id, text_use.c.month == month)
    ).scalar_one_or_none()
    return found or 0


def count_reminder_segments(conn: Connection, agency_id: AgencyId, month: str, count: int) -> None:
    """So many more, or fewer, of this month were for reminders."""
    upsert(
        conn,
        text_use,
        [{"agency_id": agency_id, "month": month, "segments": 0, "reminders": count}],
        lambda offered: {"reminders": text_use.c.reminders + offered["reminders"]},
    )


def _count(conn: Connection, found: Select[tuple[str]]) -> int:
    return int(conn.execute(select(func.count()).select_from(found.subquery())).scalar_one())
