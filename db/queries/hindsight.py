"""What has become known about a person's completions since a place in the agency's sequence?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from db import tables
from db.records.facts import AgencyId

_JUDGED_BESIDE = (
    tables.assignment,
    tables.card,
    tables.credential,
    tables.employment,
    tables.exemption,
    tables.leave,
)


@dataclass(frozen=True, slots=True)
class Hindsight:
    """``recorded_later``: completions of days up to the one asked about that came on file after it was read.
    ``changed``: completions that were on file then and have been corrected, withdrawn or moved since. ``others``: rows
    of any other kind that judging looks at."""

    recorded_later: int = 0
    changed: int = 0
    others: int = 0


def hindsight(conn: Connection, agency_id: AgencyId, person_id: int, day: date, known_at: int) -> Hindsight:
    """What came to light about one person; each completion counts once, however often it was corrected since."""
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
    recorded_later = sum(completed_on <= day for completed_on in new.values())
    return Hindsight(recorded_later, changed, _others(conn, agency_id, person_id, known_at))


def _others(conn: Connection, agency_id: AgencyId, person_id: int, known_at: int) -> int:
    counts = [
        select(func.count())
        .where(table.c.agency_id == agency_id, table.c.person_id == person_id, table.c.seq > known_at)
        .scalar_subquery()
        for table in _JUDGED_BESIDE
    ]
    return int(sum(conn.execute(select(*counts)).one()))
