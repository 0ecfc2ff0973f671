"""Duties of each calendar year: which years are in question, what an extended one takes, and a line for each item."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rules.finding import Finding, history_incomplete, not_applicable, relief_for
from rules.judges.windows import Floors, judge_window
from rules.model import ReliefKind, Truth, Window
from rules.pack import CalendarYear, CycleRule, Requirement, UnsaidNumber
from rules.periods import ONE_DAY, calendar_year, calendar_years, day_after
from rules.standing import Remark
from rules.subject import NOTHING, CandidateRecord, Subject, assignments_of
from rules.tally import UNDATED, booked_inside, candidates, of_item, tally


def judge_years(
    requirement: Requirement, clock: CalendarYear, subject: Subject, applies: Truth, floors: Floors
) -> Iterator[Finding]:
    """Once a calendar year, for every year that begins in the cycle and for the running one; for each item if any."""
    entries = candidates(subject, requirement)
    used: dict[int, Decimal] = {}
    found_any = False
    # Without more time and without hours booked elsewhere every hour is of its own year.
    late = requirement.late_only_extended and (bool(subject.facts.reliefs) or any(map(_booked, entries)))
    for window, listed in (*_earlier_years(subject, entries), *_years(subject)):
        if not _exists_in(requirement, window):
            continue
        own = _only_extended(requirement, subject, window, entries, used) if late else entries
        for found in _each_item(requirement, clock, subject, window, applies, floors, own):
            if listed or found.satisfied is True:
                earlier = subject.cycle is not None and window.end < subject.cycle.window.start
                found_any = True
                yield found._replace(beyond=_beyond(subject, found, window), earlier=earlier)
            elif not subject.older_left_out:
                beside = tuple(_beside_the_cycle(subject, found, window))
                found_any = found_any or bool(beside)
                yield from beside
    if not found_any and _of_single_years(requirement):
        yield not_applicable(subject, requirement, Remark("not-owed-then"), None)


def years_not_owed(requirement: Requirement, subject: Subject) -> Iterator[Finding]:
    """A yearly duty of somebody it is not for. Where the year is the cycle itself, each one asked about is named."""
    windows: list[Window | None] = []
    if subject.pack.cycle.rule is CycleRule.CALENDAR_YEAR and subject.cycle is not None:
        asked = subject.cycle.window
        windows = [
            window
            for window in calendar_years(asked.start, min(subject.as_of, asked.end))
            if _exists_in(requirement, window)
        ]
    for window in windows or [None]:
        yield not_applicable(subject, requirement, Remark("not-applicable"), window)


def _of_single_years(requirement: Requirement) -> bool:
    """Whether it exists only in the years that its table names, and owes nothing in all others."""
    first = requirement.amounts[0] if requirement.amounts else None
    return first is not None and first.since == date.min and first.amount is UnsaidNumber.NOTHING


def _exists_in(requirement: Requirement, window: Window) -> bool:
    """Whether there is such a duty in a year at all."""
    dated = requirement.amount_for(window)
    return not _of_single_years(requirement) or (
        dated is not None and dated.amount is not UnsaidNumber.NOTHING
    )


def _beyond(subject: Subject, found: Finding, window: Window) -> bool:
    """Whether it is a year after those asked about, of which nobody knows what it asks."""
    after = subject.cycle is not None and window.start > subject.cycle.window.end
    return after and found.unsettled and subject.older_left_out


def _each_item(
    requirement: Requirement,
    clock: CalendarYear,
    subject: Subject,
    window: Window,
    applies: Truth,
    floors: Floors,
    entries: list[CandidateRecord],
) -> Iterator[Finding]:
    """The year itself, or one finding for each thing that the person has."""
    if clock.item_fact is None:
        yield judge_window(requirement, subject, window, applies, floors, entries)
        return
    items = subject.facts.values.get(clock.item_fact)
    if items is None:
        # What the records name is judged; whether there is more nobody has said.
        items = _named_items(entries, clock.item_record, window)
        found = judge_window(requirement, subject, window, applies, floors, [])
        if found.applies is not False:
            found = found._replace(satisfied=None, overdue=False, remarks=(Remark("items-unknown"),))
        yield found
        if not items:
            return
    if not isinstance(items, tuple) or not items:
        yield not_applicable(subject, requirement, Remark("no-items"), window)
        return
    for item in items:
        had = [each.start for each in assignments_of(subject.facts, clock.item_assignment + item)]
        if had and all(start is not None and start > window.end for start in had):
            found = not_applicable(subject, requirement, Remark("item-not-held-then"), window)
        else:
            own = of_item(entries, clock.item_record, item)
            found = judge_window(requirement, subject, window, applies, floors, own)
        yield found._replace(item=item)


def _named_items(entries: list[CandidateRecord], record: str | None, window: Window) -> tuple[str, ...]:
    """The things that records of a window name."""
    named: set[str] = set()
    for entry in entries:
        value = entry.completion.facts.get(record or "") if entry.completion.facts else None
        if window.start <= entry.on <= window.end and value is not None:
            named.update(value if isinstance(value, tuple) else (str(value),))
    return tuple(sorted(named))


def _only_extended(
    requirement: Requirement,
    subject: Subject,
    window: Window,
    entries: list[CandidateRecord],
    used: dict[int, Decimal],
) -> list[CandidateRecord]:
    """Entries without hours that an earlier year has taken. Late hours fill what a year lacks while it is extended."""
    left = [
        _less(entry, used) for entry in entries if entry.on <= window.end or not _booked_to(entry, window)
    ]
    relief = relief_for(subject, requirement, window, min(subject.as_of, window.due_on))
    dated = requirement.amount_for(window)
    until = relief.new_due if relief is not None and relief.kind is ReliefKind.EXTENSION else None
    if until is None or until <= window.end or dated is None:
        return left
    booked = [entry for entry in entries if window.end < entry.on <= until and _booked_to(entry, window)]
    if isinstance(dated.amount, UnsaidNumber):
        return [*left, *booked]
    lacking = max(dated.amount - tally([*left, *booked], window).certain, NOTHING)
    kept = booked
    for entry in sorted(left, key=lambda each: (each.on, each.completion.ref)):
        if _booked(entry) or entry.doubt or not window.end < entry.on <= until:
            kept.append(entry)
            continue
        taken = min(entry.hours, lacking)
        lacking -= taken
        used[id(entry.completion)] = used.get(id(entry.completion), NOTHING) + taken
        kept.append(entry._replace(hours=taken))
    return kept


def _less(entry: CandidateRecord, used: dict[int, Decimal]) -> CandidateRecord:
    taken = used.get(id(entry.completion))
    return entry if taken is None else entry._replace(hours=max(entry.hours - taken, NOTHING))


def _booked(entry: CandidateRecord) -> bool:
    return entry.completion.facts is not None and "applied_to_window" in entry.completion.facts


def _booked_to(entry: CandidateRecord, window: Window) -> bool:
    facts = entry.completion.facts
    return (
        facts is not None
        and "applied_to_window" in facts
        and booked_inside(facts["applied_to_window"], window)
    )


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
    return found._replace(satisfied=None, overdue=False, remarks=(*found.remarks, history_incomplete(None)))


def _earlier_years(subject: Subject, entries: list[CandidateRecord]) -> Iterator[tuple[Window, bool]]:
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
