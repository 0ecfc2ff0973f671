"""Which questions wait for a person, what was answered, and what has its asker not seen yet?"""

from collections.abc import Iterable

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from db import tables
from db.facts import SCOPE, in_force, in_force_rows, kept_of
from db.records.facts import AgencyId, Kept
from db.records.tickets import Ticket, TicketAnswer, TicketState

_ticket = tables.ticket
_answer = tables.ticket_answer
_shown = tables.ticket_answer_shown

_ended = exists().where(in_force(_answer, SCOPE), _answer.c.ticket_id == _ticket.c.id, _answer.c.closes)
_WAITING = in_force_rows(Ticket, SCOPE).where(~_ended).order_by(_ticket.c.number).limit(bindparam("limit"))


def next_number(conn: Connection, agency_id: AgencyId) -> int:
    """The number that the next ticket of this agency has."""
    last = conn.execute(select(func.max(_ticket.c.number)).where(_ticket.c.agency_id == agency_id)).scalar()
    return int(last or 0) + 1


def by_number(conn: Connection, agency_id: AgencyId, number: int) -> TicketState | None:
    """The ticket that people call by this number."""
    found = _states(conn, agency_id, in_force_rows(Ticket, agency_id).where(_ticket.c.number == number))
    return found[0] if found else None


def open_ones(conn: Connection, agency_id: AgencyId, *, limit: int) -> tuple[TicketState, ...]:
    """Everything that waits still, the oldest first."""
    return _states(conn, agency_id, _WAITING, limit=limit)


def of_person(
    conn: Connection, agency_id: AgencyId, person_id: int, *, limit: int
) -> tuple[TicketState, ...]:
    """What somebody asked, newest first."""
    asked = in_force_rows(Ticket, agency_id).where(_ticket.c.person_id == person_id)
    return _states(conn, agency_id, asked.order_by(_ticket.c.number.desc()).limit(limit))


def not_shown(conn: Connection, agency_id: AgencyId, person_id: int) -> frozenset[int]:
    """Answers to somebody that no channel carries and that were not shown yet."""
    seen = exists().where(in_force(_shown, agency_id), _shown.c.answer_id == _answer.c.id)
    statement = (
        select(_answer.c.id)
        .join(_ticket, _ticket.c.id == _answer.c.ticket_id)
        .where(
            in_force(_answer, agency_id),
            in_force(_ticket, agency_id),
            _ticket.c.person_id == person_id,
            _ticket.c.address == "",
            ~seen,
        )
    )
    return frozenset(conn.execute(statement).scalars())


def _states(
    conn: Connection, agency_id: AgencyId, asked: Select[tuple[object, ...]], **values: object
) -> tuple[TicketState, ...]:
    rows = conn.execute(asked, {"agency_id": agency_id, **values}).mappings()
    found = [kept_of(Ticket, row) for row in rows]
    answers = _answers(conn, agency_id, (each.id for each in found))
    return tuple(TicketState(kept=each, answers=tuple(answers.get(each.id, ()))) for each in found)


def _answers(
    conn: Connection, agency_id: AgencyId, ticket_ids: Iterable[int]
) -> dict[int, list[Kept[TicketAnswer]]]:
    wanted = list(ticket_ids)
    by_ticket: dict[int, list[Kept[TicketAnswer]]] = {}
    if not wanted:
        return by_ticket
    given = in_force_rows(TicketAnswer, agency_id).where(_answer.c.ticket_id.in_(wanted))
    for row in conn.execute(given.order_by(_answer.c.id)).mappings():
        kept = kept_of(TicketAnswer, row)
        by_ticket.setdefault(kept.fact.ticket_id, []).append(kept)
    return by_ticket
