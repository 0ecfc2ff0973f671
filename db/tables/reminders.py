"""Reminders: the rules by which people are reminded, what each wished, and the duties they are being reminded of."""

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from db.records.reminders import CaseEnd
from db.tables.base import (
    IDS_PER_AGENCY,
    closed_words,
    fact_table,
    key,
    metadata,
    official_fact,
    to_person,
    work_state,
)
from db.types import CanonicalJson, UtcInstant, WordList

OPEN = "closed_at IS NULL"

reminder_rules = fact_table(
    "reminder_rules",
    official_fact("version", Integer()),
    official_fact("rules", CanonicalJson()),
    key("item_id", ForeignKey("content_item.id")),
)
# Of two who enter rules at once one is first.
Index(
    "uq_reminder_rules_agency_id_version", reminder_rules.c.agency_id, reminder_rules.c.version, unique=True
)

reminder_wish = fact_table(
    "reminder_wish",
    to_person(),
    official_fact("channels", WordList()),
    official_fact("begins", Text()),
    official_fact("ends", Text()),
    official_fact("without", WordList()),
)
Index("ix_reminder_wish_agency_id_person_id", reminder_wish.c.agency_id, reminder_wish.c.person_id)

# Six weeks to find a class: whoever leaves them out says why.
step_left_out = fact_table(
    "step_left_out",
    to_person(nullable=True),
    official_fact("version", Integer()),
    official_fact("requirement", Text()),
    key("item_id", ForeignKey("content_item.id")),
    CheckConstraint(f"item_id / {IDS_PER_AGENCY} = agency_id", name="item_id"),
)
Index("ix_step_left_out_agency_id_person_id", step_left_out.c.agency_id, step_left_out.c.person_id)

# What was said is in the ledger under the same key; this is where the next step stands.
reminder_case = Table(
    "reminder_case",
    metadata,
    key("agency_id", ForeignKey("chain_head.agency_id")),
    to_person(),
    work_state("subject", Text()),
    work_state("window", Text()),
    work_state("due_on", Date()),
    work_state("episode", Integer()),
    work_state("terms", CanonicalJson()),
    work_state("opened_on", Date()),
    work_state("next_on", Date(), nullable=True),
    work_state("later_on", Date(), nullable=True),
    work_state("safe_on", Date(), nullable=True),
    work_state("last_step", Text()),
    work_state("told_at", UtcInstant(), nullable=True),
    work_state("silent_since", UtcInstant(), nullable=True),
    work_state("raised", Integer()),
    work_state("raised_at", UtcInstant(), nullable=True),
    work_state("closed_at", UtcInstant(), nullable=True),
    work_state("closed", Text(), nullable=True),
    PrimaryKeyConstraint("agency_id", "person_id", "subject", "window", "due_on", "episode"),
    closed_words("closed", CaseEnd),
)
Index(
    "ix_reminder_case_agency_id_next_on",
    reminder_case.c.agency_id,
    reminder_case.c.next_on,
    sqlite_where=text(OPEN),
    postgresql_where=text(OPEN),
)
