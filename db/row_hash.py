"""What is the hash of a fact row? SHA-256 over the one text of its table and of everything it says, the same
whichever database keeps it and whoever reckons it.

A value counts in the form in which SQLite keeps it: days and instants as text in UTC, hours with their last digit,
lists and mappings as their canonical JSON. What is empty is left out, so that a column which a later release adds
does not change what is known of older rows.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from json import JSONEncoder
from typing import Any

from sqlalchemy import Boolean, Date, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.types import ExactDecimal, UtcInstant, plain

HASH = "hash"

_SQLITE: Dialect = sqlite.dialect()


def _foreign(value: object) -> object:
    """Bytes are their hexadecimal figures. What only tampering puts there still has one text, so that it is named
    instead of stopping the check."""
    return {"bytes": value.hex()} if isinstance(value, bytes) else {"strange": repr(value)}


_text_of = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_foreign).encode


def row_hash(table: Table, row: Mapping[str, Any]) -> str:
    """The hash of a row that is about to be kept, its values as records have them."""
    said = {name: form(row[name]) for name, form in _forms(table) if row[name] is not None}
    return hash_of_kept(table.name, said)


def hash_of_kept(table: str, kept: Mapping[str, object]) -> str:
    """The hash of a row whose values are in their kept form already; empty ones are not part of it."""
    said = {name: value for name, value in kept.items() if value is not None and name != HASH}
    # A byte that is no text can only come from tampering.
    return sha256(_text_of([table, said]).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def _forms(table: Table) -> tuple[tuple[str, Callable[[Any], object]], ...]:
    return tuple((column.name, _form(column.type)) for column in table.columns if column.name != HASH)


def _form(type_: TypeEngine[Any]) -> Callable[[Any], object]:
    """How a value of this type is kept; a type that nobody thought of is refused when the first row is written."""
    match type_:
        case UtcInstant():
            return kept_instant
        case ExactDecimal():
            return plain
        case TypeDecorator() if isinstance(type_.impl_instance, Text):
            return lambda value: type_.process_bind_param(value, _SQLITE)
        case Date():
            return date.isoformat
        case Boolean() | Integer():
            return int
        case LargeBinary():
            return bytes
        case Text():
            return str
        case _:
            raise TypeError(f"no kept form for {type_!r}")


def kept_instant(value: datetime) -> str:
    """An instant as it is kept."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
