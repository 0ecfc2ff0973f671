"""What came in through a door and is being worked on: kept before it is acknowledged, once, under the channel's own
id."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from db.records.inbox import InboxState
from db.tables.base import closed_words, key, metadata, to_person, work_state
from db.types import UtcInstant

UNFINISHED = "state IN ('waiting', 'working')"

inbox = Table(
    "inbox",
    metadata,
    key("channel", type_=Text()),
    # The channel's own id of the event or the press: whatever comes twice is there already.
    key("event", type_=Text()),
    # Whose door it came through, and who sent it: known once somebody has looked.
    key("agency_id", ForeignKey("chain_head.agency_id"), nullable=True),
    to_person(nullable=True),
    # The workspace, tenant or number, and the conversation in it: one thing after the other in each.
    work_state("address", Text()),
    work_state("place", Text()),
    work_state("kind", Text()),
    # Closed, and empty as soon as the work is done: what was said is kept elsewhere by then.
    work_state("body", LargeBinary(), nullable=True),
    work_state("arrived_at", UtcInstant()),
    work_state("state", Text()),
    work_state("due_at", UtcInstant()),
    work_state("owner", Text(), nullable=True),
    work_state("tries", Integer()),
    # Which error of the catalogue kept it from being done, and what a person may name it by.
    work_state("trouble", Text(), nullable=True),
    work_state("reference", Text(), nullable=True),
    PrimaryKeyConstraint("channel", "event"),
    closed_words("state", InboxState),
    CheckConstraint("tries >= 0", name="tries"),
)
Index(
    "ix_inbox_due_at",
    inbox.c.due_at,
    sqlite_where=text(UNFINISHED),
    postgresql_where=text(UNFINISHED),
)
Index(
    "ix_inbox_channel_place",
    inbox.c.channel,
    inbox.c.place,
    sqlite_where=text(UNFINISHED),
    postgresql_where=text(UNFINISHED),
)
# How much one sender said lately.
Index("ix_inbox_channel_place_arrived_at", inbox.c.channel, inbox.c.place, inbox.c.arrived_at)
FAILED = "state = 'failed'"
Index(
    "ix_inbox_agency_id_arrived_at",
    inbox.c.agency_id,
    inbox.c.arrived_at,
    sqlite_where=text(FAILED),
    postgresql_where=text(FAILED),
)
