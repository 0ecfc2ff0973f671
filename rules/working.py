"""The working behind a finding: which records counted for how much, and for every other one why it did not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rules.finding import Finding
from rules.model import Completion, Window
from rules.pack import AfterLeave, AfterSeparation, BeforeAssignment, CalendarYear, LicensingCycle, Rolling
from rules.periods import span
from rules.subject import NOTHING, Entry, Subject, credit_refused, own_shares, own_topics
from rules.tally import booked_inside, serves

# Clocks that look at records at all; the others are computed from cards or from the person's own dates.
READS_RECORDS = (LicensingCycle, CalendarYear, Rolling, AfterLeave, AfterSeparation, BeforeAssignment)


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
    if not isinstance(finding.requirement.clock, READS_RECORDS) or finding.applies is False:
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
    counts = finding.requirement.counts
    if counts.topics is not None and not _touches(record, subject, counts.topics):
        return "wrong-topic" if counts.discipline is None else "other-discipline"
    for condition in counts.conditions:
        if condition.test(record) is False:
            return condition.fails
    unjudged = _unjudged(finding)
    if unjudged:
        return unjudged
    return "other-item" if _other_item(finding, record) else _outside(finding, subject, record)


def _unjudged(finding: Finding) -> str:
    """Why the duty could look at no record at all, or ""."""
    clock = finding.requirement.clock
    if not finding.decides and finding.hours_required is None and finding.satisfied is None:
        return "rule-unverified"
    if isinstance(clock, LicensingCycle) and finding.window is None:
        return "cycle-unknown"
    if isinstance(clock, Rolling) and clock.item_fact is not None and finding.item is None:
        return "items-unknown"
    return ""


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
    if not isinstance(clock, Rolling) or clock.item_record is None or record.facts is None:
        return False
    named = record.facts.get(clock.item_record)
    return (
        named is not None
        and named != finding.item
        and not (isinstance(named, tuple) and finding.item in named)
    )


def _outside(finding: Finding, subject: Subject, record: Completion) -> str:
    window = finding.window or _rolling_window(finding, subject)
    if isinstance(finding.requirement.clock, BeforeAssignment):
        return (
            "too-few-hours"
            if (record.hours or NOTHING) < (finding.hours_required or NOTHING)
            else "earlier-course"
        )
    if window is None or record.on is None:
        return "condition-not-met"
    booked = record.facts.get("applied_to_window") if record.facts else None
    if booked is not None and not booked_inside(booked, window):
        return "applied-to-window"
    if record.on < window.start:
        return "before-window"
    if record.on > window.end:
        return "after-window"
    return "no-hours" if record.hours == NOTHING else "record-superseded"


def _rolling_window(finding: Finding, subject: Subject) -> Window | None:
    clock = finding.requirement.clock
    if isinstance(clock, Rolling):
        return span(clock.every.before(subject.as_of), subject.as_of)
    return None


def _merged(entries: tuple[Entry, ...]) -> list[tuple[Completion, Decimal]]:
    hours: dict[int, Decimal] = {}
    records: dict[int, Completion] = {}
    for entry in entries:
        key = id(entry.completion)
        records[key] = entry.completion
        hours[key] = hours.get(key, NOTHING) + entry.hours
    merged = [(records[key], hours[key]) for key in records]
    return sorted(merged, key=lambda pair: (pair[0].on is None, pair[0].on, pair[0].ref))
