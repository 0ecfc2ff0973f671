"""Work state: when each job of the scheduler last came to its end, so that silence can be noticed from outside."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import INSTANT

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("succeeded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("job"),
    )
