"""What does a record say? Label by label, so that two wordings of one record can be laid side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages import wording
from messages.records import RecordFacts, measures, record_date
from messages.remarks import remark_sentence
from messages.words import Words
from rules.standing import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSaid:
    """A topic as it is read; ``written`` are the words of the title that say so, empty when it was given."""

    label: str
    hours: Decimal | None = None
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFacts:
    """What a record says. ``credit`` is ``yes``, ``no`` or ``doubtful``; ``approved`` None is not known."""

    record: RecordFacts
    topics: tuple[TopicSaid, ...] = ()
    provider: str = ""
    course_number: str = ""
    delivery: str = ""
    approved: bool | None = None
    credit: str = "yes"
    credit_reason: Remark | None = None


def content_rows(content: ContentFacts, today: date, words: Words) -> Iterator[tuple[str, str]]:
    """Labels with values of what a record says; the same rows for two wordings can be laid side by side."""
    record = content.record
    yield words.say("record-row-happened"), record_date(record, words)
    yield words.say("record-row-title"), record.title
    found = measures(record, words)
    yield (
        words.say("record-row-measures"),
        wording.listed(found) if found else words.say("record-no-measures"),
    )
    yield words.say("record-row-topics"), _topics(content.topics, words)
    if content.provider:
        yield words.say("record-row-provider"), content.provider
    if content.course_number:
        yield words.say("record-row-course"), content.course_number
    if content.delivery:
        yield words.say("record-row-delivery"), content.delivery
    approved = {True: "yes", False: "no", None: "unknown"}[content.approved]
    yield words.say("record-row-approved"), words.say(f"record-approved-{approved}")
    credit = words.say(f"record-credit-{content.credit}")
    if content.credit_reason is not None:
        reason = remark_sentence(content.credit_reason, today, words)
        credit = words.say("record-credit-because", credit=credit, reason=reason)
    yield words.say("record-row-credit"), credit


def _topics(topics: tuple[TopicSaid, ...], words: Words) -> str:
    if not topics:
        return words.say("record-topics-none")
    given = [_topic(topic, words) for topic in topics if not topic.written]
    said = [words.say("record-topics-given", topics=wording.listed(given))] if given else []
    said += [
        words.say("record-topic-read", topic=_topic(topic, words), written=wording.echoed(topic.written))
        for topic in topics
        if topic.written
    ]
    return wording.listed(said)


def _topic(topic: TopicSaid, words: Words) -> str:
    if topic.hours is None:
        return topic.label
    return words.say("line-hours", label=topic.label, hours=wording.hours(topic.hours, words))
