"""What is said once more because a carrier said that it did not arrive, and until when are its words kept for that?"""

from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select, update

from db.queries.ledger import route_columns
from db.records.facts import AgencyId
from db.records.ledger import Delivery, Destination, QueueState, Receipt, Waits
from db.tables import attempt, message


def again(conn: Connection, delivery: Delivery, attempt_id: str, due_at: datetime, *, now: datetime) -> bool:
    """One more attempt on the same way. False when its words are gone, or not worth saying by then."""
    if not _is_worth_saying(conn, delivery.message_id, due_at):
        return False
    _keep_another(conn, delivery, attempt_id, delivery.route, due_at, Waits.ANOTHER_TRY, now)
    return True


def elsewhere(
    conn: Connection, delivery: Delivery, attempt_id: str, route: Destination, *, now: datetime
) -> bool:
    """One more attempt on another way, at once, unless one was made there. False as above."""
    tried = conn.execute(
        select(attempt.c.attempt_id).where(
            attempt.c.message_id == delivery.message_id, attempt.c.channel == route.channel
        )
    ).first()
    if tried is not None or not _is_worth_saying(conn, delivery.message_id, now):
        return False
    _keep_another(conn, delivery, attempt_id, route, now, None, now)
    return True


def next_way(
    conn: Connection,
    agency_id: AgencyId,
    message_id: str,
    attempt_id: str,
    route: Destination,
    due_at: datetime,
    waits: Waits | None,
    *,
    now: datetime,
) -> None:
    """One more attempt of something that is said in turns, on the way whose turn it is."""
    _insert(conn, agency_id, message_id, attempt_id, route, due_at, waits, now)


def tries_at(conn: Connection, delivery: Delivery) -> int:
    """How many attempts of this message there were on this way."""
    return int(
        conn.execute(
            select(func.count())
            .select_from(attempt)
            .where(
                attempt.c.message_id == delivery.message_id,
                attempt.c.channel == delivery.route.channel,
                attempt.c.place == delivery.route.place,
            )
        ).scalar_one()
    )


def _is_worth_saying(conn: Connection, message_id: str, at: datetime) -> bool:
    return (
        conn.execute(
            select(message.c.message_id).where(
                message.c.message_id == message_id, message.c.body.is_not(None), message.c.body_until > at
            )
        ).first()
        is not None
    )


def _keep_another(
    conn: Connection,
    delivery: Delivery,
    attempt_id: str,
    route: Destination,
    due_at: datetime,
    waits: Waits | None,
    now: datetime,
) -> None:
    agency_id = conn.execute(
        select(attempt.c.agency_id).where(attempt.c.attempt_id == delivery.attempt_id)
    ).scalar_one()
    _insert(conn, AgencyId(agency_id), delivery.message_id, attempt_id, route, due_at, waits, now)


def _insert(
    conn: Connection,
    agency_id: AgencyId,
    message_id: str,
    attempt_id: str,
    route: Destination,
    due_at: datetime,
    waits: Waits | None,
    now: datetime,
) -> None:
    last = conn.execute(
        select(func.max(attempt.c.number)).where(attempt.c.message_id == message_id)
    ).scalar_one()
    conn.execute(
        insert(attempt).values(
            attempt_id=attempt_id,
            message_id=message_id,
            agency_id=agency_id,
            number=0 if last is None else last + 1,
            **route_columns(route),
            state=QueueState.READY.value,
            due_at=due_at,
            owner=None,
            tries=0,
            ref="",
            sent_in="",
            error="",
            waits=None if waits is None else waits.value,
            created_at=now,
        )
    )


def forget_what_is_over(conn: Connection, now: datetime) -> int:
    """Words that nobody needs any more are gone: nothing came of it that asks for them again; how many messages.

    Of what was handed over and of which nothing was heard, no receipt comes.
    """
    open_ = exists().where(
        attempt.c.message_id == message.c.message_id, attempt.c.state != QueueState.DONE.value
    )
    gone = conn.execute(
        update(message)
        .where(message.c.body_until <= now, ~open_)
        .values(body=None, body_until=None)
        .returning(message.c.message_id)
    ).scalars()
    ids = list(gone)
    conn.execute(
        update(attempt)
        .where(attempt.c.message_id.in_(ids), attempt.c.receipt == Receipt.HANDED_OVER.value)
        .values(receipt=Receipt.NONE.value)
    )
    return len(ids)
