"""Which records count toward one duty, for how much, and which are doubtful."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rules.model import Completion, Window
from rules.pack import Counts, Requirement
from rules.standing import Measure
from rules.subject import HOURS_MISSING, NOTHING, CandidateRecord, Subject, own_shares, own_topics

UNDATED = date.min
# Stands for "as many hours as you like" where a record does not say how many.
UNBOUNDED = Decimal("Infinity")


class Tally(NamedTuple):
    """``certain`` counts only sure records; ``possible`` takes the doubtful ones too."""

    certain: Decimal
    possible: Decimal
    counted: tuple[CandidateRecord, ...]
    doubtful: tuple[CandidateRecord, ...]


def candidates(subject: Subject, requirement: Requirement) -> list[CandidateRecord]:
    """Every record that could count toward a duty, on any day, with its doubts."""
    counts = requirement.counts
    found = _by_topic(subject, counts)
    if subject.undated:
        found = [*found, *_undated(subject, counts)]
    if requirement.measure is not Measure.HOURS:
        # An event has happened however many hours nobody wrote down.
        found = [_happened(entry) if entry.doubt == HOURS_MISSING else entry for entry in found]
    elif subject.reckoning.too_short:
        found = [entry for entry in found if id(entry.completion) not in subject.reckoning.too_short]
    if not counts.conditions:
        return found
    kept = []
    for entry in found:
        judged = entry
        for condition in counts.conditions:
            passes = condition.test(entry.completion)
            if passes is False and not condition.doubts:
                break
            if passes is not True:
                judged = judged.doubted(condition.unknown if passes is None else condition.fails)
        else:
            kept.append(judged)
    return kept


def _happened(entry: CandidateRecord) -> CandidateRecord:
    """Hours that nobody wrote down are no doubt of an event; that nobody wrote down the day is."""
    return entry._replace(doubt="date-missing" if entry.on is UNDATED else "")


def _by_topic(subject: Subject, counts: Counts) -> list[CandidateRecord]:
    topics = counts.topics
    if topics is None:
        return _of_any_topic(subject, counts) if counts.without or counts.unsure else subject.everything
    if len(topics) == 1:
        (topic,) = topics
        found = list(subject.by_topic.get(topic, ()))
    else:
        found = [entry for topic in sorted(topics) for entry in subject.by_topic.get(topic, ())]
    for own, entry in subject.mixed:
        shared = own & topics
        if shared:
            sure = counts.overlap or shared == own - counts.absorbs
            found.append(entry if sure else entry.doubted("topic-unclear"))
    if topics:
        found.extend(subject.untold)
    if counts.may_be_in:
        found.extend(_perhaps_inside(subject, counts.may_be_in, topics))
    if counts.discipline is not None:
        # The agency named the discipline on the record: all its hours serve, whatever its topics leave open.
        named = [entry for entry in subject.everything if serves(entry.completion, counts.discipline)]
        held = {id(entry.completion) for entry in named}
        found = [*named, *(entry for entry in found if id(entry.completion) not in held)]
    return found


def _of_any_topic(subject: Subject, counts: Counts) -> list[CandidateRecord]:
    """Every record but for the hours in topics that never count; those in topics nobody knows of are doubtful."""
    names = subject.pack.topics
    found = []
    for entry in subject.everything:
        record = entry.completion
        own = own_topics(record.topic_hours or record.topics or (), names)
        if own and own <= counts.without:
            continue
        if record.topic_hours is not None and own & (counts.without | counts.unsure):
            for topic, share in own_shares(record.topic_hours, names).items():
                if topic not in counts.without:
                    part = entry._replace(hours=share)
                    found.append(part.doubted("topic-not-settled") if topic in counts.unsure else part)
        elif own & counts.without:
            found.append(entry.doubted("topic-unclear"))
        else:
            found.append(entry.doubted("topic-not-settled") if own & counts.unsure else entry)
    return found


def _perhaps_inside(
    subject: Subject, around: frozenset[str], topics: frozenset[str]
) -> Iterable[CandidateRecord]:
    """Records of topics that may have held these without naming them."""
    for topic in sorted(around):
        for entry in subject.by_topic.get(topic, ()):
            split = entry.completion.topic_hours
            if split is None or not own_topics(split, subject.pack.topics) & topics:
                yield entry.doubted("topic-may-be-inside")
    for own, entry in subject.mixed:
        if own & around and not own & topics:
            yield entry.doubted("topic-may-be-inside")


def _undated(subject: Subject, counts: Counts) -> Iterable[CandidateRecord]:
    topics = counts.topics
    for record in subject.undated:
        own = record.topics
        named = counts.discipline is not None and serves(record, counts.discipline)
        if named or topics is None or own is None or own_topics(own, subject.pack.topics) & topics:
            hours = record.hours
            doubt = "date-missing" if hours is not None else HOURS_MISSING
            yield CandidateRecord(UNDATED, hours if hours is not None else NOTHING, doubt, record)


def booked_inside(booked: object, window: Window) -> bool:
    """Whether hours booked to a window by its label fall into this one: the same, or a wider one that holds it."""
    text = str(booked)
    if text == window.label:
        return True
    first, _, last = text.partition("/")
    try:
        start, end = (date.fromisoformat(first), date.fromisoformat(last)) if last else _year(first)
    except ValueError:
        return False
    return window.start <= start and end <= window.end


def _year(text: str) -> tuple[date, date]:
    return date(int(text), 1, 1), date(int(text), 12, 31)


def of_item(entries: Iterable[CandidateRecord], named_as: str | None, item: str) -> list[CandidateRecord]:
    """Entries for one thing that a person has; a record that does not say for which is doubtful."""
    own = []
    for entry in entries:
        facts = entry.completion.facts
        named = facts.get(named_as or "") if facts else None
        if named is None:
            own.append(entry.doubted("item-unclear"))
        elif named == item or (isinstance(named, tuple) and item in named):
            own.append(entry)
    return own


def serves(record: Completion, discipline: str) -> bool:
    """Whether the agency named this discipline on the record."""
    named = record.facts.get("disciplines") if record.facts else None
    return isinstance(named, tuple) and discipline in named


def tally(entries: Iterable[CandidateRecord], window: Window) -> Tally:
    """Add up what falls into a window. A record booked to another window by name counts only there."""
    start, end = window.start, window.end
    certain = possible = NOTHING
    counted: list[CandidateRecord] = []
    doubtful: list[CandidateRecord] = []
    for entry in entries:
        on, hours, doubt, record = entry
        facts = record.facts
        if facts and "applied_to_window" in facts:
            if not booked_inside(facts["applied_to_window"], window):
                continue
        elif not start <= on <= end and on is not UNDATED:
            continue
        if not doubt:
            certain += hours
            counted.append(entry)
        else:
            possible += UNBOUNDED if record.hours is None else hours
            doubtful.append(entry)
    return Tally(certain, certain + possible, tuple(counted), tuple(doubtful))
