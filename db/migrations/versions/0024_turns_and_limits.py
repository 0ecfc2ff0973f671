"""Messages that are said in turns and can be answered, what keeps a reminder back, and who stopped or released them."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT

revision = "0024"
down_revision = "0023"

_WORDS = "('off-duty', 'on-leave', 'in-court', 'holiday', 'another-try', 'paused', 'burst', 'daily-cap')"


def upgrade() -> None:
    op.add_column("message", sa.Column("wait_minutes", sa.Integer(), nullable=True))
    op.add_column("message", sa.Column("next_way_at", INSTANT, nullable=True))
    op.add_column("message", sa.Column("open_until", INSTANT, nullable=True))
    waiting = sa.text("next_way_at IS NOT NULL")
    op.create_index(
        "ix_message_next_way_at",
        "message",
        ["next_way_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    unanswered = sa.text("open_until IS NOT NULL")
    op.create_index(
        "ix_message_open_until",
        "message",
        ["agency_id", "person_id", "open_until"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )
    reminders = sa.text("kind = 'reminder'")
    op.create_index(
        "ix_message_reminders",
        "message",
        ["agency_id", "created_at"],
        sqlite_where=reminders,
        postgresql_where=reminders,
    )
    with op.batch_alter_table("attempt") as attempts:
        attempts.drop_constraint("waits", type_="check")
        attempts.create_check_constraint("waits", f"waits IN {_WORDS}")
    op.add_column(
        "text_use", sa.Column("reminders", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    create_sealed_fact_table(
        "reminder_switch",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("item_id", ID, sa.ForeignKey("content_item.id"), nullable=True),
        sa.CheckConstraint("word IN ('paused', 'resumed', 'go-ahead')", name="word"),
    )
