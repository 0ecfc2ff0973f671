"""How do we speak to the database? One engine for each process, the same promises on SQLite and
PostgreSQL."""

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
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

_POSTGRESQL_SETTINGS = {
    "timezone": "UTC",
    # The check compares the text of a day.
    "datestyle": "ISO",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


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


def _sqlite(url: URL) -> Engine:
    # Errors are logged, and what was being written may name a person.
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver begins transactions by guessing from the statement; _begin_sqlite does it by intent instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


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
