"""Bringing a database to the newest schema, as often as you like and from as many places at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from db.engine import WRITES
from db.errors import BrokenLinksError
from db.triggers import install_triggers

# Any number will do; it only has to be the same in every process.
_ONE_MIGRATION_AT_A_TIME = 7_270_201


def upgrade(engine: Engine) -> None:
    """Run every migration that is missing, in one transaction, and put the triggers back."""
    with migrating(engine) as conn:
        bring_to(conn)


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """The transaction in which tables may be changed, one at a time in all processes."""
    with engine.connect() as conn:
        conn.execution_options(**{WRITES: True})
        if conn.dialect.name == "postgresql":
            with conn.begin():
                # A long step must end, and waiting for another process's migration is not a failure.
                conn.execute(text("SET LOCAL statement_timeout = 0"))
                conn.execute(text("SET LOCAL lock_timeout = 0"))
                conn.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_MIGRATION_AT_A_TIME})
                yield conn
            return
        # SQLite changes a table by dropping it, which foreign keys forbid; the setting is deaf inside a
        # transaction.
        _set_foreign_keys(conn, "OFF")
        try:
            with conn.begin():
                yield conn
                broken = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise BrokenLinksError(sorted({row[0] for row in broken}))
        finally:
            _set_foreign_keys(conn, "ON")


def bring_to(conn: Connection, revision: str = "head") -> None:
    """Run the steps up to a revision inside ``migrating``; the newest has its triggers."""
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, revision)
    if revision_of(conn) == newest_revision():
        install_triggers(conn)


def knows(revision: str) -> bool:
    """Whether this release has such a revision."""
    return any(step.revision == revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def newest_revision() -> str | None:
    """The revision that this release of Rollcall works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


@cache
def known_revisions() -> frozenset[str]:
    """Every revision that this release can come from or is; any other was made by a later release."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(conn: Connection) -> str | None:
    """The revision that a database is at; None before the first migration."""
    return MigrationContext.configure(conn).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _set_foreign_keys(conn: Connection, state: str) -> None:
    driver = conn.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys = {state}")
