"""What was sent before: under which ids of a channel's own, and how often in one place?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.records.facts import AgencyId
from db.records.ledger import Destination
from db.tables import attempt, message


def refs_of_others(conn: Connection, channel: str, refs: Sequence[str], attempt_id: str) -> frozenset[str]:
    """Which of these ids of a channel's belong to other attempts than this one."""
    found = conn.execute(
        select(attempt.c.ref).where(
            attempt.c.channel == channel, attempt.c.ref.in_(refs), attempt.c.attempt_id != attempt_id
        )
    ).scalars()
    return frozenset(found)


def times_said(
    conn: Connection, agency_id: AgencyId, route: Destination, kind: str, *, since: datetime
) -> int:
    """How often something of this kind was said in this place since then, or is about to be."""
    return int(
        conn.execute(
            select(func.count())
            .select_from(attempt)
            .join(message, message.c.message_id == attempt.c.message_id)
            .where(
                attempt.c.agency_id == agency_id,
                attempt.c.channel == route.channel,
                attempt.c.address == route.address,
                attempt.c.place == route.place,
                attempt.c.created_at > since,
                message.c.kind == kind,
            )
        ).scalar_one()
    )
