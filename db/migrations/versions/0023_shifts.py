"""When people work: single spans and cycles; and two more reasons why something waits."""

import sqlalchemy as sa
from alembic import op

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, create_source_key_index, person_link

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    create_sealed_fact_table(
        "work_span",
        person_link(),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "zone", "name", "ref")),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('shift', 'swap', 'overtime', 'court', 'off', 'cancelled')", name="kind"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_at"),
    )
    create_lookup("work_span", "agency_id", "person_id", "starts_at")
    create_sealed_fact_table(
        "shift_pattern",
        person_link(nullable=True),
        sa.Column("unit_id", ID, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "zone", "works", "begins", "ends")),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("cycle_days", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="whose"),
        sa.CheckConstraint("cycle_days > 0", name="cycle_days"),
    )
    create_lookup("shift_pattern", "agency_id", "person_id")
    create_lookup("shift_pattern", "agency_id", "unit_id")
    for name in ("work_span", "shift_pattern"):
        create_source_key_index(name)
    with op.batch_alter_table("attempt") as attempts:
        attempts.drop_constraint("waits", type_="check")
        attempts.create_check_constraint(
            "waits", "waits IN ('off-duty', 'on-leave', 'in-court', 'holiday', 'another-try')"
        )
