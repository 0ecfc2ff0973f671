"""Who is of the pilot? While anybody is, Rollcall talks with nobody else but the coordinators who run it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import accounts, directory, people
from db.queries.context import Sender
from db.records.accounts import PilotMember
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, PersonAtAgency
from db.unit_of_work import reading, writing
from training.accounts.accounts import candidates
from training.asking import Question, asking
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.office import Office
from training.permission_table import Ask
from training.permissions import hidden, may

CHANNEL = "command"


@dataclass(frozen=True, slots=True)
class InPilot:
    """Somebody of the pilot, in the order in which they were named. ``linked``: they have a chat account."""

    person_id: int
    name: str
    badge: str
    linked: bool


def add(office: Office, agency_id: AgencyId, sender: Sender, badges: Sequence[str]) -> int:
    """These people are of the pilot; how many were not before. RollcallError for a badge that is nobody's: then nothing
    was changed."""
    with asking(office, agency_id, sender, CHANNEL) as question:
        asker = _allowed(question)
        named = [_person(asker, badge) for badge in badges]
        now, actor = asker.asker.now, asker.asker.person_id
    with writing(office.engine, agency_id, at=now, actor_id=actor, channel=CHANNEL) as writer:
        before = {each.fact.person_id for each in accounts.pilot_members(writer.conn, agency_id)}
        joining = [each for each in dict.fromkeys(person.person_id for person in named) if each not in before]
        for each in joining:
            writer.record(PilotMember(person_id=each))
            writer.audit(AuditDraft(tag=AuditTag.PILOT_JOINED, subject_id=each))
    return len(joining)


def remove(office: Office, agency_id: AgencyId, sender: Sender, badges: Sequence[str] | None) -> int:
    """These people are of the pilot no more, or nobody is; how many were. With nobody left there is no pilot."""
    with asking(office, agency_id, sender, CHANNEL) as question:
        asker = _allowed(question)
        named = None if badges is None else {_person(asker, badge).person_id for badge in badges}
        now, actor = asker.asker.now, asker.asker.person_id
    with writing(office.engine, agency_id, at=now, actor_id=actor, channel=CHANNEL) as writer:
        leaving = [
            each
            for each in accounts.pilot_members(writer.conn, agency_id)
            if named is None or each.fact.person_id in named
        ]
        for each in leaving:
            writer.withdraw(each.id, PilotMember)
            writer.audit(AuditDraft(tag=AuditTag.PILOT_LEFT, subject_id=each.fact.person_id))
    return len(leaving)


def members(office: Office, agency_id: AgencyId, sender: Sender) -> tuple[InPilot, ...]:
    """Everybody of the pilot whom the asker may be told of, in its order."""
    with asking(office, agency_id, sender, CHANNEL) as question:
        asker = _allowed(question)
        unseen = hidden(asker)
        order = [
            each.fact.person_id
            for each in accounts.pilot_members(asker.conn, agency_id)
            if each.fact.person_id not in unseen
        ]
        named = {each.person_id: each for each in people.by_ids(asker.conn, agency_id, order)}
        return tuple(
            InPilot(
                each,
                f"{named[each].given} {named[each].family}".strip(),
                named[each].employment.fact.badge_number,
                bool(accounts.of_person(asker.conn, agency_id, each)),
            )
            for each in order
            if each in named
        )


def is_begun_with(office: Office, agency_id: AgencyId, directory_id: str, email: str) -> bool:
    """Whether Rollcall speaks first to whoever has this entry of the directory or this address: outside a pilot, to
    everybody; in one, to its people alone."""
    with reading(office.engine) as conn:
        members = {each.fact.person_id for each in accounts.pilot_members(conn, agency_id)}
        by_id = directory.owner(conn, agency_id, directory_id)
    return not members or not members.isdisjoint({by_id, *candidates(office, agency_id, email)})


def _allowed(question: Question | None) -> Question:
    if question is None or not may(question, Ask.RECORD_CARE):
        raise RollcallError(ErrorCode.ACCESS_REFUSED)
    return question


def _person(question: Question, badge: str) -> PersonAtAgency:
    found = people.by_badge(question.conn, question.agency_id, badge)
    if found is None or found.person_id in hidden(question):
        raise RollcallError(ErrorCode.BADGE_UNKNOWN, badge=badge)
    return found
