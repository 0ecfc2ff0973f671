"""What was missed, and what a week or a month came to: due against taken against arrived. Blames nobody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Button, Message, Paragraph
from messages.replies import button_clause
from messages.words import Words


class Cause(StrEnum):
    """Why a reminder was missed; the catalogue holds ``missed-<value>`` for each."""

    NOT_PLANNED = "not-planned"
    NOT_JUDGED = "not-judged"
    STUCK = "stuck"
    DOUBT = "doubt"
    NOT_TAKEN = "not-taken"


@dataclass(frozen=True, slots=True)
class MissedFacts:
    """How many, by cause."""

    by_cause: tuple[tuple[Cause, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What became of the reminders of some days."""

    first: date
    last: date
    due: int
    taken: int
    arrived: int
    lost: int
    waiting: int
    cancelled: int


def missed(facts: MissedFacts, words: Words) -> Message:
    """How many in all, then each cause; who it is stands in a list."""
    head = words.say_many("missed", sum(n for _, n in facts.by_cause))
    lines = [words.say_many(f"missed-{cause.value}", n) for cause, n in facts.by_cause]
    ask = Button(words.say("unreached-ask-label"), "unreached", "", words.say("unreached-ask-typed"))
    return Message(
        kind=MessageKind.SELF_CHECK,
        title=words.say("missed-title"),
        body=tuple(map(Paragraph, (head, *lines))),
        sms=(Clause(head), *(Clause(each, 1) for each in lines), button_clause(ask, words)),
        actions=(ask,),
    )


def report(facts: ReportFacts, words: Words) -> Message:
    """Whether it matches, first; then the figures."""
    span = wording.span(facts.first, facts.last, words)
    if facts.lost:
        head = words.say_many("self-check-lost", facts.lost, span=span, due=str(facts.due))
    else:
        head = words.say("self-check-well", span=span, due=str(facts.due))
    figures = words.say(
        "self-check-figures",
        taken=str(facts.taken),
        arrived=str(facts.arrived),
        waiting=str(facts.waiting),
        cancelled=str(facts.cancelled),
    )
    return Message(
        kind=MessageKind.SELF_CHECK,
        title=words.say("self-check-title"),
        body=(Paragraph(head), Paragraph(figures)),
        sms=(Clause(head), Clause(figures, 1)),
    )
