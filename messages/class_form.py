"""A class as a form, and what was done with one: entered, changed, cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from messages import wording
from messages.class_phrases import OfferingFacts, whole
from messages.clauses import Clause
from messages.forms import FieldError, error_clauses, errors_lead, with_errors
from messages.kinds import MessageKind
from messages.model import (
    Button,
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
from messages.words import Words

STATUSES = ("open", "full", "cancelled")
NUMBER = "class"
TextCode = Literal[
    "begins", "cost", "course-number", "delivery", "ends", "link", "place", "provider", "seats", "title",
    "miles", "miles-source", "topic-hours", "topics",
]  # fmt: skip
DayCode = Literal["ends-on", "register-by", "starts-on"]
DoneCode = Literal["entered", "changed", "unchanged", "cancelled", "already-cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFormFacts:
    """What stands in the form: ``number`` of the class that is changed, empty for a new one; ``entered`` are texts as
    they were entered, which go before the values."""

    number: str = ""
    values: OfferingFacts | None = None
    status: str = "open"
    entered: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, FieldError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDoneFacts:
    """What became of it; ``held`` are seats that people have in a class that was cancelled."""

    code: DoneCode
    number: str
    offering: OfferingFacts
    today: date
    held: int = 0


def class_form(facts: ClassFormFacts, words: Words) -> Message:
    """The form to enter a class, or to change one; with errors it says how many fields need another look."""
    title = (
        words.say("class-form-title-change", number=facts.number)
        if facts.number
        else words.say("class-form-title")
    )
    made = with_errors(
        Form(
            title=title,
            route="class-form",
            value=facts.number,
            submit=words.say("class-form-submit"),
            fields=tuple(_fields(facts, words)),
        ),
        facts.errors,
        words,
    )
    lead = errors_lead(made, words) if made.errors else words.say("class-form-lead")
    return Message(
        kind=MessageKind.CLASS_FORM,
        title=title,
        body=(Paragraph(lead),),
        sms=(
            Clause(lead),
            *(error_clauses(made, words, 1) if made.errors else ()),
            Clause(words.say("class-form-elsewhere")),
            reply_clause((Reply.MENU,), words),
        ),
        actions=buttons((Reply.MENU,), words),
        form=made,
    )


def _fields(facts: ClassFormFacts, words: Words) -> list[Field]:
    known = facts.values
    texts = _texts(known) | dict(facts.entered)

    def text(code: TextCode, *, required: bool = False, hint: str = "") -> TextField:
        name, label = code.replace("-", "_"), words.say(f"class-field-{code}")
        return TextField(name=name, label=label, value=texts.get(name, ""), required=required, hint=hint)

    def day(code: DayCode, value: date | None, *, required: bool = False) -> DateField:
        name, label = code.replace("-", "_"), words.say(f"class-field-{code}")
        return DateField(
            name=name, label=label, value=value, entered=facts.entered.get(name, ""), required=required
        )

    approved = None if known is None else known.board_approved
    fields: list[Field] = []
    if facts.number:
        fields.append(
            ChoiceField(
                name=NUMBER,
                label=words.say("class-field-number"),
                choices=(Choice(facts.number, facts.number),),
                value=(facts.number,),
            )
        )
    fields += [
        text("title", required=True),
        day("starts-on", None if known is None else known.starts_on, required=True),
        day("ends-on", None if known is None else known.ends_on),
        text("begins", hint=words.say("class-field-time-hint")),
        text("ends", hint=words.say("class-field-time-hint")),
        text("place"),
        text("miles"),
        text("miles-source", hint=words.say("class-field-miles-source-hint")),
        text("provider"),
        text("course-number"),
        text("topics", hint=words.say("class-field-topics-hint")),
        NumberField(
            name="hours",
            label=words.say("class-field-hours"),
            value=None if known is None else known.hours,
            entered=facts.entered.get("hours", ""),
            required=False,
        ),
        text("topic-hours", hint=words.say("class-field-topic-hours-hint")),
        text("delivery"),
        text("seats"),
        text("cost"),
        day("register-by", None if known is None else known.register_by),
        ChoiceField(
            name="board_approved",
            label=words.say("class-column-approved"),
            choices=(
                Choice("yes", words.say("class-approved")),
                Choice("no", words.say("class-not-approved")),
            ),
            value=() if approved is None else ("yes" if approved else "no",),
            required=False,
        ),
        text("link"),
        ChoiceField(
            name="status",
            label=words.say("class-field-status"),
            choices=tuple(Choice(each, words.say(f"class-status-{each}")) for each in STATUSES),
            value=(facts.status,),
            required=False,
        ),
    ]
    return fields


def _texts(known: OfferingFacts | None) -> dict[str, str]:
    if known is None:
        return {}
    return {
        "title": known.title,
        "begins": known.begins,
        "ends": known.ends,
        "place": known.place,
        "miles": "" if known.miles is None else str(known.miles),
        "miles_source": known.miles_source,
        "provider": known.provider,
        "course_number": known.course_number,
        "topics": ", ".join(known.topics),
        "topic_hours": "; ".join(
            f"{topic} {wording.number(hours)}" for topic, hours in known.topic_hours.items()
        ),
        "delivery": known.delivery,
        "seats": "" if known.seats is None else str(known.seats),
        "cost": "" if known.cost is None else wording.dollars(known.cost).removeprefix("$"),
        "link": known.link,
    }


def class_done(facts: ClassDoneFacts, words: Words) -> Message:
    """What is on the calendar now, and the next step."""
    what = whole(facts.offering, facts.today, words)
    text = words.say(f"class-done-{facts.code}", number=facts.number, what=what)
    held = words.say_many("class-done-held", facts.held) if facts.held else ""
    change = Button(
        words.say("class-change-label"),
        "class-form",
        facts.number,
        words.say("class-change-typed", number=facts.number),
    )
    replies = (Reply.MENU,)
    said = [each for each in (text, held) if each]
    return Message(
        kind=MessageKind.CLASS_DONE,
        title=facts.number,
        body=(Paragraph(" ".join(said)),),
        sms=(*map(Clause, said), reply_clause(replies, words)),
        actions=(change, *buttons(replies, words)),
    )
