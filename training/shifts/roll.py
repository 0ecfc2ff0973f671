"""Which shifts begin between two instants, who is on them and who is away, and who supervises one of them?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.queries import reporting, shifts
from db.records.facts import AgencyId, Role
from db.records.shifts import WorkKind
from training.shifts.calendar import LONGEST, Calendar, Shift, days_between
from training.shifts.calendars import calendars, rotation_of, zones_of
from training.shifts.wall_clock import ONE_DAY

A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftStart:
    """One shift as it begins. ``on`` are there when it does; ``away`` are meant to be and are not.

    Of those away, ``on_leave`` and ``in_court``; the others have the day off or work at another time. Nobody is told
    why somebody is on leave.
    """

    at: datetime
    ends: datetime
    name: str
    on: tuple[int, ...]
    away: tuple[int, ...]
    on_leave: tuple[int, ...] = ()
    in_court: tuple[int, ...] = ()


def shift_starting(
    conn: Connection, agency_id: AgencyId, people: Sequence[int], between: tuple[datetime, datetime]
) -> tuple[ShiftStart, ...]:
    """The shifts of these people that begin at or after the one instant and before the other, in that order."""
    zones = zones_of(conn, agency_id, people)
    return _starts(calendars(conn, agency_id, zones, between[0] - LONGEST), between)


def any_begins(conn: Connection, agency_id: AgencyId, between: tuple[datetime, datetime]) -> bool:
    """Whether the calendars hold anything that may begin in between, whosever it is: asked before they are read."""
    if shifts.any_span_begins(conn, agency_id, *between):
        return True
    return any(
        between[0] <= shift.at < between[1]
        for rotation in map(rotation_of, shifts.every_pattern(conn, agency_id))
        # What a change of the clock leaves out begins after it.
        for day in days_between(
            between[0].astimezone(rotation.zone).date() - ONE_DAY, between[1].astimezone(rotation.zone).date()
        )
        if rotation.covers(day) and (shift := rotation.on(day)) is not None
    )


def supervising(conn: Connection, agency_id: AgencyId, start: ShiftStart) -> int | None:
    """Who supervises this shift by the calendar: the people's own supervisor if on duty then, or else a supervisor who
    works this very shift. None where nobody does: then it is for whoever is next up the line."""
    lines = reporting.lines_at(conn, agency_id, start.at)
    own = Counter(
        lines[person_id].fact.supervisor_id for person_id in (*start.on, *start.away) if person_id in lines
    )
    usual = [person_id for person_id, _ in own.most_common() if person_id is not None]
    may = reporting.holders_of(conn, agency_id, Role.SUPERVISOR, start.at)
    zones = zones_of(conn, agency_id, [*usual, *may])
    known = calendars(conn, agency_id, zones, start.at - LONGEST)
    for person_id in usual:
        if person_id in known and _available(known[person_id], start.at):
            return person_id
    return next(
        (person_id for person_id in may if person_id in known and _works(known[person_id], start)), None
    )


def _starts(known: Mapping[int, Calendar], between: tuple[datetime, datetime]) -> tuple[ShiftStart, ...]:
    named: defaultdict[tuple[datetime, str], dict[int, Shift]] = defaultdict(dict)
    beside: list[tuple[int, Shift, bool]] = []
    for person_id, calendar in known.items():
        overtime = {each.shift for each in calendar.singles if each.kind is WorkKind.OVERTIME}
        for shift in _meant(calendar, between):
            if shift.name and shift not in overtime:
                named[shift.at, shift.name][person_id] = shift
            else:
                beside.append((person_id, shift, shift in overtime))
    for person_id, shift, is_overtime in beside:
        # What the calendar has no name for belongs to the shift that begins with it, the largest of several.
        same = [key for key in named if key[0] == shift.at]
        if same or not is_overtime:
            key = max(same, key=lambda each: (len(named[each]), each[1]), default=(shift.at, ""))
            named[key].setdefault(person_id, shift)
    return tuple(_start(known, *key, meant) for key, meant in sorted(named.items()))


def _meant(calendar: Calendar, between: tuple[datetime, datetime]) -> Iterator[Shift]:
    """What somebody is meant to begin: by the calendar as it is, and by the rotation that a swap went before."""
    first, last = calendar.day_of(between[0]) - ONE_DAY, calendar.day_of(between[1]) + ONE_DAY
    for day in days_between(first, last):
        for shift in dict.fromkeys((*calendar.by_rotation(day), *calendar.meant(day))):
            if between[0] <= shift.at < between[1]:
                yield shift


def _start(known: Mapping[int, Calendar], at: datetime, name: str, meant: Mapping[int, Shift]) -> ShiftStart:
    on = [person_id for person_id in meant if _works_at(known[person_id], at)]
    away = [person_id for person_id in meant if person_id not in on]
    on_leave = [each for each in away if known[each].on_leave(known[each].day_of(at))]
    ends = Counter(shift.until for shift in meant.values())
    return ShiftStart(
        at=at,
        ends=max(ends, key=lambda each: (ends[each], each)),
        name=name,
        on=tuple(sorted(on)),
        away=tuple(sorted(away)),
        on_leave=tuple(sorted(on_leave)),
        in_court=tuple(sorted(each for each in away if each not in on_leave and known[each].in_court(at))),
    )


def _works_at(calendar: Calendar, at: datetime) -> bool:
    return bool(calendar.on_duty(at, at + A_MOMENT))


def _available(calendar: Calendar, at: datetime) -> bool:
    """On duty then; of somebody whose shifts nobody knows only leave and court are."""
    day = calendar.day_of(at)
    if calendar.knows(day):
        return _works_at(calendar, at)
    return not calendar.on_leave(day) and not calendar.in_court(at)


def _works(calendar: Calendar, start: ShiftStart) -> bool:
    begun = [
        each for each in _meant(calendar, (start.at, start.at + A_MOMENT)) if each.name in {"", start.name}
    ]
    return bool(begun) and _works_at(calendar, start.at)
