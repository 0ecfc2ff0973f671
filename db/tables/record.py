"""The training record itself, the files it came from, and the chain that says who did what to it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from db.records.facts import Credit
from db.tables.base import (
    IDS_PER_AGENCY,
    closed_words,
    content,
    fact_table,
    key,
    metadata,
    official_fact,
    once_per_source,
    to_person,
)
from db.types import CanonicalJson, ExactDecimal, HoursByTopic, UtcInstant, WordList

completion = fact_table(
    "completion",
    to_person(),
    official_fact("completed_on", Date()),
    official_fact("hours", ExactDecimal(), nullable=True),
    official_fact("topics", WordList()),
    official_fact("topic_hours", HoursByTopic()),
    official_fact("title", Text()),
    official_fact("course_number", Text(), nullable=True),
    official_fact("provider", Text(), nullable=True),
    official_fact("delivery", Text(), nullable=True),
    official_fact("board_approved", Boolean(), nullable=True),
    official_fact("credit", Text()),
    official_fact("credit_reason", Text(), nullable=True),
    official_fact("score", ExactDecimal(), nullable=True),
    official_fact("passed", Boolean(), nullable=True),
    official_fact("evidence", CanonicalJson()),
    official_fact("topic_reasons", CanonicalJson()),
    key("source_key", type_=Text(), nullable=True),
    closed_words("credit", Credit),
)
# In the order of the sweep's stream, so that it is read and never sorted.
Index(
    "ix_completion_agency_id_person_id_completed_on",
    completion.c.agency_id,
    completion.c.person_id,
    completion.c.completed_on,
    completion.c.id,
)
once_per_source(completion)

import_batch = fact_table(
    "import_batch",
    official_fact("kind", Text()),
    official_fact("file_name", Text()),
    official_fact("file_hash", Text()),
    official_fact("accepted", Integer()),
    official_fact("corrected", Integer()),
    official_fact("rejected", Integer()),
    official_fact("report", CanonicalJson()),
)
Index("ix_import_batch_agency_id", import_batch.c.agency_id)

audit_entry = Table(
    "audit_entry",
    metadata,
    key("id"),
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("seq"),
    key("position"),
    official_fact("at", UtcInstant()),
    to_person("actor_id", nullable=True),
    official_fact("tag", Text()),
    to_person("subject_id", nullable=True),
    official_fact("channel", Text(), nullable=True),
    content("reason", Text(), nullable=True),
    official_fact("data", CanonicalJson()),
    # What the facts recorded since the last such entry hash to; empty when there were none.
    official_fact("facts", Text(), nullable=True),
    official_fact("prev_hash", Text()),
    official_fact("hash", Text()),
    PrimaryKeyConstraint("id"),
    CheckConstraint(f"id = agency_id * {IDS_PER_AGENCY} + seq", name="id"),
    info={"append_only": True},
)
# A chain that forked would have two entries at one place.
Index("uq_audit_entry_agency_id_position", audit_entry.c.agency_id, audit_entry.c.position, unique=True)
Index("ix_audit_entry_agency_id_subject_id", audit_entry.c.agency_id, audit_entry.c.subject_id)
# Instants in the order of the chain, so that whether one came more than once is asked without reading the entries.
# Led by the instant it would tempt SQLite to sort what is read backwards to the first that fits.
Index(
    "ix_audit_entry_agency_id_position_at",
    audit_entry.c.agency_id,
    audit_entry.c.position,
    audit_entry.c.at,
)
# Lists name the people they showed inside the entry; who saw somebody is asked of the entries of that tag.
Index(
    "ix_audit_entry_agency_id_tag_position",
    audit_entry.c.agency_id,
    audit_entry.c.tag,
    audit_entry.c.position,
)
