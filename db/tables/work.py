"""Work state: what Rollcall keeps to get on with its work. These tables change, and can be rebuilt from
facts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
    true,
)

from db.tables.base import Id, key, metadata, to_person, work_state
from db.types import CanonicalJson, UtcInstant

# One row an agency: whoever holds its lock gives out the agency's next numbers and adds the next link.
chain_head = Table(
    "chain_head",
    metadata,
    key("agency_id"),
    work_state("seq", Id),
    work_state("entries", Id),
    work_state("hash", Text()),
    PrimaryKeyConstraint("agency_id"),
)

standing = Table(
    "standing",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    work_state("as_of", Date(), nullable=True),
    work_state("word", Text(), nullable=True),
    work_state("next_change_on", Date(), nullable=True),
    work_state("fact_seq", Id),
    work_state("pack_hash", Text(), nullable=True),
    work_state("engine", Text(), nullable=True),
    # The write that made it dirty, and when; both empty once facts at least as new were evaluated.
    work_state("dirty_seq", Id, nullable=True),
    work_state("marked_at", UtcInstant(), nullable=True),
    work_state("body", Text(), nullable=True),
    # The hash of what was judged; empty on what an earlier release kept.
    work_state("digest", Text(), nullable=True),
    # What it says is not in anybody's reminders yet.
    work_state("unplanned", Boolean(), server_default=true()),
    PrimaryKeyConstraint("agency_id", "person_id"),
)
Index("ix_standing_agency_id_next_change_on", standing.c.agency_id, standing.c.next_change_on)
Index("ix_standing_agency_id_pack_hash_engine", standing.c.agency_id, standing.c.pack_hash, standing.c.engine)
Index("ix_standing_agency_id_word", standing.c.agency_id, standing.c.word)
Index(
    "ix_standing_agency_id_marked_at",
    standing.c.agency_id,
    standing.c.marked_at,
    sqlite_where=text("marked_at IS NOT NULL"),
    postgresql_where=text("marked_at IS NOT NULL"),
)

Index(
    "ix_standing_agency_id_unplanned",
    standing.c.agency_id,
    sqlite_where=text("unplanned"),
    postgresql_where=text("unplanned"),
)

conversation = Table(
    "conversation",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    key("channel", type_=Text()),
    work_state("topic", Text()),
    work_state("payload", CanonicalJson()),
    work_state("expires_at", UtcInstant(), nullable=True),
    work_state("updated_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "person_id", "channel"),
)

clock_offset = Table(
    "clock_offset",
    metadata,
    key("id", type_=Integer()),
    work_state("seconds", BigInteger()),
    PrimaryKeyConstraint("id"),
    CheckConstraint("id = 1", name="one_row"),
)

# One row for each job of the scheduler, in database time: any process can see that nobody does the work.
heartbeat = Table(
    "heartbeat",
    metadata,
    key("job", type_=Text()),
    work_state("succeeded_at", UtcInstant()),
    PrimaryKeyConstraint("job"),
)

# Objects in the file store that no row stands for: about to get one, or ``leaving`` for good.
loose_file = Table(
    "loose_file",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("name", type_=Text()),
    work_state("since", UtcInstant()),
    work_state("leaving", Boolean()),
    PrimaryKeyConstraint("agency_id", "name"),
)
