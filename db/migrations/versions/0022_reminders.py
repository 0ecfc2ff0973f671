"""Reminders: an agency's rules, what people wished, the duties they are being reminded of, and which standings are
still to be planned from."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    create_sealed_fact_table(
        "reminder_rules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("item_id", ID, sa.ForeignKey("content_item.id"), nullable=False),
    )
    op.create_index(
        "uq_reminder_rules_agency_id_version", "reminder_rules", ["agency_id", "version"], unique=True
    )
    create_sealed_fact_table(
        "reminder_wish",
        person_link("person_id"),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("without", sa.Text(), nullable=False),
    )
    create_lookup("reminder_wish", "agency_id", "person_id")
    op.create_table(
        "reminder_case",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("later_on", sa.Date(), nullable=True),
        sa.Column("safe_on", sa.Date(), nullable=True),
        sa.Column("last_step", sa.Text(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("silent_since", INSTANT, nullable=True),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "subject", "window", "due_on", "episode"),
        sa.CheckConstraint("closed IN ('met', 'excused', 'moved', 'gone', 'left')", name="closed"),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_reminder_case_agency_id_next_on",
        "reminder_case",
        ["agency_id", "next_on"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    # Every standing that is kept already is still to be planned from.
    op.add_column("standing", sa.Column("unplanned", sa.Boolean(), nullable=False, server_default=sa.true()))
    unplanned = sa.text("unplanned")
    op.create_index(
        "ix_standing_agency_id_unplanned",
        "standing",
        ["agency_id"],
        sqlite_where=unplanned,
        postgresql_where=unplanned,
    )
