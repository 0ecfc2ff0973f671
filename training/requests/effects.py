"""What does a class do to whoever takes it: which shifts it hits, what stands against its days, what it counts toward?

Facts to be checked, kept as they were shown; a leave is only a leave here, whatever it is for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from db.queries import reporting
from db.records.shifts import WorkKind
from messages.lines import OwedPart, part_text, still_owed
from messages.words import Words
from rules.case import plain
from rules.model import Completion
from rules.standing import Place, PoolRole, Standing, StandingLine
from training.asking import Question
from training.requests.values import RequestValues
from training.shifts.calendar import LONGEST, Calendar, days_between
from training.shifts.calendars import calendars, zones_of
from training.shifts.roll import shift_starting
from training.shifts.wall_clock import ONE_DAY, midnight
from training.standings import compliance

# An academy of half a year is the longest class; nothing longer is looked up day by day.
MOST_DAYS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEffects:
    """What was shown to be checked. ``shifts_hit`` are the days on which the person is meant to begin a shift.

    ``planned_staffing``: on the thinnest of these shifts so many of their unit work without them; None where nobody
    knows. ``counts_hours`` of ``counts_toward`` are what the class brings on in the total of hours; None where hours or
    topics are not known. ``closes`` and ``leaves_open`` are duties that are open now. ``seats_left``: None where nobody
    said how many there are.
    """

    shifts_hit: tuple[date, ...] = ()
    minimum_staffing: int | None = None
    planned_staffing: int | None = None
    on_leave: bool = False
    in_court: tuple[date, ...] = ()
    hours: Decimal | None = None
    counts_hours: Decimal | None = None
    counts_toward: Decimal | None = None
    closes: tuple[str, ...] = ()
    leaves_open: tuple[str, ...] = ()
    seats_left: int | None = None


def found_json(found: FoundEffects) -> Mapping[str, Any]:
    """As a step keeps it; what is not known is not there."""
    said: dict[str, Any] = {
        "shifts_hit": [each.isoformat() for each in found.shifts_hit],
        "minimum_staffing": found.minimum_staffing,
        "planned_staffing": found.planned_staffing,
        "on_leave": found.on_leave or None,
        "in_court": [each.isoformat() for each in found.in_court],
        "hours": _text(found.hours),
        "counts_hours": _text(found.counts_hours),
        "counts_toward": _text(found.counts_toward),
        "closes": list(found.closes),
        "leaves_open": list(found.leaves_open),
        "seats_left": found.seats_left,
    }
    return {name: value for name, value in said.items() if value is not None and value != []}


def found_of(kept: Mapping[str, Any]) -> FoundEffects:
    """What was kept, again."""
    return FoundEffects(
        shifts_hit=tuple(date.fromisoformat(each) for each in kept.get("shifts_hit", ())),
        minimum_staffing=kept.get("minimum_staffing"),
        planned_staffing=kept.get("planned_staffing"),
        on_leave=bool(kept.get("on_leave")),
        in_court=tuple(date.fromisoformat(each) for each in kept.get("in_court", ())),
        hours=_number(kept.get("hours")),
        counts_hours=_number(kept.get("counts_hours")),
        counts_toward=_number(kept.get("counts_toward")),
        closes=tuple(kept.get("closes", ())),
        leaves_open=tuple(kept.get("leaves_open", ())),
        seats_left=kept.get("seats_left"),
    )


def found(
    question: Question,
    person_id: int,
    values: RequestValues,
    words: Words,
    *,
    minimums: Mapping[int, int],
    seats_left: int | None = None,
) -> FoundEffects:
    """All of it, as of now. ``minimums``: how many of a unit have to work each of its shifts, by unit."""
    days = _days(values)
    zone = zones_of(question.conn, question.agency_id, [person_id]).get(person_id)
    calendar = None
    if zone is not None and days:
        since = midnight(days[0], ZoneInfo(zone)) - LONGEST
        calendar = calendars(question.conn, question.agency_id, {person_id: zone}, since)[person_id]
    hit = () if calendar is None else _shifts_hit(calendar, days)
    unit_id, mates = _unit(question, person_id)
    planned = None if calendar is None or not hit else _planned(question, calendar, person_id, mates, hit)
    total, closes, leaves_open = _duties(question, person_id, values, words)
    return FoundEffects(
        shifts_hit=hit,
        minimum_staffing=None if unit_id is None or not hit else minimums.get(unit_id),
        planned_staffing=planned,
        on_leave=calendar is not None and any(calendar.on_leave(each) for each in days),
        in_court=() if calendar is None else tuple(each for each in days if _in_court(calendar, each)),
        hours=values.hours,
        counts_hours=None if total is None else total[0],
        counts_toward=None if total is None else total[1],
        closes=closes,
        leaves_open=leaves_open,
        seats_left=seats_left,
    )


def _days(values: RequestValues) -> tuple[date, ...]:
    if values.sessions:
        return tuple(sorted({each.day for each in values.sessions}))
    if values.starts_on is None:
        return ()
    last = values.ends_on or values.starts_on
    if not timedelta() <= last - values.starts_on <= timedelta(days=MOST_DAYS):
        return ()
    return tuple(days_between(values.starts_on, last))


def _shifts_hit(calendar: Calendar, days: Sequence[date]) -> tuple[date, ...]:
    """The days of the class on which a shift of theirs begins. On leave nobody works one."""
    return tuple(each for each in days if calendar.worked(each))


def _in_court(calendar: Calendar, day: date) -> bool:
    begins, ends = midnight(day, calendar.zone), midnight(day + ONE_DAY, calendar.zone)
    return any(
        each.kind is WorkKind.COURT and each.shift.at < ends and begins < each.shift.until
        for each in calendar.singles
    )


def _unit(question: Question, person_id: int) -> tuple[int | None, tuple[int, ...]]:
    """The unit somebody is in as of now, and everybody in it."""
    lines = reporting.lines_at(question.conn, question.agency_id, question.asker.now)
    own = lines.get(person_id)
    if own is None or own.fact.unit_id is None:
        return None, ()
    mates = (each for each, line in lines.items() if line.fact.unit_id == own.fact.unit_id)
    return own.fact.unit_id, tuple(sorted(mates))


def _planned(
    question: Question, calendar: Calendar, person_id: int, mates: Sequence[int], hit: Sequence[date]
) -> int | None:
    """On the thinnest of the shifts that are hit: how many of the unit work it without them."""
    begins = {shift.at for each in hit for shift in calendar.worked(each)}
    between = (min(begins), max(begins) + timedelta(minutes=1))
    starts = shift_starting(question.conn, question.agency_id, mates, between)
    counts = [
        len(set(each.on) - {person_id})
        for each in starts
        if each.at in begins and person_id in (*each.on, *each.away)
    ]
    return min(counts, default=None)


def _duties(
    question: Question, person_id: int, values: RequestValues, words: Words
) -> tuple[tuple[Decimal, Decimal] | None, tuple[str, ...], tuple[str, ...]]:
    """Hours toward the total with that total, the duties that it closes, and those that stay open."""
    now = _standing(question, person_id, question.today, ())
    if now is None:
        return None, (), ()
    owed = dict(_owed(now))
    if values.ends_on is None or (values.hours is None and not values.topics):
        return None, (), tuple(part_text(each, words) for each in owed.values())
    day = max(values.ends_on, question.today)
    supposed = Completion(
        "requested",
        values.ends_on,
        values.hours,
        frozenset(plain(each) for each in values.topics),
        {plain(topic): hours for topic, hours in values.topic_hours.items()} or None,
        approved=True,
    )
    without = _standing(question, person_id, day, ())
    after = _standing(question, person_id, day, (supposed,))
    if without is None or after is None:
        return None, (), ()
    owed_after = dict(_owed(after))
    lines_after = {each.place for each in after.lines}
    # An elective is filled by hours of any topic: what is counted says so already.
    closes = tuple(
        part_text(each, words)
        for place, each in owed.items()
        if place not in owed_after and place in lines_after and each.line.pool_role is not PoolRole.ELECTIVE
    )
    # What has no place on the day of the class any more ended before it: the class comes too late for it.
    left = tuple(
        part_text(owed_after.get(place, each), words)
        for place, each in owed.items()
        if place in owed_after or place not in lines_after
    )
    return _toward(without, after), closes, left


def _toward(without: Standing, after: Standing) -> tuple[Decimal, Decimal] | None:
    """How far the total of hours is brought on, and that total; hours above it bring nothing on."""
    line = _headline(after)
    before = _headline(without)
    if line is None or before is None or line.hours_required is None:
        return None
    had, has = before.hours_counted or Decimal(), line.hours_counted or Decimal()
    return min(has, line.hours_required) - min(had, line.hours_required), line.hours_required


def _headline(standing: Standing) -> StandingLine | None:
    return standing.line(standing.headline) if standing.headline else None


def _owed(standing: Standing) -> Iterator[tuple[Place, OwedPart]]:
    """Every part of every duty that is still owed, each once."""
    for duty in still_owed(standing):
        for part in duty.parts:
            yield part.line.place, part
        if not duty.parts and duty.line.requirement != standing.headline:
            yield duty.line.place, OwedPart(duty.line, duty.line.hours_left or None)


def _standing(question: Question, person_id: int, day: date, extra: Sequence[Completion]) -> Standing | None:
    judged = compliance.judge(question.conn, question.shelf, question.agency_id, person_id, day, extra=extra)
    return None if judged is None else judged.standing


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
