"""Where is a conversation of a chat tool reached, and whose own is it?"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, null, select, update

from db.records.facts import AgencyId
from db.records.work import ChatReference
from db.tables import chat_reference as table
from db.upsert import upsert


def keep(conn: Connection, agency_id: AgencyId, reference: ChatReference, at: datetime) -> None:
    """Something came from there: this is where it is reached now, and it is taken there."""
    row = {
        "agency_id": agency_id,
        "channel": reference.channel,
        "address": reference.address,
        "conversation": reference.conversation,
        "account": reference.account,
        "user_name": reference.user,
        "service_url": reference.service_url,
        "seen_at": at,
        "lost_at": None,
        "lost_why": "",
    }
    upsert(
        conn,
        table,
        [row],
        lambda offered: (
            {name: offered[name] for name in ("account", "user_name", "service_url", "seen_at", "lost_why")}
            | {"lost_at": null()}
        ),
    )


def lose(
    conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str, why: str, at: datetime
) -> None:
    """Nothing is taken any more in any conversation of this account's own."""
    conn.execute(
        update(table)
        .where(
            _at(agency_id, channel, address),
            table.c.account == account,
            table.c.account != "",
        )
        .values(lost_at=at, lost_why=why)
    )


def disown(conn: Connection, agency_id: AgencyId, reference: ChatReference) -> None:
    """It is nobody's own any more; where the tenant's conversations are reached is still known by it."""
    conn.execute(
        update(table)
        .where(
            _at(agency_id, reference.channel, reference.address),
            table.c.conversation == reference.conversation,
        )
        .values(account="", user_name="")
    )


def own(
    conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str
) -> ChatReference | None:
    """The conversation with one account alone, the one it wrote in last."""
    return _first(
        conn,
        select(table)
        .where(
            _at(agency_id, channel, address),
            table.c.account == account,
            table.c.account != "",
        )
        .order_by(table.c.seen_at.desc(), table.c.conversation)
        .limit(1),
    )


def service_of(conn: Connection, agency_id: AgencyId, channel: str, address: str) -> str:
    """Where the tenant's conversations were reached last; empty before the first."""
    found: str | None = conn.execute(
        select(table.c.service_url)
        .where(_at(agency_id, channel, address))
        .order_by(table.c.seen_at.desc(), table.c.conversation)
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def named(
    conn: Connection, agency_id: AgencyId, channel: str, address: str, conversation: str
) -> ChatReference | None:
    """One conversation by its own id."""
    return _first(
        conn,
        select(table).where(
            _at(agency_id, channel, address),
            table.c.conversation == conversation,
        ),
    )


def account_of(conn: Connection, agency_id: AgencyId, channel: str, address: str, user: str) -> str:
    """The directory's id of whom the channel calls so; empty for somebody who never wrote."""
    found: str | None = conn.execute(
        select(table.c.account)
        .where(
            _at(agency_id, channel, address),
            table.c.user_name == user,
            table.c.account != "",
        )
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def _at(agency_id: AgencyId, channel: str, address: str) -> ColumnElement[bool]:
    """Of one agency's door alone."""
    return and_(table.c.agency_id == agency_id, table.c.channel == channel, table.c.address == address)


def _first(conn: Connection, asked: Select[Any]) -> ChatReference | None:
    row = conn.execute(asked).mappings().one_or_none()
    if row is None:
        return None
    return ChatReference(
        channel=row["channel"],
        address=row["address"],
        conversation=row["conversation"],
        service_url=row["service_url"],
        account=row["account"],
        user=row["user_name"],
        lost=row["lost_why"] if row["lost_at"] is not None else "",
    )
