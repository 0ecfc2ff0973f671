"""Accounts that somebody has to name the owner of, what was decided, and who is of the pilot."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, create_lookup, person_link

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    create_sealed_fact_table(
        "account_question",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
    )
    create_lookup("account_question", "channel", "address", "account")
    create_sealed_fact_table(
        "account_answer",
        sa.Column("question_id", ID, sa.ForeignKey("account_question.id"), nullable=False),
        person_link(nullable=True),
    )
    op.create_index("uq_account_answer_question_id", "account_answer", ["question_id"], unique=True)
    create_sealed_fact_table("pilot_member", person_link())
    create_lookup("pilot_member", "agency_id", "person_id")
    create_lookup("inbox", "channel", "place", "arrived_at")
