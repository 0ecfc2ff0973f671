"""What does the database hold, byte for byte? Rows in the form that is hashed and backed up, in the order of their
key, a page at a time, so that millions need no memory."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, Select, Table, Text, cast, select, tuple_, type_coerce
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType

from db.types import ExactDecimal, UtcInstant

PAGE = 2_000

Row = dict[str, Any]


def kept_rows(conn: Connection, table: Table, page: int = PAGE) -> Generator[Row]:
    """Every row of a table; values are None, a whole number or text, and anything else only after tampering."""
    key = list(table.primary_key.columns)
    on_postgresql = conn.dialect.name == "postgresql"
    statement = _all_of(table, as_text=on_postgresql).limit(page)
    instants = [column.name for column in table.columns if isinstance(column.type, UtcInstant)]
    last: tuple[Any, ...] | None = None
    while True:
        after = statement if last is None else statement.where(tuple_(*key) > tuple_(*last))
        rows = conn.execute(after).mappings().all()
        for each in rows:
            row = dict(each)
            if on_postgresql:
                _as_sqlite(row, instants)
            yield row
        if len(rows) < page:
            return
        last = tuple(rows[-1][column.name] for column in key)


@contextmanager
def bytes_that_are_no_text(conn: Connection) -> Iterator[None]:
    """Let a flipped byte be read that SQLite's driver would stop at; PostgreSQL lets none in."""
    driver: Any = conn.connection.driver_connection
    if conn.dialect.name == "postgresql" or driver is None:
        yield
        return
    before = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


@cache
def _all_of(table: Table, *, as_text: bool) -> Select[Any]:
    """Made once for each table: a check reads them all, and naming every column costs more than the few rows do."""
    columns = (_as_kept(column, as_text=as_text) for column in table.columns)
    return select(*columns).order_by(*table.primary_key.columns)


def _as_kept(column: ColumnElement[Any], *, as_text: bool) -> ColumnElement[Any]:
    # Neither the driver nor we may tidy a value up on the way: 2.50 is not 2.5 to whoever looks for a change.
    if as_text and isinstance(column.type, Date | UtcInstant | ExactDecimal):
        return cast(column, Text()).label(column.key)
    return type_coerce(column, NullType()).label(column.key)


def _as_sqlite(row: Row, instants: list[str]) -> None:
    for name in instants:
        if row[name] is not None:
            row[name] = _instant(row[name])
    for name, value in row.items():
        if isinstance(value, bool):
            row[name] = int(value)


def _instant(text: str) -> str:
    """PostgreSQL's text of an instant as SQLite keeps it; what is stranger stays as it is and is found."""
    whole, utc, rest = text.partition("+00")
    if not utc or rest:
        return text
    seconds, _, fraction = whole.partition(".")
    return f"{seconds}.{fraction:0<6}"
