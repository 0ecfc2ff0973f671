"""Shared phones and who is logged in there, and until when the words of a message may be needed for another try."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    create_sealed_fact_table(
        "shared_phone",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
    )
    create_lookup("shared_phone", "agency_id", "number")
    op.create_table(
        "shift_code",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "number"),
    )
    create_lookup("shift_code", "agency_id", "digest")
    op.create_table(
        "phone_session",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        person_link(),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "number"),
    )
    create_lookup("phone_session", "ends_at")
    op.add_column("message", sa.Column("body_until", INSTANT, nullable=True))
    unsaid = sa.text("body_until IS NOT NULL")
    op.create_index(
        "ix_message_body_until", "message", ["body_until"], sqlite_where=unsaid, postgresql_where=unsaid
    )
