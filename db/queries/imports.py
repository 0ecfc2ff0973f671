"""What has been imported before? Rows already here are left alone when a file comes a second time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from db import tables
from db.facts import TABLES, in_force_rows, kept_of
from db.records.courses import CourseOffering
from db.records.facts import (
    AgencyId,
    Assignment,
    Card,
    Completion,
    Credential,
    ImportBatch,
    Kept,
    Leave,
)
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


def batches(conn: Connection, agency_id: AgencyId, ids: Collection[int]) -> Mapping[int, Kept[ImportBatch]]:
    """Files that were imported, by the id of each."""
    if not ids:
        return {}
    rows = conn.execute(
        in_force_rows(ImportBatch, agency_id).where(tables.import_batch.c.id.in_(sorted(ids)))
    ).mappings()
    return {row["id"]: kept_of(ImportBatch, row) for row in rows}
