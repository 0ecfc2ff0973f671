"""Who decides what somebody asks for, in words: each step, when a request has it, and why it is this person."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words, named


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenFacts:
    """When a request has a step, or is checked; nothing at all: always."""

    over_cost: Decimal | None = None
    over_days: int | None = None
    over_hours: Decimal | None = None
    over_miles: int | None = None
    over_budget: bool = False
    out_of_town: bool = False
    on_duty: bool = False
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproverWhyFacts:
    """One reason of the chain: ``approver-why-<code>``, and of whom it is said."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeciderFacts:
    """Who decides a step now; ``name`` is empty where nobody of the agency may. ``who`` is ``decides-<code>``."""

    who: str
    name: str
    in_place_of: str = ""
    when: WhenFacts = WhenFacts()
    why: tuple[ApproverWhyFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoApprovesFacts:
    """Every step that a request of the reader's can have, by which version of the rules."""

    steps: tuple[DeciderFacts, ...]
    version: int


def who_approves(facts: WhoApprovesFacts, words: Words) -> Message:
    """Step by step: when, who, and what it is that makes it them."""
    lines = [" ".join((_step(each, words), *_reasons(each, words))) for each in facts.steps]
    kept = words.say("who-approves-kept", version=facts.version)
    replies = (Reply.STATUS, Reply.MENU)
    first, *others = lines
    return Message(
        kind=MessageKind.WHO_APPROVES,
        title=words.say("who-approves-title"),
        body=(*(Paragraph(each) for each in lines), Note(kept)),
        sms=(Clause(first), *(Clause(each, 1) for each in others), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _step(facts: DeciderFacts, words: Words) -> str:
    when = condition(facts.when, words)
    step = words.say(f"decides-{facts.who}")
    if not facts.name:
        return words.say("who-approves-nobody", step=step, when=when)
    name = shortened(facts.name, NAME_ROOM)
    if facts.in_place_of:
        whose = shortened(facts.in_place_of, NAME_ROOM)
        return words.say("who-approves-for", name=name, step=step, whose=whose, when=when)
    return words.say("who-approves", name=name, step=step, when=when)


def _reasons(facts: DeciderFacts, words: Words) -> Iterator[str]:
    for each in facts.why:
        name = shortened(each.name, NAME_ROOM) if each.name else words.say("who-saw-unnamed")
        sentence = words.sentence(f"approver-why-{each.code}")
        yield words.say(f"approver-why-{each.code}", **named(sentence, {"name": name}))


def condition(when: WhenFacts, words: Words) -> str:
    """``over $500 or over 3 days``, ``always``; the units in front."""
    parts = list(_parts(when, words))
    said = wording.joined_or(parts, words) if parts else words.say("when-always")
    if not when.units:
        return said
    return words.say("when-units", units=wording.joined_or(list(when.units), words), when=said)


def _parts(when: WhenFacts, words: Words) -> Iterator[str]:
    if when.over_cost is not None:
        if when.over_cost:
            yield words.say("when-over-cost", amount=wording.number(when.over_cost))
        else:
            yield words.say("when-any-cost")
    if when.over_days is not None:
        yield words.say("when-over", what=wording.days(when.over_days, words))
    if when.over_hours is not None:
        yield words.say("when-over", what=wording.hours(when.over_hours, words))
    if when.over_miles is not None:
        yield words.say_many("when-farther", when.over_miles)
    if when.over_budget:
        yield words.say("when-over-budget")
    if when.out_of_town:
        yield words.say("when-out-of-town")
    if when.on_duty:
        yield words.say("when-on-duty")
