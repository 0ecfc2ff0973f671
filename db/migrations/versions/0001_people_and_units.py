"""Agencies with their doors and packs, people with their names and employments, units and who answers for
whom."""

import sqlalchemy as sa
from alembic import op

from db.migrations.shape import ID, INSTANT, create_fact_table, create_lookup, person_link

revision = "0001"
down_revision = None

_ROLES = (
    "'officer', 'civilian', 'supervisor', 'coordinator', 'command', 'records', 'legal', 'auditor', "
    "'union_observer', 'administrator'"
)


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("agency_id", ID, primary_key=True, autoincrement=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("entries", ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
    )
    create_fact_table("person")
    _agencies()
    _people()
    _units()


def _agencies() -> None:
    create_fact_table(
        "agency",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
    )
    create_lookup("agency", "agency_id")
    create_fact_table(
        "agency_pack",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
    )
    create_lookup("agency_pack", "agency_id")
    create_fact_table(
        "door",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
    )
    create_lookup("door", "channel", "address")


def _people() -> None:
    create_fact_table(
        "person_name",
        person_link(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('legal', 'alias')", name="kind"),
    )
    create_lookup("person_name", "agency_id", "person_id")
    create_fact_table(
        "contact_point",
        person_link(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('email', 'mobile')", name="kind"),
    )
    create_lookup("contact_point", "agency_id", "kind", "value")
    create_lookup("contact_point", "agency_id", "person_id")
    create_fact_table(
        "employment",
        person_link(),
        sa.Column("badge_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("licensed_on", sa.Date(), nullable=True),
        sa.Column("history_complete_from", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
    )
    create_lookup("employment", "agency_id", "person_id")
    create_lookup("employment", "agency_id", "badge_number")


def _units() -> None:
    create_fact_table(
        "unit",
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("parent_unit_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    create_lookup("unit", "agency_id", "unit_id")
    create_fact_table(
        "reporting_line",
        person_link(),
        person_link("supervisor_id", nullable=True),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
    )
    create_lookup("reporting_line", "agency_id", "person_id")
    create_lookup("reporting_line", "agency_id", "supervisor_id")
    create_lookup("reporting_line", "agency_id", "unit_id")
    create_fact_table(
        "role_grant",
        person_link(),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_to", INSTANT, nullable=True),
        sa.CheckConstraint(f"role IN ({_ROLES})", name="role"),
    )
    create_lookup("role_grant", "agency_id", "person_id")
    create_lookup("role_grant", "agency_id", "role")
