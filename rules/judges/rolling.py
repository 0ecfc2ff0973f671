"""Duties that run from the last completion: again every so many years or months, and for each item a person carries."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

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
from rules.model import ReliefKind, Truth
from rules.pack import Requirement, Rolling, UnsaidNumber
from rules.periods import Length, calendar_year, day_after, span
from rules.standing import Measure, Remark
from rules.subject import NOTHING, CandidateRecord, Subject
from rules.tally import UNDATED, Tally, candidates, of_item, tally


def judge_rolling(
    requirement: Requirement, clock: Rolling, subject: Subject, applies: Truth, _: object
) -> Iterator[Finding]:
    """One finding, or one for each item; unknown when nobody has said which items there are."""
    entries = candidates(subject, requirement)
    if clock.item_fact is None:
        yield judge_last(requirement, clock.every, subject, applies, entries, None)
        return
    items = subject.facts.values.get(clock.item_fact)
    if items is None:
        yield not_known(subject, requirement, applies, Remark("items-unknown"))
        return
    if not isinstance(items, tuple) or not items:
        yield not_applicable(subject, requirement, Remark("no-items"), None)
        return
    for item in items:
        own = of_item(entries, clock.item_record, item)
        yield judge_last(requirement, clock.every, subject, applies, own, item)


def judge_last(
    requirement: Requirement,
    every: Length,
    subject: Subject,
    applies: Truth,
    entries: list[CandidateRecord],
    item: str | None,
) -> Finding:
    """Met from a completion until the same day ``every`` later; past that day it is overdue."""
    as_of = subject.as_of
    dated = requirement.amount_for(calendar_year(as_of.year))
    if dated is None or dated.amount is UnsaidNumber.NOTHING:
        return not_applicable(subject, requirement, Remark("first-window-not-owed"), None)
    if isinstance(dated.amount, UnsaidNumber) or not requirement.decides:
        return unverified(subject, requirement, applies, None)
    relief = relief_for(subject, requirement, None, as_of)
    if relief is not None and relief.kind is not ReliefKind.EXTENSION:
        return not_applicable(subject, requirement, relief_remark(relief), None)
    needed = dated.amount
    in_hours = requirement.measure is Measure.HOURS
    last = _last_whole(entries, needed if in_hours else None, sure=True)
    maybe = _last_whole(entries, needed if in_hours else None, sure=False)
    window = span(every.before(as_of), as_of)
    counted = tally(entries, window)
    due_on = every.after(last) if last is not None else None
    remarks: list[Remark] = []
    satisfied: Truth = due_on is not None and as_of <= due_on
    if relief is not None:
        remarks.append(relief_remark(relief))
        if relief.new_due is not None and (due_on is None or relief.new_due > due_on):
            due_on = relief.new_due
    if satisfied is False:
        satisfied = _short(requirement, subject, every, last, maybe, counted, needed, remarks)
    satisfied = if_it_applies(applies, satisfied, remarks)
    past_due = due_on is None or as_of > due_on
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        requirement.decides,
        None,
        item,
        hours_counted=counted.certain if in_hours else None,
        hours_possible=counted.possible if in_hours else None,
        hours_required=needed if in_hours else None,
        due_on=due_on,
        due_on_alternatives=_whole_years(every, last),
        overdue=satisfied is False and past_due,
        past_due=past_due,
        counted=counted.counted,
        doubtful=counted.doubtful,
        remarks=tuple(remarks),
        changes_on=_next_turn(every, subject, entries, due_on),
    )


def _short(
    requirement: Requirement,
    subject: Subject,
    every: Length,
    last: date | None,
    maybe: date | None,
    counted: Tally,
    needed: Decimal | UnsaidNumber,
    remarks: list[Remark],
) -> Truth:
    """Why nothing sure covers today: known short, or not known."""
    if maybe is not None and (maybe is UNDATED or subject.as_of <= every.after(maybe)):
        remarks.append(Remark("credit-doubtful", (("records", "1"),)))
        return None
    if (
        requirement.measure is Measure.HOURS
        and isinstance(needed, Decimal)
        and counted.possible >= needed > 0
    ):
        remarks.append(Remark("split-hours-unclear"))
        return None
    opens = every.before(subject.as_of)
    gap = subject.complete_from is not None and subject.complete_from > opens
    if last is not None and not gap:
        return False
    known_from = subject.complete_from
    if known_from is None and subject.cycle is not None:
        known_from = subject.cycle.window.start
    appointed_on = subject.facts.day("appointed_on")
    if known_from is not None and known_from <= opens:
        remarks.append(Remark("no-records"))
        if appointed_on is not None and appointed_on > opens:
            remarks.append(Remark("first-due-unknown"))
            return None
        return False
    remarks.append(history_incomplete(known_from))
    return None


def _next_turn(
    every: Length, subject: Subject, entries: list[CandidateRecord], due_on: date | None
) -> date | None:
    """The next day on which a record drops out of the time looked back on, or that time becomes a known one."""
    as_of = subject.as_of
    days: list[date] = []
    for entry in entries:
        if entry.on is not UNDATED:
            turns = every.after(entry.on)
            days += (turns, day_after(turns))
    if due_on is not None:
        days.append(day_after(due_on))
    known_from = subject.complete_from or (subject.cycle.window.start if subject.cycle is not None else None)
    for start in (known_from, subject.facts.day("appointed_on")):
        if start is not None:
            turns = every.after(start)
            days += (turns, day_after(turns))
    return min((day for day in days if day > as_of), default=None)


def _last_whole(
    entries: list[CandidateRecord], needed: Decimal | UnsaidNumber | None, *, sure: bool
) -> date | None:
    """The latest day on which one day's records meet the duty by themselves."""
    usable = [entry for entry in entries if not (sure and entry.doubt)]
    whole = [entry.on for entry in usable]
    if isinstance(needed, Decimal):
        by_day: dict[date, Decimal] = {}
        for entry in usable:
            hours = entry.hours if sure or entry.completion.hours is not None else needed
            by_day[entry.on] = by_day.get(entry.on, NOTHING) + hours
        whole = [day for day, hours in by_day.items() if hours >= needed]
    if not sure and UNDATED in whole:
        return UNDATED
    return max(whole, default=None)


def _whole_years(every: Length, last: date | None) -> tuple[date, ...]:
    """The other reading of "every N years" when no anchor is stated: to the end of the Nth calendar year."""
    years = every.whole_years
    if last is None or years is None or years == 1:
        return ()
    return (date(every.after(last).year, 12, 31),)
