"""How do we speak to the database? One engine for each process, the same promises on SQLite and
PostgreSQL."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import UnsupportedDatabaseError

# Says on a connection whether its transaction is going to write; SQLite must know at BEGIN.
WRITES = "rollcall_writes"

_SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    # A "sent" that is forgotten in a power cut is a second text to an officer.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE deletes a fact and fires no trigger.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA mmap_size = 268435456",
)

# What is deleted here has to be gone: overwritten in the file, and in no log of pages that outlives the commit.
_SQLITE_PRAGMAS_OF_KEYS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)

_POSTGRESQL_SETTINGS = {
    "timezone": "UTC",
    # The check compares the text of a day.
    "datestyle": "ISO",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


# The first byte of an error's code says which kind it is.
_KIND = 0xFF
_BESIDE = ("", "-wal", "-shm")


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///PATH`` or ``postgresql://...``; nothing is opened until it is used."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return _sqlite(parsed)
        case "postgresql":
            return _postgresql(parsed)
        case backend:
            raise UnsupportedDatabaseError(backend)


def make_key_engine(url: str) -> Engine:
    """The same for the key store, where deleting means that nothing is left."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return make_engine(url)
    # Opened for each use: no page of it waits in a process.
    return _set_up(create_engine(parsed, hide_parameters=True, poolclass=NullPool), _SQLITE_PRAGMAS_OF_KEYS)


def _sqlite(url: URL) -> Engine:
    # Errors are logged, and what was being written may name a person.
    return _set_up(create_engine(url, hide_parameters=True), _SQLITE_PRAGMAS)


def _set_up(engine: Engine, pragmas: Sequence[str]) -> Engine:
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver begins transactions by guessing from the statement; _begin_sqlite does it by intent instead.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _let_go_of_read_only)
    return engine


def _let_go_of_read_only(failed: ExceptionContext) -> None:
    """What was opened while nobody might write into the file stays closed to this process for good, and so does all
    that is opened beside it: once the file may be written, everything is opened anew."""
    code = getattr(failed.original_exception, "sqlite_errorcode", 0)
    # A snapshot that is for reading alone says the same of itself, and nothing is wrong with the file.
    only_reads = (
        failed.connection is not None and failed.connection.get_execution_options().get(WRITES) is False
    )
    if (
        code & _KIND == sqlite3.SQLITE_READONLY
        and not only_reads
        and failed.engine is not None
        and _may_write(failed.engine.url)
    ):
        failed.is_disconnect = True
        failed.engine.dispose()


def _may_write(url: URL) -> bool:
    """Whether this process may write into the file, and into what SQLite lays beside it."""
    names = [f"{url.database}{beside}" for beside in _BESIDE]
    return all(os.access(each, os.W_OK) for each in names if Path(each).exists())


def _begin_sqlite(conn: Connection) -> None:
    writes = conn.get_execution_options().get(WRITES)
    conn.exec_driver_sql(f"PRAGMA query_only = {'ON' if writes is False else 'OFF'}")
    # A plain BEGIN that reads first and writes later fails at once when somebody else wrote in between, and
    # no busy timeout helps; IMMEDIATE waits its turn. Readers must not, or they would queue behind writers.
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        # The first question after a restart of the server is asked again instead of failing.
        pool_pre_ping=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in _POSTGRESQL_SETTINGS.items()),
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
        },
    )
