"""Somebody with the file or the owner's rights changes the record: the check names what they touched."""

from itertools import product
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Engine, Table, text

from db import tables
from db.kept_rows import kept_rows
from db.tables.base import append_only_tables
from db.types import UtcInstant
from tests.integration.specimens import an_agency_with_everything, found_in, named, tampering, undone

RECORD = append_only_tables()


@pytest.fixture
def everything(database: Engine) -> Engine:
    """An agency with rows in every table of the record."""
    an_agency_with_everything(database)
    return database


def put(conn: Connection, table: Table, row_id: int, column: str, value: object) -> None:
    """Write a value as it lies in the file, past every type."""
    cast = ""
    if conn.dialect.name == "postgresql":
        kind = conn.execute(
            text(
                "SELECT data_type FROM information_schema.columns WHERE table_name = :t AND column_name = :c"
            ),
            {"t": table.name, "c": column},
        ).scalar_one()
        # By way of text, which the server reads as the column's own kind.
        written = f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
        value, cast = None if value is None else written, f"::text::{kind}"
    statement = f'UPDATE {table.name} SET "{column}" = (:value){cast} WHERE id = :id'  # noqa: S608 names of our own tables
    conn.execute(text(statement), {"value": value, "id": row_id})


def flipped(column: Column[Any], value: Any) -> int | str | bytes:
    """One bit of a kept value; of a number one so high that no other row has it."""
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1)
    if isinstance(value, bytes):
        return value[:-1] + bytes((value[-1] ^ 1,))
    number: int = value
    return number ^ (1 if isinstance(column.type, Boolean) else 1 << 20)


def is_named(conn: Connection, table: Table, row_id: object) -> bool:
    findings = found_in(conn)
    if table is tables.audit_entry:
        return any(each["id"] == str(row_id) for each in named(findings, "chain-broken"))
    return any(
        (each["table"], each["id"]) == (table.name, str(row_id)) for each in named(findings, "fact-changed")
    )


def changes(column: Column[Any], value: object) -> list[object]:
    """What somebody might put in its place: another value, nothing, or something where nothing was."""
    if value is None:
        return ["2026-02-03" if isinstance(column.type, Date | UtcInstant) else 1]
    return [flipped(column, value), *([None] if column.nullable else [])]


@pytest.mark.parametrize("table", RECORD, ids=lambda table: table.name)
def test_every_column_of_every_row_is_held_to_what_was_written(everything: Engine, table: Table) -> None:
    missed = []
    with tampering(everything) as conn:
        assert found_in(conn) == []
        kept = list(kept_rows(conn, table))
        assert len(kept) >= 4
        for row, column in product(kept[:3], table.columns):
            for value in changes(column, row[column.name]):
                with undone(conn):
                    put(conn, table, row["id"], column.name, value)
                    row_id = value if column.name == "id" else row["id"]
                    if not is_named(conn, table, row_id):
                        missed.append((row["id"], column.name, row[column.name], value))
    assert missed == []
