"""When people work: single spans, and the cycles in which a person or a unit works."""

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text

from db.records.shifts import WorkKind
from db.tables.base import closed_words, fact_table, key, official_fact, once_per_source, to_person
from db.types import UtcInstant, WordList

work_span = fact_table(
    "work_span",
    to_person(),
    official_fact("kind", Text()),
    official_fact("starts_at", UtcInstant()),
    official_fact("ends_at", UtcInstant()),
    official_fact("zone", Text()),
    official_fact("name", Text()),
    key("ref", type_=Text()),
    key("source_key", type_=Text(), nullable=True),
    closed_words("kind", WorkKind),
    CheckConstraint("ends_at > starts_at", name="ends_at"),
)
Index(
    "ix_work_span_agency_id_person_id_starts_at",
    work_span.c.agency_id,
    work_span.c.person_id,
    work_span.c.starts_at,
)

shift_pattern = fact_table(
    "shift_pattern",
    to_person(nullable=True),
    # The unit itself, across its corrections.
    key("unit_id", nullable=True),
    official_fact("name", Text()),
    official_fact("zone", Text()),
    official_fact("anchor", Date()),
    official_fact("cycle_days", Integer()),
    official_fact("works", WordList()),
    official_fact("begins", Text()),
    official_fact("ends", Text()),
    official_fact("starts_on", Date(), nullable=True),
    official_fact("ends_on", Date(), nullable=True),
    key("source_key", type_=Text(), nullable=True),
    CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="whose"),
    CheckConstraint("cycle_days > 0", name="cycle_days"),
)
Index("ix_shift_pattern_agency_id_person_id", shift_pattern.c.agency_id, shift_pattern.c.person_id)
Index("ix_shift_pattern_agency_id_unit_id", shift_pattern.c.agency_id, shift_pattern.c.unit_id)

for _table in (work_span, shift_pattern):
    once_per_source(_table)
