"""What comes in and what goes out: the inbox, the notification ledger, and accounts of chat tools."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _accounts()
    _inbox()
    _ledger()
    _pages()


def _accounts() -> None:
    create_sealed_fact_table(
        "channel_account",
        person_link(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("matched_by", sa.Text(), nullable=False),
        sa.CheckConstraint("matched_by IN ('email', 'coordinator', 'code')", name="matched_by"),
    )
    create_lookup("channel_account", "channel", "address", "account")
    create_lookup("channel_account", "agency_id", "person_id")


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=True),
        person_link(nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("arrived_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "event"),
        sa.CheckConstraint("state IN ('waiting', 'working', 'done', 'failed')", name="state"),
        sa.CheckConstraint("tries >= 0", name="tries"),
    )
    _lookup_where("inbox", "state IN ('waiting', 'working')", "due_at")
    _lookup_where("inbox", "state IN ('waiting', 'working')", "channel", "place")
    _lookup_where("inbox", "state = 'failed'", "agency_id", "arrived_at")


def _ledger() -> None:
    op.create_table(
        "message",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("message_id"),
    )
    create_lookup("message", "agency_id", "person_id")
    op.create_table(
        "notification",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), sa.ForeignKey("message.message_id"), nullable=True),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "subject", "window", "due", "episode", "step"),
    )
    create_lookup("notification", "message_id")
    op.create_table(
        "attempt",
        sa.Column("attempt_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), sa.ForeignKey("message.message_id"), nullable=False),
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("channel", "address", "place", "thread", "account", "way", "target", "state")
        ),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("sent_in", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("attempt_id"),
        sa.UniqueConstraint("message_id", "number", name="uq_attempt_message_id_number"),
        sa.CheckConstraint("state IN ('ready', 'claimed', 'sending', 'done')", name="state"),
        sa.CheckConstraint("way IN ('post', 'whisper', 'update')", name="way"),
        sa.CheckConstraint(
            "receipt IN ('handed-over', 'accepted', 'delivered', 'undelivered', 'none', 'answered', 'failed', "
            "'unknown', 'cancelled', 'skipped')",
            name="receipt",
        ),
        sa.CheckConstraint("tries >= 0", name="tries"),
    )
    _lookup_where("attempt", "state <> 'done'", "due_at")
    _lookup_where("attempt", "state <> 'done'", "channel", "place")
    create_lookup("attempt", "channel", "ref")
    op.create_table(
        "pause",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", "place"),
    )


def _pages() -> None:
    op.create_table(
        "home_page",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        person_link(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("shown_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "channel", "address", "account"),
    )


def _lookup_where(table: str, where: str, *columns: str) -> None:
    op.create_index(
        f"ix_{table}_{'_'.join(columns)}",
        table,
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
