"""Which entry in somebody's own calendar is for which registration, and what stood in the way of making more."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "calendar_entry",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        *(sa.Column(name, ID, nullable=False) for name in ("request_id", "turn", "place")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("object_id", "content", "event_id", "claimed_by")
        ),
        *(sa.Column(name, INSTANT, nullable=True) for name in ("claimed_until", "refused_at", "ended_at")),
        sa.PrimaryKeyConstraint("agency_id", "request_id", "turn", "place"),
    )
    op.create_table(
        "calendar_refusal",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("refused_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id"),
    )
