"""What does a supervisor hear before their shift, and was it said in time? Prepared once for each shift that begins;
what was not is found by whoever looks for it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from db.queries import agencies, audit, reminders, reporting, roll_calls
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, PersonAtAgency
from db.records.ledger import Occasion
from db.records.roll_calls import RollCall
from db.unit_of_work import reading, writing
from messages import roll_call as say
from messages.lines import STILL_OWED, Owed, still_owed, top_level, urgency
from messages.model import Message
from messages.words import Words
from rules.standing import LineState, Standing, StandingLine
from training.asking import Question
from training.audit import AuditTag
from training.courses.in_time import ClassesInTime
from training.courses.open_classes import OpenClasses, open_classes, open_lines
from training.digests.shifts import Shifts
from training.digests.telling import is_reached, reader, tell
from training.office import Office, business_now
from training.permissions import hidden, may_see
from training.reminders import cases
from training.reminders.rules import ReminderRules, in_force
from training.reminders.safe_dates import CALENDAR_AHEAD, last_safe_of_part
from training.shifts.roll import ShiftStart
from training.standings.team import SMALLEST_GROUP, standing_of_people
from training.uploads import review

SUBJECT = "roll-call"
# What runs out later is nobody's business at a briefing: four months are time to find a class in.
PRIVATE_AHEAD = CALENDAR_AHEAD
ALOUD_DAYS = 30
# The last times are enough to know.
TIMES_TOLD = 2
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is said about one shift, who is told, and whom it names."""

    start: ShiftStart
    supervisor: int
    facts: say.RollCallFacts
    named: tuple[int, ...]
    on: tuple[int, ...]
    away: tuple[int, ...]


def prepare(office: Office, words: Words, shifts: Shifts, agency_id: AgencyId) -> int:
    """Every shift that begins within the agency's minutes; how many supervisors were told."""
    with reading(office.engine) as conn:
        rules = in_force(conn, agency_id)
        now = business_now(office)
        ahead = timedelta(minutes=rules.digests.roll_call_minutes_before) + A_MOMENT
        found = [
            each
            for start in beginning(office, conn, shifts, agency_id, now, now + ahead)
            if (each := prepared(office, conn, shifts, agency_id, start)) is not None
        ]
    return sum(_say(office, words, agency_id, rules, each) for each in found)


def beginning(
    office: Office, conn: Connection, shifts: Shifts, agency_id: AgencyId, since: datetime, until: datetime
) -> Sequence[ShiftStart]:
    """Shifts of anybody of the agency that begin in between. In most minutes none does, and nobody is looked up."""
    if not shifts.any_begins(conn, agency_id, (since, until)):
        return ()
    roster = office.walls.roster(conn, agency_id)
    return shifts.starting(conn, agency_id, [each.person_id for each in roster], (since, until))


def missed(question: Question, shifts: Shifts, since: datetime, until: datetime) -> tuple[ShiftStart, ...]:
    """Shifts that began in between and before which nobody was told anything; none before there was a desk here."""
    conn, agency_id = question.conn, question.agency_id
    since = max(since, agencies.agency(conn, agency_id).recorded_at)
    return tuple(
        each
        for each in beginning(question.office, conn, shifts, agency_id, since, until)
        if not roll_calls.of_shift(conn, agency_id, each.name, each.at)
    )


def prepared(
    office: Office, conn: Connection, shifts: Shifts, agency_id: AgencyId, start: ShiftStart
) -> Prepared | None:
    """What is said before one shift, and to whom; None where it was said, or nobody can be told."""
    supervisor = shifts.supervising(conn, agency_id, start) or _next_up(conn, agency_id, start)
    if supervisor is None:
        return None
    before = roll_calls.of_shift(conn, agency_id, start.name, start.at)
    if any(each.fact.person_id == supervisor for each in before):
        return None
    if not is_reached(office, conn, agency_id, supervisor):
        # It stays unsaid, and the coordinator hears of it.
        return None
    question = reader(office, conn, agency_id, supervisor)
    return None if question is None else _facts(question, in_force(conn, agency_id), supervisor, start)


def words_of(each: Prepared, words: Words) -> Message:
    """What the supervisor reads."""
    return say.roll_call(each.facts, words)


def stays_away(rules: ReminderRules, each: Prepared) -> bool:
    """Whether there is nothing in it, and the agency wants it only when there is."""
    return each.facts.is_empty and SUBJECT in rules.digests.only_if_not_empty


def _next_up(conn: Connection, agency_id: AgencyId, start: ShiftStart) -> int | None:
    """Whoever is above the supervisor that most of them have: never nobody while there is anybody."""
    lines = reporting.lines_at(conn, agency_id, start.at)
    own = Counter(lines[each].fact.supervisor_id for each in (*start.on, *start.away) if each in lines)
    usual = next((each for each, _ in own.most_common() if each is not None), None)
    return lines[usual].fact.supervisor_id if usual in lines else usual


def _facts(question: Question, rules: ReminderRules, supervisor: int, start: ShiftStart) -> Prepared:
    unseen = hidden(question)
    # Of those whom it is for: whoever reads it out is not called.
    on = tuple(each for each in start.on if each not in unseen and each != supervisor)
    away = tuple(each for each in start.away if each not in unseen and each != supervisor)
    own_line = [each for each in (*on, *away) if may_see(question, each)]
    roster = question.walls.by_ids(question.conn, question.agency_id, own_line)
    rows = standing_of_people(question, roster).rows
    owing = sorted(
        ((person, standing) for person, standing in rows if _first(standing, question.day) is not None),
        key=lambda row: (urgency(still_owed(row[1])[0].line), row[0].family),
    )
    at = start.at.astimezone(ZoneInfo(question.asker.time_zone))
    classes = open_classes(question)
    in_time = ClassesInTime(classes, question.shelf)
    facts = say.RollCallFacts(
        shift=start.name,
        at=at,
        assigned=len(on) + len(away),
        on=len(on),
        on_leave=sum(each in away for each in start.on_leave),
        in_court=sum(each in away for each in start.in_court),
        aloud=_aloud(question, classes, [standing for _, standing in rows], len(on) + len(away)),
        private=tuple(_private(question, rules, in_time, person, standing, at) for person, standing in owing),
        reviews=len(review.queue(question)),
    )
    named = tuple(person.person_id for person, _ in owing[: say.MOST_PEOPLE])
    return Prepared(start, supervisor, facts, named, on, away)


def _first(standing: Standing, day: date) -> StandingLine | None:
    """What is most pressing, if it is overdue or runs out soon."""
    owed = still_owed(standing)
    line = owed[0].line if owed else None
    if line is None or line.state is LineState.OVERDUE:
        return line
    soon = line.due_on is not None and line.due_on <= day + PRIVATE_AHEAD
    return line if line.state is LineState.OPEN and soon else None


def _aloud(
    question: Question, classes: OpenClasses, standings: Sequence[Standing], assigned: int
) -> tuple[say.ReadAloud, ...]:
    """Which classes have seats for what is open on the shift, and which duties run out soon, of nobody in particular;
    of a few people it would point at one."""
    if assigned < SMALLEST_GROUP:
        return ()
    day = question.day
    until = day + timedelta(days=ALOUD_DAYS)
    duties = {
        line.label: line.due_on
        for standing in standings
        for line in top_level(standing.lines)
        if line.due_on is not None
        and line.due_on <= until
        and (line.state in STILL_OWED or (line.state is LineState.MET and line.due_on >= day))
    }
    seats = tuple(_with_seats(question, classes, standings, until, duties))
    if not duties:
        return seats
    return (
        *seats,
        say.DueSoon(duties=tuple(sorted(duties, key=lambda each: (duties[each], each))), days=ALOUD_DAYS),
    )


def _with_seats(
    question: Question,
    classes: OpenClasses,
    standings: Sequence[Standing],
    until: date,
    said: Collection[str],
) -> Iterator[say.ClassSeats]:
    """The next class for each subject that somebody of the shift still needs; what runs out soon is said as that."""
    told = set(said)
    for each in classes.by(until):
        if not each.left:
            continue
        for standing in standings:
            line = next(iter(open_lines(question.shelf, standing, each.offering)), None)
            if line is not None and line.label not in told:
                told.add(line.label)
                yield say.ClassSeats(title=line.label, on=each.offering.starts_on, seats=each.left)
                break


def _private(
    question: Question,
    rules: ReminderRules,
    in_time: ClassesInTime,
    person: PersonAtAgency,
    standing: Standing,
    at: datetime,
) -> say.PrivateFacts:
    first = still_owed(standing)[0]
    subject = cases.subject_of(first.line)
    conn, agency_id, zone = question.conn, question.agency_id, at.tzinfo
    known = reminders.cases(conn, agency_id, [person.person_id]).get(person.person_id, ())
    told = [
        taken
        for each in known
        if each.closed is None and each.key.subject == subject
        for taken in reminders.taken_by_a_channel(conn, agency_id, each.key)
    ]
    return say.PrivateFacts(
        name=person.family,
        first=first,
        told=tuple(dict.fromkeys(each.astimezone(zone).date() for each in told[-TIMES_TOLD:])),
        answered=_answered(question, person.person_id, told, zone),
        safe_until=_safe_until(question, rules, in_time, standing, first),
    )


def _answered(
    question: Question, person_id: int, told: Sequence[datetime], zone: tzinfo | None
) -> date | None:
    """When they last answered anything that was said to them since they were told of it."""
    tags = (AuditTag.MESSAGE_ANSWERED.value,)
    found = audit.entries(question.conn, question.agency_id, subject_id=person_id, tags=tags, limit=1)
    answered = found[0].at if found and told and found[0].at >= told[0] else None
    return None if answered is None else answered.astimezone(zone).date()


def _safe_until(
    question: Question, rules: ReminderRules, in_time: ClassesInTime, standing: Standing, first: Owed
) -> date | None:
    """The last day on which the first open part can still be taken: that of the last class on the calendar in time for
    it; without one, the last on which the rest can be scheduled at the agency's pace, while it is to come."""
    day, line = question.day, first.line
    if line.state is not LineState.OPEN:
        return None
    part = first.parts[0].line if first.parts else line
    safe = last_safe_of_part(line, part, standing, rules.pace, in_time, day)
    until = None if safe is None else safe.class_on or safe.day
    return until if until is not None and until >= day else None


def _say(office: Office, words: Words, agency_id: AgencyId, rules: ReminderRules, each: Prepared) -> bool:
    start = each.start
    with writing(office.engine, agency_id, at=business_now(office)) as writer:
        before = roll_calls.of_shift(writer.conn, agency_id, start.name, start.at)
        if any(one.fact.person_id == each.supervisor for one in before):
            return False
        quiet = stays_away(rules, each)
        occasion = Occasion(
            agency_id=agency_id,
            person_id=each.supervisor,
            subject=SUBJECT,
            window=f"{start.at.isoformat()} {start.name}",
        )
        if not quiet and not tell(writer, office, occasion, words_of(each, words), each.named):
            # Nothing leads to them: it stays unsaid, and the coordinator hears of it.
            return False
        writer.record(
            RollCall(
                person_id=each.supervisor,
                shift=start.name,
                starts_at=start.at,
                items=len(each.facts.aloud),
                present=list(each.on),
                absent=list(each.away),
            )
        )
        data = {"shift": start.name, "at": start.at.isoformat(), "people": len(each.on) + len(each.away)}
        writer.audit(AuditDraft(tag=AuditTag.ROLL_CALL_PREPARED, subject_id=each.supervisor, data=data))
    return True
