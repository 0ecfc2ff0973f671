"""Duties measured in fixed windows: once a licensing cycle, once a calendar year, within days of a return."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules.finding import Finding, not_applicable, relief_for, relief_remark, unverified
from rules.model import ReliefKind, Truth, Window
from rules.pack import AfterLeave, AfterSeparation, LicensingCycle, Owed, Requirement
from rules.periods import ONE_DAY, Length, calendar_year, calendar_years, day_after, span
from rules.standing import Measure, Remark
from rules.subject import NOTHING, Entry, Subject, unbroken
from rules.tally import UNDATED, Tally, candidates, tally

Floors = Mapping[tuple[str, str], Finding]


def judge_cycle(
    requirement: Requirement, _: LicensingCycle, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Once in the licensing cycle; unknown while the cycle is."""
    if subject.cycle is None:
        yield Finding(
            subject.pack,
            requirement,
            applies,
            None,
            requirement.decides,
            past_due=True,  # for all we know
            remarks=(Remark("cycle-unknown"),),
        )
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


def judge_years(
    requirement: Requirement, _: object, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Once a calendar year, for every year that begins in the cycle and for the running one."""
    entries = candidates(subject, requirement)
    for window, listed in (*_earlier_years(subject, entries), *_years(subject)):
        found = judge_window(requirement, subject, window, applies, floors, entries)
        if listed or found.satisfied is True:
            yield found
        elif not subject.older_left_out:
            yield from _beside_the_cycle(subject, found, window)


def _beside_the_cycle(subject: Subject, found: Finding, window: Window) -> Iterator[Finding]:
    """A year outside the cycle that was not met: known where the history reaches, open while it runs."""
    running = window.start <= subject.as_of <= window.end
    if found.applies is False:
        if running:
            yield found
        return
    if subject.known_since(window.start):
        if running or found.satisfied is False:
            yield found if subject.cycle is not None or _no_cycle(subject) or running else _not_known(found)
    elif running:
        yield _not_known(found)


def _no_cycle(subject: Subject) -> bool:
    """Whether the person has no license at all, so that the calendar alone counts."""
    return "cycle_start" in subject.facts.denied


def _not_known(found: Finding) -> Finding:
    """It may have been met before the records begin, or belong to no cycle of this person."""
    return found._replace(
        satisfied=None, overdue=False, remarks=(*found.remarks, Remark("history-incomplete", (("from", ""),)))
    )


def _earlier_years(subject: Subject, entries: list[Entry]) -> Iterator[tuple[Window, bool]]:
    """Years before the cycle that have records: the contract lists them when they are met."""
    if subject.cycle is None or not subject.older_left_out:
        return
    first = subject.cycle.window.start.year
    if subject.cycle.previous is not None:
        first = subject.cycle.previous.start.year
    for year in sorted({entry.on.year for entry in entries if entry.on > UNDATED and entry.on.year < first}):
        yield calendar_year(year), False


def _years(subject: Subject) -> Iterator[tuple[Window, bool]]:
    """Each calendar year in question, and whether the contract lists it although nothing meets it."""
    as_of = subject.as_of
    running = calendar_year(as_of.year)
    if subject.cycle is None:
        if as_of.year > 1:
            yield calendar_year(as_of.year - 1), False
        yield running, True
        return
    first, last = subject.cycle.window.start, subject.cycle.window.end
    if subject.cycle.previous is not None:
        for window in calendar_years(subject.cycle.previous.start, first - ONE_DAY):
            yield window, False
    if (first.month, first.day) != (1, 1):
        yield calendar_year(first.year), False
    for window in calendar_years(first, min(as_of, last)):
        yield window, True
    if last < as_of:
        for window in calendar_years(day_after(last), as_of):
            yield window, window == running
    elif as_of < first and running.label != str(first.year):
        yield running, False


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
    entries: list[Entry] | None = None,
) -> Finding:
    """One duty in one window. ``floors`` holds what was found so far, for electives that live on surplus."""
    appointed_on = subject.facts.day("appointed_on")
    if appointed_on is not None and window.end < appointed_on <= subject.as_of:
        return not_applicable(subject, requirement, Remark("not-employed-then"), window)
    left, back = subject.facts.day("separated_on"), subject.facts.day("returned_on")
    if left is not None and left < window.start and back is not None and window.end < back <= subject.as_of:
        return not_applicable(subject, requirement, Remark("not-employed-then"), window)
    dated = requirement.amount_for(window)
    if dated is None or dated.amount is Owed.NOTHING:
        return not_applicable(subject, requirement, Remark("first-window-not-owed"), window)
    relief = relief_for(subject, requirement, window, min(subject.as_of, window.due_on))
    remarks: list[Remark] = []
    if relief is not None:
        remarks.append(relief_remark(relief))
        if relief.kind is not ReliefKind.EXTENSION:
            return not_applicable(subject, requirement, remarks[0], window)
        if relief.new_due is not None and relief.new_due > window.due_on:
            window = window._replace(end=max(window.end, relief.new_due), due_on=relief.new_due)
    if dated.amount is Owed.NOT_KNOWN or not requirement.decides:
        return unverified(subject, requirement, applies, window)
    if requirement.inside is None:
        remarks += _circumstances(requirement, subject, window)
    counted = tally(candidates(subject, requirement) if entries is None else entries, window)
    if requirement.measure is not Measure.HOURS:
        found = True if counted.counted else None if counted.doubtful else False
        return _verdict(requirement, subject, window, applies, counted, found, (None, None, None), remarks)
    # An event without hours adds nothing to an hour duty, so it is no line of its working.
    counted = counted._replace(counted=tuple(entry for entry in counted.counted if entry.hours))
    required, certain, possible = dated.amount, counted.certain, counted.possible
    if requirement.counts.surplus_of:
        certain, possible = surplus(requirement, window, counted, floors)
    satisfied = True if certain >= required else None if possible >= required else False
    hours = (certain, possible, required)
    return _verdict(requirement, subject, window, applies, counted, satisfied, hours, remarks)


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
) -> Finding:
    past_due = subject.as_of > window.due_on
    if satisfied is not True:
        if not subject.history_reaches(window.start):
            satisfied = None
            remarks.append(Remark("history-incomplete", (("from", _day(subject.complete_from)),)))
        cycle = subject.cycle
        if cycle is not None and cycle.extended and window in {cycle.window, cycle.previous}:
            remarks.append(Remark("cycle-extended-by-leave"))
            if past_due:
                satisfied = None
        if applies is None:
            satisfied = None
            remarks.append(Remark("applies-unknown"))
        if counted.doubtful:
            remarks.append(Remark("credit-doubtful", (("records", str(len(counted.doubtful))),)))
    decides = True
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
        changes_on=day_after(window.due_on) if not past_due else None,
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
