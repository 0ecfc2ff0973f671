"""The notification ledger: why something is said, what is said, and each attempt to say it. The attempt is the queue
row."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from db.records.ledger import QueueState, Receipt, Waits, Way
from db.tables.base import closed_words, key, metadata, to_person, work_state
from db.types import UtcInstant

UNSENT = "state <> 'done'"

message = Table(
    "message",
    metadata,
    key("message_id", type_=Text()),
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(nullable=True),
    work_state("kind", Text()),
    work_state("about", Text()),
    # Closed, and empty once nothing is left to send: the words are kept as a content item.
    work_state("body", LargeBinary(), nullable=True),
    work_state("created_at", UtcInstant()),
    # Until then a carrier may say that it did not arrive, and it is said once more. Empty where that cannot be.
    work_state("body_until", UtcInstant(), nullable=True),
    # Said in turns: so many minutes for a receipt to come, then the next way. Empty where every way is used at once.
    work_state("wait_minutes", Integer(), nullable=True),
    # When somebody looks whether the next way has its turn; empty where none has.
    work_state("next_way_at", UtcInstant(), nullable=True),
    # Until then whatever its person says is an answer to it; empty where none is waited for, or one came.
    work_state("open_until", UtcInstant(), nullable=True),
    PrimaryKeyConstraint("message_id"),
)
Index("ix_message_agency_id_person_id", message.c.agency_id, message.c.person_id)
Index(
    "ix_message_body_until",
    message.c.body_until,
    sqlite_where=text("body_until IS NOT NULL"),
    postgresql_where=text("body_until IS NOT NULL"),
)
Index(
    "ix_message_next_way_at",
    message.c.next_way_at,
    sqlite_where=text("next_way_at IS NOT NULL"),
    postgresql_where=text("next_way_at IS NOT NULL"),
)
Index(
    "ix_message_open_until",
    message.c.agency_id,
    message.c.person_id,
    message.c.open_until,
    sqlite_where=text("open_until IS NOT NULL"),
    postgresql_where=text("open_until IS NOT NULL"),
)
Index(
    "ix_message_reminders",
    message.c.agency_id,
    message.c.created_at,
    sqlite_where=text("kind = 'reminder'"),
    postgresql_where=text("kind = 'reminder'"),
)

notification = Table(
    "notification",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    work_state("subject", Text()),
    work_state("window", Text()),
    work_state("due", Text()),
    work_state("episode", Integer()),
    work_state("step", Text()),
    key("message_id", ForeignKey("message.message_id"), type_=Text(), nullable=True),
    work_state("planned_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "person_id", "subject", "window", "due", "episode", "step"),
)
Index("ix_notification_message_id", notification.c.message_id)
# For whom something was said under one name, whoever they are.
Index(
    "ix_notification_agency_id_subject_step",
    notification.c.agency_id,
    notification.c.subject,
    notification.c.step,
)

attempt = Table(
    "attempt",
    metadata,
    # Goes along with what is sent, so that the channel can be asked whether it was.
    key("attempt_id", type_=Text()),
    key("message_id", ForeignKey("message.message_id"), type_=Text()),
    key("agency_id", ForeignKey("chain_head.agency_id")),
    # In the order in which things are to be said in one place.
    work_state("number", Integer()),
    work_state("channel", Text()),
    work_state("address", Text()),
    work_state("place", Text()),
    work_state("thread", Text()),
    work_state("account", Text()),
    work_state("way", Text()),
    work_state("target", Text()),
    work_state("state", Text()),
    work_state("receipt", Text(), nullable=True),
    work_state("due_at", UtcInstant()),
    work_state("owner", Text(), nullable=True),
    work_state("tries", Integer()),
    work_state("ref", Text()),
    work_state("sent_in", Text()),
    # What a carrier or the delivery itself said, in any words.
    work_state("error", Text()),
    work_state("waits", Text(), nullable=True),
    work_state("created_at", UtcInstant()),
    work_state("ended_at", UtcInstant(), nullable=True),
    PrimaryKeyConstraint("attempt_id"),
    UniqueConstraint("message_id", "number", name="uq_attempt_message_id_number"),
    closed_words("state", QueueState),
    closed_words("way", Way),
    closed_words("receipt", Receipt),
    closed_words("waits", Waits),
    CheckConstraint("tries >= 0", name="tries"),
)
Index("ix_attempt_due_at", attempt.c.due_at, sqlite_where=text(UNSENT), postgresql_where=text(UNSENT))
Index(
    "ix_attempt_channel_place",
    attempt.c.channel,
    attempt.c.place,
    sqlite_where=text(UNSENT),
    postgresql_where=text(UNSENT),
)
Index("ix_attempt_channel_ref", attempt.c.channel, attempt.c.ref)

# A channel that asked to be left alone for a while: a whole workspace, or one conversation in it.
pause = Table(
    "pause",
    metadata,
    key("channel", type_=Text()),
    key("address", type_=Text()),
    key("place", type_=Text()),
    work_state("until", UtcInstant()),
    PrimaryKeyConstraint("channel", "address", "place"),
)

# A page of somebody's own that stands open on a channel, and what it showed last.
home_page = Table(
    "home_page",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    key("channel", type_=Text()),
    key("address", type_=Text()),
    key("account", type_=Text()),
    work_state("shown", Text()),
    work_state("shown_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "person_id", "channel", "address", "account"),
)

# A conversation that a chat tool told us of: where it is reached, and whether anything still is taken there.
chat_reference = Table(
    "chat_reference",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("channel", type_=Text()),
    key("address", type_=Text()),
    key("conversation", type_=Text()),
    # Whose own it is, as the directory names them; empty where several people read.
    work_state("account", Text()),
    # What the channel itself calls the same person, where that is another name.
    work_state("user_name", Text()),
    work_state("service_url", Text()),
    work_state("seen_at", UtcInstant()),
    # Since when nothing is taken there, and what the channel said.
    work_state("lost_at", UtcInstant(), nullable=True),
    work_state("lost_why", Text()),
    PrimaryKeyConstraint("agency_id", "channel", "address", "conversation"),
)
Index(
    "ix_chat_reference_agency_id_channel_address_account",
    chat_reference.c.agency_id,
    chat_reference.c.channel,
    chat_reference.c.address,
    chat_reference.c.account,
)
Index(
    "ix_chat_reference_agency_id_channel_address_user_name",
    chat_reference.c.agency_id,
    chat_reference.c.channel,
    chat_reference.c.address,
    chat_reference.c.user_name,
)
