"""Why was something said: for whom was a message planned under a name, step by step, and how many were there?"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from db.records.facts import AgencyId
from db.records.ledger import Occasion, Planned
from db.tables import message, notification

_KEY = ("agency_id", "person_id", "subject", "window", "due", "episode", "step")


def planned_for(conn: Connection, agency_id: AgencyId, subject: str, step: str) -> tuple[Planned, ...]:
    """For whom something was planned under this name and step, in order."""
    here = (notification.c.subject == subject) & (notification.c.step == step)
    return _planned(conn, agency_id, here)


def planned_of(conn: Connection, agency_id: AgencyId, subject: str, begins: str) -> tuple[Planned, ...]:
    """The same for every step that begins like this."""
    here = (notification.c.subject == subject) & notification.c.step.startswith(begins, autoescape=True)
    return _planned(conn, agency_id, here)


def _planned(conn: Connection, agency_id: AgencyId, here: ColumnElement[bool]) -> tuple[Planned, ...]:
    rows = conn.execute(
        select(notification)
        .where(notification.c.agency_id == agency_id, here)
        .order_by(notification.c.planned_at, notification.c.episode)
    ).mappings()
    return tuple(
        Planned(
            occasion=Occasion(**{name: row[name] for name in _KEY}),
            message_id=row["message_id"],
            planned_at=row["planned_at"],
        )
        for row in rows
    )


def said_since(
    conn: Connection, agency_id: AgencyId, person_id: int, subject: str, kind: str, since: datetime
) -> int:
    """How many messages of this kind were planned for somebody under this name since then."""
    statement = (
        select(func.count(message.c.message_id.distinct()))
        .join(notification, notification.c.message_id == message.c.message_id)
        .where(
            notification.c.agency_id == agency_id,
            notification.c.person_id == person_id,
            notification.c.subject == subject,
            notification.c.planned_at >= since,
            message.c.kind == kind,
        )
    )
    return int(conn.execute(statement).scalar_one())
