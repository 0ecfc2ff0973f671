"""Which classes are on the calendar, and which of them do people hold a seat in?"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from db import tables
from db.facts import in_force, in_force_rows, kept_of
from db.records.courses import CourseOffering
from db.records.facts import AgencyId, Kept
from db.records.requests import RequestAct

_offering = tables.course_offering
_step = tables.request_step
# The first class of an agency.
FIRST_NUMBER = 1
# Acts after which a request holds a seat or holds none any more; every other act leaves that as it was.
SEAT_ACTS = (
    RequestAct.SEATED,
    RequestAct.SUBMITTED,
    RequestAct.DENIED,
    RequestAct.WITHDRAWN,
    RequestAct.CLASS_CANCELLED,
)


def next_number(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next class of this agency has; one that was withdrawn keeps its own."""
    last = conn.execute(
        select(func.max(_offering.c.number)).where(_offering.c.agency_id == agency_id)
    ).scalar()
    return int(last or FIRST_NUMBER - 1) + 1


def by_numbers(
    conn: Connection, agency_id: AgencyId, numbers: Collection[int], known_at: int | None = None
) -> tuple[Kept[CourseOffering], ...]:
    """The classes that people call by these numbers, as they were last corrected, in the order of their numbers."""
    found = _kept(conn, agency_id, _offering.c.number.in_(sorted(numbers)), known_at)
    return tuple(sorted(found, key=lambda each: each.fact.number))


def ending_from(
    conn: Connection, agency_id: AgencyId, day: date, known_at: int | None = None
) -> tuple[Kept[CourseOffering], ...]:
    """Every class that is not over before a day, the one that begins first in front; cancelled ones too."""
    return _kept(conn, agency_id, _offering.c.ends_on >= day, known_at)


def named(conn: Connection, agency_id: AgencyId, refs: Sequence[str]) -> tuple[Kept[CourseOffering], ...]:
    """The classes that another calendar has under these numbers of its own."""
    return _kept(conn, agency_id, _offering.c.ref.in_(refs))


def held(conn: Connection, agency_id: AgencyId) -> tuple[int, ...]:
    """The number of the class for each seat that a request holds now; a class comes once for each."""
    last = (
        select(_step.c.request_id, func.max(_step.c.position).label("position"))
        .where(in_force(_step, agency_id), _step.c.act.in_([each.value for each in SEAT_ACTS]))
        .group_by(_step.c.request_id)
        .subquery()
    )
    bodies = conn.execute(
        select(_step.c.body)
        .join(last, (last.c.request_id == _step.c.request_id) & (last.c.position == _step.c.position))
        .where(in_force(_step, agency_id), _step.c.act == RequestAct.SEATED.value)
    ).scalars()
    return tuple(body["offering"] for body in bodies)


def _kept(
    conn: Connection, agency_id: AgencyId, which: ColumnElement[bool], known_at: int | None = None
) -> tuple[Kept[CourseOffering], ...]:
    rows = conn.execute(
        in_force_rows(CourseOffering, agency_id, known_at)
        .where(which)
        .order_by(_offering.c.starts_on, _offering.c.number)
    ).mappings()
    return tuple(kept_of(CourseOffering, row) for row in rows)
