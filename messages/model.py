"""What a message is before any channel draws it: values only, no markup; doors render and escape."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from messages.clauses import Clause
from messages.kinds import MessageKind


class ChecklistState(StrEnum):
    """Where one line of a checklist stands; the words for it come with the item."""

    DONE = "done"
    EXEMPT = "exempt"
    OPEN = "open"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Button:
    """An action: ``route`` and ``value`` go back to the handlers, ``typed`` is what to write instead."""

    label: str
    route: str
    value: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more plain sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A smaller remark under the answer: as of when, by which rules, on whose file."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One label with its value, both ready to read; ``href`` is where the value itself can be read, if anywhere."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values, one pair a row."""

    rows: tuple[Fact, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One duty; ``word`` says the state in words, so that no reader depends on a mark or a color.

    ``level`` is how many totals of the same list it counts inside; ``action`` opens what is behind it, where a channel
    can press a line.
    """

    text: str
    state: ChecklistState
    word: str
    due: str = ""
    level: int = 0
    action: Button | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is done and what is open under one heading."""

    title: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """So much of so much; exact decimals, never a fraction of a bar."""

    label: str
    value: Decimal
    of: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of ready texts under column names.

    ``actions``, when there are any, has one button a row, labelled with that row's last cell: a channel that can
    press a row draws the button there, any other draws the cell.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """So much of so much with its state in words; a bar over its length says so in the numbers.

    ``level`` is how many of the bars above it it counts inside.
    """

    label: str
    value: Decimal
    of: Decimal
    unit: str
    state: ChecklistState
    word: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """Several amounts side by side, each drawn on its own scale from nothing to what is asked."""

    title: str
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing on a time line: a completion that counted, a date that is still to come."""

    on: date
    day: str  # the date as a reader sees it
    label: str
    state: ChecklistState
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A span of days with what happened in it and what is still to come; ``today``, the day asked about, is called by
    its ``today_word``.

    ``summary`` says in a sentence what the picture shows, for whoever does not look at it.
    """

    title: str
    start: date
    start_day: str
    end: date
    end_day: str
    today: date
    today_day: str
    today_word: str
    marks: tuple[Mark, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image a door can show; ``alt`` says what it is to whoever does not see it."""

    href: str
    alt: str


Part = Paragraph | Note | Facts | Checklist | Progress | Table | Bars | Timeline | Picture


@dataclass(frozen=True, slots=True)
class Link:
    """An address outside Rollcall: the law's text, a short-lived upload page."""

    label: str
    href: str


Action = Button | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """A line of text, or several."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    lines: int = 1
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """A day in the agency's zone; ``entered`` is what was written when it could not be read as one."""

    name: str
    label: str
    value: date | None = None
    entered: str = ""
    hint: str = ""
    required: bool = True
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField:
    """An exact decimal; ``entered`` is what was written when it could not be read as one."""

    name: str
    label: str
    value: Decimal | None = None
    entered: str = ""
    hint: str = ""
    required: bool = True
    error: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: what goes back, and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField:
    """One of several, or several when ``many``."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    many: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField:
    """One or more files; ``hint`` tells what is accepted; the content is checked, never the name."""

    name: str
    label: str
    hint: str = ""
    required: bool = True
    many: bool = False
    error: str = ""


Field = TextField | DateField | NumberField | ChoiceField | FileField


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Typed fields that go back to one route; a form that comes back carries the error beside each field.

    ``value`` is what it is about, as a button of its route carries it: where a form has to be opened first, the button
    that opens it leads to the same form.
    """

    title: str
    route: str
    value: str = ""
    submit: str
    fields: tuple[Field, ...]

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Field name and sentence of every field that needs another try."""
        return tuple((field.name, field.error) for field in self.fields if field.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing said. ``sms`` is written on purpose, clause by clause, and adds nothing to the body."""

    kind: MessageKind
    title: str
    body: tuple[Part, ...]
    sms: tuple[Clause, ...]
    actions: tuple[Action, ...] = ()
    first_word: str | None = None
    form: Form | None = None

    @property
    def form_title(self) -> str:
        """What stands over the form; empty where the same stands over the message already."""
        return "" if self.form is None or self.form.title == self.title else self.form.title


def to_dict(message: Message) -> dict[str, Any]:
    """The neutral message as plain values, keys in the order of the fields; decimals and dates as text."""
    plain = _plain(message)
    if not isinstance(plain, dict):
        raise TypeError(type(message).__name__)
    return plain


def to_json(message: Message) -> str:
    """One line of JSON; equal messages give equal text."""
    return json.dumps(to_dict(message), ensure_ascii=False, separators=(",", ":"))


# Parts, actions and fields are told apart by a name in JSON, as they are by their class in Python.
NAMED = {
    Paragraph: ("part", "paragraph"),
    Note: ("part", "note"),
    Facts: ("part", "facts"),
    Checklist: ("part", "checklist"),
    Progress: ("part", "progress"),
    Table: ("part", "table"),
    Bars: ("part", "bars"),
    Timeline: ("part", "timeline"),
    Picture: ("part", "picture"),
    Button: ("action", "button"),
    Link: ("action", "link"),
    TextField: ("field", "text"),
    DateField: ("field", "date"),
    NumberField: ("field", "number"),
    ChoiceField: ("field", "choice"),
    FileField: ("field", "file"),
}


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            named = NAMED.get(type(value))
            start = {named[0]: named[1]} if named else {}
            return start | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
