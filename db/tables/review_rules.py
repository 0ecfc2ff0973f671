"""By which rules certificates are reviewed: proposed versions, what a second person said, and second looks."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, Text

from db.records.review_rules import RulesWord
from db.tables.base import closed_words, fact_table, inside_the_walls, key, official_fact, to_person
from db.types import CanonicalJson, WordList

review_rules = fact_table(
    "review_rules",
    official_fact("version", Integer()),
    official_fact("rules", CanonicalJson()),
    official_fact("seed", Text()),
    key("item_id", ForeignKey("content_item.id")),
    inside_the_walls("item_id"),
)
Index("uq_review_rules_agency_id_version", review_rules.c.agency_id, review_rules.c.version, unique=True)

review_rules_decision = fact_table(
    "review_rules_decision",
    key("rules_id", ForeignKey("review_rules.id")),
    official_fact("word", Text()),
    to_person("proposed_by"),
    to_person("decided_by"),
    closed_words("word", RulesWord),
    CheckConstraint("word <> 'confirmed' OR proposed_by <> decided_by", name="two_persons"),
    inside_the_walls("rules_id"),
)
# Of two who answer at once one is first.
Index("uq_review_rules_decision_rules_id", review_rules_decision.c.rules_id, unique=True)

second_look = fact_table(
    "second_look",
    key("upload_id", ForeignKey("upload.id")),
    key("step_id", ForeignKey("upload_step.id")),
    to_person("approved_by"),
    to_person("viewer_id"),
    official_fact("agrees", Boolean()),
    official_fact("differs", WordList()),
    CheckConstraint("approved_by <> viewer_id", name="two_persons"),
    inside_the_walls("upload_id"),
    inside_the_walls("step_id"),
)
Index("uq_second_look_step_id", second_look.c.step_id, unique=True)
