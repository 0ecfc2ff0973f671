"""Did every reminder that was due go where it should? An auditor that reads the ledger and the plan alone, and does not
trust the jobs that write them; what it misses is written down with its cause, and blames nobody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, ledger, notified, selfcheck
from db.queries.selfcheck import Stood, StretchCounts
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.records.ledger import Occasion
from db.unit_of_work import reading, writing
from messages import selfcheck as say
from messages.kinds import MessageKind
from messages.selfcheck import Cause
from messages.words import Words
from training.audit import AuditTag
from training.office import Office, local_day, shared_now
from training.reminders.limits import tell_coordinators
from training.reminders.reach import not_reached
from training.reminders.rules import in_force

# Longer than any wait between two tries of a channel that is away.
STUCK_AFTER = timedelta(minutes=240)
# What was planned before that was looked at by then.
LOOKED_BACK = timedelta(days=45)
REMINDER = MessageKind.REMINDER.value
WEEK = timedelta(days=7)
# Who was not reached is told as such, with the list.
TOLD_ELSEWHERE = frozenset({Cause.DOUBT, Cause.NOT_TAKEN})


@dataclass(frozen=True, slots=True)
class Missed:
    """One reminder that did not go as it should, and why as far as the ledger and the plan show."""

    person_id: int
    what: str
    cause: Cause


def audit_agency(office: Office, agency_id: AgencyId, words: Words) -> int:
    """Write down whatever was missed, each once, and tell whoever coordinates of it, and of what the last week and the
    last month came to. How many entries."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        new = [each for each in missed(conn, agency_id, now) if not _known(conn, agency_id, each)]
        # Where nothing was planned there is nothing to compare; what should have been is found above.
        reports = [
            (each, counts)
            for each in _over(conn, agency_id, now)
            if not _is_reported(conn, agency_id, each) and (counts := _counts(conn, agency_id, each)).planned
        ]
    if not new and not reports:
        return 0
    with writing(office.engine, agency_id, at=now) as writer:
        rules = in_force(writer.conn, agency_id)
        entries = [each for each in new if not _known(writer.conn, agency_id, each)]
        for each in entries:
            ledger.plan(writer.conn, _occasion(agency_id, each), None, now=now)
            data = {"cause": each.cause.value, "what": each.what}
            writer.audit(AuditDraft(tag=AuditTag.REMINDER_MISSED, subject_id=each.person_id, data=data))
        if by_cause := _by_cause(entries):
            message = say.missed(say.MissedFacts(by_cause), words)
            tell_coordinators(writer, office, message, f"missed {writer.head_seq}", rules, now)
        for stretch, counts in reports:
            message = say.report(_facts(stretch, counts), words)
            tell_coordinators(writer, office, message, _subject(stretch), rules, now)
    return len(entries)


def missed(conn: Connection, agency_id: AgencyId, now: datetime) -> Iterator[Missed]:
    """Everything that should have moved and did not, and every reminder that reached nobody."""
    today = local_day(now, agencies.agency(conn, agency_id).fact.time_zone)
    found: Sequence[tuple[Cause, Sequence[Stood]]] = (
        (Cause.NOT_PLANNED, selfcheck.unmoved(conn, agency_id, today, judged=True)),
        (Cause.NOT_JUDGED, selfcheck.unmoved(conn, agency_id, today, judged=False)),
        (Cause.STUCK, selfcheck.stuck(conn, agency_id, REMINDER, now - STUCK_AFTER)),
        (Cause.DOUBT, selfcheck.doubtful(conn, agency_id, REMINDER, now - LOOKED_BACK)),
    )
    for cause, stood in found:
        for each in stood:
            yield Missed(each.person_id, each.what, cause)
    doubt = {each.what for each in found[-1][1]}
    for lost in not_reached(conn, agency_id, now):
        if not lost.taken and lost.message_id not in doubt:
            yield Missed(lost.person_id, lost.message_id, Cause.NOT_TAKEN)


def _by_cause(entries: Sequence[Missed]) -> tuple[tuple[Cause, int], ...]:
    counted = Counter(each.cause for each in entries if each.cause not in TOLD_ELSEWHERE)
    return tuple((cause, counted[cause]) for cause in Cause if counted[cause])


def _occasion(agency_id: AgencyId, each: Missed) -> Occasion:
    return Occasion(
        agency_id=agency_id, person_id=each.person_id, subject=f"missed {each.cause.value}", window=each.what
    )


def _known(conn: Connection, agency_id: AgencyId, each: Missed) -> bool:
    return ledger.is_planned(conn, _occasion(agency_id, each))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A week or a month that is over, by its first day and the one after its last."""

    first: date
    end: date
    zone: str


def _over(conn: Connection, agency_id: AgencyId, now: datetime) -> tuple[_Stretch, ...]:
    zone = agencies.agency(conn, agency_id).fact.time_zone
    today = local_day(now, zone)
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    return (
        _Stretch(monday - WEEK, monday, zone),
        _Stretch((first - timedelta(days=1)).replace(day=1), first, zone),
    )


def _subject(stretch: _Stretch) -> str:
    return f"self-check {stretch.first.isoformat()} {stretch.end.isoformat()}"


def _is_reported(conn: Connection, agency_id: AgencyId, stretch: _Stretch) -> bool:
    return notified.is_told(conn, agency_id, _subject(stretch))


def _counts(conn: Connection, agency_id: AgencyId, stretch: _Stretch) -> StretchCounts:
    begins, ends = (
        datetime.combine(each, time(), ZoneInfo(stretch.zone)) for each in (stretch.first, stretch.end)
    )
    return selfcheck.counts(conn, agency_id, REMINDER, begins, ends)


def _facts(stretch: _Stretch, found: StretchCounts) -> say.ReportFacts:
    return say.ReportFacts(
        first=stretch.first,
        last=stretch.end - timedelta(days=1),
        due=found.due,
        taken=found.taken,
        arrived=found.arrived,
        lost=found.lost,
        waiting=found.waiting,
        cancelled=found.cancelled,
    )
