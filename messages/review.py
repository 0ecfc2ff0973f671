"""A certificate as whoever reviews it reads it: the facts to check, and no recommendation."""

from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part
from messages.uploads import EntryFacts, called, entry_facts, values_text
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """One upload for its reviewer. ``person_name`` is what the paper says; ``doubts`` and ``flags`` are codes."""

    number: int
    who: str
    badge: str
    at: datetime
    channel: str
    entries: tuple[EntryFacts, ...]
    files: int
    kind: str
    person_name: str = ""
    doubts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    held_by_another: bool = False
    step: str = "in-review"


def card(facts: CardFacts, words: Words) -> Message:
    """Who sent what, each value with who said it, and what a person should look at."""
    number = called(facts.number)
    head = words.say(
        "review-head", upload=number, name=facts.who, badge=facts.badge, when=wording.moment(facts.at, words)
    )
    values = "; ".join(values_text(each, words) for each in facts.entries)
    parts: list[Part] = [Paragraph(head)]
    parts += [entry_facts(each, words) for each in facts.entries]
    parts.append(Note(words.say("review-how")))
    return Message(
        kind=MessageKind.REVIEW_CARD,
        title=words.say("review-title", upload=number),
        body=tuple(parts),
        sms=(Clause(head), Clause(values, 1), Clause(words.say("review-how"))),
        actions=(
            Button(
                words.say("review-label"),
                "review-certificate",
                str(facts.number),
                words.say("review-typed", upload=number),
            ),
        ),
    )
