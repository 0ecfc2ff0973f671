"""What has become known about a person's completions since a place in the agency's sequence?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from db import tables
from db.records.facts import AgencyId


@dataclass(frozen=True, slots=True)
class Hindsight:
    """``recorded_later``: completions of days up to the one asked about that came on file after it was read.
    ``changed``: completions that were on file then and have been corrected, withdrawn or moved since."""

    recorded_later: int = 0
    changed: int = 0


def hindsight(conn: Connection, agency_id: AgencyId, person_id: int, day: date, known_at: int) -> Hindsight:
    """Both counts for one person; each completion counts once, however often it was corrected since."""
    later, earlier = tables.completion, tables.completion.alias()
    statement = (
        select(
            later.c.id,
            later.c.person_id,
            later.c.completed_on,
            later.c.void,
            later.c.replaces_id,
            earlier.c.seq.label("earlier_seq"),
            earlier.c.person_id.label("earlier_person_id"),
        )
        .select_from(later.outerjoin(earlier, earlier.c.id == later.c.replaces_id))
        .where(
            later.c.agency_id == agency_id,
            later.c.seq > known_at,
            or_(later.c.person_id == person_id, earlier.c.person_id == person_id),
        )
        .order_by(later.c.id)
    )
    # Whether the completion behind a row was this person's when the file was read, by the row's id.
    was_known: dict[int, bool] = {}
    changed = 0
    new: dict[int, date] = {}
    for row in conn.execute(statement):
        if row.replaces_id is None:
            was_known[row.id] = False
        elif row.earlier_seq <= known_at:
            was_known[row.id] = row.earlier_person_id == person_id
            changed += was_known[row.id]
        else:
            was_known[row.id] = was_known.get(row.replaces_id, False)
        new.pop(row.replaces_id, None)
        if row.person_id == person_id and not row.void and not was_known[row.id]:
            new[row.id] = row.completed_on
    return Hindsight(sum(completed_on <= day for completed_on in new.values()), changed)
