"""What was done, by whom and about whom? Read here; written only through the unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Text, cast, or_, select

from db.errors import UnknownAgencyError
from db.records.audit import AuditEntry, ChainHead
from db.records.facts import AgencyId
from db.tables import audit_entry as table
from db.tables import chain_head as head

# Where the entry of a list names the people it showed: ids in order.
PEOPLE_SHOWN = "people_shown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the chain: up to and including the position ``last``, written from ``start`` on and before ``end``.
    What is None bounds nothing."""

    last: int | None = None
    start: datetime | None = None
    end: datetime | None = None

    def bounds(self) -> list[ColumnElement[bool]]:
        """The same as conditions on an entry."""
        return [
            *([] if self.last is None else [table.c.position <= self.last]),
            *([] if self.start is None else [table.c.at >= self.start]),
            *([] if self.end is None else [table.c.at < self.end]),
        ]


WHOLE = Stretch()


def entries(
    conn: Connection,
    agency_id: AgencyId,
    *,
    subject_id: int | None = None,
    tags: Sequence[str] | None = None,
    within: Stretch = WHOLE,
    limit: int = 100,
) -> tuple[AuditEntry, ...]:
    """Entries about a person, of some tags, or all; newest first."""
    statement = select(table).where(table.c.agency_id == agency_id, *within.bounds())
    if subject_id is not None:
        statement = statement.where(table.c.subject_id == subject_id)
    if tags is not None:
        statement = statement.where(table.c.tag.in_([str(tag) for tag in tags]))
    return _newest(conn, statement, limit)


def exchanges(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    channel: str,
    tag: str,
    *,
    before: int | None,
    limit: int,
) -> tuple[AuditEntry, ...]:
    """What one person asked on one channel, by the tag of a question, before a place in the sequence; newest first."""
    statement = select(table).where(
        table.c.agency_id == agency_id,
        table.c.subject_id == person_id,
        table.c.actor_id == person_id,
        table.c.channel == channel,
        table.c.tag == str(tag),
    )
    if before is not None:
        statement = statement.where(table.c.seq < before)
    return _newest(conn, statement, limit)


def views_of(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    tags: Sequence[str],
    *,
    lists: Sequence[str] = (),
    within: Stretch = WHOLE,
    limit: int = 50,
) -> tuple[AuditEntry, ...]:
    """Who saw this person's record: entries of the viewing tags by anybody else, newest first.

    A list is one entry however many people it showed; those are found among the entries of the tags in ``lists``,
    which an index on the tag keeps apart, by the person's number in their text. Ids of one agency have one length, and
    what the text promises is compared once more as numbers.
    """
    by_somebody_else = or_(table.c.actor_id.is_(None), table.c.actor_id != person_id)
    alone = select(table).where(
        table.c.agency_id == agency_id,
        table.c.subject_id == person_id,
        table.c.tag.in_([str(tag) for tag in tags]),
        by_somebody_else,
        *within.bounds(),
    )
    found = _newest(conn, alone, limit)
    if lists:
        among = select(table).where(
            table.c.agency_id == agency_id,
            table.c.tag.in_([str(tag) for tag in lists]),
            cast(table.c.data, Text).like(f"%{person_id}%"),
            by_somebody_else,
            *within.bounds(),
        )
        showed = [
            each for each in _newest(conn, among, limit) if person_id in each.data.get(PEOPLE_SHOWN, ())
        ]
        found = tuple(sorted((*found, *showed), key=lambda each: -each.position)[:limit])
    return found


def position_at(conn: Connection, agency_id: AgencyId, at: datetime) -> int:
    """The last position written at or before an instant, 0 before the first; what stands before it was there by then,
    whatever its clock said. Read backwards: it costs what was written since."""
    statement = (
        select(table.c.position)
        .where(table.c.agency_id == agency_id, table.c.at <= at)
        .order_by(table.c.position.desc())
        .limit(1)
    )
    return conn.execute(statement).scalar_one_or_none() or 0


def after(conn: Connection, agency_id: AgencyId, position: int, *, limit: int) -> tuple[AuditEntry, ...]:
    """What was written after a position of the chain, oldest first; 0 is before the first entry."""
    statement = (
        select(table)
        .where(table.c.agency_id == agency_id, table.c.position > position)
        .order_by(table.c.position)
        .limit(limit)
    )
    return tuple(entry_of(row) for row in conn.execute(statement).mappings())


def chain_head(conn: Connection, agency_id: AgencyId) -> ChainHead:
    """Count and hash that an anchor outside the database keeps."""
    row = conn.execute(select(head).where(head.c.agency_id == agency_id)).one_or_none()
    if row is None:
        raise UnknownAgencyError(agency_id)
    return ChainHead(seq=row.seq, entries=row.entries, hash=row.hash)


def entry_of(row: RowMapping) -> AuditEntry:
    """An entry from a row of its table."""
    return AuditEntry(**{name: row[name] for name in AuditEntry.__dataclass_fields__})


def _newest(conn: Connection, statement: Select[tuple[object, ...]], limit: int) -> tuple[AuditEntry, ...]:
    rows = conn.execute(statement.order_by(table.c.position.desc()).limit(limit)).mappings()
    return tuple(entry_of(row) for row in rows)
