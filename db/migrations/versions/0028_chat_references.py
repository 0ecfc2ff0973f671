"""Where the conversations of a chat tool are reached that does not say so itself when it is written to."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT, create_lookup

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "chat_reference",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("channel", "address", "conversation", "account", "user_name", "service_url")
        ),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("lost_at", INSTANT, nullable=True),
        sa.Column("lost_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "channel", "address", "conversation"),
    )
    create_lookup("chat_reference", "agency_id", "channel", "address", "account")
    create_lookup("chat_reference", "agency_id", "channel", "address", "user_name")
