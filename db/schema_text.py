"""Does SQLite hold the very words of this release's tables and indexes? It keeps them as text, and alembic compares
only what they mean: a condition that was rewritten would pass."""

import re
from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, StaticPool, create_engine

from db.migrate import bring_to, migrating

# Triggers are compared letter by letter where they are made.
_SCHEMA = "SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE type <> 'trigger'"
_BLANKS = re.compile("[ \n\t]+")

# The pieces of each object's text by kind and name.
Texts = Mapping[str, tuple[str, ...]]


def changed_texts(conn: Connection) -> list[str]:
    """Tables, indexes and views whose text is not the one that the migrations write, by kind and name."""
    expected, found = _expected(), _texts(conn)
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


@cache
def _expected() -> Texts:
    """What the migrations make of nothing, with the library that reads the file."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with migrating(engine) as conn:
            bring_to(conn)
            return _texts(conn)
    finally:
        engine.dispose()


def _texts(conn: Connection) -> Texts:
    return {name: _pieces(text) for name, text in conn.exec_driver_sql(_SCHEMA).all()}


def _pieces(text: str) -> tuple[str, ...]:
    """The parts between commas, sorted: alembic writes the constraints of a table it has moved in any order, and
    another release of it may break lines elsewhere. Any other letter is a change."""
    said = _BLANKS.sub(" ", text).removesuffix(")").rstrip(" ")
    return tuple(sorted(said.split(", ")))
