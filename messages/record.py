"""What is one record? When it happened, when and how it came on file, what changed, and which duties it serves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Action, Fact, Facts, Message, Note, Paragraph, Part, Table
from messages.record_content import ContentFacts, content_rows
from messages.records import TITLE_ROOM, RecordFacts, measures, record_button, record_date
from messages.remarks import remark_sentence
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words
from rules.standing import Remark

FILE_ROOM = 60
TEXT_DUTIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacts:
    """A duty in one period or for one item."""

    short: str
    label: str
    window: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFacts:
    """A duty that takes the record; ``surplus``: it takes only what is over other duties."""

    duty: DutyFacts
    hours: Decimal | None = None
    surplus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnservedFacts:
    """A duty that does not take the record, and why; ``doubtful``: taken both ways."""

    duty: DutyFacts
    reason: Remark
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWording:
    """The record before a correction, or after one."""

    record: RecordFacts
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRecordFacts:
    """One record of ``name`` as somebody may see it at ``today``; instants are in the reader's zone.

    ``is_import`` with or without the file's name, else ``source`` is the word for where it came from.
    ``ended_at``: since when it is replaced (``after``), moved to another file or withdrawn, and so counts nowhere.
    ``looked_at`` is the full name of somebody else whose record it is.
    """

    name: str
    today: date
    content: ContentFacts
    recorded_at: datetime
    recorded_by: str = ""
    is_import: bool = False
    file_name: str = ""
    source: str = ""
    before: OtherWording | None = None
    before_content: ContentFacts | None = None
    moved_from: bool = False
    after: OtherWording | None = None
    withdrawn: bool = False
    ended_at: datetime | None = None
    served: tuple[ServedFacts, ...] = ()
    unserved: tuple[UnservedFacts, ...] = ()
    packs: tuple[str, ...] = ()
    looked_at: str = ""


def one_record(facts: OneRecordFacts, words: Words) -> Message:
    """First whether it counts, then the facts, then the change, then duty by duty."""
    record = facts.content.record
    summary = _summary(facts, words)
    parts: list[Part] = [
        Paragraph(" ".join(summary)),
        Facts(
            tuple(Fact(label, value) for label, value in content_rows(facts.content, facts.today, words)),
            words.say("record-heading-content"),
        ),
        Facts(tuple(_origin(facts, words)), words.say("record-heading-origin")),
        *_change(facts, words),
        *_duties(facts, words),
        *(Note(text) for text in _notes(facts, words)),
    ]
    replies = (Reply.WHY, Reply.STATUS)
    others: list[Action] = [
        record_button(other.record, words.say(f"record-open-{when}", number=other.record.said), words)
        for when, other in (("before", facts.before), ("after", facts.after))
        if other is not None
    ]
    return Message(
        kind=MessageKind.RECORD,
        title=words.say("record-title", number=record.said, name=facts.name),
        body=tuple(parts),
        sms=(
            Clause(_headline(record, words)),
            *(Clause(text, at) for at, text in enumerate(summary)),
            Clause(words.say("record-sms-recorded", day=_day(facts.recorded_at, words)), 4),
            *(Clause(text, 3) for text in _change_texts(facts, words)),
            *(Clause(text, 1) for text in _looked(facts, words)),
            reply_clause(replies, words),
        ),
        actions=(*others, *buttons(replies, words)),
    )


def no_record(words: Words) -> Message:
    """The same for a number that nobody has and for a record that is not the asker's to see."""
    text = words.say("no-record")
    which = words.say("no-record-next")
    replies = (Reply.HISTORY, Reply.STATUS)
    return Message(
        kind=MessageKind.NO_RECORD,
        title=words.say("no-record-title"),
        body=(Paragraph(text), Paragraph(which)),
        sms=(Clause(text), Clause(which, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _headline(record: RecordFacts, words: Words) -> str:
    found = measures(record, words)
    title = shortened(record.title, TITLE_ROOM)
    given = {"number": record.said, "day": record_date(record, words), "title": title}
    if not found:
        return words.say("record-sms-plain", **given)
    return words.say("record-sms", **given, measures=wording.listed(found))


def _summary(facts: OneRecordFacts, words: Words) -> list[str]:
    """Whether the record counts on the day asked about, in one or two sentences."""
    if facts.ended_at is not None:
        day = _day(facts.ended_at, words)
        if facts.withdrawn:
            return [words.say("record-withdrawn", day=day)]
        if facts.after is None:
            return [words.say("record-moved-away", day=day)]
        return [words.say("record-replaced", number=facts.after.record.said, day=day)]
    said = []
    if facts.served:
        rules = _rules((each.duty for each in facts.served), words)
        n = len({each.duty.short for each in facts.served})
        said.append(_serves(n, rules, words))
    doubtful = [each for each in facts.unserved if each.doubtful]
    if doubtful:
        rules = _rules((each.duty for each in doubtful), words)
        reasons = dict.fromkeys(remark_sentence(each.reason, facts.today, words) for each in doubtful)
        said.append(words.say("record-in-doubt", duties=rules, reasons=" ".join(reasons)))
    if said:
        return said
    said = [_serves_none(words)]
    only = _only_reason(facts)
    if only is not None:
        said.append(remark_sentence(only, facts.today, words))
    return said


def _serves(n: int, duties: str, words: Words) -> str:
    if words.day is None:
        return words.say_many("record-serves", n, duties=duties)
    return words.say_many("record-serves-day", n, day=wording.day_with_year(words.day, words), duties=duties)


def _serves_none(words: Words) -> str:
    if words.day is None:
        return words.say("record-serves-none")
    return words.say("record-serves-none-day", day=wording.day_with_year(words.day, words))


def _only_reason(facts: OneRecordFacts) -> Remark | None:
    """The one reason of every duty, which then needs no table."""
    reasons = {each.reason for each in facts.unserved}
    if facts.served or len(reasons) != 1 or any(each.doubtful for each in facts.unserved):
        return None
    return facts.unserved[0].reason


def _rules(duties: Iterator[DutyFacts], words: Words) -> str:
    shorts = list(dict.fromkeys(duty.short for duty in duties))
    if len(shorts) > TEXT_DUTIES:
        return wording.first_of(shorts, TEXT_DUTIES, words)
    return wording.joined_and(shorts, words)


def _origin(facts: OneRecordFacts, words: Words) -> Iterator[Fact]:
    yield Fact(words.say("record-row-recorded"), wording.moment(facts.recorded_at, words))
    if facts.recorded_by:
        yield Fact(words.say("record-row-by"), facts.recorded_by)
    yield Fact(words.say("record-row-source"), _source(facts, words))
    if facts.before is not None:
        moment = wording.moment(facts.before.recorded_at, words)
        other = words.say("record-other", number=facts.before.record.said, moment=moment)
        yield Fact(words.say("record-row-replaces"), other)
    elif facts.moved_from:
        yield Fact(words.say("record-row-replaces"), words.say("record-moved-here"))
    if facts.after is not None:
        moment = wording.moment(facts.after.recorded_at, words)
        other = words.say("record-other", number=facts.after.record.said, moment=moment)
        yield Fact(words.say("record-row-replaced"), other)


def _source(facts: OneRecordFacts, words: Words) -> str:
    if facts.is_import:
        if not facts.file_name:
            return words.say("record-source-import")
        file = shortened(wording.echoed(facts.file_name), FILE_ROOM)
        return words.say("record-source-file", file=file)
    return wording.echoed(facts.source) if facts.source else words.say("record-source-own")


def _changes(facts: OneRecordFacts, words: Words) -> list[tuple[str, str, str]]:
    """Label, before and now of everything shown that is not the same in both."""
    if facts.before_content is None:
        return []
    before = dict(content_rows(facts.before_content, facts.today, words))
    now = dict(content_rows(facts.content, facts.today, words))
    labels = dict.fromkeys([*now, *before])
    nothing = words.say("record-nothing")
    sides = [(label, before.get(label, nothing), now.get(label, nothing)) for label in labels]
    return [side for side in sides if side[1] != side[2]]


def _change(facts: OneRecordFacts, words: Words) -> Iterator[Part]:
    if facts.before is None:
        return
    changes = _changes(facts, words)
    if not changes:
        yield Note(words.say("record-unchanged"))
        return
    columns = tuple(words.say(f"column-{name}") for name in ("what", "before", "now"))
    title = words.say("record-heading-change", number=facts.before.record.said)
    yield Table(title, columns, tuple(changes))


def _change_texts(facts: OneRecordFacts, words: Words) -> Iterator[str]:
    for label, before, now in _changes(facts, words):
        yield words.say("record-sms-change", label=label, before=before, now=now)


def _duties(facts: OneRecordFacts, words: Words) -> Iterator[Part]:
    if facts.served:
        columns = tuple(words.say(f"column-{name}") for name in ("duty", "period", "counts"))
        rows = tuple((*_duty(each.duty, words), _counts(each, words)) for each in facts.served)
        yield Table(words.say("record-heading-served"), columns, rows)
    if _only_reason(facts) is not None:
        return
    columns = tuple(words.say(f"column-{name}") for name in ("duty", "period", "reason"))
    for heading, is_doubtful in (("doubtful", True), ("unserved", False)):
        rows = tuple(
            (*_duty(each.duty, words), remark_sentence(each.reason, facts.today, words))
            for each in facts.unserved
            if each.doubtful is is_doubtful
        )
        if rows:
            yield Table(words.say(f"record-heading-{heading}"), columns, rows)


def _duty(duty: DutyFacts, words: Words) -> tuple[str, str]:
    label = duty.label
    if duty.item:
        label = words.say("line-label-item", label=label, item=duty.item.replace("-", " "))
    return words.say("record-duty", rule=duty.short, label=label), wording.window_label(duty.window, words)


def _counts(served: ServedFacts, words: Words) -> str:
    if served.surplus:
        return words.say("record-counts-surplus")
    return words.say("record-counts") if served.hours is None else wording.hours(served.hours, words)


def _notes(facts: OneRecordFacts, words: Words) -> Iterator[str]:
    if facts.packs:
        day = wording.day_with_year(facts.today, words)
        yield words.say("record-as-of", day=day, packs=wording.joined_and(facts.packs, words))
    yield from _looked(facts, words)


def _looked(facts: OneRecordFacts, words: Words) -> Iterator[str]:
    if facts.looked_at:
        yield words.say("person-looked", name=facts.looked_at)


def _day(moment: datetime, words: Words) -> str:
    return wording.day_with_year(moment.date(), words)
