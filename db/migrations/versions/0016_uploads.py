"""Certificates that were sent: the upload, its files, every step, every look; and the work on those not decided yet."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    create_sealed_fact_table(
        "upload",
        person_link(),
        sa.Column("number", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("channel", "address", "place", "thread", "account")
        ),
        sa.Column("received_at", INSTANT, nullable=False),
    )
    op.create_index("uq_upload_agency_id_number", "upload", ["agency_id", "number"], unique=True)
    create_lookup("upload", "agency_id", "person_id")
    create_sealed_fact_table(
        "upload_file",
        _link("upload_id", "upload"),
        _link("item_id", "content_item"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        _inside("upload_id"),
    )
    create_lookup("upload_file", "agency_id", "upload_id")
    create_sealed_fact_table(
        "upload_step",
        _link("upload_id", "upload"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _link("item_id", "content_item", nullable=True),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('received', 'in-review', 'returned', 'recorded', 'withdrawn', 'set-aside', 'referred')",
            name="step",
        ),
        _inside("upload_id"),
    )
    op.create_index(
        "uq_upload_step_upload_id_position", "upload_step", ["upload_id", "position"], unique=True
    )
    create_sealed_fact_table(
        "upload_look",
        _link("upload_id", "upload"),
        person_link("viewer_id"),
        _inside("upload_id"),
    )
    create_lookup("upload_look", "agency_id", "upload_id")
    op.create_table(
        "upload_draft",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        _link("upload_id", "upload"),
        person_link(),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("reminded_at", INSTANT, nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("upload_id"),
        sa.CheckConstraint("stage IN ('waiting', 'open', 'closed')", name="stage"),
    )
    create_lookup("upload_draft", "agency_id", "stage")
    op.create_table(
        "upload_mark",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        _link("item_id", "content_item"),
        _link("upload_id", "upload"),
        person_link(),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("looks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id"),
    )
    create_lookup("upload_mark", "agency_id", "sha256")


def _link(name: str, table: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable)


def _inside(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} / 10000000000 = agency_id", name=column)
