"""Who decides requests in whose place for a while? A named person begins and ends it, and both persons hear of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import accounts, reporting, request_rules
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Kept, PersonAtAgency, Role
from db.records.requests import ApprovalDelegation
from db.tables.base import IDS_PER_AGENCY
from db.unit_of_work import Writer
from messages.model import Message
from training.asking import SEPARATED, OvertakenError, Question, at_the_writing
from training.audit import AuditTag
from training.ledger.routes import to_person
from training.ledger.saying import ToSay, plan
from training.office import shared_now

Does = Callable[[Writer], Iterable[AuditDraft]]
Refused = Literal["not-able", "not-theirs", "not-yours", "oneself", "past"]
# Whose word on a request counts by what they are, beside everybody who leads somebody.
DECIDING_ROLES = (Role.SUPERVISOR, Role.COORDINATOR, Role.COMMAND)
# Who may have somebody decide for a person who is away.
FOR_OTHERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Period:
    """From one instant to another; no end means until it is ended."""

    starts_at: datetime
    ends_at: datetime | None


def period(question: Question, first: date | None, last: date | None) -> Period:
    """The days that were named, where the asker is; it begins no earlier than now."""
    zone = ZoneInfo(question.asker.time_zone)
    now = question.asker.now
    begins = now if first is None else max(now, datetime.combine(first, time(), zone))
    return Period(begins, None if last is None else datetime.combine(last + timedelta(days=1), time(), zone))


def running(question: Question) -> tuple[Kept[ApprovalDelegation], ...]:
    """Every delegation that runs or is to come and that the asker is a part of, or sees for the agency."""
    found = request_rules.delegations(question.conn, question.agency_id, question.asker.now)
    own = question.asker.person_id
    return tuple(
        each for each in found if own in (each.fact.from_id, each.fact.to_id) or question.has(*FOR_OTHERS)
    )


def number_of(kept: Kept[ApprovalDelegation]) -> int:
    """How a button names it."""
    return kept.id % IDS_PER_AGENCY


def may_end(question: Question, kept: Kept[ApprovalDelegation]) -> bool:
    """Whether it is the asker's own, or one that they keep for others."""
    return question.asker.person_id == kept.fact.from_id or question.has(*FOR_OTHERS)


def decides(conn: Connection, agency_id: AgencyId, person_id: int, now: datetime) -> bool:
    """Whether somebody leads anybody or holds a role whose word counts."""
    if any(person_id in reporting.holders_of(conn, agency_id, role, now) for role in DECIDING_ROLES):
        return True
    return bool(reporting.people_below(conn, agency_id, person_id, now))


def refused(question: Question, from_id: int, to: PersonAtAgency, when: Period) -> Refused | None:
    """Why this cannot be begun, as a code; None when it can."""
    own = question.asker.person_id
    if from_id != own and not question.has(*FOR_OTHERS):
        return "not-theirs"
    if not question.serves or not decides(question.conn, question.agency_id, from_id, question.asker.now):
        return "not-yours"
    # Nobody takes somebody's approvals by naming themselves.
    if to.person_id in {from_id, own}:
        return "oneself"
    if not _serves(question, to) or not decides(
        question.conn, question.agency_id, to.person_id, question.asker.now
    ):
        return "not-able"
    if when.ends_at is not None and when.ends_at <= max(when.starts_at, question.asker.now):
        return "past"
    return None


def begins(
    question: Question, from_id: int, to: PersonAtAgency, when: Period, told: Callable[[int], Message]
) -> Does:
    """It is kept and both persons are told, each in their words; who begins it is answered already."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = at_the_writing(writer, question)
        if refused(now, from_id, to, when) is not None:
            raise OvertakenError
        fact = ApprovalDelegation(
            from_id=from_id, to_id=to.person_id, starts_at=when.starts_at, ends_at=when.ends_at
        )
        # Said again with another end it is the same one.
        same = next((each for each in running(now) if _is_again(each.fact, fact)), None)
        if same is None:
            (kept_id,) = writer.record(fact)
        else:
            kept_id = writer.correct(
                same.id, replace(fact, starts_at=min(fact.starts_at, same.fact.starts_at))
            )
        _tell(writer, question, (from_id, to.person_id), told, kept_id)
        yield AuditDraft(
            tag=AuditTag.DELEGATION_BEGUN,
            subject_id=from_id,
            data={
                "to": to.person_id,
                "from": when.starts_at.isoformat(),
                "until": None if when.ends_at is None else when.ends_at.isoformat(),
            },
        )

    return does


def ends(question: Question, kept: Kept[ApprovalDelegation], told: Callable[[int], Message]) -> Does:
    """It holds no more from now on; what was decided under it stands."""

    def does(writer: Writer) -> Iterable[AuditDraft]:
        now = at_the_writing(writer, question)
        running_now = request_rules.delegations(writer.conn, writer.agency_id, now.asker.now)
        if not may_end(now, kept) or kept.id not in {each.id for each in running_now}:
            raise OvertakenError
        if kept.fact.starts_at < now.asker.now:
            writer.correct(kept.id, replace(kept.fact, ends_at=now.asker.now))
        else:
            writer.withdraw(kept.id, ApprovalDelegation)
        _tell(writer, question, (kept.fact.from_id, kept.fact.to_id), told, kept.id)
        yield AuditDraft(
            tag=AuditTag.DELEGATION_ENDED, subject_id=kept.fact.from_id, data={"to": kept.fact.to_id}
        )

    return does


def _is_again(before: ApprovalDelegation, now: ApprovalDelegation) -> bool:
    """Whether it is between the same two, and the periods touch."""
    return (
        (before.from_id, before.to_id) == (now.from_id, now.to_id)
        and (now.ends_at is None or before.starts_at <= now.ends_at)
        and (before.ends_at is None or now.starts_at <= before.ends_at)
    )


def _tell(
    writer: Writer, question: Question, ids: tuple[int, int], told: Callable[[int], Message], about: int
) -> None:
    office = question.office
    for person in question.walls.by_ids(writer.conn, writer.agency_id, list(ids)):
        links = accounts.of_person(writer.conn, writer.agency_id, person.person_id)
        route = to_person(office, person, links[0] if links else None)
        if person.person_id == question.asker.person_id or route is None:
            continue
        to_say = ToSay(
            person_id=person.person_id,
            message=told(person.person_id),
            routes=(route,),
            about=f"delegation {about % IDS_PER_AGENCY}",
            own_question=True,
        )
        plan(writer, office.keys, to_say, now=shared_now(office, writer.conn))


def _serves(question: Question, person: PersonAtAgency) -> bool:
    said = person.employment.fact
    return said.status != SEPARATED and (said.ended_on is None or question.today <= said.ended_on)
