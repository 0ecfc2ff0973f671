"""What did one person's file say at a place of the sequence, and what has become of each row since?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from db import tables
from db.facts import in_force_rows, kept_of
from db.records.facts import AgencyId, Completion, Kept


@dataclass(frozen=True, slots=True)
class LaterRow:
    """The row that took a completion's place afterwards. ``withdrawn``: it took it back; ``moved``: to another file."""

    id: int
    recorded_at: datetime
    withdrawn: bool
    moved: bool


@dataclass(frozen=True, slots=True)
class KnownCompletion:
    """A completion as it was in force. ``first_id`` is the row it began as: corrections of one class share it."""

    kept: Kept[Completion]
    first_id: int
    later: LaterRow | None


def completions_known(
    conn: Connection, agency_id: AgencyId, person_id: int, known_at: int
) -> tuple[KnownCompletion, ...]:
    """Everything on the person's file at that place, by day and then by id, in two statements."""
    table = tables.completion
    mine = in_force_rows(Completion, agency_id, known_at).where(table.c.person_id == person_id)
    rows = conn.execute(mine.order_by(table.c.completed_on, table.c.id)).mappings().all()
    later = table.alias()
    link = (
        later.c.id,
        later.c.recorded_at,
        later.c.replaces_id,
        later.c.void,
        later.c.person_id,
    )
    # What replaces a row of this person's, whosever it is now, and which rows this person's own replace.
    replacing = select(*link).join(table, later.c.replaces_id == table.c.id)
    replacing = replacing.where(table.c.agency_id == agency_id, table.c.person_id == person_id)
    own = select(*link).where(
        later.c.agency_id == agency_id, later.c.person_id == person_id, later.c.replaces_id.is_not(None)
    )
    links = conn.execute(replacing.union(own)).mappings().all()
    before: dict[int, int] = {}
    after: dict[int, LaterRow] = {}
    for each in links:
        before[each["id"]] = each["replaces_id"]
        after[each["replaces_id"]] = LaterRow(
            id=each["id"],
            recorded_at=each["recorded_at"],
            withdrawn=each["void"],
            moved=each["person_id"] != person_id,
        )
    return tuple(
        KnownCompletion(kept_of(Completion, row), _first(row["id"], before), after.get(row["id"]))
        for row in rows
    )


def _first(row_id: int, before: dict[int, int]) -> int:
    while row_id in before:
        row_id = before[row_id]
    return row_id
