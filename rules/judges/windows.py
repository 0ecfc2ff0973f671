"""Duties measured in fixed windows: once a licensing cycle, within days of a return, and what any window asks."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules.choices import fill
from rules.excuses import excuse_for, knows_appointments, waiver_for
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
from rules.model import ReliefKind, Truth, Waiver, Window
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    Concerns,
    DatedAmount,
    Excuse,
    LicensingCycle,
    Requirement,
    UnsaidNumber,
)
from rules.periods import Length, day_after, span
from rules.standing import Measure, Remark
from rules.subject import NOTHING, CandidateRecord, Subject, unbroken
from rules.tally import Tally, candidates, tally

Floors = Mapping[tuple[str, str], Finding]


def judge_cycle(
    requirement: Requirement, _: LicensingCycle, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Once in the licensing cycle; unknown while the cycle is."""
    if subject.cycle is None:
        yield not_known(subject, requirement, applies, Remark("cycle-unknown"))
        return
    previous = subject.cycle.previous
    if previous is not None and not subject.older_left_out and subject.known_since(previous.start):
        missed = judge_window(requirement, subject, previous, applies, floors)
        # A missed cycle is not forgiven because the next one has begun.
        if missed.applies is not False and missed.satisfied is not True:
            yield missed
    found = judge_window(requirement, subject, subject.cycle.window, applies, floors)
    if subject.cycle.stale and found.satisfied is True and requirement.inside is None:
        # What was met then says nothing about the period that has begun since; its parts need not all say so.
        found = found._replace(satisfied=None, remarks=(*found.remarks, Remark("cycle-ended")))
    yield found


def judge_after_leave(
    requirement: Requirement, clock: AfterLeave, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Within some days of the first day of duty after a long leave."""
    returns = [
        leave.back_on
        for leave in unbroken(subject.facts.leave)
        if leave.back_on is not None and (leave.back_on - leave.start).days >= clock.leave_days
    ]
    yield from _after(requirement, clock.within_days, subject, applies, floors, returns)


def judge_after_separation(
    requirement: Requirement, clock: AfterSeparation, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Within some days of returning from a separation of a certain length."""
    left, back = subject.facts.day("separated_on"), subject.facts.day("returned_on")
    away = (
        left is not None and back is not None and _between(left, back, clock.longer_than, clock.shorter_than)
    )
    yield from _after(
        requirement, clock.within_days, subject, applies, floors, [back] if away and back else []
    )


def _between(left: date, back: date, longer: Length, shorter: Length) -> bool:
    return longer.after(left) < back < shorter.after(left)


def _after(
    requirement: Requirement,
    days: int,
    subject: Subject,
    applies: Truth,
    floors: Floors,
    returns: list[date],
) -> Iterator[Finding]:
    listed = False
    for back_on in returns:
        if back_on > subject.as_of:
            continue
        window = span(back_on, Length(days=days).after(back_on))
        found = judge_window(requirement, subject, window, applies, floors)
        in_cycle = subject.cycle is None or window.due_on >= subject.cycle.window.start
        if in_cycle or found.satisfied is True:
            listed = True
            yield found._replace(
                remarks=(*found.remarks, Remark("return-duty", (("on", back_on.isoformat()),)))
            )
    if not listed:
        yield not_applicable(subject, requirement, Remark("no-return"), None)


def judge_window(
    requirement: Requirement,
    subject: Subject,
    window: Window,
    applies: Truth,
    floors: Floors,
    entries: list[CandidateRecord] | None = None,
) -> Finding:
    """One duty in one window. ``floors`` holds what was found so far, for duties that live on others' hours."""
    if not _employed(requirement, subject, window):
        return not_applicable(subject, requirement, Remark("not-employed-then"), window)
    dated = requirement.amount_for(window)
    if dated is None or dated.amount is UnsaidNumber.NOTHING:
        code = "first-window-not-owed" if dated is None else "not-owed-then"
        return not_applicable(subject, requirement, Remark(code), window)
    excuse = excuse_for(requirement, subject.facts, window)
    if excuse is not None and excuse.settled:
        return not_applicable(subject, requirement, Remark(excuse.because), window)
    relief = relief_for(subject, requirement, window, min(subject.as_of, window.due_on))
    remarks: list[Remark] = []
    if relief is not None:
        remarks.append(relief_remark(relief))
        if relief.kind is not ReliefKind.EXTENSION:
            return not_applicable(subject, requirement, remarks[0], window)
        if relief.new_due is not None and relief.new_due > window.due_on:
            window = window._replace(end=max(window.end, relief.new_due), due_on=relief.new_due)
    if dated.amount is UnsaidNumber.NOT_KNOWN or not requirement.decides:
        return unverified(subject, requirement, applies, window)
    if requirement.inside is None:
        remarks += _circumstances(requirement, subject, window)
    entries = candidates(subject, requirement) if entries is None else entries
    counted = tally(entries, window)
    hours: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)
    if requirement.measure is not Measure.HOURS:
        satisfied: Truth = True if counted.counted else None if counted.doubtful else False
    else:
        # An event without hours adds nothing to an hour duty, so it is no line of its working.
        counted = counted._replace(counted=tuple(entry for entry in counted.counted if entry.hours))
        filled = fill(requirement, subject, window)
        counted = counted if filled is None else filled.counted
        satisfied, hours = _hours(requirement, dated, window, counted, floors)
        if filled is not None:
            satisfied = filled.complete
            remarks += [Remark("mixture-not-settled")] if filled.mixed else []
    if satisfied is False and _tolerated(requirement, subject, window, entries, hours[2]):
        satisfied = None
        remarks.append(Remark("late-tolerated"))
    satisfied, more, unsettled = _left_open(
        dated, excuse, waiver_for(requirement, subject, window), window, satisfied
    )
    remarks += more
    return _verdict(
        requirement, subject, window, applies, counted, satisfied, hours, remarks, unsettled=unsettled
    )


def _employed(requirement: Requirement, subject: Subject, window: Window) -> bool:
    """Whether the person can have owed anything then, as far as the days of coming and going tell."""
    if knows_appointments(requirement, subject.facts):
        return True  # an excuse of the duty reads the appointments themselves
    appointed_on = subject.facts.day("appointed_on")
    if appointed_on is not None and window.end < appointed_on <= subject.as_of:
        return False
    left, back = subject.facts.day("separated_on"), subject.facts.day("returned_on")
    return not (
        left is not None and left < window.start and back is not None and window.end < back <= subject.as_of
    )


def _hours(
    requirement: Requirement, dated: DatedAmount, window: Window, counted: Tally, floors: Floors
) -> tuple[Truth, tuple[Decimal, Decimal, Decimal | None]]:
    """Whether the hours are enough, and the hours: certain, possible and required."""
    certain, possible = counted.certain, counted.possible
    if requirement.counts.surplus_of:
        certain, possible = surplus(requirement, window, counted, floors)
    if isinstance(dated.amount, UnsaidNumber):
        return None, (certain, possible, None)
    enough = True if certain >= dated.amount else None if possible >= dated.amount else False
    return enough, (certain, possible, dated.amount)


def _tolerated(
    requirement: Requirement,
    subject: Subject,
    window: Window,
    entries: list[CandidateRecord],
    required: Decimal | None,
) -> bool:
    """Whether late training that was let pass without a written rule may have met the window, or still may."""
    days = requirement.tolerated_days(window.end)
    if not days:
        return False
    until = Length(days=days).after(window.end)
    if window.end < subject.as_of <= until:
        return True
    late = tally(entries, window._replace(end=until))
    return bool(late.counted or late.doubtful) if required is None else late.possible >= required


def _left_open(
    dated: DatedAmount,
    excuse: Excuse | None,
    waiver: tuple[Waiver, bool] | None,
    window: Window,
    satisfied: Truth,
) -> tuple[Truth, list[Remark], bool]:
    """What a waiver settles, and what the sources do not; true at the end where it is the rule that nobody knows."""
    if waiver is not None:
        granted, sure = waiver
        facts = (("year", window.label), ("reason", granted.reason))
        if sure:
            return True, [Remark("waived-year", facts)], False
        if satisfied is not True:
            return None, [Remark("waiver-unclear", facts)], False
    if dated.amount is UnsaidNumber.NOT_LOADED:
        return None, [Remark("year-not-loaded", (("year", window.label), ("ask", dated.ask)))], True
    if satisfied is True:
        return True, [], False
    if excuse is not None:
        return None, [Remark(excuse.because, (("year", window.label), ("ask", excuse.ask)))], True
    if not dated.settled:
        return None, [Remark("amount-not-settled", (("year", window.label), ("ask", dated.ask)))], True
    return satisfied, [], False


def _circumstances(requirement: Requirement, subject: Subject, window: Window) -> Iterator[Remark]:
    """What a person wants to hear that the numbers do not say: a leave that runs, a first cycle without proration."""
    as_of = subject.as_of
    if any(
        leave.start <= as_of and (leave.back_on is None or as_of < leave.back_on)
        for leave in subject.facts.leave
    ):
        yield Remark("on-leave")
    began = subject.facts.first_day(("licensed_on", *subject.pack.cycle.from_facts, "appointed_on"))
    first = (
        isinstance(requirement.clock, LicensingCycle)
        and began is not None
        and window.start < began <= window.end
    )
    if first and requirement.measure is Measure.HOURS:
        yield Remark("new-licensee-no-proration")


def surplus(requirement: Requirement, window: Window, pool: Tally, floors: Floors) -> tuple[Decimal, Decimal]:
    """Hours above the floors: what each floor leaves over, and at least the pool less everything the floors ask."""
    certain = asked = kept = NOTHING
    for floor_id in requirement.counts.surplus_of:
        floor = floors.get((floor_id, window.label))
        if floor is None or floor.hours_required is None:
            continue
        asked += floor.hours_required
        kept += min(floor.hours_counted or NOTHING, floor.hours_required)
        certain += max((floor.hours_counted or NOTHING) - floor.hours_required, NOTHING)
    certain = max(certain, pool.certain - asked)
    # Every hour stands once: what the floors keep for themselves cannot be left over as well.
    return certain, max(certain, pool.possible - kept)


def _verdict(
    requirement: Requirement,
    subject: Subject,
    window: Window,
    applies: Truth,
    counted: Tally,
    satisfied: Truth,
    hours: tuple[Decimal | None, Decimal | None, Decimal | None],
    remarks: list[Remark],
    *,
    unsettled: bool,
) -> Finding:
    past_due = subject.as_of > window.due_on
    if satisfied is not True:
        if not subject.history_reaches(window.start):
            satisfied = None
            remarks.append(history_incomplete(subject.complete_from))
        cycle = subject.cycle
        if cycle is not None and cycle.extended and window in {cycle.window, cycle.previous}:
            remarks.append(Remark("cycle-extended-by-leave"))
            if past_due:
                satisfied = None
        satisfied = if_it_applies(applies, satisfied, remarks)
        if counted.doubtful:
            remarks.append(Remark("credit-doubtful", (("records", str(len(counted.doubtful))),)))
    decides = requirement.concerns is Concerns.PERSON
    if satisfied is not True and past_due and requirement.deferred(window.end):
        decides = False
        remarks.append(Remark("enforcement-deferred"))
    certain, possible, required = hours
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        decides,
        window,
        hours_counted=certain,
        hours_possible=possible,
        hours_required=required,
        due_on=window.due_on,
        overdue=satisfied is False and past_due,
        past_due=past_due,
        counted=counted.counted,
        doubtful=counted.doubtful,
        remarks=tuple(remarks),
        changes_on=_next_turn(requirement, subject, window),
        unsettled=unsettled,
    )


def _next_turn(requirement: Requirement, subject: Subject, window: Window) -> date | None:
    """The day after the due date, and after the time in which late training was let pass."""
    ends = [window.due_on, Length(days=requirement.tolerated_days(window.end)).after(window.end)]
    return min((day_after(end) for end in ends if end >= subject.as_of), default=None)
