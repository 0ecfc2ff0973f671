"""Content apart from facts: closed items, quarantine, holds, and disposal with its tombstones."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, create_lookup, person_link

revision = "0006"
down_revision = "0005"

CODES = "code IN ('retention-schedule', 'spill')"


def upgrade() -> None:
    _items()
    create_sealed_fact_table(
        "content_quarantine",
        _link("item_id", "content_item"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('by-hand', 'social-security', 'payment-card', 'criminal-justice', 'health')",
            name="reason",
        ),
        _inside("item_id"),
    )
    create_lookup("content_quarantine", "item_id")
    create_sealed_fact_table(
        "content_hold",
        _link("item_id", "content_item", nullable=True),
        person_link(nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "item_id IS NOT NULL OR person_id IS NOT NULL OR first_day IS NOT NULL OR last_day IS NOT NULL",
            name="on_something",
        ),
        _inside("item_id"),
    )
    create_lookup("content_hold", "agency_id")
    create_sealed_fact_table("content_hold_lift", _link("hold_id", "content_hold"), _inside("hold_id"))
    create_lookup("content_hold_lift", "hold_id")
    create_sealed_fact_table(
        "content_disposal",
        _link("item_id", "content_item"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.CheckConstraint(CODES, name="code"),
        _inside("item_id"),
    )
    create_lookup("content_disposal", "item_id")
    create_sealed_fact_table(
        "content_tombstone",
        _link("item_id", "content_item"),
        _link("disposal_id", "content_disposal"),
        person_link("proposed_by"),
        person_link("confirmed_by"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("keyed_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(CODES, name="code"),
        _inside("item_id"),
        sa.CheckConstraint("proposed_by <> confirmed_by", name="two_persons"),
    )
    op.create_index("uq_content_tombstone_item_id", "content_tombstone", ["item_id"], unique=True)
    op.add_column("exemption", sa.Column("reason_item_id", ID, nullable=True))


def _items() -> None:
    create_sealed_fact_table(
        "content_item",
        person_link(),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("keyed_hash", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('message', 'answer', 'file', 'free-text')", name="kind"),
        sa.CheckConstraint("retention IN ('conversation', 'sent-file', 'decision')", name="retention"),
    )
    create_lookup("content_item", "agency_id", "person_id")
    op.create_index("uq_content_item_ref", "content_item", ["ref"], unique=True)


def _link(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _inside(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} / 10000000000 = agency_id", name=column)
