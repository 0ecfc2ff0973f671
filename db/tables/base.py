"""What does every column say about itself, and what has every fact in common?

A column is made by naming its kind. The kind carries where the value comes from, what it is for, who may see
it and how long it stays, so that a records officer can be answered from the schema itself.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from db.types import UtcInstant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a column the row's own number only when it is called INTEGER; both hold 64 bits.
Id = BigInteger().with_variant(Integer(), "sqlite")

# Ids are the agency's number followed by its sequence: unique everywhere, the same in every run, and a row
# whose id, agency and sequence disagree is refused by the database itself.
IDS_PER_AGENCY = 10_000_000_000


class ColumnKind(StrEnum):
    """The few kinds of column there are."""

    KEY = "key"
    OFFICIAL_FACT = "official_fact"
    CONTACT = "contact"
    CONTENT = "content"
    WORK_STATE = "work_state"


class Classification(StrEnum):
    """Who may see it: anybody who asks, the person and those with a task, or those with a task alone."""

    PUBLIC = "public"
    PRIVATE = "private"
    CONFIDENTIAL = "confidential"


# What a state's law makes public is for the agency's records officer to decide; we begin with the narrower word.
OUR_DEFAULT = "Rollcall's default, narrower than any law, until the agency's records officer decides"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a kind of column promises to whoever asks about the data."""

    source: str
    purpose: str
    classification: Classification
    classified_by: str = OUR_DEFAULT
    retention: str
    export: str


MEANINGS = {
    ColumnKind.KEY: Meaning(
        source="Rollcall",
        purpose="tells rows apart and links them",
        classification=Classification.PRIVATE,
        retention="as long as what it points at",
        export="in a named export; in one for analysis only as a pseudonym",
    ),
    ColumnKind.OFFICIAL_FACT: Meaning(
        source="the agency's roster, imports and decisions",
        purpose="training compliance and its proof",
        classification=Classification.PRIVATE,
        retention="the agency's schedule for training records",
        export="in a named export with a purpose; in one for analysis without what names a person",
    ),
    ColumnKind.CONTACT: Meaning(
        source="the agency's roster",
        purpose="matching and reaching a person",
        classification=Classification.PRIVATE,
        retention="while employed, then until disposal",
        export="to the person alone",
    ),
    ColumnKind.CONTENT: Meaning(
        source="a person's own words or file",
        purpose="understanding a fact",
        classification=Classification.CONFIDENTIAL,
        retention="the agency's schedule for correspondence, then disposal",
        export="to the person, or by the records custodian for a named matter",
    ),
    ColumnKind.WORK_STATE: Meaning(
        source="computed by Rollcall",
        purpose="doing the next piece of work",
        classification=Classification.CONFIDENTIAL,
        retention="until the work is done; can be rebuilt from facts",
        export="never",
    ),
}


def _column(
    kind: ColumnKind,
    name: str,
    type_: TypeEngine[Any],
    *items: SchemaItem,
    nullable: bool,
    server_default: ColumnElement[Any] | None = None,
) -> Column[Any]:
    return Column(
        name,
        type_,
        *items,
        nullable=nullable,
        server_default=server_default,
        autoincrement=False,
        info={"kind": kind.value, **asdict(MEANINGS[kind])},
    )


def key(name: str, *items: SchemaItem, type_: TypeEngine[Any] = Id, nullable: bool = False) -> Column[Any]:
    """Identity, or a link to one."""
    return _column(ColumnKind.KEY, name, type_, *items, nullable=nullable)


def official_fact(
    name: str, type_: TypeEngine[Any], *items: SchemaItem, nullable: bool = False
) -> Column[Any]:
    """Something the agency says about itself or its people."""
    return _column(ColumnKind.OFFICIAL_FACT, name, type_, *items, nullable=nullable)


def contact(name: str, type_: TypeEngine[Any], *items: SchemaItem, nullable: bool = False) -> Column[Any]:
    """Somewhere a person can be reached."""
    return _column(ColumnKind.CONTACT, name, type_, *items, nullable=nullable)


def content(name: str, type_: TypeEngine[Any], *items: SchemaItem, nullable: bool = False) -> Column[Any]:
    """Free words, which may have to go while the fact stays."""
    return _column(ColumnKind.CONTENT, name, type_, *items, nullable=nullable)


def work_state(
    name: str,
    type_: TypeEngine[Any],
    *items: SchemaItem,
    nullable: bool = False,
    server_default: ColumnElement[Any] | None = None,
) -> Column[Any]:
    """What Rollcall needs to remember to get on with its work."""
    return _column(
        ColumnKind.WORK_STATE, name, type_, *items, nullable=nullable, server_default=server_default
    )


def to_person(name: str = "person_id", *, nullable: bool = False) -> Column[Any]:
    """A link to a person."""
    return key(name, ForeignKey("person.id"), nullable=nullable)


def inside_the_walls(column: str) -> CheckConstraint:
    """A link to a fact of the same agency; over a wall it would be an id of another one."""
    return CheckConstraint(f"{column} / {IDS_PER_AGENCY} = agency_id", name=column)


def closed_words(column: str, words: type[StrEnum]) -> CheckConstraint:
    """A vocabulary that only a migration may extend."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


# Columns that every fact has beside what it says.
COMMON_COLUMNS = (
    "id",
    "agency_id",
    "seq",
    "recorded_at",
    "recorded_by",
    "source",
    "replaces_id",
    "void",
    "hash",
)


def fact_table(name: str, *items: SchemaItem) -> Table:
    """A table that is only ever added to; a correction is a new row that names the row it replaces."""
    table = Table(
        name,
        metadata,
        key("id"),
        key("agency_id", ForeignKey("chain_head.agency_id")),
        key("seq"),
        official_fact("recorded_at", UtcInstant()),
        to_person("recorded_by", nullable=True),
        official_fact("source", Text()),
        key("replaces_id", ForeignKey(f"{name}.id"), nullable=True),
        official_fact("void", Boolean()),
        official_fact("hash", Text()),
        *items,
        PrimaryKeyConstraint("id"),
        CheckConstraint(f"id = agency_id * {IDS_PER_AGENCY} + seq", name="id"),
        # A correction from the other side of a wall would be an id of another agency.
        CheckConstraint(
            f"replaces_id IS NULL OR replaces_id / {IDS_PER_AGENCY} = agency_id AND replaces_id < id",
            name="replaces_id",
        ),
        info={"append_only": True, "facts": True},
    )
    # Two correctors cannot both win.
    Index(
        f"uq_{name}_replaces_id",
        table.c.replaces_id,
        unique=True,
        sqlite_where=text("replaces_id IS NOT NULL"),
        postgresql_where=text("replaces_id IS NOT NULL"),
    )
    return table


def once_per_source(table: Table) -> None:
    """A row of a file is taken in once; its corrections keep its key."""
    first = text("source_key IS NOT NULL AND replaces_id IS NULL")
    Index(
        f"uq_{table.name}_source_key",
        table.c.agency_id,
        table.c.source_key,
        unique=True,
        sqlite_where=first,
        postgresql_where=first,
    )


def fact_tables() -> list[Table]:
    """Tables of facts: each row has its hash, and an audit entry seals it."""
    return [table for table in metadata.sorted_tables if table.info.get("facts")]


def append_only_tables() -> list[Table]:
    """Tables whose rows may never change or go."""
    return [table for table in metadata.sorted_tables if table.info.get("append_only")]
