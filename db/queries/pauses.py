"""Until when does a channel want to be left alone, in one conversation or in a whole workspace?"""

from datetime import datetime

from sqlalchemy import Connection

from db.records.ledger import Destination
from db.tables import pause
from db.upsert import upsert


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
