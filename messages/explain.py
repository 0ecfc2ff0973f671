"""Why does it say so? The rule with its version and law, the records, the arithmetic."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Link, Message, Note, Paragraph, Part, Table
from messages.pages import SCREEN_LINES, Pages
from messages.records import (
    RecordFacts,
    how_to_open,
    measures,
    reasons,
    record_buttons,
    record_clause,
    record_date,
    record_rows,
)
from messages.remarks import remark_sentence
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words
from rules.standing import LineState, Remark

RULE_ROOM = 60
# Reasons that somebody can do something about; a record of another cycle or topic needs no word in a text.
REPAIRABLE = frozenset(
    {
        "approval-missing",
        "approval-unknown",
        "date-missing",
        "duplicate-suspected",
        "hours-missing",
        "no-topic",
        "topic-unclear",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """The rule as a reader may check it: ``pack`` is id and version, ``duty`` the pack's own sentence.

    ``sources`` are the references, the strongest first, each with its address where it has one; ``confidence`` is the
    pack's word for how well it is known; ``effective_from`` dates the value used.
    """

    short: str
    label: str
    pack: str
    duty: str
    citation: str
    sources: tuple[Link, ...] = ()
    effective_from: date | None = None
    confidence: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyFacts:
    """One requirement for one person: what counted, what did not, and the numbers that follow.

    ``topics_left`` are hours still owed in named topics inside a total; ``since`` is the start of the window.
    """

    rule: RuleFacts
    state: LineState
    today: date
    counted: tuple[RecordFacts, ...]
    not_counted: tuple[RecordFacts, ...] = ()
    hours_counted: Decimal | None = None
    hours_required: Decimal | None = None
    topics_left: Decimal | None = None
    since: date | None = None
    due_on: date | None = None
    remarks: tuple[Remark, ...] = ()
    requirement: str = ""
    cards: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereFacts:
    """Why a duty is not on this person's list: it belongs to other positions."""

    topic: str
    pack: str
    position: str
    position_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """The records behind one rule, a page at a time; ``page`` begins at 1.

    ``left_out`` records do not count either and have no line where there is little room.
    """

    rule: RuleFacts
    today: date
    counted: tuple[RecordFacts, ...]
    not_counted: tuple[RecordFacts, ...]
    page: int = 1
    lines: int = SCREEN_LINES
    left_out: int = 0


def why(facts: WhyFacts, words: Words) -> Message:
    """Rule id, version, records counted, arithmetic."""
    rule = facts.rule
    title = words.say("why-title", rule=rule.short, label=rule.label)
    sums = _arithmetic(facts, words)
    records = len(facts.counted) + len(facts.not_counted)
    replies = (Reply.LIST, Reply.STATUS) if records else (Reply.STATUS, Reply.HUMAN)
    closing = (
        Clause(words.say_many("why-list", len(facts.counted)))
        if facts.counted
        else reply_clause(replies, words)
    )
    head = words.say("why-rule", rule=shortened(rule.short, RULE_ROOM), pack=shortened(rule.pack, RULE_ROOM))
    clauses = [Clause(f"{head} {_records(facts, words)}"), Clause(sums, 1)]
    repairable = [record for record in facts.not_counted if _repairable(record)]
    if repairable:
        clauses.append(Clause(words.say_many("why-not-counted", len(repairable)), 3))
    clauses += [Clause(text, 4) for text in _remarks(facts, words)]
    parts: list[Part] = [
        Paragraph(f"{head} {_records(facts, words)} {sums}".strip()),
        Facts((*_asked_for(facts, words), *rule_rows(rule, words)), words.say("why-heading-rule")),
    ]
    if facts.not_counted:
        shown = facts.not_counted[:SCREEN_LINES]
        rows = tuple(
            (record_date(record, words), record.title, reasons(record, facts.today, words), record.said)
            for record in shown
        )
        columns = tuple(words.say(f"column-{name}") for name in ("date", "title", "reason", "record"))
        heading = words.say_many("why-not-counted-heading", len(facts.not_counted))
        parts.append(Table(heading, columns, rows, record_buttons(shown, words)))
    parts += [Note(text) for text in _remarks(facts, words)]
    return Message(
        kind=MessageKind.WHY,
        title=title,
        body=tuple(parts),
        sms=(*clauses, closing),
        actions=buttons(replies, words, facts.requirement),
    )


def _asked_for(facts: WhyFacts, words: Words) -> list[Fact]:
    """How much the duty asks of this person, and by when."""
    rows = []
    if facts.hours_required is not None:
        rows.append(Fact(words.say("why-row-asked"), wording.hours(facts.hours_required, words)))
    if facts.due_on is not None:
        rows.append(Fact(words.say("why-row-due"), wording.day_with_year(facts.due_on, words)))
    return rows


def why_not_mine(facts: ElsewhereFacts, words: Words) -> Message:
    """The duty belongs to another pack or position; a wrong position is a thing to say."""
    text = words.say("why-elsewhere", topic=facts.topic, pack=facts.pack)
    if facts.position_since is None:
        position = words.say("why-position", position=facts.position)
    else:
        since = wording.day_with_year(facts.position_since, words)
        position = words.say("why-position-since", position=facts.position, day=since)
    wrong = words.say("why-position-wrong")
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.WHY_NOT_MINE,
        title=words.say("why-elsewhere-title", topic=facts.topic),
        body=(Paragraph(f"{text} {position}"), Paragraph(wrong)),
        sms=(Clause(text), Clause(position, 1), Clause(wrong, 2), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def record_list(facts: ListFacts, words: Words) -> Message:
    """The lines behind an answer: what counted, then what did not and why; MORE turns the page."""
    everything = (*facts.counted, *facts.not_counted)
    pages = Pages(len(everything), facts.lines, facts.page)
    shown = pages.of(everything)
    counted = tuple(record for record in shown if not record.reasons)
    not_counted = tuple(record for record in shown if record.reasons)
    rule = facts.rule
    title = words.say("list-title", rule=rule.short, pack=rule.pack, page=pages.page, pages=pages.count)
    total = words.say_many("list-counted", len(facts.counted))
    rest = words.say_many("list-not-counted", len(facts.not_counted) + facts.left_out)
    parts: list[Part] = [Paragraph(f"{total} {rest}")]
    if counted:
        rows = record_rows(counted, words)
        parts.append(
            Table(words.say("list-heading-counted"), _columns(words), rows, record_buttons(counted, words))
        )
    if not_counted:
        names = ("date", "title", "measures", "reason", "record")
        columns = tuple(words.say(f"column-{name}") for name in names)
        rows = tuple(
            (
                record_date(record, words),
                record.title,
                wording.listed(measures(record, words)),
                reasons(record, facts.today, words),
                record.said,
            )
            for record in not_counted
        )
        title_of_rest = words.say("list-heading-not-counted")
        parts.append(Table(title_of_rest, columns, rows, record_buttons(not_counted, words)))
    if shown:
        parts.append(Note(how_to_open(shown, words)))
    way = onward(pages.page, words, is_last=pages.is_last)
    clauses = [
        Clause(
            words.say("list-sms", rule=rule.short, total=total, rest=rest, page=pages.page, pages=pages.count)
        )
    ]
    clauses += [record_clause(record, 2, words) for record in counted]
    clauses += [_not_counted_clause(record, facts.today, words) for record in not_counted]
    return Message(
        kind=MessageKind.LIST,
        title=title,
        body=tuple(parts),
        sms=(*clauses, way.clause),
        actions=way.actions,
    )


def _repairable(record: RecordFacts) -> bool:
    return any(remark.code in REPAIRABLE for remark in record.reasons)


def _columns(words: Words) -> tuple[str, ...]:
    return tuple(words.say(f"column-{name}") for name in ("date", "title", "measures", "record"))


def _not_counted_clause(record: RecordFacts, today: date, words: Words) -> Clause:
    day, title = record_date(record, words), shortened(record.title, RULE_ROOM)
    return Clause(
        words.say("record-not-counted", day=day, title=title, reason=reasons(record, today, words)), 2
    )


def _records(facts: WhyFacts, words: Words) -> str:
    """``14 recorded completions since Jul 1 2024 = 31.5 h.``"""
    if facts.cards:
        spans = (
            words.say(
                "why-card", start=wording.day_with_year(start, words), end=wording.day_with_year(end, words)
            )
            for start, end in facts.cards
        )
        return " ".join(spans)
    n = len(facts.counted)
    if not n:
        return words.say("why-none-count")
    if facts.hours_counted is None:
        dated = [record for record in facts.counted if record.on is not None]
        latest = max(dated, key=lambda record: record.on or date.min, default=facts.counted[0])
        return words.say_many("why-records", n, day=record_date(latest, words))
    total = wording.hours(facts.hours_counted, words)
    if facts.since is None:
        return words.say_many("why-hours", n, total=total)
    return words.say_many("why-hours-since", n, total=total, day=wording.day_with_year(facts.since, words))


def _arithmetic(facts: WhyFacts, words: Words) -> str:
    """``48 - 31.5 = 16.5 h left, of which topics 6 h.``"""
    if facts.hours_counted is None or facts.hours_required is None:
        if facts.due_on is None:
            return words.say(f"why-{facts.state.value}")
        day = wording.day_with_year(facts.due_on, words)
        return words.say(f"why-{facts.state.value}-due", day=day)
    required, counted = facts.hours_required, facts.hours_counted
    given = {"required": wording.number(required), "counted": wording.number(counted)}
    if counted >= required and not facts.topics_left:
        return words.say("why-sum-met", **given)
    left = wording.hours(max(required - counted, Decimal(0)), words)
    if not facts.topics_left:
        return words.say("why-sum", **given, left=left)
    topics = wording.hours(facts.topics_left, words)
    if counted >= required:
        return words.say("why-sum-topics-only", **given, topics=topics)
    return words.say("why-sum-topics", **given, left=left, topics=topics)


def _remarks(facts: WhyFacts, words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(remark_sentence(remark, facts.today, words) for remark in facts.remarks))


def _source(source: Link, words: Words) -> Fact:
    return Fact(words.say("why-row-citation"), source.label, source.href)


def rule_rows(rule: RuleFacts, words: Words) -> tuple[Fact, ...]:
    """The rule as a reader may check it: version, duty, law, since when, how well it is known, last checked."""
    rows = [
        Fact(words.say("why-row-rule"), words.say("why-rule-version", rule=rule.short, pack=rule.pack)),
        Fact(words.say("why-row-duty"), rule.duty),
        *(_source(source, words) for source in rule.sources or (Link(rule.citation, ""),)),
    ]
    if rule.effective_from is not None:
        rows.append(Fact(words.say("why-row-effective"), wording.day_with_year(rule.effective_from, words)))
    if rule.confidence:
        known = words.say(f"confidence-{rule.confidence}")
        rows.append(Fact(words.say("why-row-confidence"), known))
    if rule.reviewed_on is not None:
        rows.append(Fact(words.say("why-row-reviewed"), wording.day_with_year(rule.reviewed_on, words)))
    return tuple(rows)
