"""Which agency does a door belong to, and how is an agency set up?"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, exists, or_, select

from db import tables
from db.errors import UnknownAgencyError
from db.facts import TABLES, in_force_rows, kept_of
from db.records.facts import (
    Agency,
    AgencyId,
    AgencyPack,
    ContentDisposal,
    ContentHold,
    ContentHoldLift,
    ContentItem,
    ContentQuarantine,
    ContentTombstone,
    Disclosure,
    Door,
    Kept,
    OpeningSeen,
    RecordOpening,
    Unit,
)
from db.records.lateral import IntakeRequest, IntakeTaken, RecordRelease, ReleaseWord
from db.records.shifts import ShiftPattern, WorkSpan
from db.records.tickets import Ticket, TicketAnswer, TicketAnswerShown
from db.tables.base import IDS_PER_AGENCY


def at_door(conn: Connection, channel: str, address: str) -> AgencyId | None:
    """The agency behind a door: the one question without a scope, because its answer is the scope. None when
    no agency or more than one claims it."""
    table = tables.door
    later = table.alias()
    claims = conn.execute(
        select(table.c.agency_id)
        .distinct()
        .where(
            table.c.channel == channel,
            table.c.address == address,
            table.c.void.is_(False),
            ~exists().where(later.c.replaces_id == table.c.id),
        )
    ).scalars()
    agencies_behind = list(claims)
    return AgencyId(agencies_behind[0]) if len(agencies_behind) == 1 else None


def agencies(conn: Connection) -> tuple[AgencyId, ...]:
    """Every agency of this installation, for the scheduler's sweep and for checks; never for an answer."""
    numbers = conn.execute(
        select(tables.chain_head.c.agency_id).order_by(tables.chain_head.c.agency_id)
    ).scalars()
    return tuple(AgencyId(number) for number in numbers)


def agency(conn: Connection, agency_id: AgencyId, *, known_at: int | None = None) -> Kept[Agency]:
    """The agency's own name and zone. UnknownAgencyError when there is none."""
    row = conn.execute(in_force_rows(Agency, agency_id, known_at)).mappings().first()
    if row is None:
        raise UnknownAgencyError(agency_id)
    return kept_of(Agency, row)


def packs_on(
    conn: Connection, agency_id: AgencyId, day: date, *, known_at: int | None = None
) -> tuple[str, ...]:
    """Packs that the agency is judged by on a day, in the order they were taken up."""
    table = tables.agency_pack
    statement = (
        in_force_rows(AgencyPack, agency_id, known_at)
        .where(table.c.starts_on <= day, or_(table.c.ends_on.is_(None), table.c.ends_on >= day))
        .order_by(table.c.starts_on, table.c.id)
    )
    return tuple(row["pack"] for row in conn.execute(statement).mappings())


def packs(
    conn: Connection, agency_id: AgencyId, *, known_at: int | None = None
) -> tuple[Kept[AgencyPack], ...]:
    """Every pack the agency ever took up, in that order."""
    table = tables.agency_pack
    statement = in_force_rows(AgencyPack, agency_id, known_at).order_by(table.c.starts_on, table.c.id)
    return tuple(kept_of(AgencyPack, row) for row in conn.execute(statement).mappings())


def units(conn: Connection, agency_id: AgencyId, *, known_at: int | None = None) -> tuple[Kept[Unit], ...]:
    """The agency's units by name; a unit's place in the tree is its ``parent_unit_id``."""
    table = tables.unit
    statement = in_force_rows(Unit, agency_id, known_at).order_by(table.c.name, table.c.id)
    return tuple(kept_of(Unit, row) for row in conn.execute(statement).mappings())


def doors(conn: Connection, agency_id: AgencyId) -> tuple[Kept[Door], ...]:
    """The agency's own doors."""
    statement = in_force_rows(Door, agency_id).order_by(tables.door.c.id)
    return tuple(kept_of(Door, row) for row in conn.execute(statement).mappings())


def head_seq(conn: Connection, agency_id: AgencyId) -> int:
    """The agency's last sequence number: the ``known_at`` that stands for this snapshot."""
    head = tables.chain_head
    seq: int | None = conn.execute(
        select(head.c.seq).where(head.c.agency_id == agency_id)
    ).scalar_one_or_none()
    if seq is None:
        raise UnknownAgencyError(agency_id)
    return seq


# What people said to Rollcall, who may see whom, and who works when is no knowledge about anybody's training, and may
# be stamped by another clock.
_NO_KNOWLEDGE = (
    ContentItem,
    ContentQuarantine,
    ContentHold,
    ContentHoldLift,
    ContentDisposal,
    ContentTombstone,
    Disclosure,
    IntakeRequest,
    IntakeTaken,
    OpeningSeen,
    RecordOpening,
    RecordRelease,
    ReleaseWord,
    ShiftPattern,
    Ticket,
    TicketAnswer,
    TicketAnswerShown,
    WorkSpan,
)


def seq_at(conn: Connection, agency_id: AgencyId, at: datetime) -> int:
    """The ``known_at`` that stands for an instant: the last sequence number recorded at or before it, 0 before the
    first.

    Where a clock was set back between two transactions, the later sequence wins: whoever wrote at 10:05 after a
    neighbor's 12:00 knew both, so 10:05 stands for both.
    """
    head = tables.chain_head
    recorded = [
        _last_recorded(table, table.c.recorded_at <= at, agency_id)
        for kind, table in TABLES.items()
        if kind not in _NO_KNOWLEDGE
    ]
    row = conn.execute(select(head.c.seq, *recorded).where(head.c.agency_id == agency_id)).one_or_none()
    if row is None:
        raise UnknownAgencyError(agency_id)
    return max((seq for seq in row[1:] if seq is not None), default=0)


def _last_recorded(table: Table, in_time: ColumnElement[bool], agency_id: AgencyId) -> ColumnElement[int]:
    """Read backwards along the key, which is agency and sequence: it costs what was recorded since."""
    first = agency_id * IDS_PER_AGENCY
    return (
        select(table.c.seq)
        .where(table.c.id > first, table.c.id < first + IDS_PER_AGENCY, in_time)
        .order_by(table.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
