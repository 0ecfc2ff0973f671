"""Can this database be worked with, and what did an error of its driver mean?"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DatabaseError, DBAPIError

from db.migrate import known_revisions, newest_revision, revision_of
from db.tables import clock_offset
from db.unit_of_work import reading, working


class DatabaseState(StrEnum):
    """The states there are; all but the first two keep the work from being done."""

    CURRENT = "current"
    NEWER = "newer"  # upgraded by a later release; it keeps working with the one before
    OLDER = "older"
    ABSENT = "absent"  # nothing is there, or no migration ever ran
    UNREACHABLE = "unreachable"
    BUSY = "busy"  # another writer held it longer than we wait
    READ_ONLY = "read-only"
    FULL = "full"
    BROKEN = "broken"  # not a database, or a damaged one


USABLE = frozenset({DatabaseState.CURRENT, DatabaseState.NEWER})

# Result codes without their extension, https://www.sqlite.org/rescode.html
_SQLITE: Mapping[int, DatabaseState] = {
    1: DatabaseState.BROKEN,  # a table that is not there, above all
    5: DatabaseState.BUSY,
    6: DatabaseState.BUSY,
    8: DatabaseState.READ_ONLY,
    11: DatabaseState.BROKEN,
    13: DatabaseState.FULL,
    26: DatabaseState.BROKEN,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: Mapping[str, DatabaseState] = {
    "0A000": DatabaseState.READ_ONLY,  # what a standby says to somebody who begins to write
    "25006": DatabaseState.READ_ONLY,
    "42501": DatabaseState.READ_ONLY,
    "53100": DatabaseState.FULL,
    "55P03": DatabaseState.BUSY,
    "57014": DatabaseState.BUSY,
}


def state_of(engine: Engine) -> DatabaseState:
    """How the database is to somebody who reads; nothing is made where there is none."""
    if is_missing(engine):
        return DatabaseState.ABSENT
    try:
        with reading(engine) as conn:
            return schema_of(conn)
    except DatabaseError as error:
        return state_behind(error)
    except UnicodeDecodeError:
        # The driver cannot even read what SQLite says of such a file.
        return DatabaseState.BROKEN


def state_for_writing(engine: Engine) -> DatabaseState:
    """The same for somebody who also writes. It takes the writer's place for a moment and changes nothing."""
    state = state_of(engine)
    if state not in USABLE:
        return state
    try:
        with working(engine) as conn:
            conn.execute(update(clock_offset).where(clock_offset.c.id == 0).values(seconds=0))
    except DatabaseError as error:
        return state_behind(error)
    return state


def schema_of(conn: Connection) -> DatabaseState:
    """Whether the tables are those of this release."""
    revision = revision_of(conn)
    if revision is None:
        return DatabaseState.ABSENT
    if revision == newest_revision():
        return DatabaseState.CURRENT
    return DatabaseState.OLDER if revision in known_revisions() else DatabaseState.NEWER


def state_behind(error: DBAPIError) -> DatabaseState:
    """What an error of the driver says about the database. What says nothing else is taken for unreachable."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate is not None:
        return _POSTGRESQL.get(sqlstate, DatabaseState.UNREACHABLE)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code & 0xFF, DatabaseState.UNREACHABLE)
    return DatabaseState.UNREACHABLE


def is_missing(engine: Engine) -> bool:
    """Whether it is a file that is not there; opening it would make an empty one."""
    name = engine.url.database
    return (
        engine.dialect.name == "sqlite"
        and not (name or "").startswith("file:")
        and not Path(name or "").exists()
    )
