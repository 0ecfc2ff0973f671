"""Work state: kept standings, what is open with a person, and the demo's clock."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.Column("fact_seq", ID, nullable=False),
        sa.Column("pack_hash", sa.Text(), nullable=True),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("dirty_seq", ID, nullable=True),
        sa.Column("marked_at", INSTANT, nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "person_id"),
    )
    create_lookup("standing", "agency_id", "next_change_on")
    create_lookup("standing", "agency_id", "pack_hash", "engine")
    create_lookup("standing", "agency_id", "word")
    dirty = sa.text("marked_at IS NOT NULL")
    op.create_index(
        "ix_standing_agency_id_marked_at",
        "standing",
        ["agency_id", "marked_at"],
        sqlite_where=dirty,
        postgresql_where=dirty,
    )
    op.create_table(
        "conversation",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "channel"),
    )
    op.create_table(
        "clock_offset",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
