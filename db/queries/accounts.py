"""Whose is an account of a chat tool, which accounts does somebody have, and which pages of theirs stand open?"""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, update

from db.facts import in_force, in_force_rows, kept_of
from db.records.accounts import AccountAnswer, AccountQuestion, PilotMember
from db.records.facts import AgencyId, ChannelAccount, Kept
from db.records.work import HomePage
from db.tables import account_answer, account_question, employment, home_page, pilot_member, standing
from db.tables import channel_account as table
from db.upsert import upsert


def owner(conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str) -> int | None:
    """The person whose account this is; None for nobody, and for more than one."""
    found = conn.execute(
        select(table.c.person_id)
        .distinct()
        .where(
            in_force(table, agency_id),
            table.c.channel == channel,
            table.c.address == address,
            table.c.account == account,
        )
    ).scalars()
    people = list(found)
    return people[0] if len(people) == 1 else None


def was_once_of(
    conn: Connection, agency_id: AgencyId, person_id: int, channel: str, address: str, account: str
) -> bool:
    """Whether the account was linked to this person and is theirs no more."""
    once = conn.execute(
        select(table.c.id)
        .where(
            table.c.agency_id == agency_id,
            table.c.person_id == person_id,
            table.c.channel == channel,
            table.c.address == address,
            table.c.account == account,
        )
        .limit(1)
    ).first()
    return once is not None and owner(conn, agency_id, channel, address, account) != person_id


def links(
    conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str
) -> tuple[Kept[ChannelAccount], ...]:
    """Every link of this account that stands."""
    rows = conn.execute(
        in_force_rows(ChannelAccount, agency_id).where(
            table.c.channel == channel, table.c.address == address, table.c.account == account
        )
    )
    return tuple(kept_of(ChannelAccount, row) for row in rows.mappings())


def of_person(conn: Connection, agency_id: AgencyId, person_id: int) -> tuple[Kept[ChannelAccount], ...]:
    """Where a person can be written to on chat tools, the newest link first."""
    rows = conn.execute(
        in_force_rows(ChannelAccount, agency_id)
        .where(table.c.person_id == person_id)
        .order_by(table.c.id.desc())
    )
    return tuple(kept_of(ChannelAccount, row) for row in rows.mappings())


def everybodys(conn: Connection, agency_id: AgencyId) -> tuple[Kept[ChannelAccount], ...]:
    """Every link that stands, the newest first."""
    rows = conn.execute(in_force_rows(ChannelAccount, agency_id).order_by(table.c.id.desc()))
    return tuple(kept_of(ChannelAccount, row) for row in rows.mappings())


def without_account(conn: Connection, agency_id: AgencyId) -> int:
    """How many people who work here have no chat account linked."""
    has_one = exists().where(in_force(table, agency_id), table.c.person_id == employment.c.person_id)
    found: int = conn.execute(
        select(func.count(employment.c.person_id.distinct())).where(
            in_force(employment, agency_id), employment.c.ended_on.is_(None), ~has_one
        )
    ).scalar_one()
    return found


def last_question(
    conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str
) -> Kept[AccountQuestion] | None:
    """What was last asked about an account."""
    rows = conn.execute(
        in_force_rows(AccountQuestion, agency_id)
        .where(
            account_question.c.channel == channel,
            account_question.c.address == address,
            account_question.c.account == account,
        )
        .order_by(account_question.c.id.desc())
        .limit(1)
    )
    row = rows.mappings().one_or_none()
    return None if row is None else kept_of(AccountQuestion, row)


def question(conn: Connection, agency_id: AgencyId, question_id: int) -> Kept[AccountQuestion] | None:
    """One question by its number."""
    rows = conn.execute(in_force_rows(AccountQuestion, agency_id).where(account_question.c.id == question_id))
    row = rows.mappings().one_or_none()
    return None if row is None else kept_of(AccountQuestion, row)


def open_questions(conn: Connection, agency_id: AgencyId) -> tuple[Kept[AccountQuestion], ...]:
    """What nobody has decided yet, the oldest first."""
    answered = exists().where(
        in_force(account_answer, agency_id), account_answer.c.question_id == account_question.c.id
    )
    rows = conn.execute(
        in_force_rows(AccountQuestion, agency_id).where(~answered).order_by(account_question.c.id)
    )
    return tuple(kept_of(AccountQuestion, row) for row in rows.mappings())


def answer_to(conn: Connection, agency_id: AgencyId, question_id: int) -> Kept[AccountAnswer] | None:
    """What was decided about a question, by whom and when."""
    rows = conn.execute(
        in_force_rows(AccountAnswer, agency_id).where(account_answer.c.question_id == question_id)
    )
    row = rows.mappings().one_or_none()
    return None if row is None else kept_of(AccountAnswer, row)


def pilot_members(conn: Connection, agency_id: AgencyId) -> tuple[Kept[PilotMember], ...]:
    """Whoever is of the pilot, in the order in which they were named."""
    rows = conn.execute(in_force_rows(PilotMember, agency_id).order_by(pilot_member.c.id))
    return tuple(kept_of(PilotMember, row) for row in rows.mappings())


# Names no standing: a page that shows it is behind whatever its person's standing is.
_NOBODYS = "nobodys"


def outdate_pages(conn: Connection, agency_id: AgencyId, channel: str, address: str, account: str) -> None:
    """The pages of an account that is nobody's any more do not show what they should."""
    conn.execute(
        update(home_page)
        .where(
            home_page.c.agency_id == agency_id,
            home_page.c.channel == channel,
            home_page.c.address == address,
            home_page.c.account == account,
        )
        .values(shown=_NOBODYS)
    )


def keep_page(conn: Connection, agency_id: AgencyId, page: HomePage, at: datetime) -> None:
    """Remember what an open page shows now."""
    row = {
        "agency_id": agency_id,
        "person_id": page.person_id,
        "channel": page.channel,
        "address": page.address,
        "account": page.account,
        "shown": page.shown,
        "shown_at": at,
    }
    upsert(
        conn,
        home_page,
        [row],
        lambda offered: {"shown": offered["shown"], "shown_at": offered["shown_at"]},
    )


def forget_page(conn: Connection, agency_id: AgencyId, page: HomePage) -> None:
    """The page is shown to nobody any more."""
    conn.execute(
        delete(home_page).where(
            home_page.c.agency_id == agency_id,
            home_page.c.person_id == page.person_id,
            home_page.c.channel == page.channel,
            home_page.c.address == page.address,
            home_page.c.account == page.account,
        )
    )


def standing_shown(conn: Connection, agency_id: AgencyId, person_id: int) -> str:
    """What names the standing that is kept of somebody now; empty before the first."""
    found: str | None = conn.execute(
        select(standing.c.digest).where(standing.c.agency_id == agency_id, standing.c.person_id == person_id)
    ).scalar_one_or_none()
    return found or ""


def pages_behind(
    conn: Connection, agency_id: AgencyId, channel: str, *, midnight: datetime, limit: int
) -> tuple[HomePage, ...]:
    """Open pages of people who were judged again since they were shown, or that show another day's numbers.

    Somebody who waits to be judged has their page a moment later.
    """
    rows = conn.execute(
        select(home_page)
        .join(
            standing,
            and_(
                standing.c.agency_id == home_page.c.agency_id,
                standing.c.person_id == home_page.c.person_id,
            ),
            isouter=True,
        )
        .where(
            home_page.c.agency_id == agency_id,
            home_page.c.channel == channel,
            standing.c.marked_at.is_(None),
            or_(
                func.coalesce(standing.c.digest, "") != home_page.c.shown,
                home_page.c.shown_at < midnight,
            ),
        )
        .order_by(home_page.c.shown_at)
        .limit(limit)
    )
    return tuple(
        HomePage(
            person_id=row.person_id,
            channel=row.channel,
            address=row.address,
            account=row.account,
            shown=row.shown,
        )
        for row in rows
    )
