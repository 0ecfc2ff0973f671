"""Phones: who agreed to texts and who does not want them, codes that travel by another door, and what texts
cost."""

from sqlalchemy import ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from db.records.phones import ConsentBy, ConsentWord
from db.tables.base import (
    closed_words,
    contact,
    fact_table,
    key,
    metadata,
    official_fact,
    to_person,
    work_state,
)
from db.types import UtcInstant

text_consent = fact_table(
    "text_consent",
    # Nobody is known by a number that was never confirmed; its word counts all the same.
    to_person(nullable=True),
    contact("number", Text()),
    official_fact("word", Text()),
    official_fact("how", Text()),
    # The version of the words that were shown, or that were said to us.
    official_fact("shown", Text()),
    closed_words("word", ConsentWord),
    closed_words("how", ConsentBy),
)
Index("ix_text_consent_agency_id_number", text_consent.c.agency_id, text_consent.c.number)

# One for each person at a time; a new one takes the place of the last.
link_code = Table(
    "link_code",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    # Keyed: whoever reads the table has no code.
    work_state("digest", Text()),
    work_state("expires_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "person_id"),
)
Index("ix_link_code_agency_id_digest", link_code.c.agency_id, link_code.c.digest)

# Each segment is billed: counted before it is sent, whatever becomes of it.
text_use = Table(
    "text_use",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("month", type_=Text()),
    work_state("segments", Integer()),
    PrimaryKeyConstraint("agency_id", "month"),
)
