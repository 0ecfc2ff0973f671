"""What a person holds and what changes what they owe: credentials, cards, assignments, leave, exemptions."""

from sqlalchemy import Date, Index, Text

from db.records.facts import ExemptionKind
from db.tables.base import closed_words, content, fact_table, key, official_fact, once_per_source, to_person
from db.types import CanonicalJson, WordList

credential = fact_table(
    "credential",
    to_person(),
    official_fact("kind", Text()),
    official_fact("discipline", Text(), nullable=True),
    official_fact("level", Text(), nullable=True),
    official_fact("state", Text(), nullable=True),
    official_fact("number", Text(), nullable=True),
    official_fact("status", Text(), nullable=True),
    official_fact("status_on", Date(), nullable=True),
    official_fact("issued_on", Date(), nullable=True),
    official_fact("expires_on", Date(), nullable=True),
    official_fact("cycle_start", Date(), nullable=True),
    official_fact("cycle_end", Date(), nullable=True),
    key("source_key", type_=Text(), nullable=True),
)

card = fact_table(
    "card",
    to_person(),
    official_fact("covers", WordList()),
    official_fact("valid_from", Date(), nullable=True),
    official_fact("valid_to", Date(), nullable=True),
    official_fact("provider", Text(), nullable=True),
    key("source_key", type_=Text(), nullable=True),
)

assignment = fact_table(
    "assignment",
    to_person(),
    official_fact("kind", Text()),
    official_fact("starts_on", Date(), nullable=True),
    official_fact("ends_on", Date(), nullable=True),
    official_fact("details", CanonicalJson()),
    key("source_key", type_=Text(), nullable=True),
)

leave = fact_table(
    "leave",
    to_person(),
    official_fact("kind", Text()),
    official_fact("starts_on", Date()),
    official_fact("ends_on", Date(), nullable=True),
    official_fact("returned_on", Date(), nullable=True),
    key("source_key", type_=Text(), nullable=True),
)

exemption = fact_table(
    "exemption",
    to_person(),
    official_fact("requirement", Text()),
    official_fact("kind", Text()),
    official_fact("window", Text(), nullable=True),
    official_fact("starts_on", Date(), nullable=True),
    official_fact("ends_on", Date(), nullable=True),
    official_fact("new_due", Date(), nullable=True),
    # Empty since reasons in somebody's own words are content items of their own.
    content("reason", Text()),
    to_person("approved_by", nullable=True),
    # No link that the database checks: SQLite cannot add one without copying the table.
    key("reason_item_id", nullable=True),
    closed_words("kind", ExemptionKind),
)

for _table in (credential, card, assignment, leave, exemption):
    Index(f"ix_{_table.name}_agency_id_person_id", _table.c.agency_id, _table.c.person_id)
Index("ix_assignment_agency_id_kind", assignment.c.agency_id, assignment.c.kind)
for _table in (credential, card, assignment, leave):
    once_per_source(_table)
