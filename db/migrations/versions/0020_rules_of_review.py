"""Rules by which certificates are reviewed: versions, what a second person said to each, and second looks."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, person_link

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    create_sealed_fact_table(
        "review_rules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        _link("item_id", "content_item"),
        _inside("item_id"),
    )
    op.create_index(
        "uq_review_rules_agency_id_version", "review_rules", ["agency_id", "version"], unique=True
    )
    create_sealed_fact_table(
        "review_rules_decision",
        _link("rules_id", "review_rules"),
        sa.Column("word", sa.Text(), nullable=False),
        person_link("proposed_by"),
        person_link("decided_by"),
        sa.CheckConstraint("word IN ('confirmed', 'refused')", name="word"),
        sa.CheckConstraint("word <> 'confirmed' OR proposed_by <> decided_by", name="two_persons"),
        _inside("rules_id"),
    )
    op.create_index("uq_review_rules_decision_rules_id", "review_rules_decision", ["rules_id"], unique=True)
    create_sealed_fact_table(
        "second_look",
        _link("upload_id", "upload"),
        _link("step_id", "upload_step"),
        person_link("approved_by"),
        person_link("viewer_id"),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("differs", sa.Text(), nullable=False),
        sa.CheckConstraint("approved_by <> viewer_id", name="two_persons"),
        _inside("upload_id"),
        _inside("step_id"),
    )
    op.create_index("uq_second_look_step_id", "second_look", ["step_id"], unique=True)


def _link(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=False)


def _inside(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} / 10000000000 = agency_id", name=column)
