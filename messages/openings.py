"""A record was opened to somebody outside its line: what the opener hears, and what the custodian reads and signs."""

from dataclasses import dataclass, replace
from datetime import datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part, Table
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

ROOM = 40
REASON_ROOM = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpenedFacts:
    """What was opened, to whom it is told, and until when."""

    full_name: str
    badge: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFacts:
    """One opening as its custodian reads it; a name is empty where there is none to show."""

    at: datetime
    until: datetime
    viewer: str
    whom: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpeningsFacts:
    """Everything that waits for a signature; ``signed`` is how many were signed just now."""

    waiting: tuple[OpeningFacts, ...]
    up_to: str = ""
    signed: int = 0


def opened(facts: RecordOpenedFacts, words: Words) -> Message:
    """That it is open, for how long, who is told, and that nothing can be changed through it."""
    head = words.say("opened-head", name=facts.full_name, time=wording.moment(facts.until, words))
    told = words.say("opened-told", name=facts.full_name)
    only = words.say("opened-read-only")
    reason = words.say("opened-reason", reason=shortened(facts.reason, REASON_ROOM))
    label = words.say("opened-show", name=facts.full_name)
    return Message(
        kind=MessageKind.RECORD_OPENED,
        title=words.say("opened-title"),
        body=(Paragraph(head), Paragraph(reason), Paragraph(told), Note(only)),
        sms=(Clause(head), Clause(told), Clause(only, 1), Clause(reason, 2)),
        actions=(Button(label, "person", facts.badge, "1"), *buttons((Reply.MENU,), words)),
    )


def not_opened(words: Words, *, several: bool = False) -> Message:
    """What is missing before a record can be opened; nothing about anybody."""
    text = words.say("not-opened-several") if several else words.say("not-opened-reason")
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.RECORD_NOT_OPENED,
        title=words.say("not-opened-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def openings(facts: OpeningsFacts, words: Words) -> Message:
    """What waits for the custodian, oldest first, with one button that signs all that is shown."""
    head = (
        words.say_many("openings-waiting", len(facts.waiting))
        if facts.waiting
        else words.say("openings-none")
    )
    said = [words.say_many("openings-signed", facts.signed)] if facts.signed else []
    columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "record", "purpose", "until"))
    rows = tuple(
        (
            wording.moment(each.at, words),
            _named(each.viewer, words),
            _named(each.whom, words),
            each.reason,
            wording.moment(each.until, words),
        )
        for each in facts.waiting
    )
    parts: list[Part] = [Paragraph(text) for text in (*said, head)]
    if rows:
        parts.append(Table("", columns, rows))
    sign = words.say("openings-sign")
    replies = (Reply.STATUS, Reply.MENU)
    clauses = [Clause(text) for text in (*said, head)]
    clauses += [Clause(_line(each, words), 2) for each in facts.waiting]
    if rows:
        clauses.append(Clause(words.say("openings-sign-typed")))
    return Message(
        kind=MessageKind.OPENINGS,
        title=words.say("openings-title"),
        body=tuple(parts),
        sms=(*clauses, *(() if rows else (reply_clause(replies, words),))),
        actions=(
            *(
                (Button(sign, "openings-seen", facts.up_to, words.say("openings-seen-typed")),)
                if rows
                else ()
            ),
            *buttons(replies, words),
        ),
    )


def with_notice(message: Message, waiting: int, words: Words) -> Message:
    """The same answer, and that records were opened and nobody has signed it yet; no name stands in it."""
    text = words.say_many("openings-notice", waiting)
    button = Button(words.say("openings-show"), "openings", "", words.say("openings-typed"))
    return replace(
        message,
        body=(*message.body, Note(text)),
        sms=(*message.sms, Clause(text, 1)),
        actions=(*message.actions, button),
    )


def _named(name: str, words: Words) -> str:
    return name or words.say("who-saw-unnamed")


def _line(facts: OpeningFacts, words: Words) -> str:
    return words.say(
        "openings-line",
        day=wording.day_with_year(facts.at.date(), words),
        viewer=shortened(_named(facts.viewer, words), ROOM),
        whom=shortened(_named(facts.whom, words), ROOM),
        reason=shortened(facts.reason, ROOM),
    )
