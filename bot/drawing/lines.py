"""What does each part of a message say, line by line? The same lines for every way to draw them, fit to be seen."""

from dataclasses import dataclass

from bot.drawing.seen import line, shown
from messages import wording
from messages.model import (
    Bar,
    Bars,
    Checklist,
    ChecklistItem,
    ChecklistState,
    ChoiceField,
    DateField,
    Fact,
    Facts,
    Field,
    FileField,
    Form,
    Mark,
    Note,
    NumberField,
    Paragraph,
    Part,
    Picture,
    Progress,
    Table,
    Timeline,
)
from messages.words import Words

# Between a label and its value, and between a state and what is in it.
LABELED = ": "
STATED = " - "
# In a text without lists, what counts inside a total stands a little to the right of it.
INDENT = "\u00a0" * 4
MOST_INDENTS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """``strong`` leads: a label, a state in words. ``level`` is how many totals of the same list it counts inside."""

    strong: str
    rest: str
    joint: str = LABELED
    level: int = 0

    @property
    def text(self) -> str:
        """The whole line as plain text."""
        return INDENT * min(self.level, MOST_INDENTS) + self.joined

    @property
    def joined(self) -> str:
        """The whole line without its place in a list."""
        return self.joint.join(filter(None, (self.strong, self.rest)))


@dataclass(frozen=True, slots=True)
class Lines:
    """A heading, maybe none, with its lines; ``listed`` when they are things of one list."""

    title: str
    lines: tuple[Line, ...]
    listed: bool = False


def lines_of(part: Part, words: Words) -> Lines:
    """Everything a part says; a table as one line a row."""
    match part:
        case Paragraph() | Note():
            return Lines("", _said(part.text))
        case Facts():
            return Lines(line(part.title), tuple(_fact(each) for each in part.rows))
        case Checklist():
            return Lines(line(part.title), tuple(_item(each) for each in part.items), listed=True)
        case Progress():
            return Lines("", (Line(line(part.label), _amount(part, words)),))
        case Table():
            return Lines(line(part.title), tuple(_row(part.columns, row) for row in part.rows), listed=True)
        case Bars():
            return Lines(line(part.title), tuple(_bar(each, words) for each in part.rows), listed=True)
        case Timeline():
            return Lines(line(part.title), (*_said(part.summary), *_days(part, words)))
        case Picture():
            return Lines("", _said(part.alt))


def form_lines(title: str, form: Form) -> Lines:
    """What a form holds, field by field, and what is wrong with it; it is filled in elsewhere.

    Nothing while it is as good as empty: a question always begins with one of its answers.
    """
    if not any(each.error or (_held(each) and not isinstance(each, ChoiceField)) for each in form.fields):
        return Lines("", ())
    return Lines(line(title), tuple(said for each in form.fields if (said := _field(each)).rest))


def _said(text: str) -> tuple[Line, ...]:
    seen = shown(text)
    return (Line("", seen),) if seen else ()


def _fact(fact: Fact) -> Line:
    return Line(line(fact.label), shown(fact.value))


def _item(item: ChecklistItem) -> Line:
    said = ", ".join(filter(None, (line(item.text), line(item.due))))
    return Line(line(item.word), said, STATED, item.level)


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> Line:
    """The first cell names the row; each other stands behind the name of its column."""
    cells = [line(cell) for cell in row]
    names = [line(column) for column in columns]
    names += [""] * (len(cells) - len(names))
    others = [
        LABELED.join(filter(None, (name, cell)))
        for name, cell in zip(names[1:], cells[1:], strict=False)
        if cell
    ]
    return Line(cells[0] if cells else "", "; ".join(others))


def _bar(bar: Bar, words: Words) -> Line:
    said = LABELED.join(filter(None, (line(bar.label), _amount(bar, words))))
    return Line(line(bar.word), said, STATED, bar.level)


def _amount(part: Progress | Bar, words: Words) -> str:
    value, of = wording.number(part.value), wording.number(part.of)
    return line(words.say("progress-amount", value=value, of=of, unit=part.unit))


def _days(part: Timeline, words: Words) -> tuple[Line, ...]:
    """Dates in order from start to end, with today where it lies; what is due today is still to come."""
    to_come = [
        mark for mark in part.marks if (mark.on, mark.state is not ChecklistState.DONE) >= (part.today, True)
    ]
    return (
        Line(line(part.start_day), words.say("timeline-start")),
        *(_mark(mark) for mark in part.marks if mark not in to_come),
        Line(line(part.today_day), words.say("timeline-today")),
        *(_mark(mark) for mark in to_come),
        Line(line(part.end_day), words.say("timeline-end")),
    )


def _mark(mark: Mark) -> Line:
    return Line(line(mark.day), STATED.join(filter(None, (line(mark.word), line(mark.label)))))


def _field(field: Field) -> Line:
    held = _held(field)
    said = STATED.join(filter(None, (line(held), line(field.error))))
    return Line(line(field.label), said)


def _held(field: Field) -> str:
    """What a field holds now, as it reads; what could not be read stays as it was written."""
    match field:
        case FileField():
            return ""
        case ChoiceField():
            labels = {choice.value: choice.label for choice in field.choices}
            return wording.listed(tuple(labels.get(value, value) for value in field.value))
        case NumberField():
            return field.entered if field.value is None else wording.number(field.value)
        case DateField() if field.value is None:
            return field.entered
        case _:
            return str(field.value)
