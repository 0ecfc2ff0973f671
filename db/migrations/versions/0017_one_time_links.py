"""One-time links: for whom each was made, what it opens, closed, and until when."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        person_link(),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sa.CheckConstraint("purpose IN ('upload', 'look', 'download')", name="purpose"),
    )
    create_lookup("one_time_link", "expires_at")
