"""When do people work, as far as it is on file: spans, cycles, leaves, and the units they are in?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept, Leave, ReportingLine
from db.records.shifts import ShiftPattern, WorkSpan

_span = tables.work_span
_pattern = tables.shift_pattern
_line = tables.reporting_line


def spans(
    conn: Connection,
    agency_id: AgencyId,
    person_ids: Sequence[int],
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Kept[WorkSpan], ...]:
    """The single spans of these people that begin at or after ``since`` and before ``until``, in that order."""
    statement = in_force_rows(WorkSpan, agency_id).where(_span.c.person_id.in_(person_ids))
    if since is not None:
        statement = statement.where(_span.c.starts_at >= since)
    if until is not None:
        statement = statement.where(_span.c.starts_at < until)
    rows = conn.execute(statement.order_by(_span.c.starts_at, _span.c.id)).mappings()
    return tuple(kept_of(WorkSpan, row) for row in rows)


def named_spans(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int], refs: Sequence[str]
) -> tuple[Kept[WorkSpan], ...]:
    """The spans of these people that a calendar has under these numbers of its own."""
    statement = in_force_rows(WorkSpan, agency_id).where(
        _span.c.person_id.in_(person_ids), _span.c.ref.in_(refs)
    )
    return tuple(kept_of(WorkSpan, row) for row in conn.execute(statement.order_by(_span.c.id)).mappings())


def any_span_begins(conn: Connection, agency_id: AgencyId, since: datetime, until: datetime) -> bool:
    """Whether a single span of anybody here begins at or after the one instant and before the other."""
    begins = select(_span.c.id).where(
        in_force(_span, agency_id), _span.c.starts_at >= since, _span.c.starts_at < until
    )
    return conn.execute(begins.limit(1)).first() is not None


def every_pattern(conn: Connection, agency_id: AgencyId) -> tuple[ShiftPattern, ...]:
    """Every cycle of anybody and of any unit."""
    rows = conn.execute(in_force_rows(ShiftPattern, agency_id).order_by(_pattern.c.id)).mappings()
    return tuple(kept_of(ShiftPattern, row).fact for row in rows)


def patterns(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]
) -> tuple[Kept[ShiftPattern], ...]:
    """The cycles of these people, and those of every unit."""
    statement = in_force_rows(ShiftPattern, agency_id).where(
        or_(_pattern.c.person_id.in_(person_ids), _pattern.c.unit_id.is_not(None))
    )
    rows = conn.execute(statement.order_by(_pattern.c.id)).mappings()
    return tuple(kept_of(ShiftPattern, row) for row in rows)


def lines(
    conn: Connection, agency_id: AgencyId, person_ids: Sequence[int], since: datetime
) -> tuple[Kept[ReportingLine], ...]:
    """In which units these people are from an instant on, and under whom."""
    statement = (
        select(_line)
        .where(
            in_force(_line, agency_id),
            _line.c.person_id.in_(person_ids),
            or_(_line.c.valid_to.is_(None), _line.c.valid_to > since),
        )
        .order_by(_line.c.valid_from, _line.c.id)
    )
    return tuple(kept_of(ReportingLine, row) for row in conn.execute(statement).mappings())


def leaves(conn: Connection, agency_id: AgencyId, person_ids: Sequence[int]) -> tuple[Leave, ...]:
    """Every leave of these people."""
    statement = (
        in_force_rows(Leave, agency_id)
        .where(tables.leave.c.person_id.in_(person_ids))
        .order_by(tables.leave.c.id)
    )
    return tuple(kept_of(Leave, row).fact for row in conn.execute(statement).mappings())
