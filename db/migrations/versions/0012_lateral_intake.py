"""One person with two employments: what an agency asks another for, what is released, and what was taken in."""

import sqlalchemy as sa

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, create_lookup, person_link

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    create_sealed_fact_table(
        "intake_request",
        person_link(),
        sa.Column("holder_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
    )
    create_lookup("intake_request", "agency_id", "person_id")
    create_lookup("intake_request", "holder_id")
    create_sealed_fact_table(
        "release_word",
        person_link(),
        sa.Column("request_id", ID, sa.ForeignKey("intake_request.id"), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.CheckConstraint("word IN ('allowed', 'proposed', 'kept-back')", name="word"),
    )
    create_lookup("release_word", "request_id")
    create_sealed_fact_table(
        "record_release",
        person_link(),
        sa.Column("request_id", ID, sa.ForeignKey("intake_request.id"), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("classes", sa.Text(), nullable=False),
    )
    create_lookup("record_release", "request_id")
    create_sealed_fact_table(
        "intake_taken",
        person_link(),
        sa.Column("request_id", ID, sa.ForeignKey("intake_request.id"), nullable=False),
        sa.Column("release_id", ID, sa.ForeignKey("record_release.id"), nullable=False),
    )
    create_lookup("intake_taken", "agency_id", "person_id")
