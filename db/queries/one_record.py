"""What is behind one completion: the row itself, what it replaced, what replaced it, and the file it came in."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from db import tables
from db.facts import kept_of
from db.queries.evaluation import completion
from db.records.facts import AgencyId, Completion, ImportBatch, Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBehind:
    """One completion as it was kept. ``withdrawn``: what came after it took it back instead of putting it right."""

    kept: Kept[Completion]
    before: Kept[Completion] | None
    after: Kept[Completion] | None
    withdrawn: bool


def record_behind(
    conn: Connection, agency_id: AgencyId, completion_id: int, *, known_at: int | None = None
) -> RecordBehind | None:
    """The completion with its neighbours; None outside the walls, for the row that says a withdrawal, and for one that
    was not on file yet."""
    kept = completion(conn, agency_id, completion_id)
    if kept is None or (known_at is not None and kept.seq > known_at):
        return None
    before = None if kept.replaces_id is None else completion(conn, agency_id, kept.replaces_id)
    table = tables.completion
    later = (
        conn.execute(select(table).where(table.c.agency_id == agency_id, table.c.replaces_id == kept.id))
        .mappings()
        .one_or_none()
    )
    if later is not None and known_at is not None and later["seq"] > known_at:
        later = None
    after = None if later is None else kept_of(Completion, later)
    return RecordBehind(
        kept=kept, before=before, after=after, withdrawn=later is not None and bool(later["void"])
    )


def batch_of(
    conn: Connection, agency_id: AgencyId, kept: Kept[Completion], kind: str
) -> Kept[ImportBatch] | None:
    """The import of this kind that the completion came in: its entry closes the same transaction."""
    table = tables.import_batch
    statement = (
        select(table)
        .where(
            table.c.agency_id == agency_id,
            table.c.kind == kind,
            table.c.seq > kept.seq,
            table.c.recorded_at == kept.recorded_at,
        )
        .order_by(table.c.seq)
        .limit(1)
    )
    row = conn.execute(statement).mappings().one_or_none()
    return None if row is None else kept_of(ImportBatch, row)
