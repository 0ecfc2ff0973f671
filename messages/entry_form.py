"""The values of one class as a form, for its sender and for whoever reviews it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from messages.clauses import Clause
from messages.entry_values import EntryFacts
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
from messages.replies import Reply, buttons, reply_clause
from messages.uploads import called
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFormFacts:
    """The values of one class to put right; ``lines`` names the classes of a list."""

    number: int
    entry: EntryFacts
    lines: tuple[str, ...] = ()
    line: int = 0
    errors: Mapping[str, FieldError] = field(default_factory=dict)


def which(facts: EntryFormFacts, words: Words) -> ChoiceField:
    """Which certificate it is, and of a list which class stands there: to another one these values are not given."""
    number = str(facts.number)
    value = f"{number}/{facts.line + 1}" if len(facts.lines) > 1 else number
    return ChoiceField(
        name="upload",
        label=words.say("column-certificate"),
        choices=(Choice(value, called(facts.number)),),
        value=(value,),
    )


def entry_fields(facts: EntryFormFacts, words: Words) -> tuple[Field, ...]:
    """The fields of one class; of a list which one comes first."""
    entry = facts.entry
    line: tuple[Field, ...] = ()
    if len(facts.lines) > 1:
        line = (
            ChoiceField(
                name="line",
                label=words.say("entry-line"),
                choices=tuple(Choice(str(place), each) for place, each in enumerate(facts.lines, start=1)),
                value=(str(facts.line + 1),),
                hint=words.say("entry-line-hint"),
            ),
        )
    return (
        *line,
        TextField(name="title", label=words.say("value-title"), value=entry.title),
        DateField(name="completed_on", label=words.say("entry-last-day"), value=entry.completed_on),
        DateField(
            name="started_on",
            label=words.say("entry-first-day"),
            value=entry.started_on,
            required=False,
        ),
        NumberField(
            name="hours",
            label=words.say("value-hours"),
            value=entry.hours,
            hint=words.say("entry-hours-hint"),
            required=False,
        ),
        TextField(
            name="provider",
            label=words.say("value-provider"),
            value=entry.provider,
            required=len(facts.lines) <= 1,
        ),
        TextField(
            name="number",
            label=words.say("value-number-label"),
            value=entry.number,
            hint=words.say("upload-form-number-hint"),
            required=False,
        ),
    )


def entry_form(facts: EntryFormFacts, words: Words) -> Message:
    """The form in which its sender puts a certificate right."""
    upload = called(facts.number)
    form = with_errors(
        Form(
            title=words.say("upload-title", upload=upload),
            route="certificate-correct",
            value=str(facts.number),
            submit=words.say("upload-correct-submit"),
            fields=(
                which(facts, words),
                *entry_fields(facts, words),
            ),
        ),
        facts.errors,
        words,
    )
    text = errors_lead(form, words) if form.errors else words.say("entry-form-lead", upload=upload)
    clauses = (Clause(text), *error_clauses(form, words, 1)) if form.errors else (Clause(text),)
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.UPLOAD,
        title=words.say("upload-title", upload=upload),
        body=(Paragraph(text),),
        sms=(*clauses, reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=form,
    )
