"""What is to be done about one person's reminders on one day? Pure: what is on file goes in, the cases as they will be
and whatever is to be said come out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from db.queries.reminders import Unsent
from db.records.facts import AgencyId
from db.records.reminders import CaseKey, ReminderCase
from rules.standing import LineState, Standing, StandingLine
from training.courses.in_time import ClassesInTime
from training.office import local_day
from training.reminders import cases
from training.reminders.cases import Duty, Level
from training.reminders.rules import ReminderRules


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReminders:
    """What is read of somebody before it is decided. ``standing`` None is somebody who is with the agency no more.

    ``told`` are the steps that were planned, of anybody; ``send_day`` is the day on which something could be said to
    them, asked only where something waits. ``spoken_to`` is false outside a pilot.
    """

    agency_id: AgencyId
    person_id: int
    standing: Standing | None
    known: tuple[ReminderCase, ...] = ()
    told: frozenset[tuple[CaseKey, str]] = frozenset()
    unsent: tuple[Unsent, ...] = ()
    without: tuple[str, ...] = ()
    send_day: date | None = None
    spoken_to: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day at the agency, the instant, its zone, the rules in force, what a lost license is, and the classes that
    can be taken; None where nobody has looked."""

    day: date
    at: datetime
    zone: str
    rules: ReminderRules
    is_license: Callable[[StandingLine], bool]
    classes: ClassesInTime | None = None


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of one case, to be said."""

    case: ReminderCase
    duty: Duty
    name: str


@dataclass(frozen=True, slots=True)
class Raise:
    """A case that goes past the person."""

    case: ReminderCase
    duty: Duty
    level: Level


@dataclass(frozen=True, slots=True)
class Agenda:
    """``kept`` are the cases as they will be. ``stale`` waits to be sent and is not what is to be said any more;
    ``again`` are its steps that still hold."""

    kept: tuple[ReminderCase, ...] = ()
    new: tuple[DueStep, ...] = ()
    again: tuple[DueStep, ...] = ()
    stale: tuple[Unsent, ...] = ()
    raised: tuple[Raise, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether nobody hears of it."""
        return not (self.new or self.stale or self.raised)


def about(day: date) -> str:
    """What a message of reminders is about, for whoever looks: the day for which its words were chosen."""
    return f"reminder {day.isoformat()}"


def agenda_of(on_file: PersonReminders, today: Today) -> Agenda:
    """The agenda of one person. Asked again after it was done it is an empty one."""
    found = cases.reconciled(
        on_file.agency_id,
        on_file.person_id,
        on_file.known,
        on_file.standing,
        today.day,
        today.rules,
        today.classes,
    )
    kept: list[ReminderCase] = []
    new: list[DueStep] = []
    raised: list[Raise] = []
    for case, duty in found.going_on:
        steps = _steps(case, on_file, today)
        new += [DueStep(case, duty, each) for each in steps]
        told = _told_at(case, today.at) if steps else case
        past = _raise(told, duty, on_file, today)
        if past is not None:
            raised.append(past)
            told = _raised(told, past, today)
        kept.append(_until_next(told, duty, steps, on_file, today))
    kept += [
        replace(each, closed=why, closed_at=today.at, next_on=None, later_on=None, safe_on=None)
        for each, why in found.ended
    ]
    stale = tuple(each for each in on_file.unsent if new or _is_stale(each, found, on_file, today.day))
    again = tuple(
        DueStep(case, duty, name)
        for each in stale
        for key, name in each.steps
        for case, duty in found.going_on
        if case.key == key
    )
    # A later step of the same duty says all that an earlier one would have.
    newer = {each.case.key for each in new}
    return Agenda(
        tuple(kept),
        tuple(new),
        tuple(each for each in again if each.case.key not in newer),
        stale,
        tuple(raised),
    )


def _told_at(case: ReminderCase, at: datetime) -> ReminderCase:
    """The case after a reminder of that instant."""
    return replace(case, told_at=at, silent_since=case.silent_since or at)


def _steps(case: ReminderCase, on_file: PersonReminders, today: Today) -> tuple[str, ...]:
    if not on_file.spoken_to:
        return ()
    return cases.steps_on(case, today.day, _told(case, on_file), on_file.without)


def _told(case: ReminderCase, on_file: PersonReminders) -> Callable[[str], bool]:
    return lambda name: (case.key, name) in on_file.told


def _raise(case: ReminderCase, duty: Duty, on_file: PersonReminders, today: Today) -> Raise | None:
    """What goes past the person now: a lost license at once, anything else once the agency gave notice of it."""
    if not on_file.spoken_to:
        return None
    told = _told(case, on_file)
    lost = duty.line.state is LineState.OVERDUE and duty.line.decides and today.is_license(duty.line)
    if lost and not told(Level.LAPSED.value):
        return Raise(case, duty, Level.LAPSED)
    if any(key == case.key for each in on_file.unsent for key, _ in each.steps):
        # What waits for their shift or the end of a leave is nothing that they could have answered.
        return None
    past = cases.goes_past(case, _day(case.silent_since, today), _day(case.raised_at, today))
    if past is None or not today.rules.escalation.runs_on(today.day) or past[1] > today.day:
        return None
    return Raise(case, duty, past[0])


def _raised(case: ReminderCase, past: Raise, today: Today) -> ReminderCase:
    if past.level is Level.LAPSED:
        return case
    return replace(case, raised=case.raised + 1, raised_at=today.at)


def _until_next(
    case: ReminderCase, duty: Duty, steps: tuple[str, ...], on_file: PersonReminders, today: Today
) -> ReminderCase:
    """The case with the step that it has reached and the next day on which it is looked at."""
    if not on_file.spoken_to:
        return replace(case, next_on=today.day + timedelta(days=1))
    waits = case.later_on is not None and today.day < case.later_on
    later = case.later_on if waits else None
    reached = case.last_step if waits else cases.reached(case, today.day)
    told = _told(case, on_file)
    past = cases.goes_past(case, _day(case.silent_since, today), _day(case.raised_at, today))
    notice = today.rules.escalation.notice_on
    raises = None if past is None or notice is None else max(past[1], notice)
    after = replace(case, last_step=reached, later_on=later)
    next_on = cases.next_day(after, duty, today.day, lambda name: name in steps or told(name), raises)
    return replace(after, next_on=later if waits else next_on)


def _day(at: datetime | None, today: Today) -> date | None:
    return None if at is None else local_day(at, today.zone)


def _is_stale(unsent: Unsent, found: cases.Reconciled, on_file: PersonReminders, today: date) -> bool:
    """Whether what waits says something that is no longer so, or was worded for another day than it goes; words for
    today stand, for what is urgent goes today."""
    going_on = {case.key for case, _ in found.going_on}
    days = {about(each) for each in (on_file.send_day, today) if each is not None}
    moved = on_file.send_day is not None and unsent.about not in days
    if moved or any(key not in going_on for key, _ in unsent.steps):
        return True
    # It names the day until which something can still be scheduled, and the classes are others since.
    was = {each.key: each.safe_on for each in on_file.known}
    now = {case.key: case.safe_on for case, _ in found.going_on}
    return any(name == cases.PACE and was.get(key) != now[key] for key, name in unsent.steps)
