"""Completions, the files they came from, and the audit chain."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import (
    EXACT,
    ID,
    INSTANT,
    create_fact_table,
    create_lookup,
    create_source_key_index,
    person_link,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_fact_table(
        "completion",
        person_link(),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("hours", EXACT, nullable=True),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("topic_hours", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("course_number", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("board_approved", sa.Boolean(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("credit_reason", sa.Text(), nullable=True),
        sa.Column("score", EXACT, nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("topic_reasons", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.CheckConstraint("credit IN ('yes', 'no', 'doubtful')", name="credit"),
    )
    op.create_index(
        "ix_completion_agency_id_person_id_completed_on",
        "completion",
        ["agency_id", "person_id", "completed_on", "id"],
    )
    create_source_key_index("completion")
    create_fact_table(
        "import_batch",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
    )
    create_lookup("import_batch", "agency_id")
    _audit()


def _audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        person_link("actor_id", nullable=True),
        sa.Column("tag", sa.Text(), nullable=False),
        person_link("subject_id", nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = agency_id * 10000000000 + seq", name="id"),
    )
    op.create_index(
        "uq_audit_entry_agency_id_position", "audit_entry", ["agency_id", "position"], unique=True
    )
    create_lookup("audit_entry", "agency_id", "subject_id")
