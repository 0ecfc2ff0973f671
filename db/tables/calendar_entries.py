"""Entries that were made in people's own calendars, and what stood in the way of making them."""

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, Table, Text

from db.tables.base import key, metadata, work_state
from db.types import UtcInstant

calendar_entry = Table(
    "calendar_entry",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("request_id"),
    # The step by which it was registered: registered again, it is another entry.
    key("turn"),
    # Which of the days of the class.
    key("place"),
    # In whose calendar, by the directory's id.
    work_state("object_id", Text()),
    # What stands there, or is about to; nothing once it is of no more concern.
    work_state("content", Text()),
    # By what the calendar knows it; empty until it has said so.
    work_state("event_id", Text()),
    work_state("claimed_by", Text()),
    work_state("claimed_until", UtcInstant(), nullable=True),
    work_state("refused_at", UtcInstant(), nullable=True),
    # Taken away, by us or by whose calendar it is, or over: nothing is done with it any more.
    work_state("ended_at", UtcInstant(), nullable=True),
    PrimaryKeyConstraint("agency_id", "request_id", "turn", "place"),
)

calendar_refusal = Table(
    "calendar_refusal",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    # The one that is missing, in Microsoft's own name.
    work_state("permission", Text()),
    work_state("refused_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id"),
)
