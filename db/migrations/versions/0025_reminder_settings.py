"""What people set: why the sixty-day step was left out, addresses of calendars, and roll calls that were covered."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    create_sealed_fact_table(
        "step_left_out",
        person_link(nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("item_id", ID, sa.ForeignKey("content_item.id"), nullable=False),
        sa.CheckConstraint("item_id / 10000000000 = agency_id", name="item_id"),
    )
    create_lookup("step_left_out", "agency_id", "person_id")
    op.create_table(
        "calendar_address",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id"),
        sa.UniqueConstraint("digest", name="uq_calendar_address_digest"),
    )
    create_sealed_fact_table(
        "roll_call",
        person_link(),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("absent", sa.Text(), nullable=False),
    )
    op.create_index(
        "uq_roll_call_agency_id_person_id_starts_at_shift",
        "roll_call",
        ["agency_id", "person_id", "starts_at", "shift"],
        unique=True,
    )
    create_sealed_fact_table(
        "roll_call_covered",
        sa.Column("roll_call_id", ID, sa.ForeignKey("roll_call.id"), nullable=False),
        person_link(),
        sa.CheckConstraint("roll_call_id / 10000000000 = agency_id", name="roll_call_id"),
    )
    op.create_index("uq_roll_call_covered_roll_call_id", "roll_call_covered", ["roll_call_id"], unique=True)
    create_sealed_fact_table(
        "roll_call_training",
        sa.Column("roll_call_id", ID, sa.ForeignKey("roll_call.id"), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("instructor", sa.Text(), nullable=False),
        sa.CheckConstraint("roll_call_id / 10000000000 = agency_id", name="roll_call_id"),
    )
    create_lookup("roll_call_training", "roll_call_id")
    create_sealed_fact_table(
        "roll_call_decision",
        sa.Column("training_id", ID, sa.ForeignKey("roll_call_training.id"), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        person_link("asked_by"),
        person_link("decided_by"),
        sa.CheckConstraint("asked_by <> decided_by", name="two_persons"),
        sa.CheckConstraint("training_id / 10000000000 = agency_id", name="training_id"),
    )
    op.create_index("uq_roll_call_decision_training_id", "roll_call_decision", ["training_id"], unique=True)
