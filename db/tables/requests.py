"""Requests for training, every act on them, who decides meanwhile, by which rules, and what may be spent."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from db.records.requests import RequestAct, RequestRulesWord
from db.tables.base import (
    closed_words,
    contact,
    fact_table,
    inside_the_walls,
    key,
    metadata,
    official_fact,
    to_person,
    work_state,
)
from db.types import CanonicalJson, ExactDecimal, UtcInstant

training_request = fact_table(
    "training_request",
    to_person(),
    official_fact("number", Integer()),
    official_fact("channel", Text()),
    contact("address", Text()),
    contact("place", Text()),
    contact("thread", Text()),
    contact("account", Text()),
    official_fact("received_at", UtcInstant()),
)
# Two that come in at once cannot both be R-1042.
Index(
    "uq_training_request_agency_id_number",
    training_request.c.agency_id,
    training_request.c.number,
    unique=True,
)
Index("ix_training_request_agency_id_person_id", training_request.c.agency_id, training_request.c.person_id)

request_step = fact_table(
    "request_step",
    key("request_id", ForeignKey("training_request.id")),
    official_fact("position", Integer()),
    official_fact("act", Text()),
    official_fact("body", CanonicalJson()),
    key("item_id", ForeignKey("content_item.id"), nullable=True),
    closed_words("act", RequestAct),
    inside_the_walls("request_id"),
)
# Of two who decide at once one is first.
Index("uq_request_step_request_id_position", request_step.c.request_id, request_step.c.position, unique=True)
Index("ix_request_step_agency_id_act", request_step.c.agency_id, request_step.c.act)

request_look = fact_table(
    "request_look",
    key("request_id", ForeignKey("training_request.id")),
    to_person("viewer_id"),
    official_fact("position", Integer()),
    inside_the_walls("request_id"),
)
Index("ix_request_look_agency_id_request_id", request_look.c.agency_id, request_look.c.request_id)

approval_delegation = fact_table(
    "approval_delegation",
    to_person("from_id"),
    to_person("to_id"),
    official_fact("starts_at", UtcInstant()),
    official_fact("ends_at", UtcInstant(), nullable=True),
    CheckConstraint("from_id <> to_id", name="two_persons"),
    CheckConstraint("ends_at > starts_at", name="ends_at"),
)
Index(
    "ix_approval_delegation_agency_id_from_id", approval_delegation.c.agency_id, approval_delegation.c.from_id
)

training_budget = fact_table(
    "training_budget",
    # The unit itself, across its corrections.
    key("unit_id", nullable=True),
    official_fact("fiscal_year", Integer()),
    official_fact("amount", ExactDecimal()),
)
Index("ix_training_budget_agency_id_fiscal_year", training_budget.c.agency_id, training_budget.c.fiscal_year)

request_rules = fact_table(
    "request_rules",
    official_fact("version", Integer()),
    official_fact("rules", CanonicalJson()),
    key("item_id", ForeignKey("content_item.id")),
    inside_the_walls("item_id"),
)
Index("uq_request_rules_agency_id_version", request_rules.c.agency_id, request_rules.c.version, unique=True)

request_rules_decision = fact_table(
    "request_rules_decision",
    key("rules_id", ForeignKey("request_rules.id")),
    official_fact("word", Text()),
    to_person("proposed_by"),
    to_person("decided_by"),
    closed_words("word", RequestRulesWord),
    CheckConstraint("word <> 'confirmed' OR proposed_by <> decided_by", name="two_persons"),
    inside_the_walls("rules_id"),
)
# Of two who answer at once one is first.
Index("uq_request_rules_decision_rules_id", request_rules_decision.c.rules_id, unique=True)

approval_code = Table(
    "approval_code",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    key("request_id", ForeignKey("training_request.id")),
    work_state("position", Integer()),
    work_state("code_hash", Text()),
    work_state("expires_at", UtcInstant()),
    work_state("tries", Integer()),
    PrimaryKeyConstraint("person_id", "request_id", "position"),
)
