"""What do a person's own shifts mean for a class: when the one before it ends, the rest between, a day off, a leave?"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.records.courses import CourseOffering
from training.courses.offerings import days_of
from training.shifts.calendar import Calendar, Shift
from training.shifts.wall_clock import instant, midnight, until_clock

ONE_DAY = timedelta(days=1)
# So far on either side of a class a shift is looked for; what lies further away is rest enough for anybody.
AROUND = timedelta(days=2)
# Less than this between a shift and a class is little rest: time to sleep and to come back.
ENOUGH_REST = timedelta(minutes=480)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftsAround:
    """One class beside the shifts of one person, on its first day.

    ``ends_at`` is when their shift ends on the day of the class and before it; ``begins_at`` when their shift begins
    after it on that day, where little rest is left. ``during``: it is held while they are on shift. ``rest`` is the
    shortest time between any of its days and a shift, None where no shift is near. ``known``: their calendar says
    something about the day.
    """

    ends_at: datetime | None = None
    begins_at: datetime | None = None
    during: bool = False
    day_off: bool = False
    on_leave: bool = False
    rest: timedelta | None = None

    @property
    def is_rested(self) -> bool:
        """Whether there is rest enough between the class and the shifts around it."""
        return self.rest is None or self.rest >= ENOUGH_REST


def shifts_around(offering: CourseOffering, calendar: Calendar) -> ShiftsAround:
    """The class beside what the calendar of one person says."""
    first = offering.starts_on
    leave = any(calendar.on_leave(day) for day in days_of(offering))
    spans = tuple(_spans(offering))
    if not spans:
        worked = calendar.on_duty(midnight(first, calendar.zone), midnight(first + ONE_DAY, calendar.zone))
        return ShiftsAround(day_off=calendar.knows(first) and not worked and not leave, on_leave=leave)
    rests = [rest for span in spans for rest in _rests(span, calendar)]
    begins, ends = spans[0].at, spans[0].until
    near = calendar.on_duty(begins - AROUND, ends + AROUND)
    before = [each.until for each in near if each.until <= begins]
    after = [each.at for each in near if each.at >= ends]
    same_day = [each for each in before if calendar.day_of(each) == calendar.day_of(begins)]
    soon = [each for each in after if each - ends < ENOUGH_REST]
    during = any(each.at < ends and begins < each.until for each in near)
    touches = (
        during or bool(same_day) or any(calendar.day_of(each) == calendar.day_of(begins) for each in after)
    )
    return ShiftsAround(
        ends_at=max(same_day, default=None) if not during else None,
        begins_at=min(soon, default=None) if not during else None,
        during=during,
        day_off=calendar.knows(calendar.day_of(begins)) and not touches and not leave,
        on_leave=leave,
        rest=min(rests, default=None),
    )


def _spans(offering: CourseOffering) -> list[Shift]:
    """When it is held; nothing where nobody said at which hours."""
    zone = ZoneInfo(offering.zone)
    found = []
    for each in offering.sessions:
        if each["begins"] and each["ends"]:
            day = date.fromisoformat(each["date"])
            begins, ends = time.fromisoformat(each["begins"]), time.fromisoformat(each["ends"])
            at, until = instant(day, begins, zone), until_clock(day, begins, ends, zone)
            if at < until:
                found.append(Shift(at, until))
    return sorted(found)


def _rests(span: Shift, calendar: Calendar) -> list[timedelta]:
    """From the last shift before it, and to the next one after it."""
    near = calendar.on_duty(span.at - AROUND, span.until + AROUND)
    before = [span.at - each.until for each in near if each.until <= span.at]
    after = [each.at - span.until for each in near if each.at >= span.until]
    return [min(some) for some in (before, after) if some]
