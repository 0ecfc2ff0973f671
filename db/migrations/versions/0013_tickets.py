"""What waits for a person to answer it, the answers, and which of them were shown."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    create_sealed_fact_table(
        "ticket",
        person_link(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        _link("item_id", "content_item", nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("channel", "address", "place", "thread", "account")
        ),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('human', 'question', 'feedback', 'distress')", name="kind"),
        _inside("item_id"),
    )
    op.create_index("uq_ticket_agency_id_number", "ticket", ["agency_id", "number"], unique=True)
    create_lookup("ticket", "agency_id", "person_id")
    create_sealed_fact_table(
        "ticket_answer",
        _link("ticket_id", "ticket"),
        person_link("answered_by"),
        _link("item_id", "content_item"),
        sa.Column("closes", sa.Boolean(), nullable=False),
        _inside("ticket_id"),
    )
    create_lookup("ticket_answer", "agency_id", "ticket_id")
    create_sealed_fact_table(
        "ticket_answer_shown",
        _link("answer_id", "ticket_answer"),
        _inside("answer_id"),
    )
    create_lookup("ticket_answer_shown", "agency_id", "answer_id")


def _link(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _inside(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} / 10000000000 = agency_id", name=column)
