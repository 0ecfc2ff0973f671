"""A certificate as whoever reviews it reads it: the facts to check, what to do, and no recommendation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from messages import wording
from messages.acts import ActFacts, came_to, names
from messages.answer import NAME_ROOM, StatusFacts, short_answer
from messages.clauses import Clause, shortened
from messages.entry_form import EntryFormFacts, entry_fields, which
from messages.entry_values import EntryFacts, dashed, entry_facts, values_text
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.lines import line_label, progress_text
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    Field,
    Form,
    Message,
    Note,
    Paragraph,
    Part,
    TextField,
)
from messages.replies import Reply, buttons
from messages.review_checks import checks
from messages.uploads import called
from messages.words import Words
from rules.standing import StandingLine

ReviewCode = Literal[
    "confirm-first",
    "decided",
    "no-link",
    "none",
    "open-first",
    "opened",
    "own",
    "recorded",
    "referred",
    "returned",
    "type-first",
    "why-first",
]
SettledCode = Literal["recorded", "referred", "returned", "withdrawn"]
DECISIONS = ("approve", "return", "refer")
RETURN_REASONS = (
    "unreadable",
    "not-complete",
    "wrong-person",
    "wrong-values",
    "not-finished",
    "recorded-already",
    "other",
)
LINES = 3
# A class may move a total, its topics and what lives on their surplus; more than these bury the rest.
MOST_MOVES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """One duty as it stands, and as it would stand with the certificate on record."""

    before: StandingLine
    after: StandingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """One upload for its reviewer. ``person_name`` is what the paper says; ``doubts`` and ``flags`` are codes.

    ``same_as`` are uploads of the same sender with the same file, or one that looks the same;
    ``on_record`` records of the same day that look alike; ``moves`` duties that it would bring on.
    """

    number: int
    who: str
    badge: str
    at: datetime
    channel: str
    entries: tuple[EntryFacts, ...]
    kind: str
    person_name: str = ""
    doubts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    held_by_another: bool = False
    same_as: tuple[int, ...] = ()
    other_name: bool = False
    on_record: tuple[str, ...] = ()
    moves: tuple[MoveFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFormFacts:
    """The form of one review: what was entered so far, and what is wrong with it.

    ``must`` names the values that have to be confirmed, ``typed`` those of them that the reviewer types.
    """

    entry: EntryFormFacts
    topics: tuple[tuple[str, str], ...] = ()
    chosen_topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    decision: str = ""
    reason: str = ""
    words: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledFacts:
    """What became of an upload, by whom and when: ``review-settled-<code>``."""

    code: SettledCode
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDoneFacts(ActFacts):
    """What became of an act of a reviewer: ``review-<code>``."""

    code: ReviewCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFacts:
    """What its sender reads once it is on record: the values, who approved it, and where they stand now."""

    number: int
    entries: tuple[EntryFacts, ...]
    who: str
    at: datetime
    status: StatusFacts | None = None
    closed: tuple[str, ...] = ()


def card(facts: CardFacts, words: Words) -> Message:
    """Who sent what, each value with who said it, and what a person should look at."""
    head = _head(facts, words)
    remarks = _remarks(facts, words)
    values = "; ".join(values_text(each, words) for each in facts.entries)
    how = words.say("review-how")
    return Message(
        kind=MessageKind.REVIEW_CARD,
        title=words.say("review-title", upload=called(facts.number)),
        body=(
            Paragraph(head),
            *(entry_facts(each, words) for each in facts.entries),
            *(Paragraph(each) for each in remarks),
            Note(how),
        ),
        sms=(
            Clause(head),
            Clause(wording.sentence(values), 1),
            *(Clause(each, 2) for each in remarks),
            Clause(how),
        ),
        actions=_actions(facts, words),
    )


def settled(facts: CardFacts, became: SettledFacts, words: Words) -> Message:
    """The card once somebody has decided: what became of it first, and nothing left to press."""
    said = words.say(
        f"review-settled-{became.code}",
        upload=called(facts.number),
        name=shortened(became.who, NAME_ROOM),
        when=wording.moment(became.at, words),
    )
    head = _head(facts, words)
    return Message(
        kind=MessageKind.REVIEW_CARD,
        title=words.say("review-title", upload=called(facts.number)),
        body=(
            Paragraph(said),
            Paragraph(head),
            *(entry_facts(each, words) for each in facts.entries),
        ),
        sms=(Clause(said),),
    )


def title(number: int, words: Words) -> str:
    """What a page with the file is headed by."""
    return words.say("review-title", upload=called(number))


def fields(facts: CardFacts, words: Words) -> tuple[tuple[str, str], ...]:
    """The values beside the file, and what else a person should weigh."""
    rows = [(row.label, row.value) for each in facts.entries for row in entry_facts(each, words).rows]
    return (
        (words.say("column-who"), f"{facts.who} ({facts.badge})"),
        *rows,
        *((words.say("review-note"), each) for each in _remarks(facts, words)),
    )


def _head(facts: CardFacts, words: Words) -> str:
    return words.say(
        "review-head",
        upload=called(facts.number),
        name=shortened(facts.who, NAME_ROOM),
        badge=facts.badge,
        when=wording.moment(facts.at, words),
        door=words.say(f"trail-via-{facts.channel}"),
    )


def _remarks(facts: CardFacts, words: Words) -> list[str]:
    """Facts that only a person can weigh. Nothing is asked of the sender about them."""
    found = []
    if facts.other_name:
        found.append(words.say("review-other-name", name=shortened(facts.person_name, NAME_ROOM)))
    if facts.held_by_another:
        found.append(words.say("review-held-by-another"))
    found += [words.say("review-same-as", upload=called(each)) for each in facts.same_as]
    if facts.kind in ("not_certificate", "unreadable"):
        found.append(words.say(f"review-kind-{dashed(facts.kind)}"))
    found += [words.say("review-on-record", record=each) for each in facts.on_record]
    found += [words.say(f"doubt-{each}") for each in facts.doubts]
    found += [words.say(f"file-flag-{each}") for each in facts.flags]
    found.append(_moves(facts.moves, words))
    return found


def _moves(moves: Sequence[MoveFacts], words: Words) -> str:
    """``If recorded: Autism 0 of 4 h to 4 of 4 h``; that it moves nothing is a fact to weigh as well."""
    if not moves:
        return words.say("review-moves-nothing")
    said = [
        words.say(
            "review-move",
            label=line_label(each.after, words),
            before=_place(each.before, words),
            after=_place(each.after, words),
        )
        for each in moves
    ]
    return words.say("review-moves", what=wording.first_of(said, MOST_MOVES, words))


def _place(line: StandingLine, words: Words) -> str:
    if line.hours_counted is None or line.hours_required is None:
        return words.say(f"state-{line.state.value}")
    return progress_text(line, words)


def _actions(facts: CardFacts, words: Words) -> tuple[Button, ...]:
    return (_button("open", facts.number, words), _button("review", facts.number, words))


def _button(name: Literal["open", "review"], number: int, words: Words) -> Button:
    typed = words.say(f"review-{name}-typed", upload=called(number))
    return Button(words.say(f"review-{name}-label"), f"{name}-certificate", str(number), typed)


def form(facts: CardFacts, entered: ReviewFormFacts, words: Words) -> Message:
    """The card with the form in which it is decided."""
    message = card(facts, words)
    built = _form(facts, entered, words)
    if built.errors:
        lead: tuple[Part, ...] = (Paragraph(errors_lead(built, words)),)
        clauses: tuple[Clause, ...] = (
            Clause(errors_lead(built, words)),
            *error_clauses(built, words, 1),
        )
    else:
        lead, clauses = (), message.sms
    return Message(
        kind=MessageKind.REVIEW_CARD,
        title=message.title,
        body=(*lead, *message.body),
        sms=clauses,
        actions=_actions(facts, words)[:1],
        form=built,
    )


def _form(facts: CardFacts, entered: ReviewFormFacts, words: Words) -> Form:
    upload = called(facts.number)
    topics: tuple[Field, ...] = (
        (
            ChoiceField(
                name="topics",
                label=words.say("value-topics"),
                choices=tuple(Choice(value, label) for value, label in entered.topics),
                value=entered.chosen_topics,
                required=False,
                many=True,
            ),
        )
        if entered.topics
        else ()
    )
    built = Form(
        title=words.say("review-title", upload=upload),
        route="review-certificate",
        value=str(facts.number),
        submit=words.say("review-submit"),
        fields=(
            which(entered.entry, words),
            *checks(entered.must, entered.typed, entered.confirmed, words),
            ChoiceField(
                name="decision",
                label=words.say("review-decision"),
                choices=tuple(Choice(each, words.say(f"review-decision-{each}")) for each in DECISIONS),
                value=(entered.decision,) if entered.decision else (),
            ),
            ChoiceField(
                name="reason",
                label=words.say("review-reason"),
                choices=tuple(Choice(each, words.say(f"return-{each}")) for each in RETURN_REASONS),
                value=(entered.reason,) if entered.reason else (),
                required=False,
            ),
            TextField(
                name="words",
                label=words.say("review-words"),
                value=entered.words,
                required=False,
                lines=LINES,
            ),
            *entry_fields(entered.entry, words),
            *topics,
        ),
    )
    return with_errors(built, entered.errors, words)


def decided(facts: ReviewDoneFacts, words: Words) -> Message:
    """What became of an act, ``review-<code>``."""
    text = words.say(f"review-{facts.code}", **names(facts, words.sentence(f"review-{facts.code}"), words))
    title = (
        words.say("review-title", upload=called(facts.number)) if facts.number else words.say("reviews-title")
    )
    if facts.code == "open-first":
        step = _button("open", facts.number, words)
    elif facts.code in ("confirm-first", "type-first", "opened"):
        step = _button("review", facts.number, words)
    else:
        step = Button(words.say("reviews-label"), "reviews", "", words.say("reviews-typed"))
    return came_to(MessageKind.REVIEW_DONE, title, text, facts, (step,), words)


def recorded(facts: RecordedFacts, words: Words) -> Message:
    """It is on record: what it says, by whom, where its sender stands now, and that the state has not got it."""
    values = "; ".join(values_text(each, words) for each in facts.entries[:2])
    text = words.say(
        "recorded",
        upload=called(facts.number),
        values=values,
        name=shortened(facts.who, NAME_ROOM),
        when=wording.moment(facts.at, words),
    )
    closes = words.say("recorded-closes", what=wording.listed(facts.closed)) if facts.closed else ""
    filing = words.say("recorded-filing")
    stands: list[str] = []
    clauses: list[Clause] = []
    if facts.status is not None:
        answer = short_answer(facts.status, words)
        stands.append(" ".join([answer.lead, *(each.text for each in answer.clauses)]))
        clauses = [Clause(answer.lead, 1), *(each for each in answer.clauses)]
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.UPLOAD_DECIDED,
        title=words.say("upload-title", upload=called(facts.number)),
        body=(
            Paragraph(text),
            *((Paragraph(closes),) if closes else ()),
            *(Paragraph(each) for each in stands),
            Note(filing),
        ),
        sms=(
            Clause(text),
            *((Clause(closes, 2),) if closes else ()),
            *clauses,
            Clause(filing, 0),
        ),
        actions=buttons(replies, words),
    )


def returned(number: int, who: str, reason: str, text: str, words: Words) -> Message:
    """It came back, with the reason and what to do."""
    upload = called(number)
    parts = [
        words.say(
            "returned", upload=upload, why=words.say(f"return-{reason}"), name=shortened(who, NAME_ROOM)
        )
    ]
    if text:
        parts.append(words.say("returned-words", words=text))
    parts.append(words.say("returned-next", upload=upload))
    return _to_sender(number, parts, words)


def referred(number: int, words: Words) -> Message:
    """A person has it; nothing is asked."""
    return _to_sender(number, [words.say("upload-referred", upload=called(number))], words)


def _to_sender(number: int, parts: Sequence[str], words: Words) -> Message:
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.UPLOAD_DECIDED,
        title=words.say("upload-title", upload=called(number)),
        body=tuple(Paragraph(each) for each in parts),
        sms=tuple(Clause(each, 1 if 0 < place < len(parts) - 1 else 0) for place, each in enumerate(parts)),
        actions=buttons(replies, words),
    )
