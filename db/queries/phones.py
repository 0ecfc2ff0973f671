"""Whose is a phone, who has a shared one now, does its owner want texts, and which codes are under way?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select

from db.facts import in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, ContactKind, Kept
from db.records.phones import ConsentWord, PhoneSession, SharedPhone, TextConsent
from db.tables import (
    contact_point,
    link_code,
    phone_session,
    shared_phone,
    shift_code,
    text_consent,
    text_use,
)
from db.upsert import upsert


def consent(conn: Connection, agency_id: AgencyId, number: str) -> Kept[TextConsent] | None:
    """What was said last about texts to this number."""
    row = (
        conn.execute(
            in_force_rows(TextConsent, agency_id)
            .where(text_consent.c.number == number)
            .order_by(text_consent.c.id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else kept_of(TextConsent, row)


def without_consent(conn: Connection, agency_id: AgencyId) -> frozenset[str]:
    """Numbers whose owners want no texts."""
    newest: dict[str, ConsentWord] = {}
    for row in conn.execute(in_force_rows(TextConsent, agency_id).order_by(text_consent.c.id)).mappings():
        fact = kept_of(TextConsent, row).fact
        newest[fact.number] = fact.word
    return frozenset(number for number, word in newest.items() if word is ConsentWord.WITHDRAWN)


def keep_code(
    conn: Connection, agency_id: AgencyId, person_id: int, digest: str, expires_at: datetime
) -> None:
    """The person's code from now on, in the place of an earlier one."""
    row = {"agency_id": agency_id, "person_id": person_id, "digest": digest, "expires_at": expires_at}
    upsert(
        conn,
        link_code,
        [row],
        lambda offered: {"digest": offered["digest"], "expires_at": offered["expires_at"]},
    )


def take_code(conn: Connection, agency_id: AgencyId, digest: str, now: datetime) -> int | None:
    """Whose code this is, used up by being asked for; None when it is nobody's, or its time is over."""
    found = conn.execute(
        delete(link_code)
        .where(link_code.c.agency_id == agency_id, link_code.c.digest == digest, link_code.c.expires_at > now)
        .returning(link_code.c.person_id)
    ).scalars()
    people = list(found)
    return people[0] if len(people) == 1 else None


def shared(conn: Connection, agency_id: AgencyId, number: str) -> Kept[SharedPhone] | None:
    """The shared phone with this number; None for any other number."""
    rows = conn.execute(
        in_force_rows(SharedPhone, agency_id)
        .where(shared_phone.c.number == number)
        .order_by(shared_phone.c.id)
        .limit(1)
    )
    row = rows.mappings().first()
    return None if row is None else kept_of(SharedPhone, row)


def shared_ones(conn: Connection, agency_id: AgencyId) -> tuple[Kept[SharedPhone], ...]:
    """Every shared phone, in the order in which they were named."""
    rows = conn.execute(in_force_rows(SharedPhone, agency_id).order_by(shared_phone.c.id))
    return tuple(kept_of(SharedPhone, row) for row in rows.mappings())


def keep_shift_code(
    conn: Connection, agency_id: AgencyId, person_id: int, number: str, digest: str, expires_at: datetime
) -> None:
    """The person's code for this shared phone from now on, in the place of an earlier one."""
    row = {
        "agency_id": agency_id,
        "person_id": person_id,
        "number": number,
        "digest": digest,
        "expires_at": expires_at,
    }
    upsert(
        conn,
        shift_code,
        [row],
        lambda offered: {"digest": offered["digest"], "expires_at": offered["expires_at"]},
    )


def take_shift_code(
    conn: Connection, agency_id: AgencyId, number: str, digest: str, now: datetime
) -> int | None:
    """Whose code for this shared phone this is, used up by being asked for; None when it is nobody's."""
    found = conn.execute(
        delete(shift_code)
        .where(
            shift_code.c.agency_id == agency_id,
            shift_code.c.number == number,
            shift_code.c.digest == digest,
            shift_code.c.expires_at > now,
        )
        .returning(shift_code.c.person_id)
    ).scalars()
    people = list(found)
    return people[0] if len(people) == 1 else None


def begin_session(conn: Connection, agency_id: AgencyId, session: PhoneSession) -> None:
    """Somebody has a shared phone from now on, whoever had it before."""
    said = {
        "person_id": session.person_id,
        "session_id": session.session_id,
        "began_at": session.began_at,
        "ends_at": session.ends_at,
    }
    upsert(
        conn,
        phone_session,
        [{"agency_id": agency_id, "number": session.number, **said}],
        lambda offered: {name: offered[name] for name in said},
    )


def session(conn: Connection, agency_id: AgencyId, number: str) -> PhoneSession | None:
    """Who was logged in last on a shared phone, if nobody has ended it; its time may be over."""
    row = (
        conn.execute(
            select(phone_session).where(
                phone_session.c.agency_id == agency_id, phone_session.c.number == number
            )
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else _session(row)


def sessions_over(conn: Connection, agency_id: AgencyId, now: datetime) -> tuple[PhoneSession, ...]:
    """Whose time on a shared phone is over and is not ended yet."""
    rows = conn.execute(
        select(phone_session)
        .where(phone_session.c.agency_id == agency_id, phone_session.c.ends_at <= now)
        .order_by(phone_session.c.number)
    ).mappings()
    return tuple(_session(row) for row in rows)


def end_session(conn: Connection, agency_id: AgencyId, number: str) -> None:
    """Nobody has this phone."""
    conn.execute(
        delete(phone_session).where(phone_session.c.agency_id == agency_id, phone_session.c.number == number)
    )


def _session(row: RowMapping) -> PhoneSession:
    return PhoneSession(
        number=row["number"],
        person_id=row["person_id"],
        session_id=row["session_id"],
        began_at=row["began_at"],
        ends_at=row["ends_at"],
    )


def changed_since(conn: Connection, agency_id: AgencyId, person_id: int, number: str, link_id: int) -> bool:
    """Whether the roster once had this number for the person, and has let go of it after this link was made."""
    points = contact_point
    theirs = (
        points.c.agency_id == agency_id,
        points.c.person_id == person_id,
        points.c.kind == ContactKind.MOBILE.value,
    )
    had = conn.execute(select(points.c.id).where(*theirs, points.c.value == number).limit(1)).first()
    has = conn.execute(
        select(points.c.id).where(*theirs, points.c.value == number, in_force(points, agency_id)).limit(1)
    ).first()
    if had is None or has is not None:
        return False
    newest = conn.execute(select(func.max(points.c.id)).where(*theirs)).scalar_one()
    return bool(newest > link_id)


def others_with(conn: Connection, agency_id: AgencyId, person_id: int, number: str) -> Sequence[int]:
    """Everybody else for whom the roster has this number, since when: the ids of those entries."""
    return tuple(
        conn.execute(
            select(contact_point.c.id).where(
                in_force(contact_point, agency_id),
                contact_point.c.kind == ContactKind.MOBILE.value,
                contact_point.c.value == number,
                contact_point.c.person_id != person_id,
            )
        ).scalars()
    )


def count_segments(conn: Connection, agency_id: AgencyId, month: str, count: int) -> int:
    """How many segments the agency has sent in this month, these included."""
    upsert(
        conn,
        text_use,
        [{"agency_id": agency_id, "month": month, "segments": count}],
        lambda offered: {"segments": text_use.c.segments + offered["segments"]},
    )
    return int(
        conn.execute(
            select(text_use.c.segments).where(text_use.c.agency_id == agency_id, text_use.c.month == month)
        ).scalar_one()
    )


def segments_sent(conn: Connection, agency_id: AgencyId, month: str) -> int:
    """How many segments the agency has sent in this month."""
    found = conn.execute(
        select(text_use.c.segments).where(text_use.c.agency_id == agency_id, text_use.c.month == month)
    ).scalar_one_or_none()
    return found or 0
