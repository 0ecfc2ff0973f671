"""Which channels asked to be left alone, and until when? Written down by the ledger, when one says so."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, exists, func, select

from db.records.ledger import Destination
from db.tables import attempt, pause
from db.upsert import upsert


def is_quiet(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether the channel of an attempt asked to be left alone, in its conversation or everywhere."""
    return exists().where(
        pause.c.channel == attempt.c.channel,
        pause.c.address == attempt.c.address,
        pause.c.place.in_(("", attempt.c.place)),
        pause.c.until > now,
    )


def quiet_until(conn: Connection, route: Destination, now: datetime) -> datetime | None:
    """Until when a channel asked to be left alone, in this conversation or everywhere; None when it did not."""
    found: datetime | None = conn.execute(
        select(func.max(pause.c.until)).where(
            pause.c.channel == route.channel,
            pause.c.address == route.address,
            pause.c.place.in_(("", route.place)),
            pause.c.until > now,
        )
    ).scalar_one()
    return found


def hold_back(conn: Connection, route: Destination, until: datetime, *, everywhere: bool) -> None:
    """The channel asked to be left alone until then: in one conversation, or in the whole workspace."""
    place = "" if everywhere else route.place
    upsert(
        conn,
        pause,
        [{"channel": route.channel, "address": route.address, "place": place, "until": until}],
        lambda offered: {"until": offered["until"]},
        only_if=lambda offered: offered["until"] > pause.c.until,
    )
