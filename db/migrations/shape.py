"""What did every fact table look like when it was made? Frozen: what changes later is a migration, never an
edit here."""

from typing import Any

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
EXACT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def person_link(name: str = "person_id", *, nullable: bool = False) -> sa.Column[Any]:
    """A link to a person."""
    return sa.Column(name, ID, sa.ForeignKey("person.id"), nullable=nullable)


def create_fact_table(name: str, *items: sa.schema.SchemaItem) -> None:
    """A fact table with the columns that all of them began with."""
    op.create_table(
        name,
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("agency_id", ID, sa.ForeignKey("chain_head.agency_id"), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        person_link("recorded_by", nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("replaces_id", ID, sa.ForeignKey(f"{name}.id"), nullable=True),
        sa.Column("void", sa.Boolean(), nullable=False),
        *items,
        sa.CheckConstraint("id = agency_id * 10000000000 + seq", name="id"),
        sa.CheckConstraint(
            "replaces_id IS NULL OR replaces_id / 10000000000 = agency_id AND replaces_id < id",
            name="replaces_id",
        ),
    )
    replaced = sa.text("replaces_id IS NOT NULL")
    op.create_index(
        f"uq_{name}_replaces_id",
        name,
        ["replaces_id"],
        unique=True,
        sqlite_where=replaced,
        postgresql_where=replaced,
    )


def create_source_key_index(name: str) -> None:
    """A row of a file is taken in once."""
    first = sa.text("source_key IS NOT NULL AND replaces_id IS NULL")
    op.create_index(
        f"uq_{name}_source_key",
        name,
        ["agency_id", "source_key"],
        unique=True,
        sqlite_where=first,
        postgresql_where=first,
    )


def create_lookup(name: str, *columns: str) -> None:
    """A plain index under its conventional name."""
    op.create_index(f"ix_{name}_{'_'.join(columns)}", name, list(columns))
