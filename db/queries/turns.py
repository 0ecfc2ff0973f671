"""Whose turn is it of the ways on which something is said one after the other, and what stops them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, exists, select, update

from db.records.facts import AgencyId
from db.records.ledger import QueueState, Receipt
from db.tables import attempt, message

# Not begun, or in the hands of a worker that has not begun: nothing of it can have been sent.
_NOT_BEGUN = (QueueState.READY.value, QueueState.CLAIMED.value)
# What was handed over and is not known to have been lost.
_MAY_HAVE_ARRIVED = (
    Receipt.HANDED_OVER.value,
    Receipt.ACCEPTED.value,
    Receipt.DELIVERED.value,
    Receipt.NONE.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTurn:
    """A message whose next way may have its turn. ``worth_until``: after that nobody should read its words any more."""

    agency_id: AgencyId
    message_id: str
    person_id: int
    kind: str
    wait_minutes: int
    next_way_at: datetime
    worth_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """An attempt that was stopped, or that somebody answered."""

    attempt_id: str
    message_id: str
    channel: str


def tried(conn: Connection, message_id: str, next_way_at: datetime | None) -> None:
    """An attempt came to its end: when the next way is looked at, of what is said in turns and not over."""
    conn.execute(
        update(message)
        .where(message.c.message_id == message_id, message.c.next_way_at.is_not(None))
        .values(next_way_at=next_way_at)
    )


def waiting(conn: Connection, now: datetime, *, limit: int) -> tuple[OpenTurn, ...]:
    """Messages whose next way may have its turn, the longest waiting first."""
    rows = conn.execute(
        select(message).where(message.c.next_way_at <= now).order_by(message.c.next_way_at).limit(limit)
    ).mappings()
    return tuple(_turn(row) for row in rows)


def waiting_between(
    conn: Connection, agency_id: AgencyId, since: datetime, until: datetime
) -> tuple[tuple[OpenTurn, bytes], ...]:
    """Messages of one agency whose next way is looked at in that time, with their closed words."""
    rows = conn.execute(
        select(message)
        .where(
            message.c.agency_id == agency_id,
            message.c.next_way_at >= since,
            message.c.next_way_at < until,
            message.c.body.is_not(None),
        )
        .order_by(message.c.next_way_at, message.c.message_id)
    ).mappings()
    return tuple((_turn(row), row["body"]) for row in rows)


def turn(conn: Connection, agency_id: AgencyId, message_id: str, now: datetime) -> OpenTurn | None:
    """The same of one message; None when another process was first, or it is over."""
    row = (
        conn.execute(
            select(message).where(
                message.c.agency_id == agency_id,
                message.c.message_id == message_id,
                message.c.next_way_at <= now,
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else _turn(row)


def look_again(conn: Connection, agency_id: AgencyId, message_id: str, at: datetime | None) -> None:
    """When somebody looks again; None when no way is left to take its turn."""
    conn.execute(
        update(message)
        .where(message.c.agency_id == agency_id, message.c.message_id == message_id)
        .values(next_way_at=at)
    )


def stop_attempts(
    conn: Connection, agency_id: AgencyId, message_ids: Sequence[str], why: str, now: datetime
) -> tuple[Stopped, ...]:
    """Whatever was not begun is sent no more. What is being sent goes its way."""
    if not message_ids:
        return ()
    rows = conn.execute(
        update(attempt)
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.message_id.in_(message_ids),
            attempt.c.state.in_(_NOT_BEGUN),
            attempt.c.receipt.is_(None),
        )
        .values(
            state=QueueState.DONE.value,
            receipt=Receipt.CANCELLED.value,
            error=why,
            waits=None,
            owner=None,
            ended_at=now,
        )
        .returning(attempt.c.attempt_id, attempt.c.message_id, attempt.c.channel)
    )
    return _stopped(rows.mappings().all())


def close(conn: Connection, agency_id: AgencyId, message_ids: Sequence[str]) -> None:
    """No way has a turn any more, and nobody waits for an answer; the words go unless something is being sent."""
    if not message_ids:
        return
    of_these = (message.c.agency_id == agency_id, message.c.message_id.in_(message_ids))
    conn.execute(update(message).where(*of_these).values(next_way_at=None, open_until=None))
    under_way = exists().where(
        attempt.c.message_id == message.c.message_id, attempt.c.state != QueueState.DONE.value
    )
    conn.execute(update(message).where(*of_these, ~under_way).values(body=None, body_until=None))


def waiting_for_an_answer(
    conn: Connection, agency_id: AgencyId, person_id: int, now: datetime
) -> tuple[str, ...]:
    """What was handed over to somebody, and what they say now is an answer to."""
    handed_over = exists().where(
        attempt.c.message_id == message.c.message_id, attempt.c.receipt.in_(_MAY_HAVE_ARRIVED)
    )
    return tuple(
        conn.execute(
            select(message.c.message_id).where(
                message.c.agency_id == agency_id,
                message.c.person_id == person_id,
                message.c.open_until > now,
                handed_over,
            )
        ).scalars()
    )


def answer(conn: Connection, agency_id: AgencyId, message_ids: Sequence[str]) -> tuple[Stopped, ...]:
    """What may have arrived was answered; what is known to have been lost was not."""
    rows = conn.execute(
        update(attempt)
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.message_id.in_(message_ids),
            attempt.c.state == QueueState.DONE.value,
            attempt.c.receipt.in_(_MAY_HAVE_ARRIVED),
        )
        .values(receipt=Receipt.ANSWERED.value)
        .returning(attempt.c.attempt_id, attempt.c.message_id, attempt.c.channel)
    )
    return _stopped(rows.mappings().all())


def is_in_turn(conn: Connection, message_id: str) -> bool:
    """Whether another way of it may still have its turn."""
    return (
        conn.execute(
            select(message.c.message_id).where(
                message.c.message_id == message_id, message.c.next_way_at.is_not(None)
            )
        ).first()
        is not None
    )


def _turn(row: RowMapping) -> OpenTurn:
    return OpenTurn(
        agency_id=AgencyId(row["agency_id"]),
        message_id=row["message_id"],
        person_id=row["person_id"],
        kind=row["kind"],
        wait_minutes=row["wait_minutes"],
        next_way_at=row["next_way_at"],
        worth_until=None if row["body"] is None else row["body_until"],
    )


def _stopped(rows: Sequence[RowMapping]) -> tuple[Stopped, ...]:
    return tuple(
        Stopped(attempt_id=row["attempt_id"], message_id=row["message_id"], channel=row["channel"])
        for row in sorted(rows, key=lambda row: row["attempt_id"])
    )
