"""What was sent to somebody by text, and what became of it? In the words of one table, which claim no more than the
carrier said."""

from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import onward
from messages.words import Words

NAME_ROOM = 40
# As much of a number as tells phones apart.
END = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFacts:
    """One text. ``state`` is a word of ``receipt-<state>``, ``kind`` what it was about; ``why`` may be empty."""

    at: datetime
    number: str
    kind: str
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsFacts:
    """The last texts, the newest first, and the page that is shown. ``name`` is empty for one's own."""

    sent: tuple[SentFacts, ...]
    name: str = ""
    page: int = 1
    lines: int = 10


def texts(facts: TextsFacts, words: Words) -> Message:
    """How many, a page of them, and what the words mean that a reader may take for more."""
    pages = Pages(len(facts.sent), facts.lines, facts.page)
    shown = pages.of(facts.sent)
    head = _head(facts, words)
    note = words.say("texts-note")
    parts: list[Part] = [Paragraph(head)]
    if shown:
        columns = tuple(words.say(f"column-{name}") for name in ("when", "number", "what", "state"))
        parts.append(Table("", columns, tuple(_row(each, words) for each in shown)))
        parts.append(Note(note))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.TEXTS,
        title=words.say("texts-title"),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(Clause(_line(each, words), 1) for each in shown),
            way.clause,
        ),
        actions=way.actions,
    )


def _head(facts: TextsFacts, words: Words) -> str:
    n = len(facts.sent)
    if not facts.name:
        return words.say_many("texts-own", n) if n else words.say("texts-own-none")
    name = shortened(facts.name, NAME_ROOM)
    return words.say_many("texts-of", n, name=name) if n else words.say("texts-of-none", name=name)


def _row(facts: SentFacts, words: Words) -> tuple[str, ...]:
    return (
        wording.moment(facts.at, words),
        words.say("texts-number", end=facts.number[-END:]),
        words.say(f"trail-asked-{facts.kind}"),
        state_in_words(facts.state, facts.why, words),
    )


def _line(facts: SentFacts, words: Words) -> str:
    return words.say(
        "texts-line",
        at=wording.moment(facts.at, words),
        state=state_in_words(facts.state, facts.why, words),
    )


def state_in_words(state: str, why: str, words: Words) -> str:
    """What is known of something that was to be said; the one place where a receipt becomes words."""
    said = words.say(f"receipt-{state}")
    return words.say("receipt-because", state=said, why=reason_in_words(why, words)) if why else said


def reason_in_words(why: str, words: Words) -> str:
    """A reason of ours in words, a carrier's by its number; what neither is has one sentence for all."""
    if why.isdecimal():
        return words.say("receipt-why-number", code=why)
    return words.say(f"receipt-why-{why}" if f"receipt-why-{why}" in words else "receipt-why-other")
