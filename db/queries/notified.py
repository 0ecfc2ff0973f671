"""What was somebody to be told, on which occasion, and what does the log say became of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

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
