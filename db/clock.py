"""How far is business time ahead of real time? One row that only the demo and tests move."""

from sqlalchemy import Connection, select

from db.tables import clock_offset
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
