"""Which entries were made in people's own calendars, who is at one of them now, and what stood in the way?"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from db.records.facts import AgencyId
from db.tables import calendar_entry as table
from db.tables import calendar_refusal
from db.upsert import upsert


class EntryKey(NamedTuple):
    """One day of one registration of a request."""

    request_id: int
    turn: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryState:
    """``content`` is what stands there, or was about to when nothing came back. ``event_id`` is empty until the
    calendar has given one. ``ended_at``: nothing is done with it any more."""

    object_id: str
    content: str
    event_id: str = ""
    refused_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarRefusal:
    """What was missing when it was last asked for, and when that was."""

    permission: str
    at: datetime


def open_or_of(
    conn: Connection, agency_id: AgencyId, request_ids: Collection[int]
) -> dict[EntryKey, EntryState]:
    """Every entry with which something may have to be done, and all of these requests."""
    rows = conn.execute(
        select(table)
        .where(
            table.c.agency_id == agency_id,
            or_(table.c.ended_at.is_(None), table.c.request_id.in_(sorted(request_ids))),
        )
        .order_by(table.c.request_id, table.c.turn, table.c.place)
    ).mappings()
    return {
        EntryKey(row["request_id"], row["turn"], row["place"]): EntryState(
            **{name: row[name] for name in EntryState.__dataclass_fields__}
        )
        for row in rows
    }


def claim(
    conn: Connection,
    agency_id: AgencyId,
    key: EntryKey,
    offered: EntryState,
    *,
    owner: str,
    now: datetime,
    until: datetime,
) -> EntryState | None:
    """Whoever claims it does something with it until then; there is one row for it, whoever comes first. The row as it
    is now; None where somebody else is at it, or nothing is to be done any more."""
    row = {
        "agency_id": agency_id,
        **key._asdict(),
        **asdict(offered),
        "claimed_by": owner,
        "claimed_until": until,
    }
    upsert(
        conn,
        table,
        [row],
        lambda given: {name: given[name] for name in ("claimed_by", "claimed_until")},
        only_if=lambda _: (
            table.c.ended_at.is_(None) & or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now)
        ),
    )
    mine = conn.execute(select(table).where(_is(agency_id, key), table.c.claimed_by == owner)).mappings()
    found = mine.one_or_none()
    if found is None or found["claimed_until"] is None:
        return None
    return EntryState(**{name: found[name] for name in EntryState.__dataclass_fields__})


def release(conn: Connection, agency_id: AgencyId, key: EntryKey, owner: str, **values: Any) -> None:
    """What came of it; nothing where its time was over and somebody else has it."""
    conn.execute(
        update(table)
        .where(_is(agency_id, key), table.c.claimed_by == owner)
        .values(claimed_until=None, **values)
    )


def settle(conn: Connection, agency_id: AgencyId, keys: Iterable[EntryKey], now: datetime) -> None:
    """They stay as they are, and nothing is done with them any more."""
    for key in keys:
        conn.execute(
            update(table)
            .where(_is(agency_id, key), table.c.ended_at.is_(None))
            .values(ended_at=now, content="", claimed_by="", claimed_until=None)
        )


def refusal(conn: Connection, agency_id: AgencyId) -> CalendarRefusal | None:
    """What stands in the way; None where nothing is known to."""
    row = (
        conn.execute(select(calendar_refusal).where(calendar_refusal.c.agency_id == agency_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else CalendarRefusal(row["permission"], row["refused_at"])


def refused(conn: Connection, agency_id: AgencyId, what: CalendarRefusal) -> None:
    """It was missing now."""
    row = {"agency_id": agency_id, "permission": what.permission, "refused_at": what.at}
    upsert(
        conn,
        calendar_refusal,
        [row],
        lambda given: {name: given[name] for name in ("permission", "refused_at")},
    )


def allowed(conn: Connection, agency_id: AgencyId) -> None:
    """It was taken: nothing stands in the way any more."""
    conn.execute(delete(calendar_refusal).where(calendar_refusal.c.agency_id == agency_id))


def _is(agency_id: AgencyId, key: EntryKey) -> ColumnElement[bool]:
    return (
        (table.c.agency_id == agency_id)
        & (table.c.request_id == key.request_id)
        & (table.c.turn == key.turn)
        & (table.c.place == key.place)
    )
