"""Until which day can what somebody owes still be scheduled? By the agency's pace, and by the last class on its
calendar that comes in time: whichever is earlier. Pure; the roll call and the reminders ask the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from messages.lines import still_owed
from rules.standing import LineState, Standing, StandingLine
from training.courses.in_time import ClassesInTime
from training.reminders.rules import Pace

DAYS_OF_A_MONTH = Decimal("30.4375")
# A calendar of classes reaches some months ahead: of what is due later it does not say which class is the last.
CALENDAR_AHEAD = timedelta(days=122)


@dataclass(frozen=True, slots=True)
class LastSafe:
    """The last day on which it can be scheduled. By a class: the last day to ask for it, when it begins, and what for;
    by the pace ``class_on`` is None."""

    day: date
    class_on: date | None = None
    part: StandingLine | None = None


def last_safe(
    line: StandingLine, standing: Standing, pace: Pace, classes: ClassesInTime | None, today: date
) -> LastSafe | None:
    """Of a whole duty with everything that is open inside it; None where no hours are owed by a day, or nothing says
    until when."""
    found = [*_by_pace(line, pace), *_by_classes(line, standing, classes, today)]
    return min(found, key=lambda each: each.day, default=None)


def last_safe_of_part(
    line: StandingLine,
    part: StandingLine,
    standing: Standing,
    pace: Pace,
    classes: ClassesInTime | None,
    today: date,
) -> LastSafe | None:
    """Of one thing that is open inside a duty: by its last class, or where there is none by the pace of the whole."""
    by_class = _by_class(line, part, standing, classes, today)
    return by_class or next(_by_pace(line, pace), None)


def asks_again_on(line: StandingLine) -> date | None:
    """From which day on the calendar of classes speaks of it; None where no hours are owed by a day."""
    return None if line.due_on is None or not line.hours_left else line.due_on - CALENDAR_AHEAD


def _by_pace(line: StandingLine, pace: Pace) -> Iterator[LastSafe]:
    left, due_on = line.hours_left, _due(line)
    if left and due_on is not None and pace.hours_per_month > 0:
        days = (left / pace.hours_per_month * DAYS_OF_A_MONTH).to_integral_value(ROUND_CEILING)
        yield LastSafe(due_on - timedelta(days=int(days)))


def _by_classes(
    line: StandingLine, standing: Standing, classes: ClassesInTime | None, today: date
) -> Iterator[LastSafe]:
    if classes is None or line.state is not LineState.OPEN:
        return
    owed = next((each for each in still_owed(standing) if each.line.place == line.place), None)
    for part in () if owed is None else (*(each.line for each in owed.parts),) or (line,):
        found = _by_class(line, part, standing, classes, today)
        if found is not None:
            yield found


def _by_class(
    line: StandingLine,
    part: StandingLine,
    standing: Standing,
    classes: ClassesInTime | None,
    today: date,
) -> LastSafe | None:
    due_on = _due(line)
    if classes is None or due_on is None or not today <= due_on <= today + CALENDAR_AHEAD:
        return None
    found = classes.last(standing, part, due_on)
    if found is None:
        return None
    day = found.starts_on if found.register_by is None else min(found.register_by, found.starts_on)
    return LastSafe(day, found.starts_on, part)


def _due(line: StandingLine) -> date | None:
    """Of a date that may be another the earlier one counts: too early does no harm."""
    return None if line.due_on is None else min(line.due_on, *line.due_on_alternatives, line.due_on)
