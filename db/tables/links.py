"""One-time links: for whom each was made, what it opens, closed, and until when."""

from sqlalchemy import ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Text

from db.records.links import LinkPurpose
from db.tables.base import closed_words, key, metadata, to_person, work_state
from db.types import UtcInstant

# Gone as soon as it is used, so that nobody can tell a used link from one that never was.
one_time_link = Table(
    "one_time_link",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    # Of the token, which nobody keeps: whoever reads the table has no link.
    key("digest", type_=Text()),
    to_person(),
    work_state("purpose", Text()),
    work_state("payload", LargeBinary()),
    work_state("expires_at", UtcInstant()),
    PrimaryKeyConstraint("digest"),
    closed_words("purpose", LinkPurpose),
)
Index("ix_one_time_link_expires_at", one_time_link.c.expires_at)
