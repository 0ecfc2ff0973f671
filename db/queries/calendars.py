"""Whose deadlines does a calendar address show, since when, and how new is what they rest on?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select

from db.records.facts import AgencyId
from db.tables import calendar_address as table
from db.tables import standing
from db.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAddress:
    """An address that works: for whom it was given and when. ``digest`` is that of its token."""

    agency_id: AgencyId
    person_id: int
    digest: str
    given_at: datetime


def give(conn: Connection, address: CalendarAddress) -> None:
    """It works from now on, and the one before no more."""
    row = {name: getattr(address, name) for name in CalendarAddress.__dataclass_fields__}
    upsert(
        conn,
        table,
        [row],
        lambda offered: {"digest": offered["digest"], "given_at": offered["given_at"]},
    )


def of_person(conn: Connection, agency_id: AgencyId, person_id: int) -> CalendarAddress | None:
    """The address that somebody has; None for none."""
    return _one(conn, table.c.agency_id == agency_id, table.c.person_id == person_id)


def find(conn: Connection, digest: str) -> CalendarAddress | None:
    """The address of this token. A token is a door: it says itself whose agency it leads into."""
    return _one(conn, table.c.digest == digest)


def end(conn: Connection, agency_id: AgencyId, person_id: int) -> bool:
    """It works no more; False when there was none."""
    ended = conn.execute(delete(table).where(table.c.agency_id == agency_id, table.c.person_id == person_id))
    return ended.rowcount > 0


def revision(conn: Connection, agency_id: AgencyId, person_id: int) -> int:
    """How new the facts are by which this person was judged last; it never goes back."""
    found = conn.execute(
        select(standing.c.fact_seq).where(
            standing.c.agency_id == agency_id, standing.c.person_id == person_id
        )
    ).scalar()
    return int(found or 0)


def _one(conn: Connection, *where: ColumnElement[bool]) -> CalendarAddress | None:
    row = conn.execute(select(table).where(*where)).mappings().one_or_none()
    if row is None:
        return None
    return CalendarAddress(**{name: row[name] for name in CalendarAddress.__dataclass_fields__})
