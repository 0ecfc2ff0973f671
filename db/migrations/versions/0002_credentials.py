"""What a person holds and what changes what they owe."""

import sqlalchemy as sa

from db.migrations.shape import create_fact_table, create_lookup, create_source_key_index, person_link

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_fact_table(
        "credential",
        person_link(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("discipline", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("cycle_start", sa.Date(), nullable=True),
        sa.Column("cycle_end", sa.Date(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
    )
    create_fact_table(
        "card",
        person_link(),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
    )
    create_fact_table(
        "assignment",
        person_link(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
    )
    create_fact_table(
        "leave",
        person_link(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
    )
    create_fact_table(
        "exemption",
        person_link(),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("new_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        person_link("approved_by", nullable=True),
        sa.CheckConstraint("kind IN ('exemption', 'waiver', 'extension')", name="kind"),
    )
    for name in ("credential", "card", "assignment", "leave", "exemption"):
        create_lookup(name, "agency_id", "person_id")
    for name in ("credential", "card", "assignment", "leave"):
        create_source_key_index(name)
