"""Could Rollcall have written this? Rows of work state have no hash, but each of their values has one form, and what is
not in it was written by nobody or by a broken disk."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary

from db.kept_rows import kept_rows
from db.records.audit import IntegrityFinding
from db.row_hash import kept_instant
from db.tables import chain_head
from db.tables.base import metadata
from db.types import CanonicalJson, ExactDecimal, HoursByTopic, UtcInstant, WordList, canonical_json, plain


def check_work(conn: Connection) -> Iterator[IntegrityFinding]:
    """Every value of a table that changes and that is not in the form in which such a value is kept."""
    for table in metadata.sorted_tables:
        if table.info.get("append_only") or table is chain_head:
            continue
        key = [column.name for column in table.primary_key.columns]
        for row in kept_rows(conn, table):
            for column in table.columns:
                if not _can_be(column, row[column.name]):
                    facts = {
                        "table": table.name,
                        "row": ", ".join(f"{name} {row[name]}" for name in key),
                        "column": column.name,
                    }
                    yield IntegrityFinding("work-changed", tuple(facts.items()))


def _can_be(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    try:
        return type(value) is type(again := _again(column, value)) and value == again
    except (ArithmeticError, TypeError, ValueError, InvalidOperation):
        return False


def _again(column: Column[Any], value: Any) -> object:
    """The value read and written once more."""
    match column.type:
        case UtcInstant():
            return kept_instant(datetime.fromisoformat(value).replace(tzinfo=UTC))
        case Date():
            return date.fromisoformat(value).isoformat()
        case ExactDecimal():
            return plain(Decimal(value))
        case CanonicalJson() | WordList() | HoursByTopic():
            return canonical_json(json.loads(value))
        case Boolean():
            return int(bool(value))
        case Integer():
            return int(value)
        case LargeBinary():
            return bytes(value)
        case _:
            # A byte that is no text was read as half of a character.
            return str(value).encode().decode()
