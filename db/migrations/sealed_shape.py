"""What did a fact table look like when it was made after every row had its hash? Frozen: what changes later is a
migration, never an edit here."""

import sqlalchemy as sa

from db.migrations.shape import create_fact_table


def create_sealed_fact_table(name: str, *items: sa.schema.SchemaItem) -> None:
    """A fact table whose rows carry the hash that an audit entry seals."""
    create_fact_table(name, sa.Column("hash", sa.Text(), nullable=False), *items)
