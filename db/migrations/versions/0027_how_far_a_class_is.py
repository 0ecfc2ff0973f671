"""How far away a class is, and who says so."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    # Empty in what is on file: a column that says nothing changes no hash.
    op.add_column("course_offering", sa.Column("miles", sa.Integer(), nullable=True))
    op.add_column("course_offering", sa.Column("miles_source", sa.Text(), nullable=True))
