"""Who is writing to us? Everything that answering one message needs, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)

from db import tables
from db.facts import SCOPE, in_force
from db.queries import conversations
from db.queries.people import spellings
from db.records.facts import AgencyId, ContactKind, NameKind, Role
from db.records.work import Context, Conversation, HeldRole

# Separate what a name can never hold.
_FIELD, _RECORD = "\x1f", "\x1e"

# Who is named as whom to ask, in this order: the next where nobody else holds the one before.
_ANSWERS_FOR_THE_RECORD = (Role.COORDINATOR, Role.RECORDS)

_employment = tables.employment
_name = tables.person_name
_agency = tables.agency
_conversation = tables.conversation
_head = tables.chain_head


@dataclass(frozen=True, slots=True)
class ByBadge:
    """The sender as the roster's badge number, upper and lower case alike."""

    badge_number: str


@dataclass(frozen=True, slots=True)
class ByContact:
    """The sender as a matched address."""

    kind: ContactKind
    value: str


@dataclass(frozen=True, slots=True)
class ByPerson:
    """The sender as a person already known."""

    person_id: int


Sender = ByBadge | ByContact | ByPerson


def context(
    conn: Connection,
    agency_id: AgencyId,
    sender: Sender,
    channel: str,
    now: datetime,
    *,
    fixed: bool = False,
) -> Context | None:
    """The sender at this agency, or None for nobody or more than one. ``now`` is the process's own; the
    answer holds business time."""
    asked = {"agency_id": agency_id, "channel": channel} | _asked_for(sender)
    rows = conn.execute(_STATEMENTS[type(sender)], asked).mappings().all()
    employed = [row for row in rows if row["ended_on"] is None]
    found = employed or rows
    if not found or (employed and len({row["person_id"] for row in employed}) > 1):
        return None
    return _context(agency_id, max(found, key=_recency), now, fixed=fixed)


def _asked_for(sender: Sender) -> dict[str, object]:
    match sender:
        case ByBadge(badge_number):
            return {"badges": list(spellings(badge_number))}
        case ByContact(kind, value):
            return {"contact_kind": kind.value, "contact_value": value}
        case ByPerson(person_id):
            return {"person_id": person_id}


def _statement(kind: type[Sender]) -> Select[tuple[object, ...]]:
    return (
        select(
            _employment.c.id,
            _employment.c.person_id,
            _employment.c.badge_number,
            _employment.c.kind,
            _employment.c.position,
            _employment.c.rank,
            _employment.c.status,
            _employment.c.appointed_on,
            _employment.c.ended_on,
            func.coalesce(_employment.c.time_zone, _agency.c.time_zone).label("time_zone"),
            _agency.c.name.label("agency_name"),
            _name.c.given,
            _name.c.family,
            _head.c.seq.label("head_seq"),
            _conversation.c.topic,
            _conversation.c.payload,
            _conversation.c.expires_at,
            _grants().label("grants"),
            _coordinators().label("coordinators"),
            _answers_waiting().label("answers_waiting"),
            _outside_pilot().label("outside_pilot"),
            _reminded().label("reminded"),
            select(tables.clock_offset.c.seconds).scalar_subquery().label("offset"),
        )
        .join_from(_employment, _head, _head.c.agency_id == _employment.c.agency_id)
        .join(_agency, in_force(_agency, SCOPE))
        .join(_name, _name.c.id == _current_name())
        .outerjoin(
            _conversation,
            (_conversation.c.agency_id == _employment.c.agency_id)
            & (_conversation.c.person_id == _employment.c.person_id)
            & (_conversation.c.channel == bindparam("channel")),
        )
        .where(in_force(_employment, SCOPE), _is_sender(kind))
    )


def _is_sender(kind: type[Sender]) -> ColumnElement[bool]:
    if kind is ByBadge:
        return _employment.c.badge_number.in_(bindparam("badges", expanding=True))
    if kind is ByPerson:
        return _employment.c.person_id == bindparam("person_id")
    point = tables.contact_point
    return _employment.c.person_id.in_(
        select(point.c.person_id).where(
            in_force(point, SCOPE),
            point.c.kind == bindparam("contact_kind"),
            point.c.value == bindparam("contact_value"),
        )
    )


def _current_name() -> ScalarSelect[int]:
    name = _name.alias()
    begun = case((name.c.valid_from.is_(None), 0), else_=1)
    return (
        select(name.c.id)
        .where(
            in_force(name, SCOPE),
            name.c.person_id == _employment.c.person_id,
            name.c.kind == NameKind.LEGAL.value,
        )
        .order_by(begun.desc(), name.c.valid_from.desc(), name.c.id.desc())
        .limit(1)
        .correlate(_employment)
        .scalar_subquery()
    )


def _grants() -> ScalarSelect[str]:
    # Spans travel with the roles because business time is only known once the clock's offset has been read.
    grant = tables.role_grant
    span = (
        grant.c.role
        + literal("|")
        + cast(grant.c.valid_from, Text)
        + literal("|")
        + func.coalesce(cast(grant.c.valid_to, Text), "")
    )
    return (
        select(func.aggregate_strings(span, ";"))
        .where(in_force(grant, SCOPE), grant.c.person_id == _employment.c.person_id)
        .correlate(_employment)
        .scalar_subquery()
    )


def _outside_pilot() -> ColumnElement[bool]:
    member, own = tables.pilot_member, tables.pilot_member.alias()
    anybody = exists().where(in_force(member, SCOPE))
    oneself = exists().where(in_force(own, SCOPE), own.c.person_id == _employment.c.person_id)
    return and_(anybody, ~oneself)


def _reminded() -> ColumnElement[bool]:
    # It travels with the asker, so that whoever was reminded of nothing costs no look.
    said = tables.message
    return exists().where(
        said.c.agency_id == _employment.c.agency_id,
        said.c.person_id == _employment.c.person_id,
        said.c.open_until.is_not(None),
    )


def _coordinators() -> ScalarSelect[str]:
    # Every answer ends with a person to ask, so the name travels with the asker. Nobody is told to ask themselves.
    grant = tables.role_grant.alias()
    name = tables.person_name.alias()
    fields = (
        grant.c.role,
        name.c.given,
        name.c.family,
        cast(grant.c.valid_from, Text),
        func.coalesce(cast(grant.c.valid_to, Text), ""),
    )
    said: ColumnElement[Any] = fields[0]
    for field in fields[1:]:
        said = said + literal(_FIELD) + field
    return (
        select(func.aggregate_strings(said, _RECORD))
        .select_from(grant)
        .join(name, (name.c.person_id == grant.c.person_id) & in_force(name, SCOPE))
        .where(
            in_force(grant, SCOPE),
            grant.c.role.in_([role.value for role in _ANSWERS_FOR_THE_RECORD]),
            grant.c.person_id != _employment.c.person_id,
            name.c.kind == NameKind.LEGAL.value,
        )
        .correlate(_employment)
        .scalar_subquery()
    )


def _answers_waiting() -> ScalarSelect[int]:
    # It travels with the asker, so that whoever waits for nothing costs no look.
    ticket, answer, shown = tables.ticket, tables.ticket_answer, tables.ticket_answer_shown
    return (
        select(func.count())
        .select_from(answer)
        .join(ticket, ticket.c.id == answer.c.ticket_id)
        .where(
            ticket.c.agency_id == _employment.c.agency_id,
            ticket.c.person_id == _employment.c.person_id,
            ticket.c.address == "",
            ~exists().where(shown.c.answer_id == answer.c.id),
        )
        .correlate(_employment)
        .scalar_subquery()
    )


def _coordinator(text: str, at: datetime) -> str:
    """Initial and surname of the coordinator, the first by surname where several share the desk; else who is next."""
    held = (record.split(_FIELD) for record in text.split(_RECORD) if record)
    names = sorted(
        (_ANSWERS_FOR_THE_RECORD.index(Role(role)), family, given)
        for role, given, family, begins, ends in held
        if _instant(begins) <= at and (not ends or at < _instant(ends))
    )
    if not names:
        return ""
    _, family, given = names[0]
    return f"{given[:1]}. {family}" if given else family


def _recency(row: RowMapping) -> tuple[bool, date, date, int]:
    return (row["ended_on"] is None, row["ended_on"] or date.min, row["appointed_on"] or date.min, row["id"])


def _context(agency_id: AgencyId, row: RowMapping, now: datetime, *, fixed: bool) -> Context:
    business_now = now.astimezone(UTC) + timedelta(seconds=0 if fixed else row["offset"] or 0)
    return Context(
        agency_id=agency_id,
        agency_name=row["agency_name"],
        time_zone=row["time_zone"],
        person_id=row["person_id"],
        given=row["given"],
        family=row["family"],
        badge_number=row["badge_number"],
        kind=row["kind"],
        position=row["position"],
        rank=row["rank"],
        status=row["status"],
        appointed_on=row["appointed_on"],
        ended_on=row["ended_on"],
        coordinator=_coordinator(row["coordinators"] or "", business_now),
        grants=_held(row["grants"] or ""),
        conversation=_open_conversation(row, business_now),
        now=business_now,
        head_seq=row["head_seq"],
        answers_waiting=bool(row["answers_waiting"]),
        outside_pilot=bool(row["outside_pilot"]),
        reminded=bool(row["reminded"]),
    )


def _held(grants: str) -> tuple[HeldRole, ...]:
    spans = (grant.split("|") for grant in grants.split(";") if grant)
    return tuple(
        HeldRole(
            role=Role(role),
            valid_from=_instant(begins),
            valid_to=_instant(ends) if ends else None,
        )
        for role, begins, ends in spans
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _open_conversation(row: RowMapping, at: datetime) -> Conversation | None:
    expires_at: datetime | None = row["expires_at"]
    if row["topic"] is None or (expires_at is not None and expires_at <= at):
        return None
    return conversations.kept(row["topic"], row["payload"], expires_at)


# Composed once for each kind of sender.
_STATEMENTS: Mapping[type[Sender], Select[tuple[object, ...]]] = {
    kind: _statement(kind) for kind in (ByBadge, ByContact, ByPerson)
}
