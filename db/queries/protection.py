"""Who is in a protected assignment, to whom were they disclosed by name, and which records stand open for a while?"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, Text, cast, exists, or_, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept, RecordOpening

# Marks any kind of assignment as protected: the canonical text of {"protected": true} inside its details.
PROTECTED_DETAIL = '"protected":true'


def protected_people(
    conn: Connection, agency_id: AgencyId, day: date, kinds: Collection[str]
) -> frozenset[int]:
    """Everybody whose assignment is protected on a day, by its kind or by a mark of its own."""
    table = tables.assignment
    marked = cast(table.c.details, Text).like(f"%{PROTECTED_DETAIL}%")
    statement = (
        select(table.c.person_id)
        .distinct()
        .where(
            in_force(table, agency_id),
            or_(table.c.starts_on.is_(None), table.c.starts_on <= day),
            or_(table.c.ends_on.is_(None), table.c.ends_on >= day),
            or_(table.c.kind.in_(sorted(kinds)), marked),
        )
    )
    return frozenset(conn.execute(statement).scalars())


def disclosed_to(conn: Connection, agency_id: AgencyId, viewer_id: int, at: datetime) -> frozenset[int]:
    """Protected people whom a decision shows to this viewer at an instant."""
    table = tables.disclosure
    statement = select(table.c.person_id).where(
        in_force(table, agency_id),
        table.c.viewer_id == viewer_id,
        table.c.valid_from <= at,
        or_(table.c.valid_to.is_(None), table.c.valid_to > at),
    )
    return frozenset(conn.execute(statement).scalars())


def openings_of(
    conn: Connection, agency_id: AgencyId, viewer_id: int, at: datetime
) -> tuple[Kept[RecordOpening], ...]:
    """Records that stand open to this viewer at an instant."""
    table = tables.record_opening
    statement = (
        in_force_rows(RecordOpening, agency_id)
        .where(table.c.viewer_id == viewer_id, table.c.valid_from <= at, table.c.valid_to > at)
        .order_by(table.c.id)
    )
    return tuple(kept_of(RecordOpening, row) for row in conn.execute(statement).mappings())


def unseen_openings(conn: Connection, agency_id: AgencyId) -> tuple[Kept[RecordOpening], ...]:
    """Openings that no custodian has signed yet, oldest first, also those that ended long ago."""
    table, seen = tables.record_opening, tables.opening_seen
    signed = exists().where(in_force(seen, agency_id), seen.c.opening_id == table.c.id)
    statement = in_force_rows(RecordOpening, agency_id).where(~signed).order_by(table.c.id)
    return tuple(kept_of(RecordOpening, row) for row in conn.execute(statement).mappings())
