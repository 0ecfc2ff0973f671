"""What does a message say, as plain text? For keeping what was said: every word of it and nothing of its looks."""

from collections.abc import Iterator

from messages.model import (
    Bars,
    Button,
    Checklist,
    Facts,
    Message,
    Note,
    Paragraph,
    Part,
    Picture,
    Progress,
    Table,
    Timeline,
)
from messages.pages import TEXT_DOORS


def plain_text(message: Message, channel: str) -> str:
    """The words of a message on a channel, line by line; of a text its clauses, whichever of them had room."""
    if channel in TEXT_DOORS:
        return " ".join(clause.text for clause in message.sms)
    return "\n".join(line for line in _lines(message) if line)


def _lines(message: Message) -> Iterator[str]:
    yield message.title
    for part in message.body:
        yield from _part(part)
    if message.form is not None:
        yield message.form_title
        for field in message.form.fields:
            yield _joined(field.label, field.error)
    for action in message.actions:
        yield f"[{action.label}]" if isinstance(action, Button) else _joined(action.label, action.href)


def _part(part: Part) -> Iterator[str]:
    match part:
        case Paragraph(text) | Note(text):
            yield text
        case Facts(rows, title):
            yield title
            yield from (f"{row.label}: {row.value}" for row in rows)
        case Checklist(title, items):
            yield title
            yield from (_joined(item.word, item.text, item.due) for item in items)
        case Progress(label, value, of, unit):
            yield _amount(label, value, of, unit)
        case Table(title, columns, rows):
            yield title
            yield _joined(*columns)
            yield from (_joined(*row) for row in rows)
        case Bars(title, bars):
            yield title
            yield from (_joined(bar.word, _amount(bar.label, bar.value, bar.of, bar.unit)) for bar in bars)
        case Timeline():
            yield part.title
            yield part.summary
            yield from (_joined(mark.day, mark.word, mark.label) for mark in part.marks)
        case Picture(_, alt):
            yield alt


def _amount(label: str, value: object, of: object, unit: str) -> str:
    return f"{label}: {value}/{of} {unit}"


def _joined(*texts: str) -> str:
    return " | ".join(text for text in texts if text)
