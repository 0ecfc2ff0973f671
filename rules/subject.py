"""One person as the judges see them: facts, cycle and records, laid out so that each duty looks only at its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.credit import Reckoning, credit_refused, reckon
from rules.model import Assignment, Completion, Credit, KnownFacts, Leave, Span, Window
from rules.pack import Cycle, CycleRule, Pack
from rules.periods import ONE_DAY, calendar_year, cycle_after, half_year_cycle, span

NOTHING = Decimal(0)

# Does not matter to a duty that asks only whether something happened.
HOURS_MISSING = "hours-missing"


class CandidateRecord(NamedTuple):
    """A record that may count: its hours toward one topic, and why it is doubtful ("" when it is not)."""

    on: date
    hours: Decimal
    doubt: str
    completion: Completion

    def doubted(self, reason: str) -> "CandidateRecord":
        """The same record with a reason to doubt it. The first one stays, but for hours that are missing."""
        if self.doubt not in ("", HOURS_MISSING):
            return self
        return CandidateRecord(self.on, self.hours, reason, self.completion)


class CycleState(NamedTuple):
    """The licensing cycle in question. ``extended``: leave moved its end by a length only the board can give."""

    window: Window
    computed: bool
    extended: bool
    stale: bool = False  # it is over and nobody has entered the next one
    previous: Window | None = None  # the one before, where the board's rule gives it


@dataclass(slots=True)
class Subject:
    """Built once for a person, an instant and a pack. ``next_changes`` collects days on which the answer changes."""

    pack: Pack
    facts: KnownFacts
    as_of: date
    cycle: CycleState | None
    complete_from: date | None
    records: tuple[Completion, ...]
    everything: list[CandidateRecord]
    by_topic: dict[str, list[CandidateRecord]]
    mixed: list[tuple[frozenset[str], CandidateRecord]]
    untold: list[CandidateRecord]
    undated: list[Completion]
    upcoming: list[date]
    older_left_out: bool
    reckoning: Reckoning

    def known_since(self, day: date) -> bool:
        """Whether somebody said that the records are whole from this day on."""
        return self.complete_from is not None and self.complete_from <= day

    def history_reaches(self, day: date) -> bool:
        """Whether the records are whole from this day on, so that somebody may be called short."""
        return self.complete_from is None or self.complete_from <= day


def look_at(
    pack: Pack, facts: KnownFacts, records: Iterable[Completion], as_of: date, *, older_left_out: bool
) -> Subject:
    """Lay a person's records out by topic. Records dated after ``as_of`` are left for the working to explain.

    ``older_left_out``: whoever asks may not have given the records from before the cycle.
    """
    cycle = find_cycle(pack.cycle, facts, as_of)
    complete_from = facts.day("history_complete_from")
    reckoning = reckon(pack.credit, records)
    records = reckoning.records
    subject = Subject(
        pack, facts, as_of, cycle, complete_from, records, [], {}, [], [], [], [], older_left_out, reckoning
    )
    for record in records:
        if credit_refused(record) or id(record) in reckoning.repeated:
            continue
        on = record.on
        if on is None:
            subject.undated.append(record)
        elif on > as_of:
            subject.upcoming.append(on)
        else:
            doubt = record.credit_reason or "credit-doubtful" if record.credit is Credit.DOUBTFUL else ""
            if id(record) in reckoning.perhaps_repeated:
                doubt = doubt or "taken-before-unclear"
            hours = record.hours
            if hours is None:
                hours, doubt = NOTHING, doubt or HOURS_MISSING
            entry = CandidateRecord(on, hours, doubt, record)
            subject.everything.append(entry)
            _file(subject, entry)
    return subject


def _file(subject: Subject, entry: CandidateRecord) -> None:
    """Put an entry under its topic; what names several without a split stays apart, and so does what names none."""
    record, names, by_topic = entry.completion, subject.pack.topics, subject.by_topic
    topics = record.topics
    if record.topic_hours is not None:
        shares = own_shares(record.topic_hours, names)
        if record.hours is not None and sum(shares.values()) > record.hours:
            entry = entry.doubted("topic-unclear")
        for topic, share in shares.items():
            by_topic.setdefault(topic, []).append(entry._replace(hours=share))
    elif topics is None:
        subject.untold.append(entry.doubted("no-topic"))
    elif len(topics) == 1:
        (topic,) = topics
        by_topic.setdefault(names.get(topic, topic), []).append(entry)
    elif topics:
        own = own_topics(topics, names)
        if len(own) == 1:
            by_topic.setdefault(next(iter(own)), []).append(entry)
        else:
            subject.mixed.append((own, entry))


def own_topics(topics: Iterable[str], names: Mapping[str, str]) -> frozenset[str]:
    """A record's topics in the pack's own words."""
    return frozenset(names.get(topic, topic) for topic in topics)


def own_shares(topic_hours: Mapping[str, Decimal], names: Mapping[str, str]) -> dict[str, Decimal]:
    """Hours by the pack's own topics."""
    shares: dict[str, Decimal] = {}
    for topic, hours in topic_hours.items():
        own = names.get(topic, topic)
        shares[own] = shares.get(own, NOTHING) + hours
    return shares


def find_cycle(cycle: Cycle, facts: KnownFacts, as_of: date) -> CycleState | None:
    """The licensing cycle that holds ``as_of``: the agency's word first, then the board's rule, else unknown."""
    start, end = facts.day("cycle_start"), facts.day("cycle_end")
    if start is not None and end is not None and start <= end:
        return CycleState(span(start, end), computed=False, extended=False)
    last_start, last_end = facts.day("last_cycle_start"), facts.day("last_cycle_end")
    certified_on = facts.first_day(cycle.from_facts)
    if cycle.rule is CycleRule.CALENDAR_YEAR:
        first = start.year if start is not None and start <= as_of else as_of.year
        window = span(date(first, 1, 1), date(as_of.year, 12, 31))
        before = calendar_year(first - 1) if first > 1 else None
        return CycleState(window, computed=True, extended=False, previous=before)
    if cycle.rule is not CycleRule.HALF_YEAR:
        if last_start is None or last_end is None:
            return None
        # Nothing says when the next one began, so the last one stands, past its end.
        return CycleState(span(last_start, last_end), computed=False, extended=False, stale=True)
    previous: Window | None = None
    if last_start is not None and last_end is not None and last_end < as_of:
        window = cycle_after(last_end, as_of, cycle.years)
        previous = span(last_start, last_end)
    elif certified_on is not None:
        window = half_year_cycle(certified_on, as_of, cycle.years)
        before = (
            half_year_cycle(certified_on, window.start - ONE_DAY, cycle.years)
            if window.start > certified_on
            else window
        )
        previous = before if before != window else None
    else:
        return None
    extended = False
    if cycle.leave_extends_after is not None:
        # A cycle that leave has stretched moves every later one too, until the agency enters the board's dates.
        after = last_end if last_end is not None else date.min
        for leave in unbroken(facts.leave):
            back_on = leave.back_on or as_of
            if (
                back_on > cycle.leave_extends_after.after(leave.start)
                and after < back_on
                and leave.start <= window.end
            ):
                extended = True
    return CycleState(window, computed=True, extended=extended, previous=previous)


def unbroken(leaves: Iterable[Leave]) -> tuple[Leave, ...]:
    """Leaves in order, those without a day of duty between them as one; entered twice is once."""
    merged: list[Leave] = []
    for leave in sorted(leaves, key=lambda leave: leave.start):
        last = merged[-1] if merged else None
        if last is None or (last.back_on is not None and leave.start > last.back_on):
            merged.append(leave)
        elif last.back_on is not None:
            later = leave.back_on is None or leave.back_on > last.back_on
            merged[-1] = Leave(last.start, leave.end, leave.returned_on) if later else last
    return tuple(merged)


def assignments_of(facts: KnownFacts, kind: str) -> tuple[Assignment, ...]:
    held = (*(facts.assignments or ()), *facts.coming)
    return tuple(assignment for assignment in held if assignment.kind == kind)


def longest(spans: Iterable[Span], day: date) -> date | None:
    """The last day of unbroken cover that holds ``day``; spans that touch or overlap are one. None when uncovered."""
    end: date | None = None
    for each in sorted(spans, key=lambda span: span.start):
        if each.end is None or each.end < each.start:
            continue
        if end is None:
            if each.holds(day):
                end = each.end
        elif each.start.toordinal() <= end.toordinal() + 1 and each.end > end:
            end = each.end
    return end
