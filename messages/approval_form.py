"""A whole request with the form that decides it: what has to be confirmed and what is typed, empty to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from messages.approvals import ApprovalCardFacts, called, facts_said, which
from messages.clauses import Clause
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Choice,
    ChoiceField,
    DateField,
    Field,
    Form,
    Message,
    NumberField,
    Paragraph,
    TextField,
)
from messages.words import Words

DECISIONS = ("approve", "deny")
LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFacts:
    """The form of one request: what was entered so far, and what is wrong with it.

    ``confirm`` and ``typed`` are codes of what has to be checked.
    """

    confirm: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    decision: str = ""
    written: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def whole(card: ApprovalCardFacts, facts: WholeFacts, words: Words) -> Message:
    """Every fact of it in its own paragraph, and the form."""
    request = called(card.number)
    built = _form(card, facts, words)
    lead = errors_lead(built, words) if built.errors else ""
    said = facts_said(card, words)
    return Message(
        kind=MessageKind.APPROVAL_CARD,
        title=words.say("approval-title", request=request),
        body=tuple(Paragraph(each) for each in ((lead, *said) if lead else said)),
        sms=(
            *((Clause(lead),) if lead else ()),
            *error_clauses(built, words, 1),
            *(Clause(each, min(place, 4)) for place, each in enumerate(said)),
            Clause(words.say("approval-how", request=request)),
        ),
        form=built,
    )


def _form(card: ApprovalCardFacts, facts: WholeFacts, words: Words) -> Form:
    fields: list[Field] = [which(card.number, card.version, words)]
    if facts.confirm:
        fields.append(
            ChoiceField(
                name="confirmed",
                label=words.say("approval-form-confirmed"),
                choices=tuple(Choice(each, words.say(f"approval-fact-{each}")) for each in facts.confirm),
                value=facts.confirmed,
                hint=words.say("approval-form-confirmed-hint"),
                required=False,
                many=True,
            )
        )
    fields += [_typed(each, words) for each in facts.typed]
    fields.append(
        ChoiceField(
            name="decision",
            label=words.say("approval-form-decision"),
            choices=tuple(Choice(each, words.say(f"approval-form-{each}")) for each in DECISIONS),
            value=(facts.decision,) if facts.decision else (),
        )
    )
    fields.append(
        TextField(
            name="words",
            label=words.say("approval-form-words"),
            value=facts.written,
            required=False,
            lines=LINES,
        )
    )
    built = Form(
        title=words.say("approval-title", request=called(card.number)),
        route="open-request",
        value=str(card.number),
        submit=words.say("approval-form-submit"),
        fields=tuple(fields),
    )
    return with_errors(built, facts.errors, words)


def _typed(code: str, words: Words) -> Field:
    """Typed from what is shown, and never filled in before."""
    name, label, hint = f"typed-{code}", words.say(f"approval-typed-{code}"), words.say("approval-typed-hint")
    if code == "dates":
        return DateField(name=name, label=label, hint=hint, required=False)
    return NumberField(name=name, label=label, hint=hint, required=False)
