"""For which day was a summary made last, and for whom?"""

from sqlalchemy import Connection, func, select

from db.records.facts import AgencyId
from db.tables import notification


def last_window(conn: Connection, agency_id: AgencyId, person_id: int, subject: str) -> str:
    """For which day or instant something of this subject was planned last; empty for never."""
    found = conn.execute(
        select(func.max(notification.c.window)).where(
            notification.c.agency_id == agency_id,
            notification.c.person_id == person_id,
            notification.c.subject == subject,
        )
    ).scalar()
    return found or ""
