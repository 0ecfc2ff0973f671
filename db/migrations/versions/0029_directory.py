"""Whose entry of the agency's Microsoft directory is it, and how far has it been read?"""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    create_sealed_fact_table(
        "directory_entry", person_link(), sa.Column("object_id", sa.Text(), nullable=False)
    )
    create_lookup("directory_entry", "agency_id", "object_id")
    create_lookup("directory_entry", "agency_id", "person_id")
    op.create_table(
        "directory_state",
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("link", "shown", "told")),
        *(sa.Column(name, INSTANT, nullable=True) for name in ("link_at", "looked_at")),
        sa.PrimaryKeyConstraint("agency_id"),
    )
