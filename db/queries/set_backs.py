"""Where in an agency's chain did time go back, and is an instant one that the chain passed more than once?

Every transaction that keeps a fact ends with an entry of the same instant, so the entries know it of the facts too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from db.queries.audit import position_at
from db.records.facts import AgencyId
from db.tables import audit_entry as table
from db.types import UtcInstant

# A write carries the instant at which it began and may have waited for another: so much is no clock that was set back.
WAITED_AT_MOST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SetBack:
    """Two entries that follow each other in the sequence, and whose instants do not."""

    before_seq: int
    before_at: datetime
    after_seq: int
    after_at: datetime


def set_backs(conn: Connection, agency_id: AgencyId) -> tuple[SetBack, ...]:
    """Every place where an entry is more than a minute earlier than the one before it, in the order of the chain. Reads
    the whole chain once."""
    pairs = (
        select(
            func.lag(table.c.seq).over(order_by=table.c.position).label("before_seq"),
            func.lag(table.c.at, type_=UtcInstant()).over(order_by=table.c.position).label("before_at"),
            table.c.seq.label("after_seq"),
            table.c.at.label("after_at"),
            table.c.position,
        )
        .where(table.c.agency_id == agency_id)
        .subquery()
    )
    back = (
        select(pairs.c.before_seq, pairs.c.before_at, pairs.c.after_seq, pairs.c.after_at)
        .where(pairs.c.after_at < pairs.c.before_at)
        .order_by(pairs.c.position)
    )
    found = (SetBack(*row) for row in conn.execute(back))
    return tuple(each for each in found if each.before_at - each.after_at > WAITED_AT_MOST)


def came_again(conn: Connection, agency_id: AgencyId, at: datetime) -> bool:
    """Whether an entry from after an instant stands before one from before it: what was on file just then has no one
    answer. Reads an index of what was written before it."""
    ahead = (
        select(table.c.position)
        .where(
            table.c.agency_id == agency_id,
            table.c.position < position_at(conn, agency_id, at),
            table.c.at > at + WAITED_AT_MOST,
        )
        .limit(1)
    )
    return conn.execute(ahead).first() is not None
