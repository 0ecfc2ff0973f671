"""Duties computed from the person's own dates: the licensing cycle itself, and a credential that lapses."""

from collections.abc import Iterator

from rules.finding import Finding, unverified
from rules.model import Truth
from rules.pack import CycleItself, Lapse, Requirement, Unverified
from rules.periods import day_after
from rules.standing import Remark
from rules.subject import Subject


def judge_cycle_itself(
    requirement: Requirement, _: CycleItself, subject: Subject, applies: Truth, __: object
) -> Iterator[Finding]:
    """Met when the cycle's dates are known; due on its last day."""
    cycle = subject.cycle
    if cycle is None:
        yield Finding(
            subject.pack, requirement, applies, None, requirement.decides, remarks=(Remark("cycle-unknown"),)
        )
        return
    known = applies is True and not cycle.extended
    remark = (
        "cycle-extended-by-leave" if cycle.extended else "cycle-computed" if cycle.computed else "cycle-given"
    )
    yield Finding(
        subject.pack,
        requirement,
        applies,
        True if known else None,
        True,
        due_on=cycle.window.end,
        remarks=(Remark(remark),),
        changes_on=day_after(cycle.window.end) if subject.as_of <= cycle.window.end else None,
        cycle=cycle.window,
    )


def judge_lapse(
    requirement: Requirement, clock: Lapse, subject: Subject, applies: Truth, _: object
) -> Iterator[Finding]:
    """Lapsed after more than a length of time out of a certifiable position. Leave does not lapse it."""
    left, back = subject.facts.day("separated_on"), subject.facts.day("returned_on")
    if left is None and subject.facts.values.get("status") == "separated":
        yield Finding(subject.pack, requirement, applies, None, requirement.decides, past_due=True)
        return
    reissued = max(
        (day for day in map(subject.facts.day, ("reactivated_on", *subject.pack.cycle.from_facts)) if day),
        default=None,
    )
    if left is None or left > subject.as_of or (reissued is not None and left < reissued <= subject.as_of):
        yield Finding(subject.pack, requirement, applies, True, True)
        return
    longer = clock.unless is not None and clock.unless(subject.facts) is True
    last_day = (clock.otherwise if longer and clock.otherwise is not None else clock.after).after(left)
    back = back if back is not None and left < back <= subject.as_of else None
    if (back or subject.as_of) <= last_day:
        open_until = last_day if back is None else None
        yield Finding(
            subject.pack,
            requirement,
            applies,
            True,
            True,
            due_on=open_until,
            changes_on=day_after(open_until) if open_until else None,
        )
        return
    certified = subject.facts.values.get("certified")
    if certified is True and back is not None:
        # The board's own list shows it held after the return, so it was issued again.
        yield Finding(subject.pack, requirement, applies, True, True)
        return
    known = applies and _was_certified(subject)
    yield Finding(
        subject.pack,
        requirement,
        applies,
        False if known else None,
        True,
        overdue=bool(known),
        past_due=True,
        remarks=(Remark("lapsed-on", (("on", day_after(last_day).isoformat()),)),),
    )


def _was_certified(subject: Subject) -> bool:
    """Whether anything on file says that there was a certificate to lapse."""
    values = subject.facts.values
    named = values.get("disciplines") != subject.pack.assumed.get("disciplines")
    return named or any(
        name in values for name in ("certified", "certificate_level", *subject.pack.cycle.from_facts)
    )


def judge_unverified(
    requirement: Requirement, _: Unverified, subject: Subject, applies: Truth, __: object
) -> Iterator[Finding]:
    """Shown so that nobody overlooks it; it decides nothing."""
    window = subject.cycle.window if subject.cycle is not None else None
    yield unverified(subject, requirement, applies, window)
