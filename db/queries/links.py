"""Which one-time links work, and which of two who use one at once is the first?"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from db.records.facts import AgencyId
from db.records.links import KeptLink, LinkPurpose
from db.tables import one_time_link as table


def keep(conn: Connection, link: KeptLink) -> None:
    """It works from now on."""
    row = {name: getattr(link, name) for name in KeptLink.__dataclass_fields__}
    conn.execute(insert(table).values(**row | {"purpose": link.purpose.value}))


def find(conn: Connection, digest: str, now: datetime) -> KeptLink | None:
    """The link of this token, left as it is. A token is a door: it says itself whose agency it leads into."""
    row = (
        conn.execute(select(table).where(table.c.digest == digest, table.c.expires_at > now))
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    values = {name: row[name] for name in KeptLink.__dataclass_fields__}
    return KeptLink(**values | {"purpose": LinkPurpose(row["purpose"]), "payload": bytes(row["payload"])})


def take(conn: Connection, agency_id: AgencyId, digest: str, now: datetime) -> bool:
    """Use it up, in this transaction; False when somebody was first, or its time is over."""
    taken = conn.execute(
        delete(table)
        .where(table.c.agency_id == agency_id, table.c.digest == digest, table.c.expires_at > now)
        .returning(table.c.digest)
    )
    return len(taken.all()) == 1


def end_all_of(conn: Connection, agency_id: AgencyId, person_id: int) -> None:
    """None of somebody's links works any more."""
    conn.execute(delete(table).where(table.c.agency_id == agency_id, table.c.person_id == person_id))


def clear(conn: Connection, before: datetime) -> int:
    """Let go of links whose time was over by then; how many."""
    return conn.execute(delete(table).where(table.c.expires_at <= before)).rowcount
