"""How does a message look on the desk? As plain HTML that says everything in words.

Whatever is put into a template is escaped by the template engine; nothing here builds markup from text.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.desk.presses import (
    TokenedChecklist,
    TokenedTable,
    action_token,
    tokened_checklist,
    tokened_table,
)
from bot.desk.texts import texts
from messages import wording
from messages.model import (
    Bar,
    Button,
    Checklist,
    ChoiceField,
    Field,
    Link,
    Message,
    Paragraph,
    Part,
    Table,
    Timeline,
)
from messages.words import Words

# Addresses a person may be sent to. Anything else in a link is shown as the text it is.
SAFE_ADDRESSES = ("https://", "http://", "/")
# As long as a number or a date with its year.
SHORT = len("Sep 30 2027")
WHOLE = Decimal(100)
TENTH = Decimal("0.1")


class Renderer:
    """Draws messages in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._environment = Environment(
            loader=PackageLoader("bot.desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            template_of_part=template_of_part,
            template_of_field=template_of_field,
            number=wording.number,
            amount=self._amount,
            bar_share=bar_share,
            begins_short=begins_short,
            day_share=day_share,
            is_said=is_said,
            is_safe=is_safe,
            texts=texts(words),
        )

    def card(
        self, message: Message, key: str, *, sent_form: Mapping[str, tuple[str, ...]] | None = None
    ) -> Markup:
        """The whole message. ``key`` tells it apart from every other one on the page.

        ``sent_form``: its form was sent with these values and is shown as sent, not to be filled in again.
        """
        return self.draw(
            "card.html",
            message=message,
            key=key,
            word=first_word(message),
            parts=_drawable(message.body),
            buttons=_buttons(message),
            links=[action for action in message.actions if isinstance(action, Link)],
            sent=None if message.form is None or sent_form is None else sent_values(message, sent_form),
        )

    def home_lead(self, message: Message) -> Markup:
        """The word and the sentence that a dashboard always shows."""
        lead = message.body[0]
        text = lead.text if isinstance(lead, Paragraph) else ""
        return self.draw("home_lead.html", word=first_word(message), lead=text)

    def home_rest(self, message: Message, key: str) -> Markup:
        """What a dashboard shows when it is opened."""
        return self.draw(
            "home_rest.html", key=key, parts=_drawable(message.body[1:], first=1), buttons=_buttons(message)
        )

    def draw(self, template: str, /, **facts: Any) -> Markup:
        """One template with its facts; what comes back is escaped already."""
        return Markup(self._environment.get_template(template).render(**facts))  # noqa: S704  autoescape is on

    def _amount(self, value: Decimal, of: Decimal, unit: str) -> str:
        return self._words.say(
            "progress-amount", value=wording.number(value), of=wording.number(of), unit=unit
        )


def _buttons(message: Message) -> list[tuple[str, Button]]:
    return [(action_token(at), each) for at, each in enumerate(message.actions) if isinstance(each, Button)]


def _drawable(parts: tuple[Part, ...], first: int = 0) -> list[Part | TokenedTable | TokenedChecklist]:
    """The parts as templates draw them; ``first`` is the place of the first one in its message."""
    drawable: list[Part | TokenedTable | TokenedChecklist] = []
    for at, part in enumerate(parts, start=first):
        match part:
            case Table():
                drawable.append(tokened_table(part, at))
            case Checklist():
                drawable.append(tokened_checklist(part, at))
            case _:
                drawable.append(part)
    return drawable


def template_of_part(part: object) -> str:
    """The template of a part of a message."""
    return f"parts/{type(part).__name__.removeprefix('Tokened').lower()}.html"


def template_of_field(field: Field) -> str:
    """The template of a field of a form."""
    return f"fields/{type(field).__name__.removesuffix('Field').lower()}.html"


def first_word(message: Message) -> tuple[str, str]:
    """The deciding word and the rest of the title; no word when the title does not begin with it."""
    word = message.first_word or ""
    if not word or not message.title.startswith(word):
        return "", message.title
    return word, message.title.removeprefix(word)


def bar_share(bar: Bar) -> str:
    """Length of a bar in percent of its row, rounded down; a full bar means that the whole is there."""
    if bar.of <= 0:
        return "100"
    share = min(bar.value / bar.of, Decimal(1)) * WHOLE
    return format(share.quantize(TENTH, rounding="ROUND_DOWN").normalize(), "f")


def day_share(line: Timeline, day: date) -> str:
    """Where a day lies on a time line, in percent of its length; a day outside lies at its end."""
    whole = (line.end - line.start).days
    if whole <= 0:
        return "100"
    share = Decimal((min(max(day, line.start), line.end) - line.start).days) / whole * WHOLE
    return format(share.quantize(TENTH).normalize(), "f")


def begins_short(table: TokenedTable) -> bool:
    """Whether each row begins with so little that it is not broken, and needs no more room than it takes."""
    return all(len(row[0]) <= SHORT for row, _ in table.rows)


def is_safe(href: str) -> bool:
    """Whether a link may be followed."""
    return href.startswith(SAFE_ADDRESSES) and not href.startswith("//")


def is_said(field: Field, message: Message) -> bool:
    """Whether it has one possible answer, given already and said in the title: nobody is asked what they read there."""
    if not isinstance(field, ChoiceField) or len(field.choices) != 1 or field.many or field.error:
        return False
    (only,) = field.choices
    return field.value == (only.value,) and only.label in message.title


def sent_values(message: Message, values: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """What was entered, by the label of its field, choices as they read."""
    fields = () if message.form is None else message.form.fields
    return tuple(
        (field.label, wording.listed(_read(field, values.get(field.name, ()))))
        for field in fields
        if not is_said(field, message)
    )


def _read(field: Field, entered: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(field, ChoiceField):
        return entered
    labels = {choice.value: choice.label for choice in field.choices}
    return tuple(labels.get(value, value) for value in entered)
