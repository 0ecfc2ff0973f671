"""What became of somebody's reminders, step by step? In the words that channels gave, and in none that they did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Link, Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import onward
from messages.texts import reason_in_words, state_in_words
from messages.words import Words

# Under this name the button and what is typed after it reach the route.
FILE_ROUTE = "proof-file"
_ANSWERED = "answered"


class WrittenDown(StrEnum):
    """What the log says of a message; the catalogue holds ``proof-<value>`` for each."""

    PLANNED = "planned"
    HELD = "held"
    HANDED_OVER = "handed-over"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    NEXT_WAY = "next-way"
    CANCELLED = "cancelled"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStep:
    """One thing that was written down. ``why`` and ``held_for`` are words of ``receipt-why-<word>``."""

    at: datetime
    what: WrittenDown
    channel: str
    why: str = ""
    until: datetime | None = None
    held_for: str = ""


@dataclass(frozen=True, slots=True)
class StateNow:
    """What is known of one way at this moment, as a receipt is named."""

    channel: str
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderProof:
    """One reminder: for which duties, at which step and for which day; what was written down; what is known now."""

    planned_at: datetime
    about: tuple[tuple[str, str, date | None], ...]
    steps: tuple[ProofStep, ...]
    now: tuple[StateNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """Whose reminders (empty for one's own), of which duties, the newest first. ``value`` asks for them again."""

    name: str
    duties: tuple[str, ...]
    reminders: tuple[ReminderProof, ...]
    page: int = 1
    lines: int = 10
    value: str = ""
    with_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLinkFacts:
    """Where the file is and how long the link works; ``href`` is empty in what is kept, or where none can be made."""

    href: str
    minutes: int
    reminders: int
    name: str = ""


def proof(facts: ProofFacts, words: Words) -> Message:
    """How many reminders there were, a page of what was written down about them, and what the words mean."""
    rows = tuple(_rows(facts, words))
    pages = Pages(len(rows), facts.lines, facts.page)
    shown = pages.of(rows)
    head = _head(facts, words)
    note = words.say("proof-note")
    parts: list[Part] = [Paragraph(head)]
    if shown:
        parts.append(Table("", (words.say("column-when"), words.say("column-what")), tuple(shown)))
        parts.append(Note(note))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    file = (
        (Button(words.say("proof-file-label"), FILE_ROUTE, facts.value, words.say("proof-file-typed")),)
        if facts.with_file and facts.reminders
        else ()
    )
    return Message(
        kind=MessageKind.PROOF,
        title=words.say("proof-title"),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(Clause(words.say("proof-line", at=at, said=said), 1) for at, said in shown),
            way.clause,
        ),
        actions=(*file, *way.actions),
    )


def proof_link(facts: ProofLinkFacts, words: Words) -> Message:
    """First that the file is there, then that its link works once; or that none can be made here."""
    if not facts.href and not facts.minutes:
        name = shortened(facts.name, NAME_ROOM)
        lead = words.say("proof-file-none-of", name=name) if name else words.say("proof-file-none")
        return Message(
            kind=MessageKind.PROOF,
            title=words.say("proof-title"),
            body=(Paragraph(lead),),
            sms=(Clause(lead),),
        )
    lead = words.say_many("proof-file", facts.reminders)
    once = words.say("own-transcript-once", minutes=str(facts.minutes))
    return Message(
        kind=MessageKind.PROOF,
        title=words.say("proof-title"),
        body=(Paragraph(lead), Paragraph(once), Note(words.say("own-transcript-log"))),
        sms=(Clause(lead), *((Clause(facts.href),) if facts.href else ()), Clause(once)),
        actions=(Link(words.say("own-transcript-open"), facts.href),) if facts.href else (),
    )


def file_head(
    facts: ProofFacts, agency: str, made_at: datetime, purpose: str, words: Words
) -> tuple[tuple[str, str], ...]:
    """What the file is, of whom, made when."""
    said = {
        "agency": agency,
        "content": _head(facts, words),
        "made-at": wording.moment(made_at, words),
        "purpose": wording.purpose_in_words(purpose, words),
    }
    return (
        *((words.say(f"export-head-{name}"), value) for name, value in said.items()),
        (words.say("proof-head-note"), words.say("proof-note")),
    )


def file_columns(words: Words) -> tuple[str, ...]:
    """Of a file: which reminder, when, and what was written down."""
    return tuple(words.say(f"column-{name}") for name in ("number", "when", "what"))


def file_rows(facts: ProofFacts, words: Words) -> tuple[tuple[str, ...], ...]:
    """Everything there is, each row with the number of its reminder, the newest first."""
    return tuple(
        (str(number), at, said)
        for number, each in enumerate(facts.reminders, 1)
        for at, said in _of_one(each, words)
    )


def _head(facts: ProofFacts, words: Words) -> str:
    n, name = len(facts.reminders), shortened(facts.name, NAME_ROOM)
    duty = shortened(wording.first_of(facts.duties, 2, words), LABEL_ROOM) if facts.duties else ""
    if not n:
        return words.say("proof-none", name=name) if name else words.say("proof-own-none")
    if name:
        return words.say_many("proof-of", n, name=name, duty=duty)
    return words.say_many("proof-own", n, duty=duty)


def _rows(facts: ProofFacts, words: Words) -> Iterator[tuple[str, str]]:
    for each in facts.reminders:
        yield from _of_one(each, words)


def _of_one(one: ReminderProof, words: Words) -> Iterator[tuple[str, str]]:
    for label, step, due in one.about:
        yield wording.moment(one.planned_at, words), _about(label, step, due, words)
    for each in one.steps:
        yield wording.moment(each.at, words), _said(each, words)
    if any(each.state == _ANSWERED for each in one.now):
        # Where it was answered stands above: an answer in chat is none to the text.
        yield words.say("proof-now"), state_in_words(_ANSWERED, "", words)
        return
    for now in one.now:
        known = state_in_words(now.state, now.why, words)
        yield words.say("proof-now"), words.say("proof-state", door=_door(now.channel, words), state=known)


def _about(label: str, step: str, due: date | None, words: Words) -> str:
    duty = shortened(label, LABEL_ROOM)
    if due is None:
        return words.say("proof-about", duty=duty)
    day = wording.day_with_year(due, words)
    if step.isdigit():
        return words.say_many("proof-about-before", int(step), duty=duty, day=day)
    return words.say("proof-about-due", duty=duty, day=day)


def _said(step: ProofStep, words: Words) -> str:
    if not step.channel:
        return words.say("proof-planned-nowhere")
    said = words.say(f"proof-{step.what.value}", door=_door(step.channel, words))
    if step.why:
        said = words.say("receipt-because", state=said, why=reason_in_words(step.why, words))
    if step.until is None:
        return said
    until, held_for = wording.moment(step.until, words), reason_in_words(step.held_for, words)
    return words.say("proof-until", said=said, until=until, why=held_for)


def _door(channel: str, words: Words) -> str:
    return wording.door_in_words(channel, words)
