"""Who gets which role, until when, by whose decision; and who may see somebody in a protected assignment?"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.queries import reporting
from db.queries.context import Sender
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Disclosure, Fact, PersonAtAgency, Role, RoleGrant
from db.unit_of_work import Writer, writing
from training.asking import Question, asking
from training.audit import AuditTag
from training.errors import ErrorCode, RollcallError
from training.office import Office
from training.permission_table import Ask
from training.permissions import may
from training.sealed.sealing import keep_text
from training.walls import TIME_BOXED

CHANNEL = "terminal"


def grant(
    office: Office, agency_id: AgencyId, by: Sender, badge: str, role: Role, until: date | None
) -> None:
    """The role from now on, through the last day when one is named; nobody grants anything to themselves."""
    with asking(office, agency_id, by, CHANNEL) as question:
        person = _allowed(question, Ask.ACCESS, badge)
        if until is None and role in TIME_BOXED:
            raise RollcallError(ErrorCode.GRANT_NEEDS_END, role=role.value)
        fact = RoleGrant(
            person_id=person.person_id,
            role=role,
            valid_from=_of(question).asker.now,
            valid_to=_end_of(_of(question), until),
        )
        data = {"role": role.value, "until": None if until is None else until.isoformat()}
        _write(office, _of(question), AuditTag.ROLE_GRANTED, person, data, lambda _: fact)


def end(office: Office, agency_id: AgencyId, by: Sender, badge: str, role: Role) -> int:
    """Every running grant of the role ends at this instant; how many did."""
    with asking(office, agency_id, by, CHANNEL) as question:
        person = _allowed(question, Ask.ACCESS, badge)
        now = _of(question).asker.now
        running = [
            each
            for each in reporting.role_grants(_of(question).conn, agency_id, person.person_id)
            if each.fact.role is role and (each.fact.valid_to is None or each.fact.valid_to > now)
        ]
        asker = _of(question).asker
        with writing(office.engine, agency_id, at=now, actor_id=asker.person_id, channel=CHANNEL) as writer:
            for each in running:
                said = each.fact
                ended = RoleGrant(
                    person_id=said.person_id,
                    role=role,
                    valid_from=min(said.valid_from, now),
                    valid_to=now,
                )
                writer.correct(each.id, ended)
            writer.audit(
                AuditDraft(tag=AuditTag.ROLE_ENDED, subject_id=person.person_id, data={"role": role.value})
            )
        return len(running)


def disclose(
    office: Office, agency_id: AgencyId, by: Sender, badge: str, viewer: str, reason: str, until: date | None
) -> None:
    """From now on this viewer may see this person also while they are in a protected assignment."""
    with asking(office, agency_id, by, CHANNEL) as question:
        other = _allowed(question, Ask.PROTECTED_DECISION, viewer)
        person = _of(question).walls.by_badge(_of(question).conn, agency_id, badge)
        if person is None or not reason.strip():
            raise RollcallError(ErrorCode.ACCESS_REFUSED)
        asker, ends = _of(question).asker, _end_of(_of(question), until)

        def decided(writer: Writer) -> Disclosure:
            return Disclosure(
                person_id=person.person_id,
                viewer_id=other.person_id,
                reason_item_id=keep_text(writer, office.keys, asker.person_id, reason.strip()),
                valid_from=asker.now,
                valid_to=ends,
            )

        data = {"viewer": other.person_id}
        _write(office, _of(question), AuditTag.PROTECTED_DISCLOSED, person, data, decided)


def _of(question: Question | None) -> Question:
    if question is None:
        raise RollcallError(ErrorCode.ACCESS_REFUSED)
    return question


def _allowed(question: Question | None, ask: Ask, badge: str) -> PersonAtAgency:
    """Whom the decision is about, when the asker may decide it and it is not the asker."""
    known = _of(question)
    person = known.walls.by_badge(known.conn, known.agency_id, badge) if may(known, ask) else None
    if person is None or person.person_id == known.asker.person_id:
        raise RollcallError(ErrorCode.ACCESS_REFUSED)
    return person


def _end_of(question: Question, until: date | None) -> datetime | None:
    """The end of a last day where the agency is."""
    if until is None:
        return None
    return datetime.combine(until + timedelta(days=1), time(), ZoneInfo(question.asker.time_zone))


def _write(
    office: Office,
    question: Question,
    tag: AuditTag,
    person: PersonAtAgency,
    data: Mapping[str, object],
    fact: Callable[[Writer], Fact],
) -> None:
    asker = question.asker
    with writing(
        office.engine, question.agency_id, at=asker.now, actor_id=asker.person_id, channel=CHANNEL
    ) as writer:
        writer.record(fact(writer))
        writer.audit(AuditDraft(tag=tag, subject_id=person.person_id, data=data))
