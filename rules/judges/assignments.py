"""Duties that come with an assignment: before it starts, and again while it lasts."""

from collections.abc import Iterator
from datetime import date

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


def _judge(
    requirement: Requirement,
    clock: BeforeAssignment,
    subject: Subject,
    applies: Truth,
    assignment: Assignment,
) -> Finding:
    as_of = subject.as_of
    entries = candidates(subject, requirement)
    amount = requirement.amounts[-1].amount
    remarks: list[Remark] = []
    due_on, others, certain = _first_due(clock, assignment, remarks)
    # Whoever had the earlier course owes a new one, so what came before the duty does not count for them.
    counts_from = clock.since if _had_earlier(clock, assignment) is not False else date.min
    whole = [
        entry
        for entry in entries
        if not isinstance(amount, str)
        and (entry.hours >= amount or entry.completion.hours is None)
        and (entry.on >= counts_from or entry.on is UNDATED)
    ]
    sure = [entry.on for entry in whole if not entry.doubt]
    covered = [clock.repeat.after(entry.on) for entry in whole if entry.doubt and entry.on is not UNDATED]
    doubtful = bool(whole) and (len(covered) < len(whole) - len(sure) or any(as_of <= end for end in covered))
    satisfied: Truth = False
    if sure:
        due_on = clock.repeat.after(max(sure))
        others = (date(due_on.year, 12, 31),)
        satisfied = as_of <= due_on
        certain = True
    if not satisfied and doubtful:
        satisfied = None
        remarks.append(Remark("credit-doubtful", (("records", str(len(whole) - len(sure))),)))
    elif not satisfied and not subject.history_reaches(clock.repeat.before(as_of)):
        satisfied = None
        remarks.append(history_incomplete(subject.complete_from))
    relief = relief_for(subject, requirement, None, as_of)
    if relief is not None and relief.new_due is not None and (due_on is None or relief.new_due > due_on):
        due_on = relief.new_due
        remarks.append(relief_remark(relief))
    past_due = due_on is None or as_of > due_on
    if satisfied is False and not certain and past_due:
        satisfied = None
    satisfied = if_it_applies(applies, satisfied, remarks)
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        True,
        hours_counted=sum((entry.hours for entry in whole if not entry.doubt), start=NOTHING),
        hours_required=None if isinstance(amount, str) else amount,
        due_on=due_on,
        due_on_alternatives=others,
        overdue=satisfied is False and past_due,
        past_due=past_due,
        counted=tuple(entry for entry in whole if not entry.doubt),
        doubtful=tuple(entry for entry in whole if entry.doubt),
        remarks=tuple(remarks),
        changes_on=_next_turn(clock, subject, whole, due_on),
    )


def _next_turn(
    clock: BeforeAssignment, subject: Subject, whole: list[CandidateRecord], due_on: date | None
) -> date | None:
    """The next day on which a course runs out, or the time looked back on becomes a known one."""
    as_of = subject.as_of
    ends = [clock.repeat.after(entry.on) for entry in whole if entry.on is not UNDATED]
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


def _first_due(
    clock: BeforeAssignment, assignment: Assignment, remarks: list[Remark]
) -> tuple[date | None, tuple[date, ...], bool]:
    """The first due date, its published alternatives, and whether the facts settle it."""
    if assignment.start is None:
        remarks.append(Remark("assignment-start-unknown"))
        return None, (), False
    if assignment.start >= clock.since:
        return assignment.start, (), True
    for transition in clock.transitions:
        if assignment.fact(transition.when_fact) is transition.is_value:
            if transition.alternatives:
                remarks.append(Remark("sources-differ-on-date"))
            return transition.due_on, transition.alternatives, True
    days = sorted({day for each in clock.transitions for day in (each.due_on, *each.alternatives)})
    remarks.append(Remark("condition-unknown"))
    return (days[0], tuple(days[1:]), False) if days else (clock.since, (), False)
