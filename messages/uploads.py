"""A certificate on its way to the record, as its sender reads of it: what came in, what is needed, how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import EntryFacts, dashed, days_text, entry_facts, values_text
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words, named

UploadCode = Literal["decided", "none", "not-now", "noted", "reading", "withdrawn"]
UnclearCode = Literal[
    "backwards",
    "differs",
    "each-day-or-in-all",
    "future",
    "no-time",
    "too-long-for-a-day",
    "too-long-for-days",
    "which-day",
]
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearFacts:
    """A clerical question: ``unclear-<code>`` with what it names."""

    code: UnclearCode
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFacts:
    """One upload as its sender reads it. ``reading``: nothing was read yet. ``is_proof``: it reads like a certificate.

    ``since`` and ``who`` say since when it is in this state, and with whom or by whom. ``words`` are a reviewer's own.
    ``earlier``: when the words were written that are taken with it, where they came before the file.
    """

    number: int
    state: str
    entries: tuple[EntryFacts, ...] = ()
    unclear: UnclearFacts | None = None
    reading: bool = False
    is_proof: bool = True
    was_read: bool = True
    same_as: int | None = None
    files: int = 1
    earlier: datetime | None = None
    since: datetime | None = None
    who: str = ""
    reason: str = ""
    words: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.reading and self.unclear is None and not any(each.missing for each in self.entries)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still needed, each once."""
        return tuple(dict.fromkeys(name for each in self.entries for name in each.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFacts:
    """A file that was not taken: ``file-refused-<code>``."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBeforeFacts:
    """A file that came before, byte for byte."""

    number: int
    state: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpilledFacts:
    """A file with something on it that must not be here, and who decides about it; empty when nobody is named."""

    kind: str
    custodian: str


OneSent = UploadFacts | RefusedFacts | SentBeforeFacts | SpilledFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFacts:
    """What became of the files of one message, in their order."""

    of_each: tuple[OneSent, ...]

    @property
    def new(self) -> tuple[UploadFacts, ...]:
        return tuple(each for each in self.of_each if isinstance(each, UploadFacts))


@dataclass(frozen=True, slots=True, kw_only=True)
class MineFacts:
    """Everything that somebody sent, a page of it."""

    uploads: tuple[UploadFacts, ...]
    page: int = 1
    lines: int = 10


def called(number: int) -> str:
    """What people say."""
    return f"U-{number}"


def taken(facts: TakenFacts, words: Words) -> Message:
    """The receipt, at once: the number that can be said aloud, what is known, and the one thing to do next."""
    new = facts.new
    if len(facts.of_each) == 1 and new:
        return _one(new[0], words, words.say("upload-got", upload=called(new[0].number)))
    parts: list[Part] = []
    clauses: list[Clause] = []
    actions: tuple[Button, ...] = ()
    if new:
        numbers = wording.listed([called(each.number) for each in new])
        head = words.say_many("upload-got-many", len(new), numbers=numbers)
        parts.append(Paragraph(head))
        clauses.append(Clause(head))
    for each in facts.of_each:
        if not isinstance(each, UploadFacts):
            text = _not_new(each, words)
            parts.append(Paragraph(text))
            clauses.append(Clause(text, 0 if len(facts.of_each) == 1 else 1))
    for each in new:
        text = words.say(
            "upload-line",
            upload=called(each.number),
            values=_values(each, words),
        )
        parts.append(Paragraph(text))
        clauses.append(Clause(text, 2))
    if len(new) > 1:
        count = NUMBERS[len(new)].upper() if len(new) < len(NUMBERS) else "EACH"
        asks = words.say("upload-one-or-many", count=count)
        parts.append(Paragraph(asks))
        clauses.append(Clause(asks))
        value = ",".join(str(each.number) for each in new)
        actions = (
            Button(words.say("upload-one-label"), "certificate-one", value, words.say("upload-one-typed")),
            Button(words.say("upload-each-label"), "certificate-each", value, count),
        )
    elif new:
        asks = _next(new[0], words)
        parts.append(Paragraph(asks))
        clauses.append(Clause(asks))
        actions = _actions(new[0], words)
    else:
        if any(not isinstance(each, SentBeforeFacts) for each in facts.of_each):
            parts.append(Note(words.say("upload-nothing-added")))
            clauses.append(Clause(words.say("upload-nothing-added")))
        actions = _for_known(facts.of_each, words)
    return Message(
        kind=MessageKind.UPLOAD_TAKEN,
        title=words.say("upload-taken-title"),
        body=tuple(parts),
        sms=tuple(clauses),
        actions=actions or buttons((Reply.STATUS, Reply.HUMAN), words),
    )


def _for_known(sent: Sequence[OneSent], words: Words) -> tuple[Button, ...]:
    known = [each for each in sent if isinstance(each, SentBeforeFacts)]
    if len(known) != 1 or len(sent) != 1:
        return ()
    value = str(known[0].number)
    return (Button(words.say("upload-new-label"), "certificate-new", value, words.say("upload-new-typed")),)


def _not_new(each: RefusedFacts | SentBeforeFacts | SpilledFacts, words: Words) -> str:
    match each:
        case RefusedFacts():
            return words.say(f"file-refused-{each.code}")
        case SentBeforeFacts():
            return words.say(
                "upload-known",
                upload=called(each.number),
                state=words.say(f"upload-state-{each.state}"),
                when=wording.moment(each.since, words),
            )
        case SpilledFacts():
            return words.say(
                "upload-spilled",
                what=words.say(f"spill-{each.kind}"),
                name=shortened(each.custodian, NAME_ROOM) or words.say("coordinator-unnamed"),
            )


def shown(facts: UploadFacts, words: Words) -> Message:
    """The same upload again: as it is said now, or how it stands."""
    return _one(facts, words, "")


def _one(facts: UploadFacts, words: Words, lead: str) -> Message:
    number = called(facts.number)
    said = _values(facts, words, with_source=bool(lead))
    first = f"{lead} {said}" if lead else words.say("upload-line", upload=number, values=said)
    parts: list[Part] = [Paragraph(first)]
    clauses = [Clause(first)]
    if facts.entries and facts.state == "received" and not facts.reading:
        parts.append(_table(facts, words))
    for text, priority in _remarks(facts, words) if lead else ():
        parts.append(Paragraph(text))
        clauses.append(Clause(text, priority))
    last = _next(facts, words)
    parts.append(Paragraph(last))
    clauses.append(Clause(last))
    return Message(
        kind=MessageKind.UPLOAD,
        title=words.say("upload-title", upload=number),
        body=tuple(parts),
        sms=tuple(clauses),
        actions=_actions(facts, words),
    )


def _values(facts: UploadFacts, words: Words, *, with_source: bool = False) -> str:
    """The values, with where they come from if wanted; of several classes how many."""
    if facts.reading:
        return words.say("upload-reading")
    if len(facts.entries) > 1:
        titles = wording.first_of(
            [each.title or words.say("value-untitled") for each in facts.entries], 3, words
        )
        return words.say_many("upload-several", len(facts.entries), titles=titles)
    entry = facts.entries[0] if facts.entries else EntryFacts()
    values = values_text(entry, words)
    who = set(entry.sources.values())
    if not with_source or not who:
        return words.say("upload-values", values=values)
    source = "both" if {"read", "officer"} <= who else "file" if "read" in who else "text"
    return words.say(f"upload-from-{source}", values=values)


def _table(facts: UploadFacts, words: Words) -> Part:
    if len(facts.entries) > 1:
        columns = tuple(words.say(f"column-{name}") for name in ("title", "date", "hours"))
        rows = tuple(
            (
                each.title or words.say("value-untitled"),
                days_text(each, words) or words.say("value-not-read"),
                wording.hours(each.hours, words) if each.hours is not None else words.say("value-not-read"),
            )
            for each in facts.entries
        )
        return Table("", columns, rows)
    return entry_facts(facts.entries[0], words)


def _remarks(facts: UploadFacts, words: Words) -> list[tuple[str, int]]:
    """What its sender should know before saying that it is right; the number is the priority of the clause."""
    if facts.state != "received":
        return []
    found = []
    if facts.earlier is not None:
        found.append((words.say("upload-earlier", when=wording.moment(facts.earlier, words)), 1))
    if facts.reading:
        return found
    if not facts.was_read:
        found.append((words.say("upload-unreadable"), 1))
    elif not facts.is_proof:
        found.append((words.say("upload-no-proof", upload=called(facts.number)), 0))
    if facts.same_as is not None:
        found.append((words.say("upload-same-look", other=called(facts.same_as)), 1))
    return found


def _next(facts: UploadFacts, words: Words) -> str:
    """The one thing to do now."""
    number = called(facts.number)
    if facts.state != "received":
        return state_text(facts, words)
    if facts.reading:
        return words.say("upload-ask-later", upload=number)
    if facts.unclear is not None:
        return unclear_text(facts.unclear, words)
    if not facts.missing:
        return words.say("upload-all-there")
    asked = wording.listed([words.say(f"value-needed-{dashed(name)}") for name in facts.missing])
    example = wording.listed([words.say(f"value-example-{dashed(name)}") for name in facts.missing])
    if facts.files and len(facts.entries) > 1:
        return words.say("upload-needed-in-list", values=asked, upload=number)
    return words.say("upload-needed", values=asked, example=example)


def unclear_text(unclear: UnclearFacts, words: Words) -> str:
    """The question, with days and hours as a reader says them."""
    said = dict(unclear.facts)
    for name, value in said.items():
        if name in ("day", "read", "said"):
            said[name] = _said_value(value, words)
    return words.say(f"unclear-{unclear.code}", **said)


def _said_value(value: str, words: Words) -> str:
    try:
        return wording.day_with_year(date.fromisoformat(value), words)
    except ValueError:
        return wording.hours(Decimal(value), words)


def state_text(facts: UploadFacts, words: Words) -> str:
    """``It is in review with P. Nair since 14:10.``: said behind its number."""
    when = wording.moment(facts.since, words) if facts.since is not None else ""
    who = shortened(facts.who, NAME_ROOM) or words.say("coordinator-unnamed")
    match facts.state:
        case "in-review":
            return words.say("upload-in-review", name=who, when=when)
        case "returned":
            why = words.say(f"return-{facts.reason}") if facts.reason else ""
            text = words.say("upload-returned", name=who, why=why or words.say("return-other"))
            return f"{text} {words.say('upload-returned-words', words=facts.words)}" if facts.words else text
        case "recorded":
            return words.say("upload-recorded", name=who, when=when)
        case state:
            return words.say(f"upload-is-{state}")


def reminder(facts: UploadFacts, words: Words) -> Message:
    """It still waits for its sender's word; said once."""
    return _one(facts, words, words.say("upload-still-waits", upload=called(facts.number)))


def sent(number: int, who: Sequence[str], told: bool, words: Words) -> Message:
    """It is with whoever reviews, and not on record before that."""
    if not who:
        text = words.say("upload-sent-nobody", upload=called(number))
    else:
        name = wording.joined_or([shortened(each, NAME_ROOM) for each in who[:2]], words)
        text = words.say("upload-sent" if told else "upload-listed", name=name)
    ask = words.say("upload-ask", upload=called(number))
    return _short(MessageKind.UPLOAD_SENT, number, (text, ask), words)


def done(code: UploadCode, number: int, words: Words) -> Message:
    """What became of a wish about an upload: ``upload-done-<code>``."""
    known = named(words.sentence(f"upload-done-{code}"), {"upload": called(number)})
    return _short(MessageKind.UPLOAD_DONE, number, (words.say(f"upload-done-{code}", **known),), words)


def too_late(facts: UploadFacts, words: Words) -> Message:
    """What was said of a certificate that is its sender's no more: that it was not added, and what can be done."""
    upload = called(facts.number)
    step = f"upload-too-late-{facts.state}"
    texts = (
        words.say("upload-line", upload=upload, values=state_text(facts, words)),
        words.say("upload-not-added"),
        words.say(f"upload-too-late-{facts.state}", **named(words.sentence(step), {"upload": upload})),
    )
    back = Button(
        words.say("upload-withdraw-label"),
        "certificate-withdraw",
        str(facts.number),
        words.say("upload-withdraw-typed", upload=upload),
    )
    replies = buttons((Reply.STATUS, Reply.HUMAN), words)
    return Message(
        kind=MessageKind.UPLOAD_DONE,
        title=words.say("upload-title", upload=upload),
        body=tuple(Paragraph(each) for each in texts),
        sms=tuple(Clause(each) for each in texts),
        actions=(back, *replies) if facts.state == "in-review" else replies,
    )


def _short(kind: MessageKind, number: int, texts: Sequence[str], words: Words) -> Message:
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=kind,
        title=words.say("upload-title", upload=called(number)) if number else words.say("upload-taken-title"),
        body=tuple(Paragraph(each) for each in texts),
        sms=tuple(Clause(each, min(place, 1)) for place, each in enumerate(texts)),
        actions=buttons(replies, words),
    )


def _actions(facts: UploadFacts, words: Words) -> tuple[Button, ...]:
    value = str(facts.number)
    number = called(facts.number)
    if facts.state not in ("received", "returned") or facts.reading:
        return (Button(words.say("uploads-label"), "my-certificates", "", words.say("uploads-typed")),)
    ok = Button(words.say("upload-ok-label"), "certificate-ok", value, words.say("upload-ok-typed"))
    correct = Button(
        words.say("upload-correct-label"),
        "certificate-correct",
        value,
        words.say("upload-correct-typed", upload=number),
    )
    back = Button(
        words.say("upload-withdraw-label"),
        "certificate-withdraw",
        value,
        words.say("upload-withdraw-typed", upload=number),
    )
    return (ok, correct, back) if facts.complete else (correct, back)


def mine(facts: MineFacts, words: Words) -> Message:
    """What somebody sent, newest first, each with how it stands."""
    pages = Pages(len(facts.uploads), facts.lines, facts.page)
    listed = pages.of(facts.uploads)
    head = words.say_many("uploads-found", len(facts.uploads)) if facts.uploads else words.say("uploads-none")
    columns = tuple(words.say(f"column-{name}") for name in ("what", "state", "certificate"))
    rows = tuple(
        (
            _values(each, words),
            words.say(f"upload-state-{_state(each)}"),
            called(each.number),
        )
        for each in listed
    )
    opening = tuple(
        Button(called(each.number), "certificate", str(each.number), called(each.number)) for each in listed
    )
    replies = (Reply.STATUS, Reply.MENU) if pages.is_last else (Reply.MORE, Reply.MENU)
    return Message(
        kind=MessageKind.UPLOADS,
        title=words.say("uploads-title"),
        body=(Paragraph(head), *((Table("", columns, rows, opening),) if rows else ())),
        sms=(
            Clause(head),
            *(
                Clause(
                    words.say(
                        "upload-state-line",
                        upload=called(each.number),
                        state=words.say(f"upload-state-{_state(each)}"),
                    ),
                    2,
                )
                for each in listed
            ),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _state(facts: UploadFacts) -> str:
    if facts.state == "received" and not facts.complete:
        return "reading" if facts.reading else "needs-info"
    return facts.state
