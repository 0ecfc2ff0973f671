"""Whose summary is due today, and was it said? Each once for its day, however late the day is taken up; the
coordinator's line comes always, the others stay away when they are empty and the agency wants that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, ledger, notified, reporting
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Role
from db.records.ledger import Occasion
from db.unit_of_work import reading, writing
from messages import digests as say
from messages.model import Message
from messages.words import Words
from reading.reminders.rules import WEEKDAYS
from training.asking import Question
from training.audit import AuditTag
from training.digests import boards, exceptions
from training.digests.shifts import Shifts
from training.digests.telling import is_reached, reader, tell
from training.office import Office, business_now, local_day
from training.reminders.rules import Digests, in_force

COORDINATOR, LIEUTENANT, CHIEF = "coordinator", "lieutenant", "chief"
SUBJECT = "digest-"
DAYS_OF_A_WEEK = 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One summary for one reader. ``met`` are the people with nothing open that it tells of."""

    who: str
    person_id: int
    day: date
    message: Message
    named: tuple[int, ...] = ()
    is_empty: bool = False
    met: int | None = None


def say_what_is_due(office: Office, words: Words, shifts: Shifts, agency_id: AgencyId) -> int:
    """Every summary of this agency whose time has come; how many were said."""
    with reading(office.engine) as conn:
        digests = in_force(conn, agency_id).digests
        due = what_is_due(office, conn, words, shifts, agency_id)
    return sum(_say(office, agency_id, digests, each) for each in due)


def what_is_due(
    office: Office, conn: Connection, words: Words, shifts: Shifts, agency_id: AgencyId
) -> tuple[Summary, ...]:
    """The same, and nothing is said."""
    digests = in_force(conn, agency_id).digests
    zone = agencies.agency(conn, agency_id).fact.time_zone
    now = business_now(office)
    today, clock = local_day(now, zone), now.astimezone(ZoneInfo(zone)).time()
    return tuple(
        each
        for who, day, readers in _by_the_calendar(conn, agency_id, digests, today, clock, now)
        for person_id in readers
        if (each := _summary(office, conn, agency_id, words, shifts, who, person_id, day)) is not None
    )


def stays_away(digests: Digests, each: Summary) -> bool:
    """Whether there is nothing in it, and the agency wants it only when there is."""
    return each.is_empty and each.who in digests.only_if_not_empty


def _by_the_calendar(
    conn: Connection,
    agency_id: AgencyId,
    digests: Digests,
    today: date,
    clock: time,
    now: datetime,
) -> Iterable[tuple[str, date, tuple[int, ...]]]:
    """Which summary is due for which day, and who reads it."""
    if clock < digests.coordinator_at:
        return
    yield COORDINATOR, today, reporting.holders_of(conn, agency_id, Role.COORDINATOR, now)
    weekday = WEEKDAYS.index(digests.lieutenant_on)
    monday = today - timedelta(days=(today.weekday() - weekday) % DAYS_OF_A_WEEK)
    yield LIEUTENANT, monday, _lieutenants(conn, agency_id, now)
    first = today.replace(day=digests.chief_on)
    if first > today:
        first = (today.replace(day=1) - ONE_DAY).replace(day=digests.chief_on)
    yield CHIEF, first, reporting.holders_of(conn, agency_id, Role.COMMAND, now)


def _lieutenants(conn: Connection, agency_id: AgencyId, now: datetime) -> tuple[int, ...]:
    """Supervisors of supervisors; whoever commands has the agency's own."""
    may = set(reporting.holders_of(conn, agency_id, Role.SUPERVISOR, now))
    lines = reporting.lines_at(conn, agency_id, now)
    above = {lines[each].fact.supervisor_id for each in may if each in lines}
    command = reporting.holders_of(conn, agency_id, Role.COMMAND, now)
    return tuple(sorted((may & above) - set(command)))


def _summary(
    office: Office,
    conn: Connection,
    agency_id: AgencyId,
    words: Words,
    shifts: Shifts,
    who: str,
    person_id: int,
    day: date,
) -> Summary | None:
    occasion = _occasion(agency_id, who, person_id, day)
    if ledger.is_planned(conn, occasion) or not is_reached(office, conn, agency_id, person_id):
        return None
    question = reader(office, conn, agency_id, person_id)
    if question is None:
        return None
    last = notified.last_window(conn, agency_id, person_id, occasion.subject)
    if not last and day != question.today:
        # Nobody is told at first of a week that is half over.
        return None
    since = date.fromisoformat(last) if last else question.today - ONE_DAY
    if who == COORDINATOR:
        facts, named = exceptions.exceptions(question, shifts, since, words)
        return Summary(
            who=who,
            person_id=person_id,
            day=day,
            message=say.coordinators_day(facts, words),
            named=named,
            is_empty=facts.is_empty,
        )
    return _board(question, who, day, words)


def _board(question: Question, who: str, day: date, words: Words) -> Summary:
    named: tuple[int, ...] = ()
    if who == CHIEF:
        facts = boards.agency_board(question)
    else:
        facts, named = boards.lines_board(question, words)
    before = boards.last_figures(question, who)
    met = None if facts.whole is None else facts.whole.met
    if before is not None and met is not None:
        facts = replace(facts, since=before[0], change=met - before[1])
    return Summary(
        who=who,
        person_id=question.asker.person_id,
        day=day,
        message=say.board(facts, words),
        named=named,
        is_empty=facts.is_empty,
        met=met,
    )


def _occasion(agency_id: AgencyId, who: str, person_id: int, day: date) -> Occasion:
    return Occasion(
        agency_id=agency_id, person_id=person_id, subject=f"{SUBJECT}{who}", window=day.isoformat()
    )


def _say(office: Office, agency_id: AgencyId, digests: Digests, each: Summary) -> bool:
    occasion = _occasion(agency_id, each.who, each.person_id, each.day)
    quiet = stays_away(digests, each)
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        if ledger.is_planned(writer.conn, occasion):
            return False
        if quiet:
            # That it was looked at and stayed away is kept, or it would be made again every minute.
            ledger.plan(writer.conn, occasion, None, now=writer.at)
        elif not tell(writer, office, occasion, each.message, each.named):
            return False
        data: dict[str, object] = {"digest": each.who, "day": each.day.isoformat(), "said": not quiet}
        if each.met is not None:
            data["met"] = each.met
        writer.audit(AuditDraft(tag=AuditTag.DIGEST_PREPARED, subject_id=each.person_id, data=data))
    return True
