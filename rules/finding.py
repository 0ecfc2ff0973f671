"""The result for one requirement in one window or for one item, with the records and reasons behind it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.model import Relief, ReliefKind, Truth, Window
from rules.pack import Concerns, Pack, Requirement
from rules.standing import LineState, Remark
from rules.subject import CandidateRecord, Subject


class Finding(NamedTuple):
    """``overdue``: known unmet and past due. ``decides``: whether it may change the verdict at all.

    ``unsettled``: not known because the sources leave open what governs this window. ``beyond``: such a window, after
    the time somebody asked about: it keeps a YES back and says nothing of what was asked. ``earlier``: of a year before
    that time, and so no reason for a YES by itself.
    """

    pack: Pack
    requirement: Requirement
    applies: Truth
    satisfied: Truth
    decides: bool
    window: Window | None = None
    item: str | None = None
    hours_counted: Decimal | None = None
    hours_possible: Decimal | None = None
    hours_required: Decimal | None = None
    due_on: date | None = None
    due_on_alternatives: tuple[date, ...] = ()
    overdue: bool = False
    past_due: bool = False
    counted: tuple[CandidateRecord, ...] = ()
    doubtful: tuple[CandidateRecord, ...] = ()
    remarks: tuple[Remark, ...] = ()
    changes_on: date | None = None
    cycle: Window | None = None
    unsettled: bool = False
    beyond: bool = False
    earlier: bool = False

    @property
    def state(self) -> LineState:
        """How the line reads: a rule that does not decide is unchecked, and the agency's own is never overdue."""
        if self.requirement.concerns is Concerns.AGENCY and self.satisfied is not None:
            return LineState.MET if self.satisfied else LineState.OPEN
        if not self.decides:
            return LineState.UNCHECKED
        if self.satisfied is True:
            return LineState.MET
        if self.satisfied is None:
            return LineState.UNKNOWN
        return LineState.OVERDUE if self.overdue else LineState.OPEN


def unverified(subject: Subject, requirement: Requirement, applies: Truth, window: Window | None) -> Finding:
    """A duty that exists and cannot be checked, or is another body's: shown, never deciding."""
    ask = (("ask", requirement.ask),) if requirement.ask else ()
    remarks = (
        Remark("owed-elsewhere", (("to", requirement.owed_to), *ask))
        if requirement.owed_to
        else Remark("rule-unverified", ask),
    )
    return Finding(subject.pack, requirement, applies, None, False, window, remarks=remarks)


def not_known(subject: Subject, requirement: Requirement, applies: Truth, because: Remark) -> Finding:
    """A duty whose window or subject nobody has said: it may be past due for all we know."""
    return Finding(
        subject.pack, requirement, applies, None, requirement.decides, past_due=True, remarks=(because,)
    )


def if_it_applies(applies: Truth, satisfied: Truth, remarks: list[Remark]) -> Truth:
    """What was found, where the duty is the person's; what they may not owe is not known to be short."""
    if applies is not None or satisfied is True:
        return satisfied
    remarks.append(Remark("applies-unknown"))
    return None


def history_incomplete(known_from: date | None) -> Remark:
    """What may have been done before the records begin; None where nobody has said when they do."""
    return Remark("history-incomplete", (("from", "" if known_from is None else known_from.isoformat()),))


def not_applicable(
    subject: Subject, requirement: Requirement, remark: Remark, window: Window | None
) -> Finding:
    """A duty this person does not have, and why."""
    return Finding(subject.pack, requirement, False, None, False, window, remarks=(remark,))


def relief_for(subject: Subject, requirement: Requirement, window: Window | None, day: date) -> Relief | None:
    """The approved relief that covers this duty in this window, or on this day when it has no window."""
    for relief in subject.facts.reliefs:
        names = {"*", requirement.id, requirement.short}
        if requirement.late_only_extended and relief.kind is ReliefKind.EXTENSION:
            names.update(_totals(subject, requirement))
        if relief.requirement not in names:
            continue
        if relief.window is not None:
            if window is not None and relief.window == window.label:
                return relief
            continue
        if relief.kind is ReliefKind.EXTENSION and window is not None:
            if _extends(relief, window):
                return relief
            continue
        if (relief.starts_on is None or relief.starts_on <= day) and (
            relief.ends_on is None or day <= relief.ends_on
        ):
            return relief
    return None


def _totals(subject: Subject, requirement: Requirement) -> Iterator[str]:
    """The totals a duty counts inside: whoever has more time for them has it for their parts."""
    total = subject.pack.requirement(requirement.inside) if requirement.inside else None
    while total is not None:
        yield total.id
        yield total.short
        total = subject.pack.requirement(total.inside) if total.inside else None


def _extends(relief: Relief, window: Window) -> bool:
    """Whether an extension that names no window is for this one: the last that was due before the new day."""
    if relief.new_due is None or relief.new_due <= window.due_on:
        return False
    if relief.starts_on is not None:
        return window.start <= relief.starts_on <= window.due_on
    return (relief.new_due - window.due_on).days <= (window.end - window.start).days + 1


def relief_remark(relief: Relief) -> Remark:
    """Who may do less or later, why and until when, so that the answer shows it."""
    facts = [("reason", relief.reason)]
    until = relief.new_due or relief.ends_on
    if until is not None:
        facts.append(("until", until.isoformat()))
    return Remark("exempt" if relief.kind is ReliefKind.EXEMPTION else relief.kind.value, tuple(facts))
