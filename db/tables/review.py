"""What somebody decided about people and records that may be the same, or may be wrong."""

from sqlalchemy import Index, Text

from db.records.facts import LikenessOf, LikenessVerdict
from db.tables.base import closed_words, fact_table, key, official_fact

likeness_decision = fact_table(
    "likeness_decision",
    official_fact("subject", Text()),
    key("one_id"),
    key("other_id"),
    official_fact("verdict", Text()),
    key("withdrawn_id", nullable=True),
    closed_words("subject", LikenessOf),
    closed_words("verdict", LikenessVerdict),
)
Index("ix_likeness_decision_agency_id_subject", likeness_decision.c.agency_id, likeness_decision.c.subject)
