"""When did each job of the scheduler last come to its end? In database time, whichever process did it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, select

from db.clock import database_now
from db.tables import heartbeat as table
from db.upsert import upsert


def ages(conn: Connection) -> Mapping[str, timedelta]:
    """How long ago each job last succeeded; below zero after a clock was set back. One that never did is left out."""
    now = database_now(conn)
    return {row.job: now - row.succeeded_at for row in conn.execute(select(table))}


def beat(conn: Connection, job: str) -> None:
    """Keep that the job came to its end now; ``conn`` comes from ``working``."""
    upsert(
        conn,
        table,
        [{"job": job, "succeeded_at": database_now(conn)}],
        lambda offered: {"succeeded_at": offered["succeeded_at"]},
    )
