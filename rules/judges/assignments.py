"""Duties that come with an assignment: before it starts, and again while it lasts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.finding import (
    Finding,
    history_incomplete,
    if_it_applies,
    not_applicable,
    not_known,
    relief_for,
    relief_remark,
    unverified,
)
from rules.model import Assignment, ReliefKind, Truth
from rules.pack import BeforeAssignment, Requirement
from rules.periods import day_after
from rules.standing import Remark
from rules.subject import NOTHING, CandidateRecord, Subject, assignments_of
from rules.tally import UNDATED, candidates


def judge_before_assignment(
    requirement: Requirement, clock: BeforeAssignment, subject: Subject, applies: Truth, _: object
) -> Iterator[Finding]:
    """One finding for the running or the coming assignment; not applicable without one."""
    if subject.facts.assignments is None:
        yield not_known(subject, requirement, None, Remark("applies-unknown"))
        return
    held = [
        each
        for each in assignments_of(subject.facts, clock.assignment)
        if each.end is None or each.end >= subject.as_of
    ]
    if not held:
        yield not_applicable(subject, requirement, Remark("not-assigned"), None)
        return
    if not requirement.decides:
        yield unverified(subject, requirement, applies, None)
        return
    relief = relief_for(subject, requirement, None, subject.as_of)
    if relief is not None and relief.kind is not ReliefKind.EXTENSION:
        yield not_applicable(subject, requirement, relief_remark(relief), None)
        return
    first = min(held, key=lambda each: each.start or date.min)
    yield _judge(requirement, clock, subject, applies, first)


class _Courses(NamedTuple):
    """Courses long enough and not from before the duty; ``sure``: nothing about them is in doubt."""

    sure: tuple[CandidateRecord, ...]
    doubtful: tuple[CandidateRecord, ...]


class _Due(NamedTuple):
    """``others``: further dates that the sources give; ``certain``: the facts settle that it is one of these."""

    on: date | None
    others: tuple[date, ...]
    certain: bool


def _judge(
    requirement: Requirement,
    clock: BeforeAssignment,
    subject: Subject,
    applies: Truth,
    assignment: Assignment,
) -> Finding:
    remarks: list[Remark] = []
    courses = _courses(requirement, clock, subject, assignment)
    first = _first_due(clock, assignment, remarks)
    due = _next_due(clock, courses) or first
    satisfied = _satisfied(clock, subject, courses, due, remarks)
    due = _with_more_time(requirement, subject, due, remarks)
    past_due = due.on is None or subject.as_of > due.on
    if satisfied is False and past_due and not due.certain:
        satisfied = None
    satisfied = if_it_applies(applies, satisfied, remarks)
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        True,
        hours_counted=sum((entry.hours for entry in courses.sure), start=NOTHING),
        hours_required=_hours_owed(requirement),
        due_on=due.on,
        due_on_alternatives=due.others,
        overdue=satisfied is False and past_due,
        past_due=past_due,
        counted=courses.sure,
        doubtful=courses.doubtful,
        remarks=tuple(remarks),
        changes_on=_next_turn(clock, subject, courses, due.on),
    )


def _hours_owed(requirement: Requirement) -> Decimal | None:
    amount = requirement.amounts[-1].amount
    return None if isinstance(amount, str) else amount


def _courses(
    requirement: Requirement, clock: BeforeAssignment, subject: Subject, assignment: Assignment
) -> _Courses:
    """What counts whole: whoever had the earlier course owes a new one, so nothing from before the duty counts."""
    owed = _hours_owed(requirement)
    counts_from = clock.since if _had_earlier(clock, assignment) is not False else date.min
    whole = [
        entry
        for entry in candidates(subject, requirement)
        if owed is not None
        and (entry.hours >= owed or entry.completion.hours is None)
        and (entry.on >= counts_from or entry.on is UNDATED)
    ]
    return _Courses(
        tuple(entry for entry in whole if not entry.doubt), tuple(entry for entry in whole if entry.doubt)
    )


def _next_due(clock: BeforeAssignment, courses: _Courses) -> _Due | None:
    """The day on which the last sure course runs out; None without one."""
    if not courses.sure:
        return None
    on = clock.repeat.after(max(entry.on for entry in courses.sure))
    return _Due(on, (date(on.year, 12, 31),), certain=True)


def _satisfied(
    clock: BeforeAssignment, subject: Subject, courses: _Courses, due: _Due, remarks: list[Remark]
) -> Truth:
    """Yes by a sure course; not known where a doubtful one, or one before the records begin, may still hold."""
    as_of = subject.as_of
    if courses.sure and due.on is not None and as_of <= due.on:
        return True
    if any(entry.on is UNDATED or as_of <= clock.repeat.after(entry.on) for entry in courses.doubtful):
        remarks.append(Remark("credit-doubtful", (("records", str(len(courses.doubtful))),)))
        return None
    if not subject.history_reaches(clock.repeat.before(as_of)):
        remarks.append(history_incomplete(subject.complete_from))
        return None
    return False


def _with_more_time(requirement: Requirement, subject: Subject, due: _Due, remarks: list[Remark]) -> _Due:
    """The same due later, where somebody was given more time and the day is later than it would be."""
    relief = relief_for(subject, requirement, None, subject.as_of)
    if relief is None or relief.new_due is None or (due.on is not None and relief.new_due <= due.on):
        return due
    remarks.append(relief_remark(relief))
    return due._replace(on=relief.new_due)


def _next_turn(
    clock: BeforeAssignment, subject: Subject, courses: _Courses, due_on: date | None
) -> date | None:
    """The next day on which a course runs out, or the time looked back on becomes a known one."""
    as_of = subject.as_of
    ends = [
        clock.repeat.after(entry.on)
        for entry in (*courses.sure, *courses.doubtful)
        if entry.on is not UNDATED
    ]
    if due_on is not None:
        ends.append(due_on)
    if subject.complete_from is not None:
        ends.append(clock.repeat.after(subject.complete_from))
    return min((day for end in ends for day in (end, day_after(end)) if day > as_of), default=None)


def _had_earlier(clock: BeforeAssignment, assignment: Assignment) -> Truth:
    """Whether the course was done under older rules; False for an assignment that began under this one."""
    if assignment.start is not None and assignment.start >= clock.since:
        return False
    for transition in clock.transitions:
        if assignment.fact(transition.when_fact) is transition.is_value:
            return transition.is_value
    return None


def _first_due(clock: BeforeAssignment, assignment: Assignment, remarks: list[Remark]) -> _Due:
    """The day before which the course is owed for the first time."""
    if assignment.start is None:
        remarks.append(Remark("assignment-start-unknown"))
        return _Due(None, (), certain=False)
    if assignment.start >= clock.since:
        return _Due(assignment.start, (), certain=True)
    for transition in clock.transitions:
        if assignment.fact(transition.when_fact) is transition.is_value:
            if transition.alternatives:
                remarks.append(Remark("sources-differ-on-date"))
            return _Due(transition.due_on, transition.alternatives, certain=True)
    days = sorted({day for each in clock.transitions for day in (each.due_on, *each.alternatives)})
    remarks.append(Remark("condition-unknown"))
    return _Due(days[0] if days else clock.since, tuple(days[1:]), certain=False)
