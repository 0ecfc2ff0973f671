"""Who may be written to at this moment? Whoever the agency employs; separation ends messages at its time."""

from datetime import datetime

from sqlalchemy import Connection

from db.queries.context import ByPerson, context
from db.records.facts import AgencyId
from training.asking import serves_on
from training.office import local_day


def may_be_written_to(conn: Connection, agency_id: AgencyId, person_id: int, now: datetime) -> bool:
    """Whether this person is with the agency at this instant."""
    found = context(conn, agency_id, ByPerson(person_id), "", now, fixed=True)
    return found is not None and serves_on(found, local_day(now, found.time_zone))
