"""Which requests for training are there, what was done with each, and who had one before their eyes?"""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, func, select

from db import tables
from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.requests import KeptRequest, RequestAct, RequestLook, RequestStep, TrainingRequest

_request = tables.training_request
_step = tables.request_step
_look = tables.request_look
# A number of four figures is said in two breaths.
FIRST_NUMBER = 1001


def next_number(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next request of this agency has."""
    last = conn.execute(select(func.max(_request.c.number)).where(_request.c.agency_id == agency_id)).scalar()
    return int(last or FIRST_NUMBER - 1) + 1


def by_number(conn: Connection, agency_id: AgencyId, number: int) -> KeptRequest | None:
    """The request that people call by this number."""
    return next(iter(_kept(conn, agency_id, _request.c.number == number)), None)


def by_id(conn: Connection, agency_id: AgencyId, request_id: int) -> KeptRequest | None:
    """The request of this id; None outside the walls."""
    return next(iter(_kept(conn, agency_id, _request.c.id == request_id)), None)


def of_person(conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[KeptRequest, ...]:
    """Every request that is for somebody, the newest first."""
    return tuple(reversed(_kept(conn, agency_id, _request.c.person_id == person_id)))


def last_acts(conn: Connection, agency_id: AgencyId, acts: Collection[RequestAct]) -> tuple[KeptRequest, ...]:
    """Every request on which one of these was the last act, the one that was begun first in front."""
    last = (
        select(_step.c.request_id, func.max(_step.c.position).label("position"))
        .where(_step.c.agency_id == agency_id)
        .group_by(_step.c.request_id)
        .subquery()
    )
    there = (
        select(_step.c.request_id)
        .join(last, (last.c.request_id == _step.c.request_id) & (last.c.position == _step.c.position))
        .where(_step.c.agency_id == agency_id, _step.c.act.in_(sorted(acts)))
    )
    return _kept(conn, agency_id, _request.c.id.in_(there))


def begun_between(
    conn: Connection, agency_id: AgencyId, since: datetime, until: datetime
) -> tuple[KeptRequest, ...]:
    """Requests that came in from one instant on and before another, in the order of their numbers."""
    came = (_request.c.received_at >= since) & (_request.c.received_at < until)
    return _kept(conn, agency_id, came)


def looks_at(conn: Connection, agency_id: AgencyId, request_id: int) -> tuple[Kept[RequestLook], ...]:
    """Who had it before their eyes, in order."""
    rows = conn.execute(
        in_force_rows(RequestLook, agency_id).where(_look.c.request_id == request_id).order_by(_look.c.id)
    ).mappings()
    return tuple(kept_of(RequestLook, row) for row in rows)


def looks_of(
    conn: Connection, agency_id: AgencyId, request_ids: Collection[int]
) -> tuple[Kept[RequestLook], ...]:
    """Who had which of these before their eyes, in order."""
    rows = conn.execute(
        in_force_rows(RequestLook, agency_id)
        .where(_look.c.request_id.in_(sorted(request_ids)))
        .order_by(_look.c.id)
    ).mappings()
    return tuple(kept_of(RequestLook, row) for row in rows)


def _kept(conn: Connection, agency_id: AgencyId, which: ColumnElement[bool]) -> tuple[KeptRequest, ...]:
    rows = conn.execute(
        in_force_rows(TrainingRequest, agency_id).where(which).order_by(_request.c.number)
    ).mappings()
    found = [kept_of(TrainingRequest, row) for row in rows]
    if not found:
        return ()
    steps = dict(_steps(conn, agency_id, [each.id for each in found]))
    return tuple(KeptRequest(kept=each, steps=steps[each.id]) for each in found)


def _steps(
    conn: Connection, agency_id: AgencyId, ids: list[int]
) -> Iterator[tuple[int, tuple[Kept[RequestStep], ...]]]:
    rows = conn.execute(
        in_force_rows(RequestStep, agency_id)
        .where(_step.c.request_id.in_(ids))
        .order_by(_step.c.request_id, _step.c.position)
    ).mappings()
    kept = (kept_of(RequestStep, row) for row in rows)
    for request_id, steps in groupby(kept, key=lambda each: each.fact.request_id):
        yield request_id, tuple(steps)
