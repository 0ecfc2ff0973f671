"""How is a row of work state put in the place of the one with the same key? Only the dialects know how to say
it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Excluded = Mapping[str, ColumnElement[Any]]


def upsert(
    conn: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    changes: Callable[[Excluded], Mapping[str, ColumnElement[Any]]],
    only_if: Callable[[Excluded], ColumnElement[bool]] | None = None,
) -> None:
    """Insert rows by primary key; where one is already there apply ``changes`` to it, given the row that was
    offered."""
    if not rows:
        return
    statement, offered = _offer(conn.dialect.name, table)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_=dict(changes(offered)),
            where=only_if(offered) if only_if else None,
        ),
        list(rows),
    )


@cache
def _offer(dialect: str, table: Table) -> tuple[postgresql.Insert | sqlite.Insert, Excluded]:
    """Made once for each table: naming the columns of what is offered costs more than the statement."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return statement, dict(statement.excluded.items())
