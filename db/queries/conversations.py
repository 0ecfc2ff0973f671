"""What is open between a person and Rollcall? At most one thing on a channel; the context query reads it."""

from datetime import datetime

from sqlalchemy import Connection, delete

from db.records.facts import AgencyId
from db.records.work import Conversation
from db.tables import conversation as table
from db.upsert import upsert

_OPEN = ("topic", "payload", "expires_at", "updated_at")


def keep(
    conn: Connection,
    agency_id: AgencyId,
    person_id: int,
    channel: str,
    conversation: Conversation,
    *,
    at: datetime,
) -> None:
    """Open this conversation in the place of whatever was open."""
    row = {
        "agency_id": agency_id,
        "person_id": person_id,
        "channel": channel,
        "topic": conversation.topic,
        "payload": conversation.payload,
        "expires_at": conversation.expires_at,
        "updated_at": at,
    }
    upsert(conn, table, [row], lambda offered: {name: offered[name] for name in _OPEN})


def forget(conn: Connection, agency_id: AgencyId, person_id: int, channel: str) -> None:
    """Close what is open, if anything is."""
    conn.execute(
        delete(table).where(
            table.c.agency_id == agency_id, table.c.person_id == person_id, table.c.channel == channel
        )
    )
