"""What came in and is not done yet? Kept once under the channel's own id, handed to one worker at a time."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from db.records.facts import AgencyId
from db.records.inbox import Arrival, InboxState, InWork, Undone
from db.tables import inbox as table

_WORKED_ON = ("channel", "event", "place", "kind", "body", "arrived_at", "owner", "tries")
UNFINISHED = (InboxState.WAITING.value, InboxState.WORKING.value)


def keep(
    conn: Connection, arrival: Arrival, *, now: datetime, owner: str = "", until: datetime | None = None
) -> bool:
    """Keep what came in, once; whether it was new. With an owner it is that worker's until then."""
    row = {
        "channel": arrival.channel,
        "event": arrival.event,
        "address": arrival.address,
        "place": arrival.place,
        "kind": arrival.kind,
        "body": arrival.body,
        "arrived_at": now,
        "state": (InboxState.WORKING if owner else InboxState.WAITING).value,
        "due_at": until or now,
        "owner": owner or None,
        "tries": 1 if owner else 0,
    }
    statement = postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)
    kept = conn.execute(statement.values(row).on_conflict_do_nothing().returning(table.c.event))
    return kept.first() is not None


def claim(
    conn: Connection,
    *,
    now: datetime,
    owner: str,
    until: datetime,
    limit: int,
    channels: Collection[str] | None = None,
) -> tuple[InWork, ...]:
    """What is due becomes this worker's until then: what waits, and what was left behind. One thing of each place.

    ``channels``: of these alone.
    """
    earlier = table.alias()
    # While something of a conversation is unfinished, what came after it waits.
    first = ~exists().where(
        earlier.c.channel == table.c.channel,
        earlier.c.place == table.c.place,
        earlier.c.state.in_(UNFINISHED),
        or_(
            earlier.c.arrived_at < table.c.arrived_at,
            and_(earlier.c.arrived_at == table.c.arrived_at, earlier.c.event < table.c.event),
        ),
    )
    due = (
        select(table.c.channel, table.c.event)
        .where(
            table.c.state.in_(UNFINISHED),
            table.c.due_at <= now,
            first,
            true() if channels is None else table.c.channel.in_(sorted(channels)),
        )
        .order_by(table.c.arrived_at, table.c.event)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # Chosen once: a subquery that locks may be run again by the planner, and would choose others then.
        .cte("due")
    )
    rows = conn.execute(
        update(table)
        .where(
            exists().where(due.c.channel == table.c.channel, due.c.event == table.c.event),
        )
        .values(state=InboxState.WORKING.value, owner=owner, due_at=until, tries=table.c.tries + 1)
        .returning(*(table.c[name] for name in _WORKED_ON))
    ).mappings()
    return tuple(sorted((InWork(**row) for row in rows), key=lambda each: (each.arrived_at, each.event)))


def finish(
    conn: Connection,
    work: InWork,
    *,
    agency_id: AgencyId | None = None,
    person_id: int | None = None,
    kind: str = "",
) -> bool:
    """Done: what was said is kept elsewhere, so it goes from here. False when it is no longer this worker's.

    ``kind``: what it turned out to be, where that is counted.
    """
    return _end(
        conn,
        work,
        {
            "state": InboxState.DONE.value,
            "body": None,
            "agency_id": agency_id,
            "person_id": person_id,
            "kind": kind or work.kind,
        },
    )


def put_back(conn: Connection, work: InWork, *, due_at: datetime, trouble: str) -> bool:
    """Not done this time: again from then on."""
    return _end(conn, work, {"state": InboxState.WAITING.value, "due_at": due_at, "trouble": trouble})


def fail(
    conn: Connection,
    work: InWork,
    *,
    trouble: str,
    reference: str,
    agency_id: AgencyId | None,
    person_id: int | None,
) -> bool:
    """Not done, for good: kept for a person to look at."""
    return _end(
        conn,
        work,
        {
            "state": InboxState.FAILED.value,
            "trouble": trouble,
            "reference": reference,
            "agency_id": agency_id,
            "person_id": person_id,
        },
    )


def failed(conn: Connection, agency_id: AgencyId) -> tuple[Undone, ...]:
    """What could not be worked on, the newest first."""
    rows = conn.execute(
        select(*(table.c[name] for name in Undone.__dataclass_fields__))
        .where(table.c.agency_id == agency_id, table.c.state == InboxState.FAILED.value)
        .order_by(table.c.arrived_at.desc(), table.c.event)
    ).mappings()
    return tuple(Undone(**row) for row in rows)


def unclaimed(
    conn: Connection, doors: Collection[tuple[str, str]], trouble: str
) -> tuple[int, datetime | None]:
    """How much came through these doors that failed for this and is nobody's, and since when the oldest lies there."""
    if not doors:
        return 0, None
    row = conn.execute(
        select(func.count(), func.min(table.c.arrived_at)).where(
            table.c.state == InboxState.FAILED.value,
            table.c.agency_id.is_(None),
            table.c.trouble == trouble,
            or_(
                *(
                    and_(table.c.channel == channel, table.c.address == address)
                    for channel, address in sorted(doors)
                )
            ),
        )
    ).one()
    return row[0], row[1]


def place_in_rush(conn: Connection, work: InWork, since: datetime, kinds: Collection[str]) -> int:
    """Which one of these kinds this is from its sender since then: 1 is the first."""
    found: int = conn.execute(
        select(func.count()).where(
            table.c.channel == work.channel,
            table.c.place == work.place,
            table.c.kind.in_(sorted(kinds)),
            table.c.arrived_at > since,
            or_(
                table.c.arrived_at < work.arrived_at,
                and_(table.c.arrived_at == work.arrived_at, table.c.event <= work.event),
            ),
        )
    ).scalar_one()
    return found


def counts(conn: Connection) -> Mapping[str, int]:
    """How much is in which state, but for what is done."""
    rows = conn.execute(
        select(table.c.state, func.count())
        .where(table.c.state != InboxState.DONE.value)
        .group_by(table.c.state)
    )
    return {row[0]: row[1] for row in rows}


def _end(conn: Connection, work: InWork, values: dict[str, Any]) -> bool:
    ended = conn.execute(update(table).where(_is_mine(work)).values(owner=None, **values))
    return ended.rowcount > 0


def _is_mine(work: InWork) -> ColumnElement[bool]:
    return and_(
        table.c.channel == work.channel,
        table.c.event == work.event,
        table.c.owner == work.owner,
        table.c.state == InboxState.WORKING.value,
    )
