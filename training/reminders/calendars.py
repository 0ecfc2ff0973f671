"""Which deadlines does a calendar address show, and to whom? One address for each person, for as long as they want it;
its token is in nobody's hands but theirs: here lies a digest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from db.queries import calendars
from db.queries.calendars import CalendarAddress
from db.queries.context import ByPerson
from db.records.audit import AuditDraft
from db.unit_of_work import Writer, reading
from messages.deadlines import dated
from rules.standing import Standing, StandingLine
from training.asking import Question, asked_by
from training.audit import AuditTag
from training.links.links import Offer, digest_of, new_token
from training.office import Office, shared_now
from training.standings.judging import standing_for

Does = Callable[[Writer], Iterable[AuditDraft]]
PATH, ENDING = "/calendar/", ".ics"
# The channel in whose name a calendar asks; nobody ever answers on it.
CHANNEL = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """One duty with its day. ``uid`` is the same for as long as it is the same duty behind the same address."""

    uid: str
    line: StandingLine
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Everything that a calendar shows. ``revision`` never goes back, and ``judged_at`` is since when it is so."""

    days: tuple[DueDay, ...]
    revision: int
    judged_at: datetime


def address_of(question: Question) -> CalendarAddress | None:
    """The address that the asker has; its token is known to nobody here."""
    return calendars.of_person(question.conn, question.agency_id, question.asker.person_id)


def offer(question: Question) -> Offer | None:
    """An address for the asker, in the place of the one before; None where no browser reaches this installation."""
    office = question.office
    if not office.links_at or office.asked_at is not None:
        return None
    token, person_id = new_token(), question.asker.person_id

    def does(writer: Writer) -> Iterable[AuditDraft]:
        before = calendars.of_person(writer.conn, writer.agency_id, person_id)
        calendars.give(
            writer.conn,
            CalendarAddress(
                agency_id=writer.agency_id,
                person_id=person_id,
                digest=digest_of(token),
                given_at=shared_now(office, writer.conn),
            ),
        )
        yield AuditDraft(
            tag=AuditTag.CALENDAR_GIVEN, subject_id=person_id, data={"instead": before is not None}
        )

    return Offer(f"{office.links_at.rstrip('/')}{PATH}{token}{ENDING}", does)


def ends(question: Question) -> Does:
    """The asker's address shows nothing any more."""
    person_id = question.asker.person_id

    def does(writer: Writer) -> Iterable[AuditDraft]:
        if calendars.end(writer.conn, writer.agency_id, person_id):
            yield AuditDraft(tag=AuditTag.CALENDAR_ENDED, subject_id=person_id)

    return does


def due_days(office: Office, token: str) -> DueDays | None:
    """What the address of this token shows now. None for one that ended, one that never was, and for whoever left."""
    digest = digest_of(token)
    with reading(office.engine) as conn:
        found = calendars.find(conn, digest)
        if found is None:
            return None
        question = asked_by(office, conn, found.agency_id, ByPerson(found.person_id), CHANNEL)
        if question is None or not question.serves:
            return None
        standing, judged = standing_for(question, found.person_id)
        if standing is None:
            return None
        kept = calendars.revision(conn, found.agency_id, found.person_id)
        revision = kept if judged is None else judged.fact_seq
        return _of(standing, digest, revision, question.asker.time_zone)


def _of(standing: Standing, digest: str, revision: int, zone: str) -> DueDays:
    days = tuple(
        DueDay(uid=_uid(digest, line), line=line, due_on=line.due_on)
        for line in dated(standing)
        if line.due_on is not None
    )
    judged_at = datetime.combine(standing.as_of, time(), ZoneInfo(zone)).astimezone(UTC)
    return DueDays(days=days, revision=revision, judged_at=judged_at)


def _uid(digest: str, line: StandingLine) -> str:
    """Nothing of the person is in it, and whoever has no address cannot make it."""
    named = "\n".join((digest, line.requirement, line.window or "", line.item or ""))
    return f"{sha256(named.encode()).hexdigest()[:32]}@rollcall"
