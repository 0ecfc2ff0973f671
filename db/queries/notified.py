"""What was somebody to be told, on which occasion, and what does the log say became of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.records.facts import AgencyId
from db.tables import message, notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """One step of one duty, and the message that said it; None where it was decided that nothing is said."""

    subject: str
    due: str
    step: str
    message_id: str | None
    planned_at: datetime


def of_kind(conn: Connection, agency_id: AgencyId, person_id: int, kind: str) -> tuple[Notified, ...]:
    """Everything of this kind that was planned for somebody, the newest first."""
    rows = conn.execute(
        select(notification)
        .join(message, message.c.message_id == notification.c.message_id)
        .where(
            notification.c.agency_id == agency_id,
            notification.c.person_id == person_id,
            message.c.agency_id == agency_id,
            message.c.kind == kind,
        )
        .order_by(notification.c.planned_at.desc(), notification.c.subject)
    ).mappings()
    return tuple(
        Notified(
            subject=row["subject"],
            due=row["due"],
            step=row["step"],
            message_id=row["message_id"],
            planned_at=row["planned_at"],
        )
        for row in rows
    )


def subjects(notified: Sequence[Notified]) -> tuple[str, ...]:
    """The duties that were spoken of, each once."""
    return tuple(dict.fromkeys(each.subject for each in notified))


def is_told(conn: Connection, agency_id: AgencyId, subject: str) -> bool:
    """Whether anybody was told of something that everybody concerned is told of at once."""
    found = select(notification.c.planned_at).where(
        notification.c.agency_id == agency_id, notification.c.subject == subject
    )
    return conn.execute(found.limit(1)).first() is not None


def planned_at(conn: Connection, agency_id: AgencyId, person_id: int, subject: str) -> tuple[datetime, ...]:
    """When something was planned to be said to somebody about this subject, in order."""
    rows = conn.execute(
        select(notification.c.planned_at)
        .where(
            notification.c.agency_id == agency_id,
            notification.c.person_id == person_id,
            notification.c.subject == subject,
            notification.c.message_id.is_not(None),
        )
        .order_by(notification.c.planned_at)
    )
    return tuple(rows.scalars())


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
