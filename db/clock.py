"""What time is it for the database, and how far is business time ahead of it? One row that only the demo and tests
move."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, type_coerce

from db.tables import clock_offset
from db.types import UtcInstant
from db.upsert import upsert


def offset_seconds(conn: Connection) -> int:
    """Seconds to add to real time; zero in every real installation."""
    moved: int | None = conn.execute(select(clock_offset.c.seconds)).scalar_one_or_none()
    return moved or 0


def set_offset_seconds(conn: Connection, seconds: int) -> None:
    """Move business time; ``conn`` comes from ``working``."""
    upsert(
        conn, clock_offset, [{"id": 1, "seconds": seconds}], lambda offered: {"seconds": offered["seconds"]}
    )


def database_now(conn: Connection) -> datetime:
    """The database's own instant: the one clock that every process of an installation shares."""
    now: datetime = conn.execute(_NOW[conn.dialect.name]).scalar_one()
    return now


def moved_now(conn: Connection) -> datetime:
    """The same, moved as business time is, in one question: every delivery asks it several times."""
    row = conn.execute(_MOVED[conn.dialect.name]).one()
    return row.now + timedelta(seconds=row.seconds or 0)  # type: ignore[no-any-return]  # the first column is an instant


_INSTANT = {
    "postgresql": func.clock_timestamp(type_=UtcInstant()).label("now"),
    # The text in which SQLite keeps instants.
    "sqlite": type_coerce(func.strftime("%Y-%m-%d %H:%M:%f000", "now"), UtcInstant()).label("now"),
}
_SECONDS = select(clock_offset.c.seconds).scalar_subquery().label("seconds")
_NOW = {name: select(instant) for name, instant in _INSTANT.items()}
_MOVED = {name: select(instant, _SECONDS) for name, instant in _INSTANT.items()}
