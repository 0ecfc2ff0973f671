"""What is open between a person and Rollcall? At most one thing on a channel; the context query reads it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select

from db.records.facts import AgencyId
from db.records.work import Conversation
from db.tables import conversation as table
from db.types import canonical_json
from db.upsert import upsert

# Stands in the payload beside what it is about: with a flipped figure the next answer would be about somebody else.
HASH = "hash"

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
        "payload": {**conversation.payload, HASH: _hash(conversation)},
        "expires_at": conversation.expires_at,
        "updated_at": at,
    }
    upsert(conn, table, [row], lambda offered: {name: offered[name] for name in _OPEN})


def kept(topic: str, payload: object, expires_at: datetime | None) -> Conversation | None:
    """What lies there as it was kept; None when it is not what was kept, or when an earlier release kept it."""
    if not isinstance(payload, Mapping):
        return None
    said = {name: value for name, value in payload.items() if name != HASH}
    found = Conversation(topic=topic, payload=said, expires_at=expires_at)
    return found if payload.get(HASH) == _hash(found) else None


def newest_but(
    conn: Connection, agency_id: AgencyId, person_id: int, channel: str, now: datetime
) -> tuple[str, Conversation] | None:
    """What this person talked about last anywhere else than there, as far as it is remembered still; and where."""
    rows = conn.execute(
        select(table.c.channel, table.c.topic, table.c.payload, table.c.expires_at)
        .where(
            table.c.agency_id == agency_id,
            table.c.person_id == person_id,
            table.c.channel != channel,
            table.c.expires_at > now,
        )
        .order_by(table.c.updated_at.desc(), table.c.channel)
    )
    found = ((row.channel, kept(row.topic, row.payload, row.expires_at)) for row in rows)
    return next(((where, each) for where, each in found if each is not None), None)


def forget_if(
    conn: Connection, agency_id: AgencyId, person_id: int, channel: str, conversation: Conversation
) -> bool:
    """Close what is open there if it is still this; whether it was."""
    closed = conn.execute(
        delete(table).where(
            table.c.agency_id == agency_id,
            table.c.person_id == person_id,
            table.c.channel == channel,
            table.c.topic == conversation.topic,
            table.c.expires_at == conversation.expires_at,
        )
    )
    return closed.rowcount > 0


def _hash(conversation: Conversation) -> str:
    until = conversation.expires_at
    said: list[Any] = [conversation.topic, conversation.payload, until and until.astimezone(UTC)]
    return sha256(canonical_json(said).encode()).hexdigest()


def forget(conn: Connection, agency_id: AgencyId, person_id: int, channel: str) -> None:
    """Close what is open, if anything is."""
    conn.execute(
        delete(table).where(
            table.c.agency_id == agency_id, table.c.person_id == person_id, table.c.channel == channel
        )
    )
