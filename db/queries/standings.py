"""Where did we last say that people stand, and whose standing must be looked at again?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, case, delete, func, or_, select, true, update

from db.facts import SCOPE
from db.records.facts import AgencyId
from db.records.work import KeptStanding, NewStanding
from db.row_hash import hash_of_kept
from db.tables import standing as table
from db.upsert import upsert

_DAYS = ("as_of", "next_change_on")
_EVALUATED = ("as_of", "word", "next_change_on", "fact_seq", "pack_hash", "engine", "body")
_OF_ALL = select(table).where(table.c.agency_id == SCOPE).order_by(table.c.person_id)
_OF_SOME = _OF_ALL.where(table.c.person_id.in_(bindparam("person_ids", expanding=True)))


def digest_of(kept: Mapping[str, object]) -> str:
    """The hash of what was judged, over values in the form in which they are kept."""
    said = {name: kept[name] for name in ("agency_id", "person_id", *_EVALUATED)}
    days = {name: day.isoformat() for name in _DAYS if isinstance(day := said[name], date)}
    return hash_of_kept(table.name, said | days)


def standing(conn: Connection, agency_id: AgencyId, person_id: int) -> KeptStanding | None:
    """One person's kept standing, or None when none was ever asked for."""
    found = standings(conn, agency_id, [person_id])
    return found[0] if found else None


def standings(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int] | None = None
) -> tuple[KeptStanding, ...]:
    """Kept standings of these people, or of the whole agency."""
    statement = _OF_ALL if person_ids is None else _OF_SOME
    asked = {"agency_id": agency_id, "person_ids": person_ids}
    return tuple(_kept(row) for row in conn.execute(statement, asked).mappings())


def keep(conn: Connection, agency_id: AgencyId, evaluated: Sequence[NewStanding]) -> None:
    """Keep evaluations in one go. One made from older facts never covers a newer one, and a person marked
    after the facts were read stays dirty."""
    rows = [
        _with_digest({"agency_id": agency_id, "dirty_seq": None, "marked_at": None} | asdict(each))
        # Everybody locks rows in the same order, so that nobody waits in a circle.
        for each in sorted(evaluated, key=lambda each: each.person_id)
    ]
    upsert(
        conn,
        table,
        rows,
        lambda offered: {
            **{name: offered[name] for name in (*_EVALUATED, "digest")},
            "unplanned": case((table.c.body == offered["body"], table.c.unplanned), else_=true()),
            "dirty_seq": case((table.c.dirty_seq > offered["fact_seq"], table.c.dirty_seq), else_=None),
            "marked_at": case((table.c.dirty_seq > offered["fact_seq"], table.c.marked_at), else_=None),
        },
        only_if=lambda offered: table.c.fact_seq <= offered["fact_seq"],
    )


def _with_digest(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"digest": digest_of(row)}


def forget(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> None:
    """Drop the standings of people whom there is nothing to judge by, such as somebody no longer employed."""
    conn.execute(delete(table).where(table.c.agency_id == agency_id, table.c.person_id.in_(person_ids)))


def due(conn: Connection, agency_id: AgencyId, today: date, limit: int) -> tuple[int, ...]:
    """People who are dirty, or whose standing changes by itself today or earlier; the dirty first, the
    longest waiting before the rest."""
    statement = (
        select(table.c.person_id)
        .where(
            table.c.agency_id == agency_id,
            or_(table.c.marked_at.is_not(None), table.c.next_change_on <= today),
        )
        .order_by(table.c.marked_at.is_(None), table.c.marked_at, table.c.next_change_on, table.c.person_id)
        .limit(limit)
    )
    return tuple(conn.execute(statement).scalars())


def waiting(conn: Connection, agency_id: AgencyId, today: date) -> tuple[int, int]:
    """How many people are dirty, and how many others are due by the calendar."""
    dirty = table.c.marked_at.is_not(None)
    statement = select(
        func.count().filter(dirty), func.count().filter(~dirty, table.c.next_change_on <= today)
    ).where(table.c.agency_id == agency_id, or_(dirty, table.c.next_change_on <= today))
    marked, due_by_day = conn.execute(statement).one()
    return marked, due_by_day


def next_change(conn: Connection, agency_id: AgencyId, after: date) -> date | None:
    """The first day after this one on which any kept standing changes by itself, as far as is known now."""
    statement = select(func.min(table.c.next_change_on)).where(
        table.c.agency_id == agency_id, table.c.next_change_on > after
    )
    found: date | None = conn.execute(statement).scalar_one()
    return found


def outdated(
    conn: Connection, agency_id: AgencyId, pack_hashes: Sequence[str], engine: str, limit: int
) -> tuple[int, ...]:
    """People judged by packs or an evaluator that are no longer in use; asked after a release, not on every
    tick."""
    statement = (
        select(table.c.person_id)
        .where(
            table.c.agency_id == agency_id,
            or_(table.c.pack_hash.is_(None), table.c.pack_hash.not_in(pack_hashes), table.c.engine != engine),
        )
        .order_by(table.c.person_id)
        .limit(limit)
    )
    return tuple(conn.execute(statement).scalars())


def marked_at(conn: Connection, agency_id: AgencyId, person_id: int) -> datetime | None:
    """Since when this person waits to be judged again; None when they do not."""
    found: datetime | None = conn.execute(
        select(table.c.marked_at).where(table.c.agency_id == agency_id, table.c.person_id == person_id)
    ).scalar_one_or_none()
    return found


def mark_dirty(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int], *, seq: int, at: datetime
) -> None:
    """Mark people whose facts changed at ``seq``; somebody without a standing gets an empty one that is
    due."""
    rows = [
        {"agency_id": agency_id, "person_id": person_id, "fact_seq": 0, "dirty_seq": seq, "marked_at": at}
        for person_id in sorted(set(person_ids))
    ]
    upsert(
        conn,
        table,
        rows,
        lambda offered: {
            "dirty_seq": offered["dirty_seq"],
            "marked_at": func.coalesce(table.c.marked_at, offered["marked_at"]),
        },
    )


def mark_everybody_dirty(conn: Connection, agency_id: AgencyId, *, seq: int, at: datetime) -> None:
    """Mark everybody who has a standing, as when the agency takes up a pack."""
    conn.execute(
        update(table)
        .where(table.c.agency_id == agency_id)
        .values(dirty_seq=seq, marked_at=func.coalesce(table.c.marked_at, at))
    )


def _kept(row: RowMapping) -> KeptStanding:
    return KeptStanding(
        person_id=row["person_id"],
        as_of=row["as_of"],
        word=row["word"],
        next_change_on=row["next_change_on"],
        pack_hash=row["pack_hash"],
        engine=row["engine"],
        dirty=row["marked_at"] is not None,
        body=row["body"],
        intact=row["digest"] is not None and row["digest"] == digest_of(dict(row)),
    )
