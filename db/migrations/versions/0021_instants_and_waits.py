"""Instants of entries in their order, to see where a clock was set back; why an attempt waits, apart from the errors of
carriers."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import create_lookup

revision = "0021"
down_revision = "0020"

_WORDS = "('off-duty', 'on-leave', 'another-try')"


def upgrade() -> None:
    create_lookup("audit_entry", "agency_id", "position", "at")
    with op.batch_alter_table("attempt") as attempts:
        attempts.add_column(sa.Column("waits", sa.Text(), nullable=True))
        attempts.create_check_constraint("waits", f"waits IN {_WORDS}")
    # The word stays where it was, too: a release that is still running looks for it there.
    op.execute(f"UPDATE attempt SET waits = error WHERE state <> 'done' AND error IN {_WORDS}")  # noqa: S608  our own words
