"""What was decided about people and records that may be the same."""

import sqlalchemy as sa

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, create_lookup

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    create_sealed_fact_table(
        "likeness_decision",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("one_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("withdrawn_id", ID, nullable=True),
        sa.CheckConstraint("subject IN ('people', 'completions', 'date', 'early')", name="subject"),
        sa.CheckConstraint("verdict IN ('same', 'different')", name="verdict"),
    )
    create_lookup("likeness_decision", "agency_id", "subject")
