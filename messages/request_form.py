"""A request as a form, and the one field in which somebody writes why, or what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from messages.class_values import ClassValues, values_line
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
from messages.replies import Reply, buttons
from messages.requests import called
from messages.words import Words

NEW = "new"
# The class is none of our calendar.
NOT_LISTED = "0"
YES, NO = "yes", "no"
WordsRoute = Literal["reason", "answer", "appeal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFormFacts:
    """What stands in the form. ``classes`` are those to choose from, ``costs`` the kinds of cost with what was said.

    ``leads``: its reader may ask for somebody else; ``badge`` is whose. ``sent``: it goes its way anew.
    """

    number: int | None = None
    classes: tuple[ClassValues, ...] = ()
    values: ClassValues = field(default_factory=ClassValues)
    costs: Mapping[str, Decimal | None] = field(default_factory=dict)
    out_of_town: bool | None = None
    miles: int | None = None
    reason: str = ""
    badge: str = ""
    leads: bool = False
    sent: bool = False
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def request_form(facts: RequestFormFacts, words: Words) -> Message:
    """The form of a whole request: a class of the calendar, or one that is described."""
    number = "" if facts.number is None else str(facts.number)
    title = (
        words.say("request-form-title")
        if facts.number is None
        else words.say("request-title", request=called(facts.number))
    )
    form = with_errors(
        Form(
            title=title,
            route="request-form",
            value=number,
            submit=words.say("request-form-submit"),
            fields=tuple(_fields(facts, title, words)),
        ),
        facts.errors,
        words,
    )
    lead = errors_lead(form, words) if form.errors else words.say("request-form-lead")
    texts = (Clause(lead), *error_clauses(form, words, 1), Clause(words.say("request-form-by-words")))
    return Message(
        kind=MessageKind.REQUEST,
        title=title,
        body=(Paragraph(lead),),
        sms=texts,
        actions=buttons((Reply.MENU,), words),
        form=form,
    )


def _fields(facts: RequestFormFacts, title: str, words: Words) -> list[Field]:
    values = facts.values
    which = NEW if facts.number is None else str(facts.number)
    fields: list[Field] = [
        ChoiceField(
            name="request",
            label=words.say("request-field-request"),
            choices=(Choice(which, title),),
            value=(which,),
        )
    ]
    if facts.leads and facts.number is None:
        fields.append(
            TextField(
                name="badge",
                label=words.say("request-field-badge"),
                value=facts.badge,
                hint=words.say("request-field-badge-hint"),
                required=False,
            )
        )
    if facts.classes:
        choices = [Choice(str(each.number), values_line(each, words)) for each in facts.classes]
        fields.append(
            ChoiceField(
                name="offering",
                label=words.say("request-field-class"),
                choices=(*choices, Choice(NOT_LISTED, words.say("request-field-not-listed"))),
                value=(NOT_LISTED if values.number is None else str(values.number),),
                hint=words.say("request-field-class-hint"),
                required=False,
            )
        )
    fields += [
        TextField(name="title", label=words.say("value-title"), value=values.title, required=False),
        DateField(
            name="starts_on", label=words.say("request-field-first-day"), value=values.first, required=False
        ),
        DateField(
            name="ends_on", label=words.say("request-field-last-day"), value=values.last, required=False
        ),
        NumberField(name="hours", label=words.say("value-hours"), value=values.hours, required=False),
        TextField(name="place", label=words.say("request-field-place"), value=values.place, required=False),
        ChoiceField(
            name="out_of_town",
            label=words.say("request-field-out-of-town"),
            choices=(Choice(NO, words.say("request-field-no")), Choice(YES, words.say("request-field-yes"))),
            value=() if facts.out_of_town is None else (YES if facts.out_of_town else NO,),
            required=False,
        ),
        NumberField(
            name="miles",
            label=words.say("class-field-miles"),
            value=None if facts.miles is None else Decimal(facts.miles),
            required=False,
        ),
        *(
            NumberField(
                name=f"cost-{kind}", label=words.say(f"cost-field-{kind}"), value=amount, required=False
            )
            for kind, amount in facts.costs.items()
        ),
        DateField(
            name="register_by",
            label=words.say("request-field-register-by"),
            value=values.register_by,
            required=False,
        ),
        TextField(
            name="reason",
            label=words.say("request-field-reason"),
            value=facts.reason,
            hint=words.say("request-field-reason-hint"),
            required=not facts.sent,
            lines=3,
        ),
    ]
    return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFormFacts:
    """One field about one request. ``asked`` are the words that are answered, if any are."""

    number: int
    route: WordsRoute
    asked: str = ""
    written: str = ""
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def words_form(facts: WordsFormFacts, words: Words) -> Message:
    """Why it is wanted, the answer to a question, or why a denial is put to somebody else."""
    number = called(facts.number)
    title = words.say("request-title", request=number)
    value, submit, fields = str(facts.number), words.say("request-words-submit"), _one_field(facts, words)
    match facts.route:
        case "reason":
            form = Form(title=title, route="request-reason", value=value, submit=submit, fields=fields)
        case "answer":
            form = Form(title=title, route="request-answer", value=value, submit=submit, fields=fields)
        case "appeal":
            form = Form(title=title, route="request-appeal", value=value, submit=submit, fields=fields)
    form = with_errors(form, facts.errors, words)
    lead = (
        errors_lead(form, words) if form.errors else words.say(f"request-ask-{facts.route}", request=number)
    )
    return Message(
        kind=MessageKind.REQUEST,
        title=title,
        body=(Paragraph(lead),),
        sms=(Clause(lead), *error_clauses(form, words, 1)),
        actions=buttons((Reply.MENU,), words),
        form=form,
    )


def _one_field(facts: WordsFormFacts, words: Words) -> tuple[Field, ...]:
    number = str(facts.number)
    return (
        ChoiceField(
            name="request",
            label=words.say("request-field-request"),
            choices=(Choice(number, called(facts.number)),),
            value=(number,),
        ),
        TextField(
            name="words",
            label=words.say(f"request-words-{facts.route}"),
            value=facts.written,
            hint=facts.asked,
            lines=3,
        ),
    )
