"""Whom did nothing reach: reminders that no way is known to have brought there, and ways that failed last?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, or_, select

from db.records.facts import AgencyId
from db.records.ledger import QueueState, Receipt, Waits
from db.tables import attempt, message, notification

_TAKEN = (Receipt.HANDED_OVER.value, Receipt.ACCEPTED.value, Receipt.NONE.value)
_REACHED = (Receipt.DELIVERED.value, Receipt.ANSWERED.value)
_LOST = (Receipt.FAILED.value, Receipt.UNDELIVERED.value)
_HOLDS = tuple(each.value for each in (Waits.OFF_DUTY, Waits.ON_LEAVE, Waits.IN_COURT, Waits.HOLIDAY))
# Older ones were listed for days.
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """A reminder that is not known to have reached its person; ``taken``: some channel took it, and said no more.
    ``ended_at`` is when its last way came to its end; where none began, when it was planned."""

    message_id: str
    person_id: int
    planned_at: datetime
    taken: bool
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A reminder that waits for its person's time. ``planned_at`` is when the first of its steps was."""

    message_id: str
    person_id: int
    planned_at: datetime
    until: datetime
    waits: Waits


def not_reached(
    conn: Connection, agency_id: AgencyId, kind: str, *, after: datetime, silent_before: datetime
) -> tuple[NotReached, ...]:
    """Messages of this kind planned after an instant that nobody answered, newest first: those that no way took, at
    once; those that a channel took which may say more and did not, once the silence is older than ``silent_before``.

    What was handed over on the first way, where none ever says more, is as near as anybody knows.
    """
    mine = attempt.c.message_id == message.c.message_id
    waits = exists().where(mine, attempt.c.state != QueueState.DONE.value)
    reached = exists().where(mine, attempt.c.receipt.in_(_REACHED))
    taken = exists().where(mine, attempt.c.receipt.in_(_TAKEN))
    # Its words are kept for another try, or the time for a receipt is over: something more could have been said.
    doubtful = exists().where(
        mine,
        or_(
            attempt.c.receipt.in_((Receipt.ACCEPTED.value, Receipt.NONE.value)),
            and_(attempt.c.receipt == Receipt.HANDED_OVER.value, attempt.c.number > 0),
            and_(attempt.c.receipt == Receipt.HANDED_OVER.value, message.c.body.is_not(None)),
        ),
    )
    heard_lately = exists().where(mine, attempt.c.receipt.in_(_TAKEN), attempt.c.ended_at > silent_before)
    ended = select(func.max(attempt.c.ended_at)).where(mine).scalar_subquery()
    rows = conn.execute(
        select(
            message.c.message_id,
            message.c.person_id,
            message.c.created_at,
            taken.label("taken"),
            ended.label("ended_at"),
        )
        .where(
            message.c.agency_id == agency_id,
            message.c.kind == kind,
            message.c.created_at > after,
            message.c.open_until.is_not(None),
            ~waits,
            ~reached,
            or_(~taken, and_(doubtful, ~heard_lately)),
        )
        .order_by(message.c.created_at.desc(), message.c.message_id)
        .limit(MOST)
    )
    return tuple(
        NotReached(
            message_id=row.message_id,
            person_id=row.person_id,
            planned_at=row.created_at,
            taken=bool(row.taken),
            ended_at=row.ended_at or row.created_at,
        )
        for row in rows
    )


def held_back(conn: Connection, agency_id: AgencyId, kind: str) -> tuple[HeldBack, ...]:
    """Messages of this kind that wait for a shift, the end of a leave or of court, or the day after a holiday."""
    planned = func.min(notification.c.planned_at).label("planned_at")
    rows = conn.execute(
        select(message.c.message_id, message.c.person_id, attempt.c.due_at, attempt.c.waits, planned)
        .join_from(attempt, message, message.c.message_id == attempt.c.message_id)
        .join(notification, notification.c.message_id == message.c.message_id)
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.state == QueueState.READY.value,
            attempt.c.waits.in_(_HOLDS),
            message.c.kind == kind,
            notification.c.person_id == message.c.person_id,
        )
        .group_by(message.c.message_id, message.c.person_id, attempt.c.due_at, attempt.c.waits)
        .order_by(message.c.message_id)
    )
    return tuple(
        HeldBack(
            message_id=row.message_id,
            person_id=row.person_id,
            planned_at=row.planned_at,
            until=row.due_at,
            waits=Waits(row.waits),
        )
        for row in rows
    )


def ways_lost(conn: Connection, agency_id: AgencyId, *, after: datetime) -> Mapping[int, frozenset[str]]:
    """The channels on which the last that was sent to somebody since then did not get there, by person."""
    newest = (
        select(
            message.c.person_id,
            attempt.c.channel,
            attempt.c.receipt,
            func.row_number()
            .over(
                partition_by=(message.c.person_id, attempt.c.channel),
                order_by=(attempt.c.created_at.desc(), attempt.c.attempt_id.desc()),
            )
            .label("back"),
        )
        .join(message, message.c.message_id == attempt.c.message_id)
        .where(
            message.c.agency_id == agency_id,
            message.c.person_id.is_not(None),
            attempt.c.agency_id == agency_id,
            attempt.c.created_at > after,
            attempt.c.receipt.in_((*_LOST, *_TAKEN, *_REACHED)),
        )
        .subquery()
    )
    rows = conn.execute(
        select(newest.c.person_id, newest.c.channel).where(newest.c.back == 1, newest.c.receipt.in_(_LOST))
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.person_id, set()).add(row.channel)
    return {person_id: frozenset(channels) for person_id, channels in found.items()}
