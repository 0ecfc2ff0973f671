"""What a waived year puts off: hours to be made up in the next year on top of its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules.finding import Finding, if_it_applies, not_applicable
from rules.model import Truth, Waiver, Window
from rules.pack import MakeUp, Requirement, UnsaidNumber
from rules.periods import calendar_year, day_after, span
from rules.standing import Remark
from rules.subject import NOTHING, CandidateRecord, Subject
from rules.tally import booked_inside, candidates, tally


def judge_make_up(
    requirement: Requirement,
    clock: MakeUp,
    subject: Subject,
    applies: Truth,
    floors: Mapping[tuple[str, str], Finding],
) -> Iterator[Finding]:
    """One finding for each waiver that asks for something to be made up."""
    listed = False
    for waiver in subject.facts.waivers:
        asked = waiver.make_up_hours is not None or waiver.make_up_by is not None
        if not asked or waiver.granted_on is None or waiver.granted_on > subject.as_of:
            continue
        listed = True
        yield _judge(requirement, clock, subject, applies, floors, waiver)
    if not listed:
        yield not_applicable(subject, requirement, Remark("nothing-to-make-up"), None)


def _judge(
    requirement: Requirement,
    clock: MakeUp,
    subject: Subject,
    applies: Truth,
    floors: Mapping[tuple[str, str], Finding],
    waiver: Waiver,
) -> Finding:
    waived, year = calendar_year(waiver.year), calendar_year(waiver.year + 1)
    due_on = (
        waiver.make_up_by if waiver.make_up_by is not None and waiver.make_up_by >= year.start else year.end
    )
    window = year if due_on == year.end else span(year.start, due_on)
    of = subject.pack.requirement(clock.of)
    entries = candidates(subject, of) if of is not None else []
    booked = [
        entry for entry in entries if _booked_to(entry, waived) and window.start <= entry.on <= window.end
    ]
    found = tally(entries, window)
    owed = _owed(of, year, floors)
    sure = sum((entry.hours for entry in booked if not entry.doubt), NOTHING)
    doubtful = tuple(entry for entry in (*booked, *found.doubtful) if entry.doubt)
    certain = sure + max(found.certain - owed, NOTHING)
    # Before the year is over nobody can say which of its hours are its own and which make up.
    own = owed if due_on >= year.end else NOTHING
    possible = sum((entry.hours for entry in booked), NOTHING) + max(found.possible - own, NOTHING)
    needed = waiver.make_up_hours
    satisfied = _enough(certain, possible, needed)
    remarks = [Remark("make-up-of", (("year", waived.label), ("reason", waiver.reason)))]
    if needed is None:
        remarks.append(Remark("make-up-hours-unknown"))
    elif satisfied is None:
        remarks.append(Remark("make-up-unclear"))
    satisfied = if_it_applies(applies, satisfied, remarks)
    past_due = subject.as_of > due_on
    counted = (*(entry for entry in booked if not entry.doubt), *_above(found.counted, owed))
    return Finding(
        subject.pack,
        requirement,
        applies,
        satisfied,
        True,
        window,
        hours_counted=certain,
        hours_possible=max(certain, possible),
        hours_required=needed,
        due_on=due_on,
        overdue=satisfied is False and past_due,
        past_due=past_due,
        counted=counted,
        doubtful=doubtful,
        remarks=tuple(remarks),
        changes_on=_next_turn(subject.as_of, due_on),
    )


def _enough(certain: Decimal, possible: Decimal, needed: Decimal | None) -> Truth:
    if needed is None:
        return None
    return True if certain >= needed else None if possible >= needed else False


def _booked_to(entry: CandidateRecord, year: Window) -> bool:
    facts = entry.completion.facts
    return bool(facts) and facts is not None and booked_inside(facts.get("applied_to_window"), year)


def _owed(of: Requirement | None, year: Window, floors: Mapping[tuple[str, str], Finding]) -> Decimal:
    """What the year asks for itself: an hour stands once. Nothing where it is excused or waived as well."""
    found = floors.get((of.id, year.label)) if of is not None else None
    if found is not None:
        waived = any(remark.code == "waived-year" for remark in found.remarks)
        return NOTHING if found.applies is False or waived else found.hours_required or NOTHING
    dated = of.amount_for(year) if of is not None else None
    return NOTHING if dated is None or isinstance(dated.amount, UnsaidNumber) else dated.amount


def _above(entries: tuple[CandidateRecord, ...], owed: Decimal) -> Iterator[CandidateRecord]:
    """The hours beyond what the year asks for itself, the latest ones."""
    for entry in sorted(entries, key=lambda each: (each.on, each.completion.ref)):
        spare = max(entry.hours - owed, NOTHING)
        owed = max(owed - entry.hours, NOTHING)
        if spare:
            yield entry._replace(hours=spare)


def _next_turn(as_of: date, due_on: date) -> date | None:
    return day_after(due_on) if as_of <= due_on else None
