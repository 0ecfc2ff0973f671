"""Opened records, disclosures of protected people, and indexes for lists that showed somebody."""

import sqlalchemy as sa

from db.migrations.sealed_shape import create_sealed_fact_table
from db.migrations.shape import ID, INSTANT, create_lookup, person_link

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    create_sealed_fact_table(
        "record_opening",
        person_link(),
        person_link("viewer_id"),
        sa.Column("reason_item_id", ID, sa.ForeignKey("content_item.id"), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=False),
    )
    create_lookup("record_opening", "agency_id", "viewer_id")
    create_sealed_fact_table(
        "opening_seen",
        sa.Column("opening_id", ID, sa.ForeignKey("record_opening.id"), nullable=False),
    )
    create_lookup("opening_seen", "agency_id", "opening_id")
    create_sealed_fact_table(
        "disclosure",
        person_link(),
        person_link("viewer_id"),
        sa.Column("reason_item_id", ID, sa.ForeignKey("content_item.id"), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
    )
    create_lookup("disclosure", "agency_id", "viewer_id")
    create_lookup("assignment", "agency_id", "kind")
    create_lookup("audit_entry", "agency_id", "tag", "position")
