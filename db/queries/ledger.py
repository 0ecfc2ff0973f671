"""What is still to be said, whose turn is it, and what became of it? The attempt is the queue row."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from db.queries import turns
from db.queries.pauses import is_quiet
from db.records.facts import AgencyId
from db.records.ledger import (
    Claim,
    Delivery,
    Destination,
    Ending,
    NewMessage,
    Occasion,
    QueueState,
    Receipt,
    Waits,
    Way,
)
from db.tables import attempt, message, notification
from db.types import UtcInstant

_ROUTE = ("channel", "address", "place", "thread", "account", "way", "target")


def keep(
    conn: Connection,
    said: NewMessage,
    attempts: Sequence[tuple[str, Destination]],
    *,
    now: datetime,
    due_at: datetime | None = None,
    waits: Waits | None = None,
    sender: str = "",
) -> None:
    """Keep something to say with the attempts to say it. With a sender they are in that worker's hands, sending."""
    conn.execute(
        insert(message).values(
            message_id=said.message_id,
            agency_id=said.agency_id,
            person_id=said.person_id,
            kind=said.kind,
            about=said.about,
            body=said.body,
            body_until=said.body_until,
            wait_minutes=said.wait_minutes,
            next_way_at=said.next_way_at,
            open_until=said.open_until,
            created_at=now,
        )
    )
    state = QueueState.SENDING if sender else QueueState.READY
    rows = [
        {
            "attempt_id": attempt_id,
            "message_id": said.message_id,
            "agency_id": said.agency_id,
            "number": number,
            **route_columns(route),
            "state": state.value,
            "due_at": due_at or now,
            "owner": sender or None,
            "tries": 1 if sender else 0,
            "ref": "",
            "sent_in": "",
            "error": "",
            "waits": None if waits is None else waits.value,
            "created_at": now,
        }
        for number, (attempt_id, route) in enumerate(attempts)
    ]
    if rows:
        conn.execute(insert(attempt), rows)


def is_planned(conn: Connection, occasion: Occasion) -> bool:
    """Whether something was planned for this occasion already."""
    return (
        conn.execute(
            select(notification.c.planned_at).where(
                *(notification.c[name] == getattr(occasion, name) for name in _KEY)
            )
        ).first()
        is not None
    )


def plan(conn: Connection, occasion: Occasion, message_id: str | None, *, now: datetime) -> None:
    """Keep why a message is said; the database refuses a second one."""
    said = {name: getattr(occasion, name) for name in _KEY}
    conn.execute(insert(notification).values(**said, message_id=message_id, planned_at=now))


_KEY = ("agency_id", "person_id", "subject", "window", "due", "episode", "step")


def channels_due(conn: Connection, now: datetime) -> tuple[str, ...]:
    """The channels on which something is due, whoever may have it in hand."""
    due = select(attempt.c.channel).where(attempt.c.state != QueueState.DONE.value, attempt.c.due_at <= now)
    return tuple(conn.execute(due.distinct().order_by(attempt.c.channel)).scalars())


def not_carried(conn: Connection, channels: Sequence[str], error: str, *, now: datetime) -> int:
    """Note on what is due on these channels why it waits, and leave it to whoever may carry it; how many are new."""
    noted = conn.execute(
        update(attempt)
        .where(
            attempt.c.state == QueueState.READY.value,
            attempt.c.due_at <= now,
            attempt.c.channel.in_(channels),
            attempt.c.error != error,
        )
        .values(error=error)
    )
    return noted.rowcount


def claim(
    conn: Connection,
    *,
    now: datetime,
    owner: str,
    until: datetime,
    limit: int,
    message_id: str | None = None,
    channels: Sequence[str] | None = None,
) -> tuple[Claim, ...]:
    """What is due becomes this worker's until then, the first of each place; what was left while sending is doubtful.

    ``message_id``: of this message alone; ``channels``: of these alone.
    """
    earlier = attempt.alias()
    in_turn = ~exists().where(
        earlier.c.channel == attempt.c.channel,
        earlier.c.address == attempt.c.address,
        earlier.c.place == attempt.c.place,
        earlier.c.state != QueueState.DONE.value,
        # What waits for somebody's hours keeps nothing else from them, until its time has come.
        or_(earlier.c.waits.is_(None), earlier.c.state != QueueState.READY.value, earlier.c.due_at <= now),
        or_(
            earlier.c.created_at < attempt.c.created_at,
            and_(earlier.c.created_at == attempt.c.created_at, earlier.c.attempt_id < attempt.c.attempt_id),
        ),
    )
    due = (
        select(attempt.c.attempt_id, attempt.c.state, attempt.c.receipt)
        .where(attempt.c.state != QueueState.DONE.value, attempt.c.due_at <= now, in_turn, ~is_quiet(now))
        .order_by(attempt.c.due_at, attempt.c.attempt_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=attempt)
    )
    if message_id is not None:
        due = due.where(attempt.c.message_id == message_id)
    if channels is not None:
        due = due.where(attempt.c.channel.in_(channels))
    before = {row.attempt_id: row for row in conn.execute(due)}
    if not before:
        return ()
    conn.execute(
        update(attempt)
        .where(attempt.c.attempt_id.in_(before))
        .values(state=QueueState.CLAIMED.value, owner=owner, due_at=until)
    )
    doubtful = [
        each.attempt_id
        for each in before.values()
        if each.state == QueueState.SENDING.value or each.receipt == Receipt.UNKNOWN.value
    ]
    if doubtful:
        conn.execute(
            update(attempt).where(attempt.c.attempt_id.in_(doubtful)).values(receipt=Receipt.UNKNOWN.value)
        )
    rows = conn.execute(
        _with_message().where(attempt.c.attempt_id.in_(before)).order_by(attempt.c.created_at)
    ).mappings()
    return tuple(_claim(row) for row in rows)


# Composed once: every delivery comes by here.
_BEGIN = (
    update(attempt)
    .where(
        attempt.c.attempt_id == bindparam("this"),
        attempt.c.owner == bindparam("mine"),
        attempt.c.state == QueueState.CLAIMED.value,
        ~is_quiet(bindparam("at", type_=UtcInstant())),
    )
    .values(state=QueueState.SENDING.value, due_at=bindparam("lease"), tries=attempt.c.tries + 1)
)


def begin_sending(conn: Connection, claim_: Claim, *, now: datetime, until: datetime) -> bool:
    """The intent, committed before the call. False when the attempt is no longer this worker's, or the channel has
    asked for time since it was claimed."""
    mine = {"this": claim_.attempt_id, "mine": claim_.owner, "at": now, "lease": until}
    begun = conn.execute(_BEGIN, mine)
    return begun.rowcount > 0


def end(conn: Connection, claim_: Claim, ending: Ending, *, now: datetime) -> bool:
    """What became of it. False when the attempt is no longer this worker's: then nothing is changed."""
    over = ending.again_at is None
    values: dict[str, Any] = {
        "state": (QueueState.DONE if over else QueueState.READY).value,
        "receipt": None if ending.receipt is None else ending.receipt.value,
        "error": ending.error,
        "waits": None if ending.waits is None else ending.waits.value,
        "owner": None,
        "due_at": ending.again_at or now,
        "ended_at": now if over else None,
    }
    if ending.ref:
        values |= {"ref": ending.ref, "sent_in": ending.place}
    ended = conn.execute(
        update(attempt).where(_is_mine(claim_, QueueState.CLAIMED, QueueState.SENDING)).values(**values)
    )
    if ended.rowcount and over:
        if claim_.in_turns is not None:
            turns.tried(conn, claim_.message_id, _next_look(ending, now, claim_.in_turns))
        if not ending.hears_later:
            forget_body(conn, claim_.message_id)
    return ended.rowcount > 0


def _next_look(ending: Ending, now: datetime, wait: timedelta) -> datetime | None:
    """When the next way has its turn: at once after what failed, after a while where a receipt may come; where none
    ever comes, what was handed over is all that anybody will know."""
    if ending.receipt is not Receipt.HANDED_OVER:
        return now
    return now + wait if ending.hears_later else None


def deliveries(
    conn: Connection, agency_id: AgencyId, *, person_id: int | None = None, about: str | None = None
) -> tuple[Delivery, ...]:
    """Every attempt at this agency, in the order in which they were made; of one person or one matter when named."""
    statement = _with_message().where(attempt.c.agency_id == agency_id)
    if person_id is not None:
        statement = statement.where(message.c.person_id == person_id)
    if about is not None:
        statement = statement.where(message.c.about == about)
    rows = conn.execute(statement.order_by(attempt.c.created_at, attempt.c.attempt_id)).mappings()
    return tuple(_delivery(row) for row in rows)


def attempts_of(conn: Connection, agency_id: AgencyId, message_id: str) -> tuple[Delivery, ...]:
    """Every attempt of one message, in the order in which the ways had their turn."""
    rows = conn.execute(
        _with_message()
        .where(attempt.c.agency_id == agency_id, attempt.c.message_id == message_id)
        .order_by(attempt.c.number)
    ).mappings()
    return tuple(_delivery(row) for row in rows)


_FAILED = (Receipt.FAILED.value, Receipt.UNDELIVERED.value, Receipt.UNKNOWN.value)


def troubled(conn: Connection, agency_id: AgencyId, *, limit: int) -> tuple[Delivery, ...]:
    """Attempts that are over and did not arrive as far as anybody knows, the newest first."""
    statement = (
        _with_message()
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.state == QueueState.DONE.value,
            attempt.c.receipt.in_(_FAILED),
            ~_was_tried_again(),
        )
        .order_by(attempt.c.created_at.desc(), attempt.c.attempt_id)
        .limit(limit)
    )
    return tuple(_delivery(row) for row in conn.execute(statement).mappings())


def said_to(
    conn: Connection, agency_id: AgencyId, person_id: int, channel: str, *, limit: int
) -> tuple[Delivery, ...]:
    """The last attempts to say something to somebody on a channel, the newest first."""
    statement = (
        _with_message()
        .where(
            attempt.c.agency_id == agency_id,
            attempt.c.channel == channel,
            message.c.agency_id == agency_id,
            message.c.person_id == person_id,
        )
        .order_by(attempt.c.created_at.desc(), attempt.c.attempt_id.desc())
        .limit(limit)
    )
    return tuple(_delivery(row) for row in conn.execute(statement).mappings())


def attempts_at(
    conn: Connection, channel: str, attempt_id: str, ref: str
) -> tuple[tuple[AgencyId, Delivery], ...]:
    """The attempt with this id, and whichever the channel's own id is kept with; each with whose it is.

    Two when the same words were said twice, and looking one up found what the other had sent.
    """
    rows = conn.execute(
        _with_message()
        .where(attempt.c.channel == channel, or_(attempt.c.attempt_id == attempt_id, attempt.c.ref == ref))
        .order_by(attempt.c.created_at, attempt.c.attempt_id)
    ).mappings()
    return tuple((AgencyId(row["agency_id"]), _delivery(row)) for row in rows)


def advance(
    conn: Connection,
    attempt_id: str,
    receipt: Receipt,
    behind: Collection[Receipt],
    *,
    ref: str,
    place: str,
    error: str,
    now: datetime,
) -> bool:
    """The channel said how far it got: the end of the attempt, whoever has it in hand. False when more is known.

    ``behind`` are the receipts that say less than this one.
    """
    less = [each.value for each in behind]
    moved = conn.execute(
        update(attempt)
        .where(
            attempt.c.attempt_id == attempt_id,
            or_(attempt.c.receipt.is_(None), attempt.c.receipt.in_(less)),
        )
        .values(
            state=QueueState.DONE.value,
            receipt=receipt.value,
            error=error,
            waits=None,
            owner=None,
            ref=case((attempt.c.ref == "", ref), else_=attempt.c.ref),
            sent_in=case((attempt.c.sent_in == "", place), else_=attempt.c.sent_in),
            ended_at=func.coalesce(attempt.c.ended_at, now),
        )
        .returning(attempt.c.message_id)
    ).scalar_one_or_none()
    if moved is not None and receipt in _ARRIVED:
        turns.tried(conn, moved, None)
        forget_body(conn, moved)
    elif moved is not None and receipt is Receipt.UNDELIVERED:
        turns.tried(conn, moved, now)
    return moved is not None


_ARRIVED = (Receipt.DELIVERED, Receipt.ANSWERED)


def counts(conn: Connection) -> Mapping[str, int]:
    """How many attempts are in which state, but for those that are done."""
    rows = conn.execute(
        select(attempt.c.state, func.count())
        .where(attempt.c.state != QueueState.DONE.value)
        .group_by(attempt.c.state)
    )
    return {row[0]: row[1] for row in rows}


def lost(conn: Connection) -> tuple[int, int]:
    """How many attempts failed for good, and of how many nobody can tell whether they arrived."""
    rows = conn.execute(
        select(attempt.c.receipt, func.count())
        .where(attempt.c.state == QueueState.DONE.value, attempt.c.receipt.in_(_FAILED), ~_was_tried_again())
        .group_by(attempt.c.receipt)
    )
    counts = {row[0]: row[1] for row in rows}
    doubtful = counts.pop(Receipt.UNKNOWN.value, 0)
    return sum(counts.values()), doubtful


def doubt_everything(conn: Connection) -> int:
    """After a restore: whatever was not over may have been sent since, so it is looked up before it is; how many."""
    doubted = conn.execute(
        update(attempt)
        .where(attempt.c.state != QueueState.DONE.value)
        .values(state=QueueState.READY.value, receipt=Receipt.UNKNOWN.value, owner=None)
    )
    return doubted.rowcount


def word_anew(conn: Connection, agency_id: AgencyId, message_id: str, body: bytes, about: str) -> None:
    """A message says something else from now on."""
    conn.execute(
        update(message)
        .where(message.c.agency_id == agency_id, message.c.message_id == message_id)
        .values(body=body, about=about)
    )


def forget_body(conn: Connection, message_id: str) -> None:
    """The words go once no attempt needs them any more, and no other way may have its turn."""
    open_ = exists().where(attempt.c.message_id == message_id, attempt.c.state != QueueState.DONE.value)
    conn.execute(
        update(message)
        .where(message.c.message_id == message_id, message.c.next_way_at.is_(None), ~open_)
        .values(body=None, body_until=None)
    )


def _was_tried_again() -> ColumnElement[bool]:
    later = attempt.alias()
    return exists().where(
        later.c.message_id == attempt.c.message_id, later.c.created_at > attempt.c.created_at
    )


def _with_message() -> Select[tuple[object, ...]]:
    return select(
        attempt,
        message.c.person_id,
        message.c.kind,
        message.c.about,
        message.c.body,
        message.c.wait_minutes,
        message.c.created_at.label("planned_at"),
    ).join_from(attempt, message, message.c.message_id == attempt.c.message_id)


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(
        attempt_id=row["attempt_id"],
        message_id=row["message_id"],
        person_id=row["person_id"],
        kind=row["kind"],
        about=row["about"],
        route=_route(row),
        state=QueueState(row["state"]),
        receipt=None if row["receipt"] is None else Receipt(row["receipt"]),
        ref=row["ref"],
        sent_in=row["sent_in"],
        error=row["error"],
        waits=None if row["waits"] is None else Waits(row["waits"]),
        tries=row["tries"],
        created_at=row["created_at"],
        due_at=row["due_at"],
        ended_at=row["ended_at"],
        in_turns=row["wait_minutes"] is not None,
    )


def _claim(row: RowMapping) -> Claim:
    return Claim(
        attempt_id=row["attempt_id"],
        message_id=row["message_id"],
        agency_id=AgencyId(row["agency_id"]),
        person_id=row["person_id"],
        kind=row["kind"],
        body=row["body"],
        route=_route(row),
        owner=row["owner"],
        tries=row["tries"],
        doubtful=row["receipt"] == Receipt.UNKNOWN.value,
        created_at=row["created_at"],
        waited=None if row["waits"] is None else Waits(row["waits"]),
        in_turns=None if row["wait_minutes"] is None else timedelta(minutes=row["wait_minutes"]),
        planned_at=row["planned_at"],
    )


def route_columns(route: Destination) -> dict[str, str]:
    """A way as the columns of an attempt."""
    return {name: str(getattr(route, name)) for name in _ROUTE}


def _route(row: RowMapping) -> Destination:
    return Destination(**{name: row[name] for name in _ROUTE} | {"way": Way(row["way"])})


def _is_mine(claim_: Claim, *states: QueueState) -> ColumnElement[bool]:
    return and_(
        attempt.c.attempt_id == claim_.attempt_id,
        attempt.c.owner == claim_.owner,
        attempt.c.state.in_(tuple(state.value for state in states)),
    )
