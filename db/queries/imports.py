"""What has been imported before? Rows already here are left alone when a file comes a second time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from db import tables
from db.facts import TABLES
from db.records.courses import CourseOffering
from db.records.facts import AgencyId, Assignment, Card, Completion, Credential, Leave
from db.records.shifts import ShiftPattern, WorkSpan

Importable = (
    type[Completion]
    | type[Card]
    | type[Leave]
    | type[Assignment]
    | type[Credential]
    | type[WorkSpan]
    | type[ShiftPattern]
    | type[CourseOffering]
)


def source_keys(
    conn: Connection, agency_id: AgencyId, kind: Importable, person_ids: Sequence[int] | None = None
) -> frozenset[str]:
    """Keys of rows that came in by an import, those corrected or withdrawn since included: they do not come
    back."""
    table = TABLES[kind]
    statement = select(table.c.source_key).where(
        table.c.agency_id == agency_id, table.c.source_key.is_not(None)
    )
    if person_ids is not None:
        statement = statement.where(table.c.person_id.in_(person_ids))
    return frozenset(conn.execute(statement).scalars())


def last_imported_at(conn: Connection, agency_id: AgencyId, kind: str) -> datetime | None:
    """When a file of this kind was last imported; None when none ever was."""
    table = tables.import_batch
    statement = select(func.max(table.c.recorded_at)).where(
        table.c.agency_id == agency_id, table.c.kind == kind
    )
    found: datetime | None = conn.execute(statement).scalar_one()
    return found
