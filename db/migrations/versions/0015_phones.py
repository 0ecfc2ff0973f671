"""Phones: who agreed to texts and who does not want them, codes that travel by another door, and what texts
cost."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    create_sealed_fact_table(
        "text_consent",
        person_link(nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.CheckConstraint("word IN ('given', 'withdrawn')", name="word"),
        sa.CheckConstraint("how IN ('code', 'keyword', 'words', 'carrier')", name="how"),
    )
    create_lookup("text_consent", "agency_id", "number")
    op.create_table(
        "link_code",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id"),
    )
    create_lookup("link_code", "agency_id", "digest")
    op.create_table(
        "text_use",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "month"),
    )
