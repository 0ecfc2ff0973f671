"""Who decides in whose place, in words: the list, the form, what became of it, and what both persons are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import Button, DateField, Form, Message, Note, Paragraph, TextField
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named

DelegationCode = Literal[
    "begun",
    "ended",
    "none",
    "not-able",
    "not-theirs",
    "not-yours",
    "oneself",
    "past",
    "several",
    "unknown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationFacts:
    """One delegation. ``number`` is for the button that ends it, 0 where the reader may not."""

    whose: str
    to: str
    starts_at: datetime
    ends_at: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationsFacts:
    """All that the reader is a part of or keeps; ``may_begin``: they decide requests themselves."""

    found: tuple[DelegationFacts, ...]
    may_begin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationFormFacts:
    """What was entered so far. ``for_others``: the reader may have somebody decide for a person who is away."""

    to: str = ""
    whose: str = ""
    first: date | None = None
    last: date | None = None
    for_others: bool = False
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationDoneFacts:
    """What an act came to: ``delegation-done-<code>``; ``written`` is a name that was not known."""

    code: DelegationCode
    what: DelegationFacts | None = None
    written: str = ""


def listed(facts: DelegationsFacts, words: Words) -> Message:
    """Each with the button that ends it."""
    lines = [_line(each, words) for each in facts.found] or [words.say("delegations-none")]
    how = words.say("delegations-how") if facts.may_begin else ""
    actions = tuple(
        Button(
            words.say("delegation-end-label", name=shortened(each.to, NAME_ROOM)),
            "end-delegation",
            str(each.number),
            words.say("delegation-end-typed", number=each.number),
        )
        for each in facts.found
        if each.number
    )
    begin = (
        (Button(words.say("delegation-begin-label"), "delegate", "", words.say("delegation-begin-typed")),)
        if facts.may_begin
        else ()
    )
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.DELEGATIONS,
        title=words.say("delegations-title"),
        body=(*(Paragraph(each) for each in lines), *((Note(how),) if how else ())),
        sms=(
            *(Clause(each, 1) for each in lines),
            *((Clause(how, 2),) if how else ()),
            reply_clause(replies, words),
        ),
        actions=(*actions, *begin, *buttons(replies, words)),
    )


def _line(facts: DelegationFacts, words: Words) -> str:
    said = {"name": shortened(facts.to, NAME_ROOM), "whose": shortened(facts.whose, NAME_ROOM)}
    since = wording.moment(facts.starts_at, words)
    if facts.ends_at is None:
        return words.say("delegation-open", since=since, **said)
    # The end of a day is said as that day.
    ends = facts.ends_at
    until = (
        words.say("delegation-day", day=wording.day_with_year(ends.date() - timedelta(days=1), words))
        if ends.time() == time()
        else wording.moment(ends, words)
    )
    return words.say("delegation-until", since=since, until=until, **said)


def form(facts: DelegationFormFacts, words: Words) -> Message:
    """Who decides, from when until when."""
    whose = TextField(
        name="whose", label=words.say("delegation-form-whose"), value=facts.whose, required=False
    )
    made = with_errors(
        Form(
            title=words.say("delegations-title"),
            route="delegate",
            submit=words.say("delegation-form-submit"),
            fields=(
                TextField(name="to", label=words.say("delegation-form-to"), value=facts.to),
                *((whose,) if facts.for_others else ()),
                DateField(
                    name="first",
                    label=words.say("delegation-form-first"),
                    value=facts.first,
                    required=False,
                ),
                DateField(
                    name="last", label=words.say("delegation-form-last"), value=facts.last, required=False
                ),
            ),
        ),
        facts.errors,
        words,
    )
    lead = errors_lead(made, words) if made.errors else words.say("delegation-form-lead")
    clauses = error_clauses(made, words, 1) if made.errors else (Clause(words.say("delegations-how")),)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.DELEGATIONS,
        title=words.say("delegations-title"),
        body=(Paragraph(lead),),
        sms=(Clause(lead), *clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=made,
    )


def done(facts: DelegationDoneFacts, words: Words) -> Message:
    """What became of an act."""
    known: dict[str, str | int] = {"written": shortened(facts.written, NAME_ROOM)}
    if facts.what is not None:
        known |= {
            "name": shortened(facts.what.to, NAME_ROOM),
            "whose": shortened(facts.what.whose, NAME_ROOM),
            "line": _line(facts.what, words),
        }
    sentence = words.sentence(f"delegation-done-{facts.code}")
    text = words.say(f"delegation-done-{facts.code}", **named(sentence, known))
    shown = Button(words.say("delegations-title"), "delegations", "", words.say("delegations-typed"))
    return Message(
        kind=MessageKind.DELEGATIONS,
        title=words.say("delegations-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(shown, words)),
        actions=(shown,),
    )


def told(what: DelegationFacts, who: str, *, ended: bool, words: Words) -> Message:
    """To both persons: what holds from now on, and who said so."""
    known: dict[str, str | int] = {
        "name": shortened(what.to, NAME_ROOM),
        "whose": shortened(what.whose, NAME_ROOM),
        "who": shortened(who, NAME_ROOM),
        "line": _line(what, words),
    }
    sentence = words.sentence(f"delegation-told-{'ended' if ended else 'begun'}")
    text = words.say(f"delegation-told-{'ended' if ended else 'begun'}", **named(sentence, known))
    shown = Button(words.say("delegations-title"), "delegations", "", words.say("delegations-typed"))
    return Message(
        kind=MessageKind.DELEGATION_TOLD,
        title=words.say("delegations-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(shown, words)),
        actions=(shown,),
    )
