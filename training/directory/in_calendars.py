"""Which classes belong into the officers' own calendars, and is what stands there still so? From the requests as they
are, by a job; what an officer takes out of their calendar is not put back."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import Connection

from db.queries import agencies, people, reminders, requests
from db.queries import calendar_entries as kept
from db.queries import directory as directory_entries
from db.queries.calendar_entries import CalendarRefusal, EntryKey, EntryState
from db.records.courses import CourseOffering, OfferingStatus
from db.records.facts import AgencyId
from db.unit_of_work import reading, working
from messages.after_approval import calendar_note, calendar_title
from messages.words import Words
from training.courses import offerings
from training.directory.calendars import AgencyCalendars, CalendarEntry, entry_of
from training.errors import ErrorCode, RollcallError
from training.office import Office, local_day, shared_now
from training.people import is_serving
from training.requests.following import Followed, everything_of
from training.requests.life import RequestStage, life_of
from training.requests.values import Session

log = logging.getLogger(__name__)

# Whoever took one up has come to an end with it by then, with every try that it is given.
LEASE = timedelta(minutes=15)
# What was refused is not asked for again before.
AFTER_A_REFUSAL = timedelta(minutes=60)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Due:
    """One entry that is not as it should be. ``wanted``: what should stand there; None for nothing."""

    key: EntryKey
    state: EntryState
    wanted: CalendarEntry | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be done, and what nothing is to be done about any more."""

    due: tuple[_Due, ...]
    settled: tuple[EntryKey, ...]


def keep_calendars(
    office: Office,
    agency_id: AgencyId,
    calendars: AgencyCalendars,
    words: Words,
    *,
    stopping: Callable[[], bool],
) -> int:
    """Make, change and take away what is due; how many calendars are now as they should be."""
    with reading(office.engine) as conn:
        now = shared_now(office, conn)
        stands_in_the_way = kept.refusal(conn, agency_id)
        if stands_in_the_way is not None and now - stands_in_the_way.at < AFTER_A_REFUSAL:
            return 0
        found = _look(conn, agency_id, now, words)
    if found.settled:
        with working(office.engine) as conn:
            kept.settle(conn, agency_id, found.settled, now)
    done = 0
    for due in found.due:
        if stopping():
            break
        try:
            done += _do(office, agency_id, calendars, due)
        except RollcallError as error:
            log.warning("calendar-not-kept", extra={"agency": agency_id, "error": error.code.value})
            if error.code is not ErrorCode.DIRECTORY_UNCLEAR:
                # It stands in the way of the others as well.
                break
    return done


def _do(office: Office, agency_id: AgencyId, calendars: AgencyCalendars, due: _Due) -> int:
    owner = secrets.token_hex(8)
    with working(office.engine) as conn:
        now = shared_now(office, conn)
        mine = kept.claim(conn, agency_id, due.key, due.state, owner=owner, now=now, until=now + LEASE)
    if mine is None:
        return 0
    values: dict[str, object] = {}
    refused: CalendarRefusal | None = None
    try:
        values = _at_the_calendar(calendars, mine, due, _transaction(agency_id, due.key), now)
    except RollcallError as error:
        if error.code is ErrorCode.DIRECTORY_PERMISSION:
            refused = CalendarRefusal(str(error.facts["permission"]), now)
        if refused is not None or error.code is ErrorCode.DIRECTORY_UNCLEAR:
            # After the others, the next time: it may be this calendar alone.
            values = {"refused_at": now}
        raise
    finally:
        with working(office.engine) as conn:
            kept.release(conn, agency_id, due.key, owner, **values)
            if refused is not None:
                kept.refused(conn, agency_id, refused)
            elif values and "refused_at" not in values:
                kept.allowed(conn, agency_id)
    return 1


def _at_the_calendar(
    calendars: AgencyCalendars, mine: EntryState, due: _Due, transaction: str, now: datetime
) -> dict[str, object]:
    """What is to be kept of what came of it."""
    over: dict[str, object] = {"ended_at": now, "content": ""}
    event_id, content = mine.event_id, mine.content
    if not event_id:
        # Also before it is taken away: nobody knows whether the first try arrived, and asked for once more just as it
        # was the calendar says which it is.
        made = calendars.enter(mine.object_id, entry_of(content), transaction)
        if made is None:
            return over
        event_id = made
    if due.wanted is None:
        calendars.remove(mine.object_id, event_id)
        return over
    if due.wanted.kept() != content:
        if not calendars.change(mine.object_id, event_id, due.wanted):
            return over
        content = due.wanted.kept()
    return {"event_id": event_id, "content": content}


def _look(conn: Connection, agency_id: AgencyId, now: datetime, words: Words) -> _Found:
    zone = agencies.agency(conn, agency_id).fact.time_zone
    going = everything_of(conn, agency_id, {RequestStage.REGISTERED})
    there = kept.open_or_of(conn, agency_id, [each.request.kept.id for each in going])
    wanted = dict(_wanted(conn, agency_id, going, zone, words))
    calendar_of = _whose(conn, agency_id, local_day(now, zone))
    people_of = {each.request.kept.id: each.person_id for each in going}
    due: list[_Due] = []
    for key, entry in wanted.items():
        state = there.get(key)
        if state is None:
            object_id = calendar_of.get(people_of[key.request_id])
            if object_id is not None and not entry.is_over(now):
                due.append(_Due(key, EntryState(object_id=object_id, content=entry.kept()), entry))
        elif state.ended_at is None and (not state.event_id or state.content != entry.kept()):
            due.append(_Due(key, state, entry))
    settled: list[EntryKey] = []
    for key, state in there.items():
        if key in wanted or state.ended_at is not None:
            continue
        if entry_of(state.content).is_over(now) or _was_there(conn, agency_id, key):
            settled.append(key)
        else:
            due.append(_Due(key, state, None))
    waits = [each for each in due if not _just_refused(each.state, now)]
    first = sorted(waits, key=lambda each: (each.state.refused_at is not None, each.key))
    return _Found(due=tuple(first), settled=tuple(settled))


def _just_refused(state: EntryState, now: datetime) -> bool:
    return state.refused_at is not None and now - state.refused_at < AFTER_A_REFUSAL


def _was_there(conn: Connection, agency_id: AgencyId, key: EntryKey) -> bool:
    """Whether somebody has said who was there: that it stood in the calendar is past."""
    request = requests.by_id(conn, agency_id, key.request_id)
    life = None if request is None else life_of(request)
    return life is not None and life.presence is not None


def _whose(conn: Connection, agency_id: AgencyId, day: date) -> Mapping[int, str]:
    """In which calendar something may be entered, by person: whoever serves and whose entry in the directory is known,
    of the pilot alone while there is one."""
    pilot = reminders.pilot(conn, agency_id)
    serving = {each.person_id for each in people.roster(conn, agency_id) if is_serving(each, day)}
    return {
        each.fact.person_id: each.fact.object_id
        for each in directory_entries.entries(conn, agency_id)
        if each.fact.person_id in serving and (not pilot or each.fact.person_id in pilot)
    }


def _wanted(
    conn: Connection, agency_id: AgencyId, going: tuple[Followed, ...], zone: str, words: Words
) -> Iterator[tuple[EntryKey, CalendarEntry]]:
    """What should stand in calendars, by the classes as they are now."""
    numbers = sorted({each.life.values.offering for each in going if each.life.values.offering is not None})
    classes = {each.fact.number: each.fact for each in offerings.by_numbers(conn, agency_id, numbers)}
    for each in going:
        offering = classes.get(each.life.values.offering or 0)
        turn = each.life.registered
        if turn is None or (offering is not None and offering.status is OfferingStatus.CANCELLED):
            continue
        for place, entry in enumerate(_entries(each, offering, zone, words)):
            yield EntryKey(each.request.kept.id, turn.id, place), entry


def _entries(
    followed: Followed, offering: CourseOffering | None, zone: str, words: Words
) -> Iterator[CalendarEntry]:
    """One for each day of the class, or one for all of them where no times are known."""
    values = followed.life.values
    title, place = values.title, values.place
    first, last, sessions = values.starts_on, followed.last_day, values.sessions
    if offering is not None:
        title, place, zone = offering.title, offering.place, offering.zone
        first, last = offering.starts_on, offering.ends_on
        sessions = tuple(
            Session(date.fromisoformat(each["date"]), each["begins"], each["ends"])
            for each in offering.sessions
        )
    if first is None or last is None:
        return
    whole_days = not sessions or not all(each.begins and each.ends for each in sessions)
    midnight = time()
    spans = (
        [(datetime.combine(first, midnight), datetime.combine(last + A_DAY, midnight))]
        if whole_days
        else [_span(each) for each in sessions]
    )
    for begins, ends in spans:
        yield CalendarEntry(
            title=calendar_title(title, words),
            note=calendar_note(followed.number, words),
            place=place,
            begins=begins.isoformat(),
            ends=ends.isoformat(),
            zone=zone,
            whole_days=whole_days,
        )


def _span(session: Session) -> tuple[datetime, datetime]:
    begins = datetime.combine(session.day, time.fromisoformat(session.begins))
    ends = datetime.combine(session.day, time.fromisoformat(session.ends))
    return begins, ends if ends > begins else ends + A_DAY


def _transaction(agency_id: AgencyId, key: EntryKey) -> str:
    """The same for every try of the same entry, and for no other."""
    named = "\n".join(str(each) for each in (agency_id, *key))
    return sha256(named.encode()).hexdigest()[:32]
