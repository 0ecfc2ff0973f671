"""The rules of review in words: what is in force, what waits for a second person, what was before, and the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from messages import second_person, wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import dashed, value_label
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
    Choice,
    ChoiceField,
    Field,
    Form,
    Message,
    Note,
    NumberField,
    Paragraph,
    Part,
    Table,
    TextField,
)
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named

RulesCode = Literal[
    "confirmed",
    "decided",
    "none",
    "not-yours",
    "own",
    "percent",
    "proposed",
    "refused",
    "taken-back",
    "waits",
]
REASON_LINES = 3
REASON_ROOM = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFacts:
    """One type of evidence: a code of ``evidence-<code>``, what is ticked and what is typed."""

    evidence: str
    ticked: tuple[str, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFacts:
    """One version. Nobody proposed the shipped one; ``state`` is empty while a version waits."""

    version: int
    types: tuple[TypeFacts, ...]
    second_looks: int
    seed: str = ""
    reason: str = ""
    proposer: str = ""
    proposed_at: datetime | None = None
    state: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFacts:
    """What is in force, what waits, and every version before, the newest first.

    ``may_confirm``: the reader may be the second person for what waits; ``own``: they proposed it.
    """

    in_force: VersionFacts
    waiting: VersionFacts | None = None
    earlier: tuple[VersionFacts, ...] = ()
    may_confirm: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesProposalFacts:
    """The form: what is in force to begin with, then what was entered."""

    types: tuple[TypeFacts, ...]
    values: tuple[str, ...]
    typable: tuple[str, ...]
    second_looks: int | None
    reason: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDoneFacts:
    """What an act came to: ``review-rules-done-<code>``."""

    code: RulesCode
    version: int = 0
    who: str = ""
    at: datetime | None = None


def rules(facts: RulesFacts, words: Words) -> Message:
    """The version in force with who and when; what waits with its buttons; then every version before."""
    head = _head(facts.in_force, words)
    every = words.say("review-rules-every", percent=wording.percent(facts.in_force.second_looks, words))
    parts: list[Part] = [Paragraph(head), *_version(facts.in_force, words), Paragraph(every)]
    clauses = [Clause(head), Clause(every, 1)]
    actions: tuple[Button, ...] = ()
    if facts.waiting is not None:
        waiting = words.say(
            "review-rules-waiting",
            version=facts.waiting.version,
            name=_name(facts.waiting.proposer, words),
            when=_when(facts.waiting.proposed_at, words),
            percent=wording.percent(facts.waiting.second_looks, words),
        )
        parts += [Paragraph(waiting), *_version(facts.waiting, words)]
        clauses.append(Clause(waiting))
        if facts.may_confirm or facts.own:
            actions = second_person.answers(
                "review-rules", facts.waiting.version, words, own=facts.own, may_confirm=facts.may_confirm
            )
    else:
        how = words.say("review-rules-how")
        parts.append(Note(how))
        clauses.append(Clause(how, 2))
        typed = words.say("review-rules-propose-typed")
        actions = (Button(words.say("review-rules-propose-label"), "propose-review-rules", "", typed),)
    parts += [Note(_earlier(each, words)) for each in facts.earlier]
    seed = words.say("review-rules-seed", version=facts.in_force.version, seed=facts.in_force.seed)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REVIEW_RULES,
        title=words.say("review-rules-title"),
        body=(*parts, Note(seed)),
        sms=(*clauses, reply_clause(replies, words)),
        actions=(*actions, *buttons(replies, words)),
    )


def _head(facts: VersionFacts, words: Words) -> str:
    if not facts.state:
        return words.say("review-rules-shipped", version=facts.version)
    return words.say(
        "review-rules-in-force",
        version=facts.version,
        proposer=_name(facts.proposer, words),
        name=_name(facts.who, words),
        when=_when(facts.at, words),
    )


def _version(facts: VersionFacts, words: Words) -> tuple[Part, ...]:
    columns = tuple(words.say(f"review-rules-column-{name}") for name in ("type", "ticked", "typed"))
    rows = tuple(
        (words.say(f"evidence-{each.evidence}"), _values(each.ticked, words), _values(each.typed, words))
        for each in facts.types
    )
    reason = words.say("review-rules-why", reason=facts.reason) if facts.reason else ""
    caption = words.say("review-rules-version", version=facts.version)
    return (Table(caption, columns, rows), *((Paragraph(reason),) if reason else ()))


def _values(names: Sequence[str], words: Words) -> str:
    if not names:
        return words.say("review-rules-nothing")
    return wording.joined_and([words.say(f"checked-{dashed(each)}") for each in names], words)


def _earlier(facts: VersionFacts, words: Words) -> str:
    if not facts.proposer:
        return words.say("review-rules-earlier-shipped", version=facts.version)
    return words.say(
        f"review-rules-earlier-{facts.state}",
        version=facts.version,
        proposer=_name(facts.proposer, words),
        name=_name(facts.who, words),
        when=_when(facts.at, words),
    )


def _name(name: str, words: Words) -> str:
    return shortened(name, NAME_ROOM) if name else words.say("who-saw-unnamed")


def _when(at: datetime | None, words: Words) -> str:
    return "" if at is None else wording.moment(at, words)


def proposal(facts: RulesProposalFacts, words: Words) -> Message:
    """The form in which other rules are proposed."""
    fields: list[Field] = []
    for each in facts.types:
        name = words.say(f"evidence-{each.evidence}")
        fields.append(
            ChoiceField(
                name=f"confirmed-{each.evidence}",
                label=words.say("review-rules-confirmed", type=name),
                choices=tuple(Choice(value, value_label(value, words)) for value in facts.values),
                value=(*each.ticked, *each.typed),
                required=False,
                many=True,
            )
        )
        fields.append(
            ChoiceField(
                name=f"typed-{each.evidence}",
                label=words.say("review-rules-typed", type=name),
                choices=tuple(Choice(value, value_label(value, words)) for value in facts.typable),
                value=each.typed,
                required=False,
                many=True,
            )
        )
    form = with_errors(
        Form(
            title=words.say("review-rules-title"),
            route="propose-review-rules",
            submit=words.say("review-rules-submit"),
            fields=(
                *fields,
                NumberField(
                    name="second_looks",
                    label=words.say("review-rules-second-looks"),
                    value=None if facts.second_looks is None else Decimal(facts.second_looks),
                ),
                TextField(
                    name="reason",
                    label=words.say("review-rules-reason"),
                    value=facts.reason,
                    lines=REASON_LINES,
                ),
            ),
        ),
        facts.errors,
        words,
    )
    text = errors_lead(form, words) if form.errors else words.say("review-rules-form")
    clauses = (
        (Clause(text), *error_clauses(form, words, 1))
        if form.errors
        else (Clause(words.say("review-rules-how")),)
    )
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REVIEW_RULES,
        title=words.say("review-rules-title"),
        body=(Paragraph(text),),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=form,
    )


def done(facts: RulesDoneFacts, words: Words) -> Message:
    """What became of an act."""
    known: dict[str, str | int] = {
        "version": facts.version,
        "name": _name(facts.who, words),
        "when": _when(facts.at, words),
    }
    sentence = words.sentence(f"review-rules-done-{facts.code}")
    text = words.say(f"review-rules-done-{facts.code}", **named(sentence, known))
    shown = Button(words.say("review-rules-title"), "review-rules", "", words.say("review-rules-shown-typed"))
    return Message(
        kind=MessageKind.REVIEW_RULES,
        title=words.say("review-rules-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), button_clause(shown, words)),
        actions=(shown,),
    )
