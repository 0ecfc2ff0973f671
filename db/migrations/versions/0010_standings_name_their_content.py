"""Work state: a kept standing carries the hash of what was judged; a flipped byte is then never read as an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Empty on what was kept before: such a standing is judged again when it is asked for.
    op.add_column("standing", sa.Column("digest", sa.Text(), nullable=True))
