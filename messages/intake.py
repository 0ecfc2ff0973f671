"""What is held of somebody from another agency? One row for each duty: evidence held, claimed, or unknown."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Message, Note, Paragraph, Table
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

SHOWN_RECORDS = 3
TEXT_ROOM = 40
LOOKS = ("evidence", "part", "claimed", "unknown")


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """One record: the day, its hours (zero where they are no measure); backing is evidence, claimed or doubtful.

    ``held_at``: another agency of this installation, where the evidence lies.
    """

    on: date
    hours: Decimal
    backing: str
    held_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDutyFacts:
    """One duty; ``held`` is evidence, part, claimed or unknown."""

    short: str
    label: str
    held: str
    records: tuple[HeldFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFacts:
    """Everything that may be owed by one person."""

    name: str
    duties: tuple[IntakeDutyFacts, ...]
    packs: tuple[str, ...]


def intake(facts: IntakeFacts, words: Words) -> Message:
    """Counts first, then the table by duty."""
    counts = [(look, sum(each.held == look for each in facts.duties)) for look in LOOKS]
    head = words.say_many("intake-head", len(facts.duties), name=facts.name)
    columns = tuple(words.say(f"intake-column-{name}") for name in ("duty", "held", "records"))
    rows = tuple(
        (
            words.say("intake-duty", short=each.short, label=each.label),
            words.say(f"intake-{each.held}"),
            _records(each, words),
        )
        for each in facts.duties
    )
    replies = (Reply.STATUS, Reply.MENU)
    open_duties = [each for each in facts.duties if each.held != "evidence"]
    said = [words.say("intake-count", held=words.say(f"intake-{look}"), n=n) for look, n in counts if n]
    return Message(
        kind=MessageKind.INTAKE,
        title=words.say("intake-title", name=facts.name),
        body=(
            Paragraph(head),
            Facts(tuple(Fact(words.say(f"intake-{look}"), str(n)) for look, n in counts if n)),
            *((Table(words.say("intake-table"), columns, rows),) if rows else ()),
            Note(words.say("intake-meaning")),
            Note(words.say("intake-packs", packs=wording.joined_and(facts.packs, words))),
        ),
        sms=(
            Clause(head),
            *((Clause(words.say("intake-counts", counts="; ".join(said)), 1),) if said else ()),
            *(
                Clause(
                    words.say(
                        "intake-line",
                        duty=shortened(each.short, TEXT_ROOM),
                        held=words.say(f"intake-{each.held}"),
                    ),
                    2,
                )
                for each in open_duties[:SHOWN_RECORDS]
            ),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def whose_intake(words: Words) -> Message:
    """Nobody was named: how to name somebody."""
    text = words.say("intake-whose")
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.INTAKE,
        title=words.say("intake-whose-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _records(duty: IntakeDutyFacts, words: Words) -> str:
    """The days and hours, newest last; what is only claimed is called so."""
    if not duty.records:
        return words.say("intake-none")
    shown = [_record(each, words) for each in duty.records[-SHOWN_RECORDS:]]
    more = len(duty.records) - len(shown)
    text = "; ".join(shown)
    return words.say_many("intake-more", more, records=text) if more else text


def _record(record: HeldFacts, words: Words) -> str:
    day = wording.day_with_year(record.on, words)
    text = (
        words.say("intake-record", day=day, hours=wording.hours(record.hours, words)) if record.hours else day
    )
    if record.held_at:
        text = words.say("intake-record-elsewhere", record=text, agency=record.held_at)
    return text if record.backing == "evidence" else words.say(f"intake-record-{record.backing}", record=text)
