"""Of what is somebody reminded, which step is next, and when does it go past them? Pure: a standing, the cases that are
open, the rules and a day; nothing is read or written here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from db.records.facts import AgencyId
from db.records.reminders import CaseEnd, CaseKey, ReminderCase
from messages.lines import STILL_OWED, runs_out, top_level
from rules.standing import LineState, Standing, StandingLine
from training.courses.in_time import ClassesInTime
from training.reminders.ladder import LadderStep, next_on, standing_on
from training.reminders.rules import Pace, ReminderRules
from training.reminders.safe_dates import LastSafe, asks_again_on, last_safe

# How the steps beside the ladder are called.
LATER, PACE = "later", "pace"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that somebody is reminded of, by its day. ``dated`` is false where it is overdue and no day is known.

    ``safe``: until when what is left of it can still be scheduled, where hours are left.
    """

    subject: str
    window: str
    due_on: date
    line: StandingLine
    dated: bool = True
    safe: LastSafe | None = None


def duties(standing: Standing, today: date) -> tuple[Duty, ...]:
    """Whatever is owed by a date, or may be; what is overdue without one; and what is met and runs out.

    Of a date that may be another the earlier one counts: too early does no harm.
    """
    return tuple(
        Duty(subject_of(line), line.window or "", _due(line) or today, line, dated=line.due_on is not None)
        for line in top_level(standing.lines)
        if _is_spoken_of(line, today)
    )


def subject_of(line: StandingLine) -> str:
    """By what the ledger knows a duty: the requirement, and the item where it is about one."""
    return line.requirement if line.item is None else f"{line.requirement}|{line.item}"


def _due(line: StandingLine) -> date | None:
    return None if line.due_on is None else min(line.due_on, *line.due_on_alternatives, line.due_on)


def _is_spoken_of(line: StandingLine, today: date) -> bool:
    if line.due_on is None:
        return line.state is LineState.OVERDUE
    return line.state in STILL_OWED or runs_out(line, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The ladder and the escalation of a case as they were when it opened: later rules change later cases."""

    steps: tuple[LadderStep, ...]
    from_days_before: int
    supervisor_after: int
    coordinator_after: int


def terms_of(rules: ReminderRules, requirement: str) -> Terms:
    """What a case of this requirement begins with today."""
    escalation = rules.escalation
    return Terms(
        steps=rules.steps_for(requirement),
        from_days_before=escalation.from_days_before,
        supervisor_after=escalation.supervisor_after,
        coordinator_after=escalation.coordinator_after,
    )


def terms_json(terms: Terms, rules: ReminderRules) -> Mapping[str, Any]:
    """The terms as a case keeps them, with the version of the rules they come from."""
    return {
        "rules": rules.version,
        "steps": [[each.days_before, each.again_after] for each in terms.steps],
        "from_days_before": terms.from_days_before,
        "supervisor_after": terms.supervisor_after,
        "coordinator_after": terms.coordinator_after,
    }


def terms_from(kept: Mapping[str, Any]) -> Terms:
    """The terms that a case keeps."""
    return Terms(
        steps=tuple(LadderStep(before, again) for before, again in kept["steps"]),
        from_days_before=kept["from_days_before"],
        supervisor_after=kept["supervisor_after"],
        coordinator_after=kept["coordinator_after"],
    )


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What becomes of somebody's cases: those that go on or begin, with their duty, and those that end."""

    going_on: tuple[tuple[ReminderCase, Duty], ...]
    ended: tuple[tuple[ReminderCase, CaseEnd], ...]


def reconciled(
    agency_id: AgencyId,
    person_id: int,
    known: Sequence[ReminderCase],
    standing: Standing | None,
    today: date,
    rules: ReminderRules,
    classes: ClassesInTime | None = None,
) -> Reconciled:
    """Cases after this standing; None is somebody who is with the agency no more. ``known`` are all there ever were.

    The same standing asked twice gives the same cases.
    """
    still_open = [each for each in known if each.closed is None]
    if standing is None:
        return Reconciled((), tuple((each, CaseEnd.LEFT) for each in still_open))
    wanted = {(each.subject, each.window): each for each in duties(standing, today)}
    going_on: list[tuple[ReminderCase, Duty]] = []
    ended: list[tuple[ReminderCase, CaseEnd]] = []
    for case in still_open:
        duty = wanted.get((case.key.subject, case.key.window))
        if duty is not None and (not duty.dated or duty.due_on == case.key.due_on):
            going_on.append((case, duty))
            del wanted[case.key.subject, case.key.window]
        else:
            ended.append((case, _why(case, duty, standing)))
    for duty in wanted.values():
        key = _next_key(agency_id, person_id, duty, known)
        terms = terms_json(terms_of(rules, duty.line.requirement), rules)
        going_on.append((ReminderCase(key=key, terms=terms, opened_on=today, next_on=None), duty))
    safe = [
        (case, replace(duty, safe=last_safe(duty.line, standing, rules.pace, classes, today)))
        for case, duty in going_on
    ]
    return Reconciled(
        tuple((replace(case, safe_on=_safe_on(duty, rules.pace)), duty) for case, duty in safe),
        tuple(ended),
    )


def _safe_on(duty: Duty, pace: Pace) -> date | None:
    """When they are told of it: so long before that something can still be done."""
    return None if duty.safe is None else duty.safe.day - timedelta(days=pace.lead_days)


def _why(case: ReminderCase, duty: Duty | None, standing: Standing) -> CaseEnd:
    line = next(
        (each for each in standing.lines if _place(each) == (case.key.subject, case.key.window)), None
    )
    if line is None:
        return CaseEnd.GONE
    if line.state is LineState.EXEMPT:
        return CaseEnd.EXCUSED
    if line.state is LineState.MET and duty is None:
        return CaseEnd.MET
    # A card that was renewed runs out on another day; one that was only dated wrongly does too, and nobody can tell.
    return CaseEnd.MET if line.state is LineState.MET else CaseEnd.MOVED


def _place(line: StandingLine) -> tuple[str, str]:
    return subject_of(line), line.window or ""


def _next_key(agency_id: AgencyId, person_id: int, duty: Duty, known: Iterable[ReminderCase]) -> CaseKey:
    """A duty that opens again for the same day is another episode."""
    place = (duty.subject, duty.window, duty.due_on)
    episodes = [
        each.key.episode for each in known if (each.key.subject, each.key.window, each.key.due_on) == place
    ]
    return CaseKey(
        agency_id=agency_id,
        person_id=person_id,
        subject=duty.subject,
        window=duty.window,
        due_on=duty.due_on,
        episode=max(episodes, default=-1) + 1,
    )


def steps_on(
    case: ReminderCase, today: date, told: Callable[[str], bool], without: Iterable[str]
) -> tuple[str, ...]:
    """What is to be said on this day, by the names of the steps; empty for nothing.

    ``told`` says whether a step was planned before. Of several that were missed it is the last one alone; that time
    runs short is said beside it.
    """
    if case.later_on is not None and today < case.later_on:
        return ()
    names = []
    rung = standing_on(terms_from(case.terms).steps, case.key.due_on, today)
    if rung is not None and rung.step.name not in without:
        names.append(rung_name(rung.step, rung.day, case.key.due_on))
    if case.later_on is not None and not any(each != case.last_step and not told(each) for each in names):
        names.append(f"{LATER}-{case.later_on.isoformat()}")
    if case.safe_on is not None and case.safe_on <= today <= case.key.due_on:
        names.append(PACE)
    return tuple(each for each in names if each != case.last_step and not told(each))


def rung_name(step: LadderStep, day: date, due_on: date) -> str:
    """``60``, or ``overdue+8``: one that comes again is another step each time."""
    return f"{step.name}+{(day - due_on).days}" if step.again_after else step.name


def reached(case: ReminderCase, today: date) -> str:
    """The step of the ladder at which a case stands, said or not."""
    rung = standing_on(terms_from(case.terms).steps, case.key.due_on, today)
    return case.last_step if rung is None else rung_name(rung.step, rung.day, case.key.due_on)


class Level(StrEnum):
    """Past whom a reminder went; ``raised`` of a case counts the first two."""

    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    LAPSED = "lapsed"  # a license that is lost is told at once, whatever was answered


def goes_past(
    case: ReminderCase, silent_since: date | None, raised_on: date | None
) -> tuple[Level, date] | None:
    """To whom it goes next and from which day on, when nobody answers until then; None when it goes no further.

    ``silent_since`` is the day of the first reminder that was not answered, ``raised_on`` that on which the supervisor
    was told.
    """
    terms = terms_from(case.terms)
    if silent_since is None:
        return None
    if case.raised == 0:
        earliest = case.key.due_on - timedelta(days=terms.from_days_before)
        return Level.SUPERVISOR, max(silent_since, earliest) + timedelta(days=terms.supervisor_after)
    if case.raised == 1 and raised_on is not None:
        return Level.COORDINATOR, raised_on + timedelta(days=terms.coordinator_after)
    return None


def next_day(
    case: ReminderCase, duty: Duty, today: date, told: Callable[[str], bool], raises: date | None
) -> date | None:
    """The next day on which there may be something to do about a case."""
    days = [
        next_on(terms_from(case.terms).steps, case.key.due_on, today),
        case.later_on,
        *((case.safe_on, asks_again_on(duty.line)) if not told(PACE) else ()),
        raises,
    ]
    return min((each for each in days if each is not None and each > today), default=None)
