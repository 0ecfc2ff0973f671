"""Who looks after PostgreSQL's own pages? The server when it keeps checksums, and its extension amcheck, which holds
each index against its table."""

from collections.abc import Iterator
from typing import Literal

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from db.records.audit import IntegrityFinding
from db.unit_of_work import reading

PageNote = Literal["checksums-off", "checksums-on", "indexes-compared", "indexes-not-compared"]
_COMPARE = "bt_index_check(regclass, boolean)"
_INDEXES = text(
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
    "WHERE c.relnamespace = current_schema()::regnamespace AND a.amname = 'btree' AND i.indisvalid "
    "ORDER BY c.relname"
)


def page_notes(engine: Engine) -> tuple[PageNote, ...]:
    """What else looks at the pages, or does not: the codes of sentences; none for SQLite, which is read whole."""
    if engine.dialect.name != "postgresql":
        return ()
    with reading(engine) as conn:
        checksums = conn.execute(text("SHOW data_checksums")).scalar_one() == "on"
        compared = _can_compare(conn)
    return (
        "checksums-on" if checksums else "checksums-off",
        "indexes-compared" if compared else "indexes-not-compared",
    )


def check_indexes(conn: Connection) -> Iterator[IntegrityFinding]:
    """Indexes that do not lead to every row of their table, where the server can tell: index-damaged."""
    if not _can_compare(conn):
        return
    for name in conn.execute(_INDEXES).scalars().all():
        attempt = conn.begin_nested()
        try:
            # Every row is looked up, which takes as long as it takes.
            conn.execute(text("SET LOCAL statement_timeout = 0"))
            conn.execute(text("SELECT bt_index_check(CAST(:name AS regclass), true)"), {"name": name})
        except DatabaseError as error:
            facts = (("index", name), ("problem", str(error.orig).partition("\n")[0]))
            yield IntegrityFinding("index-damaged", facts)
        finally:
            attempt.rollback()


def _can_compare(conn: Connection) -> bool:
    may = text(
        "SELECT coalesce(has_function_privilege(to_regprocedure(CAST(:name AS text)), 'execute'), false)"
    )
    return bool(conn.execute(may, {"name": _COMPARE}).scalar_one())
