"""Who answers for whom, and who may do what, at one instant? Circular lines end instead of looping."""

from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Table, bindparam, or_, select

from db import tables
from db.facts import SCOPE, THEN, in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept, ReportingLine, Role, RoleGrant

_line = tables.reporting_line
_AT: BindParameter[datetime] = bindparam("at", type_=_line.c.valid_from.type)


def is_below(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    supervisor_id: int,
    at: datetime,
    *,
    known_at: int | None = None,
) -> bool:
    """Whether the supervisor is anywhere up this person's line. Nobody is below themselves."""
    if person_id == supervisor_id:
        return False
    asked = {"agency_id": agency_id, "person_id": person_id, "at": at, "known_at": known_at}
    return any(
        row.supervisor_id == supervisor_id for row in conn.execute(_above(known_at is not None), asked)
    )


def people_below(
    conn: Connection, agency_id: AgencyId, supervisor_id: int, at: datetime, *, known_at: int | None = None
) -> frozenset[int]:
    """Everybody down this supervisor's line, never the supervisor."""
    asked = {"agency_id": agency_id, "supervisor_id": supervisor_id, "at": at, "known_at": known_at}
    return frozenset(conn.execute(_below(known_at is not None), asked).scalars()) - {supervisor_id}


def lines_at(conn: Connection, agency_id: AgencyId, at: datetime) -> dict[int, Kept[ReportingLine]]:
    """Everybody's own supervisor and unit at an instant, for boards and rosters."""
    statement = (
        select(_line).where(_in_force_at(_line, agency_id, at)).order_by(_line.c.valid_from, _line.c.id)
    )
    return {row["person_id"]: kept_of(ReportingLine, row) for row in conn.execute(statement).mappings()}


def holders_of(conn: Connection, agency_id: AgencyId, role: Role, at: datetime) -> tuple[int, ...]:
    """Everybody who holds a role at an instant."""
    grant = tables.role_grant
    statement = (
        select(grant.c.person_id)
        .distinct()
        .where(_in_force_at(grant, agency_id, at), grant.c.role == role.value)
        .order_by(grant.c.person_id)
    )
    return tuple(conn.execute(statement).scalars())


def role_grants(conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[Kept[RoleGrant], ...]:
    """Every grant of a role to a person, past and to come: what ending a role needs."""
    grant = tables.role_grant
    statement = in_force_rows(RoleGrant, agency_id).where(grant.c.person_id == person_id).order_by(grant.c.id)
    return tuple(kept_of(RoleGrant, row) for row in conn.execute(statement).mappings())


def _in_force_at(
    table: Table,
    agency_id: AgencyId | BindParameter[int],
    at: datetime | BindParameter[datetime],
    known_at: int | BindParameter[int] | None = None,
) -> ColumnElement[bool]:
    return (
        in_force(table, agency_id, known_at)
        & (table.c.valid_from <= at)
        & or_(table.c.valid_to.is_(None), table.c.valid_to > at)
    )


@cache
def _above(then: bool) -> Select[tuple[int, int]]:
    """The line upwards from somebody, as it stands now or stood then."""
    valid = _in_force_at(_line, SCOPE, _AT, THEN if then else None) & _line.c.supervisor_id.is_not(None)
    step = select(_line.c.person_id, _line.c.supervisor_id)
    above = step.where(valid, _line.c.person_id == bindparam("person_id")).cte(recursive=True)
    above = above.union(step.join(above, _line.c.person_id == above.c.supervisor_id).where(valid))
    return select(above.c.person_id, above.c.supervisor_id)


@cache
def _below(then: bool) -> Select[int]:
    """Everybody down somebody's line. UNION keeps each person once, which is what ends a circle."""
    valid = _in_force_at(_line, SCOPE, _AT, THEN if then else None)
    step = select(_line.c.person_id)
    below = step.where(valid, _line.c.supervisor_id == bindparam("supervisor_id")).cte(recursive=True)
    below = below.union(step.join(below, _line.c.supervisor_id == below.c.person_id).where(valid))
    return select(below.c.person_id)
