"""What may everybody know of Rollcall who watches over it? Its rules and its sentences, and nothing about anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import Reply, buttons, onward, reply_clause
from messages.words import Words

SENTENCE_ROOM = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """One set of rules that people are judged by; ``oldest`` is when a rule of it was compared with the law last."""

    name: str
    label: str
    duties: int
    unchecked: int
    oldest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatesFacts:
    """Names and how many sentences each has; or the sentences of one ``name``."""

    rows: tuple[tuple[str, str], ...]
    name: str = ""
    total: int = 0
    page: int = 1
    lines: int = 10


def rules(facts: Sequence[PackFacts], words: Words) -> Message:
    """Which rules people are judged by today, and how fresh they are."""
    head = words.say_many("open-rules", len(facts)) if facts else words.say("open-rules-none")
    note = words.say("open-rules-note")
    columns = tuple(
        words.say(f"column-{name}") for name in ("rules", "what", "duties", "unchecked", "compared")
    )
    rows = tuple(
        (
            each.name,
            each.label,
            str(each.duties),
            str(each.unchecked),
            "" if each.oldest is None else wording.day_with_year(each.oldest, words),
        )
        for each in facts
    )
    parts: tuple[Part, ...] = (Paragraph(head), *((Table("", columns, rows),) if rows else ()), Note(note))
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.OPEN_RULES,
        title=words.say("open-rules-title"),
        body=parts,
        sms=(Clause(head), Clause(note, 1), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def templates(facts: TemplatesFacts, words: Words) -> Message:
    """Everything that Rollcall can say, by name; or each sentence under one name as it is written."""
    pages = Pages(len(facts.rows), facts.lines, facts.page)
    if facts.name and not facts.rows:
        head = words.say("open-templates-missing", name=shortened(facts.name, SENTENCE_ROOM))
    elif facts.name:
        head = words.say_many("open-templates-of", len(facts.rows), name=facts.name)
    else:
        head = words.say_many("open-templates", len(facts.rows), total=str(facts.total))
    note = words.say("open-templates-note")
    first = "name" if facts.name else "message"
    columns = (
        words.say(f"column-{first}"),
        words.say("column-sentence" if facts.name else "column-sentences"),
    )
    rows = tuple((name, shortened(text, SENTENCE_ROOM)) for name, text in pages.of(facts.rows))
    parts: list[Part] = [Paragraph(head)]
    if rows:
        parts.append(Table("", columns, rows))
    parts.append(Note(note))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.OPEN_TEMPLATES,
        title=words.say("open-templates-title"),
        body=tuple(parts),
        sms=(Clause(head), Clause(note, 1), way.clause),
        actions=way.actions,
    )
