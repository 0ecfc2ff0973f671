"""The working behind a finding: which records counted for how much, and for every other one why it did not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rules.credit import credit_refused
from rules.finding import Finding
from rules.model import Completion
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    BeforeAssignment,
    BeforeReturn,
    CalendarYear,
    LicensingCycle,
    MakeUp,
    Requirement,
    Rolling,
)
from rules.periods import span
from rules.standing import Measure
from rules.subject import NOTHING, CandidateRecord, Subject, own_shares, own_topics
from rules.tally import booked_inside, serves

# Clocks that look at records at all; the others are computed from cards or from the person's own dates.
READS_RECORDS = (
    LicensingCycle,
    CalendarYear,
    Rolling,
    AfterLeave,
    AfterSeparation,
    BeforeReturn,
    BeforeAssignment,
    MakeUp,
)


class Credited(NamedTuple):
    """A record that counted, with the hours it gave to this duty."""

    completion: Completion
    hours: Decimal


class Refused(NamedTuple):
    """A record that did not count for certain. ``doubtful``: taken both ways rather than left out."""

    completion: Completion
    reason: str
    doubtful: bool


def credited(finding: Finding) -> tuple[Credited, ...]:
    """One line a record, oldest first, however many topics it was split over."""
    return tuple(Credited(completion, hours) for completion, hours in _merged(finding.counted))


def refused(finding: Finding, subject: Subject) -> Iterator[Refused]:
    """Every record that is not among the credited ones, with the reason code a person reads."""
    requirement = finding.requirement
    if not isinstance(requirement.clock, READS_RECORDS) or finding.applies is False or requirement.owed_to:
        return
    counted = {id(entry.completion) for entry in finding.counted}
    doubts = {id(entry.completion): entry.doubt for entry in finding.doubtful}
    for record in subject.records:
        if id(record) in counted:
            continue
        doubt = doubts.get(id(record))
        if doubt is not None:
            yield Refused(record, doubt, doubtful=True)
        else:
            yield Refused(record, why_not(finding, subject, record), doubtful=False)


def why_not(finding: Finding, subject: Subject, record: Completion) -> str:
    """The first reason, in the order a coordinator would ask."""
    reason = credit_refused(record)
    if reason:
        return reason
    if record.on is not None and record.on > subject.as_of:
        return "after-as-of"
    if id(record) in subject.reckoning.repeated:
        return "taken-before"
    reason = _uncounted(finding.requirement, subject, record) or _unjudged(finding)
    if reason:
        return reason
    return "other-item" if _other_item(finding, record) else _outside(finding, subject, record)


def _uncounted(requirement: Requirement, subject: Subject, record: Completion) -> str:
    """What the duty says of such a record whatever its day, or ""."""
    counts = _judged_by(requirement, subject).counts
    if counts.topics is not None and not _touches(record, subject, counts.topics):
        return "wrong-topic" if counts.discipline is None else "other-discipline"
    if _only(record, subject, counts.without):
        return "topic-excluded"
    if requirement.measure is Measure.HOURS and id(record) in subject.reckoning.too_short:
        return "block-too-short"
    failed = (each for each in counts.conditions if not each.doubts and each.test(record) is False)
    return next((condition.fails for condition in failed), "")


def _unjudged(finding: Finding) -> str:
    """Why the duty could look at no record at all, or ""."""
    clock = finding.requirement.clock
    if not finding.decides and finding.hours_required is None and finding.satisfied is None:
        return "rule-unverified"
    if isinstance(clock, LicensingCycle) and finding.window is None:
        return "cycle-unknown"
    if isinstance(clock, Rolling | CalendarYear) and clock.item_fact is not None and finding.item is None:
        return "items-unknown"
    return ""


def _judged_by(requirement: Requirement, subject: Subject) -> Requirement:
    """The requirement whose records these are: what is made up is made up of another one's hours."""
    clock = requirement.clock
    return (subject.pack.requirement(clock.of) or requirement) if isinstance(clock, MakeUp) else requirement


def _only(record: Completion, subject: Subject, topics: frozenset[str]) -> bool:
    """Whether a record is of these topics and of no other."""
    own = own_topics(record.topic_hours or record.topics or (), subject.pack.topics)
    return bool(own) and own <= topics


def _touches(record: Completion, subject: Subject, topics: frozenset[str]) -> bool:
    names = subject.pack.topics
    if record.topic_hours is not None:
        return any(topic in topics for topic in own_shares(record.topic_hours, names))
    if record.topics is None:
        return True
    own = own_topics(record.topics, names)
    return bool(own & topics) or any(serves(record, topic) for topic in topics)


def _other_item(finding: Finding, record: Completion) -> bool:
    clock = finding.requirement.clock
    if not isinstance(clock, Rolling | CalendarYear) or clock.item_record is None or record.facts is None:
        return False
    named = record.facts.get(clock.item_record)
    return (
        named is not None
        and named != finding.item
        and not (isinstance(named, tuple) and finding.item in named)
    )


def _outside(finding: Finding, subject: Subject, record: Completion) -> str:
    clock = finding.requirement.clock
    if isinstance(clock, BeforeAssignment):
        return (
            "too-few-hours"
            if (record.hours or NOTHING) < (finding.hours_required or NOTHING)
            else "earlier-course"
        )
    window = (
        span(clock.every.before(subject.as_of), subject.as_of)
        if isinstance(clock, Rolling)
        else finding.window
    )
    if window is not None:
        booked = record.facts.get("applied_to_window") if record.facts else None
        if booked is not None and not booked_inside(booked, window):
            return "applied-to-window"
        if record.on is not None and record.on < window.start:
            return "before-window"
        if record.on is not None and record.on > window.end:
            return "after-window"
    if isinstance(clock, MakeUp) and record.hours != NOTHING:
        return "year-needs-it"
    return "beyond-the-list" if record.hours != NOTHING and _by_list(finding.requirement) else "no-hours"


def _by_list(requirement: Requirement) -> bool:
    """Whether hours of the right topic may be left over, because only so many of each are taken."""
    return bool(requirement.counts.choice or requirement.counts.rest)


def _merged(entries: tuple[CandidateRecord, ...]) -> list[tuple[Completion, Decimal]]:
    hours: dict[int, Decimal] = {}
    records: dict[int, Completion] = {}
    for entry in entries:
        key = id(entry.completion)
        records[key] = entry.completion
        hours[key] = hours.get(key, NOTHING) + entry.hours
    merged = [(records[key], hours[key]) for key in records]
    return sorted(merged, key=lambda pair: (pair[0].on is None, pair[0].on, pair[0].ref))
