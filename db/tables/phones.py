"""Phones: who agreed to texts and who does not want them, codes that travel by another door, phones that many share,
and what texts cost."""

from sqlalchemy import ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, literal_column

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

# A phone of the agency that many use. Whoever it says it is, is known only while somebody is logged in.
shared_phone = fact_table(
    "shared_phone",
    contact("number", Text()),
    official_fact("name", Text()),
)
Index("ix_shared_phone_agency_id_number", shared_phone.c.agency_id, shared_phone.c.number)

# A code that somebody was sent elsewhere because their badge was texted from a shared phone: good from there alone.
shift_code = Table(
    "shift_code",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    key("number", type_=Text()),
    work_state("digest", Text()),
    work_state("expires_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "person_id", "number"),
)
Index("ix_shift_code_agency_id_digest", shift_code.c.agency_id, shift_code.c.digest)

# Who has a shared phone at this moment. Who had it when is in the log.
phone_session = Table(
    "phone_session",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("number", type_=Text()),
    to_person(),
    work_state("session_id", Text()),
    work_state("began_at", UtcInstant()),
    work_state("ends_at", UtcInstant()),
    PrimaryKeyConstraint("agency_id", "number"),
)
Index("ix_phone_session_ends_at", phone_session.c.ends_at)

# Each segment is billed: counted before it is sent, whatever becomes of it.
text_use = Table(
    "text_use",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    key("month", type_=Text()),
    work_state("segments", Integer()),
    # Those of reminders alone, which have a limit of their own.
    work_state("reminders", Integer(), server_default=literal_column("0")),
    PrimaryKeyConstraint("agency_id", "month"),
)
