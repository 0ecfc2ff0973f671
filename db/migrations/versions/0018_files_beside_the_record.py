"""Files lie beside the record: a row names the object that holds its sealed bytes, and work state says which objects
no row stands for yet or any more."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    with op.batch_alter_table("content_item") as items:
        items.alter_column("ciphertext", existing_type=sa.LargeBinary(), nullable=True)
        items.add_column(sa.Column("sealed_hash", sa.Text(), nullable=True))
        items.create_check_constraint("kept_once", "(ciphertext IS NULL) <> (sealed_hash IS NULL)")
    op.create_index("uq_content_item_sealed_hash", "content_item", ["sealed_hash"], unique=True)
    op.create_table(
        "loose_file",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("leaving", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "name"),
    )
