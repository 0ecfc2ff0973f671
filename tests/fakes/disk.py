"""A disk that nobody waits for: none of what a test keeps has to outlive a power cut."""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from tests.fakes.statements import compiled_once


def never_waiting(engine: Engine) -> Engine:
    """The same engine of an SQLite file, whose commits do not wait until the disk has them."""
    event.listen(engine, "connect", _do_not_wait)
    return compiled_once(engine)


def _do_not_wait(connection: DBAPIConnection, _entry: object) -> None:
    connection.cursor().execute("PRAGMA synchronous = OFF")
