"""What is the next moment at which something of our own may be said to somebody? Never off duty, never in court, and
never earlier than it was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from db.records.ledger import Waits
from db.records.shifts import WorkKind
from training.shifts.calendar import LONGEST, Calendar, Shift, days_between
from training.shifts.wall_clock import ONE_DAY, instant, until_clock

# So far ahead a calendar is looked through, in steps that grow: mostly the next shift is tomorrow's.
STEPS = tuple(timedelta(days=days) for days in (2, 8, 32, 128, 512))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHours:
    """The hours of the day for whoever has no known shift, and how long something may be held."""

    begins: time
    ends: time
    holidays: frozenset[date] = frozenset()
    hold: timedelta

    def narrowed(self, begins: time | None, ends: time | None) -> "DayHours":
        """Inside a person's own wish; a wish that leaves nothing changes nothing."""
        first = self.begins if begins is None else max(self.begins, begins)
        last = self.ends if ends is None else min(self.ends, ends)
        return replace(self, begins=first, ends=last) if first < last else self


@dataclass(frozen=True, slots=True)
class NextMoment:
    """``waits`` is what it waits for; None when it does not wait. ``over_cap``: it would be held longer than anything
    may be, or nobody knows how long. ``passed``: it is said off duty, because it is urgent."""

    at: datetime
    waits: Waits | None = None
    over_cap: bool = False
    passed: bool = False


def next_moment(
    calendar: Calendar,
    hours: DayHours,
    at: datetime,
    *,
    held_since: datetime | None = None,
    urgent: bool = False,
) -> NextMoment:
    """The next allowed moment at or after an instant. The hold counts from ``held_since``, or else from there.

    What is urgent passes the hours of the day, a holiday and the end of a shift. It waits for the end of court, and of
    a leave.
    """
    today = calendar.day_of(at)
    known = replace(
        calendar,
        leaves=tuple(
            replace(each, back=each.back or _tomorrow(each.first, today)) for each in calendar.leaves
        ),
    )
    found = _first(known, hours, at)
    if found == at:
        return NextMoment(at)
    on_leave = calendar.on_leave(today)
    if urgent and not on_leave and (soonest := _out_of_court(calendar, at)) != found:
        return NextMoment(soonest, passed=True)
    endless = on_leave and any(each.back is None and each.holds(today) for each in calendar.leaves)
    since = at if held_since is None else held_since
    # Nothing for more than a year is no plan: it is looked at again every day.
    when = at + ONE_DAY if found is None else found
    return NextMoment(
        when,
        _why(calendar, known, hours, at, found),
        over_cap=found is None or endless or when - since > hours.hold,
    )


def _tomorrow(first: date, today: date) -> date:
    """A leave without an end is taken to end the day after, and is looked at again then."""
    return max(first, today) + ONE_DAY


def _first(calendar: Calendar, hours: DayHours, at: datetime) -> datetime | None:
    seen = calendar.day_of(at - LONGEST)
    best: datetime | None = None
    for step in STEPS:
        last = calendar.day_of(at + step)
        for day in days_between(seen, last):
            for each in _allowed(calendar, hours, day):
                if at < each.until and (best is None or each.at < best):
                    best = max(each.at, at)
        seen = last + ONE_DAY
        # What begins on a later day begins later, but for a rotation that is told by the clock of another zone.
        if best is not None and calendar.day_of(best) < last:
            return best
    return best


def _allowed(calendar: Calendar, hours: DayHours, day: date) -> Iterator[Shift]:
    yield from calendar.worked(day)
    if not calendar.knows(day) and day not in hours.holidays:
        window = Shift(
            instant(day, hours.begins, calendar.zone),
            until_clock(day, hours.begins, hours.ends, calendar.zone),
        )
        yield from calendar.without_spared(window)


def _out_of_court(calendar: Calendar, at: datetime) -> datetime:
    while calendar.in_court(at):
        at = max(
            each.shift.until
            for each in calendar.singles
            if each.kind is WorkKind.COURT and each.shift.holds(at)
        )
    return at


def _why(calendar: Calendar, known: Calendar, hours: DayHours, at: datetime, found: datetime | None) -> Waits:
    """What keeps it: that without which it could be said sooner."""
    today = calendar.day_of(at)

    def sooner(freer: Calendar, wider: DayHours) -> bool:
        other = _first(freer, wider, at)
        return other is not None and (found is None or other < found)

    if calendar.on_leave(today) or sooner(replace(known, leaves=()), hours):
        return Waits.ON_LEAVE
    free = tuple(each for each in known.singles if each.kind is not WorkKind.COURT)
    if len(free) < len(known.singles) and sooner(replace(known, singles=free), hours):
        return Waits.IN_COURT
    if hours.holidays and sooner(known, replace(hours, holidays=frozenset())):
        return Waits.HOLIDAY
    return Waits.OFF_DUTY
