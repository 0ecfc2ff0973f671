"""How a message looks in a terminal: words carry the meaning, color only repeats it."""

import io
from collections.abc import Iterable

from rich.box import ASCII2, Box
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from bot.terminal.cells import Cells
from messages import wording
from messages.model import (
    Action,
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistState,
    ChoiceField,
    DateField,
    Fact,
    Facts,
    Field,
    FileField,
    Form,
    Link,
    Mark,
    Message,
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

DEFAULT_WIDTH = 80
INDENT = 2
# A mark leads each line for the eye; the word beside it says the same to everyone.
MARKS = {
    ChecklistState.DONE: "[x]",
    ChecklistState.EXEMPT: "[/]",
    ChecklistState.OPEN: "[ ]",
    ChecklistState.OVERDUE: "[!]",
    ChecklistState.UNKNOWN: "[?]",
    ChecklistState.UNCHECKED: "[-]",
}
# Where a time line begins, is now and ends.
TURN = "---"
STYLES = {
    ChecklistState.DONE: "green",
    ChecklistState.EXEMPT: "green",
    ChecklistState.OPEN: "yellow",
    ChecklistState.OVERDUE: "bold red",
    ChecklistState.UNKNOWN: "magenta",
    ChecklistState.UNCHECKED: "dim",
}
FIRST_WORD_STYLES = {
    "YES": "bold green",
    "NOT YET": "bold yellow",
    "OVERDUE": "bold red",
    "UNKNOWN": "bold magenta",
}
TABLE_BOX: Box = ASCII2


def show(message: Message, console: Console, words: Words) -> None:
    """Draws the message; a console that is no terminal gets the same text without any control character."""
    console.print(renderable(message, words), highlight=False, markup=False, emoji=False)


def plain(message: Message, words: Words, width: int = DEFAULT_WIDTH) -> str:
    """The message as text only, wrapped at ``width``, one line break at its end."""
    out = io.StringIO()
    show(message, Console(file=out, width=width, force_terminal=False, color_system=None), words)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def renderable(message: Message, words: Words) -> RenderableType:
    """Title, body, form, actions, in this order, an empty line between what does not belong together."""
    blocks: list[RenderableType] = []
    if message.title:
        blocks.append(_title(message))
    for position, part in enumerate(message.body):
        if position and not isinstance(part, Note):
            blocks.append(Text(""))
        blocks.append(_part(part, words))
    if message.form is not None:
        blocks += [Text(""), _form(message.form_title, message.form)]
    if message.actions:
        blocks += [Text(""), _actions(message.actions)]
    return Group(*blocks)


def typed_choices(message: Message) -> dict[str, Button]:
    """What a person may type for each button shown: its number and its word."""
    pressed: dict[str, Button] = {}
    for number, button in enumerate(_buttons(message.actions), start=1):
        pressed[str(number)] = button
        if button.typed:
            pressed[button.typed.casefold()] = button
    return pressed


def _title(message: Message) -> Text:
    title = Text(_safe(message.title), style="bold")
    word = message.first_word
    if word and message.title.startswith(word):
        title.stylize(FIRST_WORD_STYLES.get(word, "bold"), 0, len(word))
    return title


def _part(part: Part, words: Words) -> RenderableType:
    match part:
        case Paragraph():
            return Text(_safe(part.text))
        case Note():
            return Text(_safe(part.text), style="dim")
        case Progress():
            return _progress(part, words)
        case Picture():
            return Text(f"{_safe(part.alt)}: {_safe(part.href)}")
        case Facts() | Checklist() | Table() | Bars() | Timeline():
            return _titled(part.title, _under_title(part, words))


def _under_title(part: Facts | Checklist | Table | Bars | Timeline, words: Words) -> RenderableType:
    match part:
        case Facts():
            return _grid((Text(_safe(row.label)), _value(row)) for row in part.rows)
        case Checklist():
            return _checklist(part)
        case Table():
            return _table(part)
        case Bars():
            return _grid(_bar(bar, words) for bar in part.rows)
        case Timeline():
            return Group(Text(_safe(part.summary)), _time_line(part, words))


def _checklist(part: Checklist) -> Grid:
    return _grid(
        (_state(item.state, item.word), _at_level(item.text, item.level), Text(_safe(item.due)))
        for item in part.items
    )


def _value(fact: Fact) -> Text:
    """The value, and below it where it can be read."""
    return Text("\n".join(filter(None, (_safe(fact.value), _safe(fact.href)))))


def _at_level(text: str, level: int) -> Text:
    """What counts inside a total stands a little to the right of it."""
    return Text(" " * (INDENT * level) + _safe(text))


def _state(state: ChecklistState, word: str) -> Text:
    return Text(f"{MARKS[state]} {_safe(word)}", style=STYLES[state])


def _progress(part: Progress, words: Words) -> Text:
    return Text(f"{_safe(part.label)} {Cells(part.value, part.of).text()} {_amount(part, words)}")


def _bar(bar: Bar, words: Words) -> tuple[RenderableType, ...]:
    amount = Text(_amount(bar, words))
    return _state(bar.state, bar.word), _at_level(bar.label, bar.level), Cells(bar.value, bar.of), amount


def _amount(part: Progress | Bar, words: Words) -> str:
    return words.say(
        "progress-amount", value=wording.number(part.value), of=wording.number(part.of), unit=part.unit
    )


def _time_line(part: Timeline, words: Words) -> Grid:
    """Dates in order from start to end, with today where it lies."""
    # What is due today is still to come.
    to_come = [
        mark for mark in part.marks if (mark.on, mark.state is not ChecklistState.DONE) >= (part.today, True)
    ]
    return _grid(
        [
            _turn(part.start_day, words.say("timeline-start")),
            *(_mark(mark) for mark in part.marks if mark not in to_come),
            _turn(part.today_day, part.today_word),
            *(_mark(mark) for mark in to_come),
            _turn(part.end_day, words.say("timeline-end")),
        ]
    )


def _mark(mark: Mark) -> tuple[Text, ...]:
    return Text(_safe(mark.day)), _state(mark.state, mark.word), Text(_safe(mark.label))


def _turn(day: str, word: str) -> tuple[Text, ...]:
    return Text(_safe(day), style="bold"), Text(f"{TURN} {word}", style="bold"), Text("")


def _table(part: Table) -> Grid:
    table = Grid(box=TABLE_BOX, show_edge=False, pad_edge=False, header_style="bold")
    for column in part.columns:
        table.add_column(Text(_safe(column)), overflow="fold")
    for row in part.rows:
        table.add_row(*(Text(_safe(cell)) for cell in row))
    return table


def _form(title: str, form: Form) -> RenderableType:
    rows = [(Text(_safe(field.label)), _field(field)) for field in form.fields]
    return _titled(title, _grid(rows))


def _field(field: Field) -> Text:
    shown = _entered(field)
    if isinstance(field, ChoiceField):
        labels = {choice.value: choice.label for choice in field.choices}
        chosen = [labels.get(value, value) for value in field.value]
        options = [f"[{number}] {choice.label}" for number, choice in enumerate(field.choices, start=1)]
        shown = ", ".join(chosen) if chosen else "  ".join(options)
    text = Text(_safe(shown))
    if field.hint:
        text.append(f" ({_safe(field.hint)})", style="dim")
    if field.error:
        text.append(f"\n{_safe(field.error)}", style="bold red")
    return text


def _entered(field: Field) -> str:
    """What a field holds now; what could not be read stays as it was written."""
    match field:
        case FileField():
            return ""
        case NumberField() | DateField() if field.value is None:
            return field.entered
        case _:
            return str(field.value)


def _actions(actions: tuple[Action, ...]) -> RenderableType:
    labels = []
    for number, button in enumerate(_buttons(actions), start=1):
        label = f"[{number}] {_safe(button.label)}"
        if button.typed and button.typed.casefold() != button.label.casefold() and not button.typed.isdigit():
            label = f"{label} ({_safe(button.typed)})"
        labels.append(Text(label, no_wrap=True))
    links = [Text(f"{_safe(link.label)}: {_safe(link.href)}") for link in actions if isinstance(link, Link)]
    # Columns move a label to the next line whole; wrapped text would part it.
    return Group(*([Columns(labels, padding=(0, 2, 0, 0))] if labels else []), *links)


def _buttons(actions: Iterable[Action]) -> tuple[Button, ...]:
    return tuple(action for action in actions if isinstance(action, Button))


def _titled(title: str, block: RenderableType) -> RenderableType:
    if not title:
        return block
    return Group(Text(_safe(title), style="bold"), Padding(block, (0, 0, 0, INDENT)))


def _grid(rows: Iterable[tuple[RenderableType, ...]]) -> Grid:
    rows = list(rows)
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for _ in range(max((len(row) for row in rows), default=0)):
        grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _safe(text: str) -> str:
    """Names and titles are other people's data: a control character in them must not reach the terminal."""
    return "".join(character for character in text if character.isprintable() or character == "\n")
