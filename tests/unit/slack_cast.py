"""What is seen in something drawn for Slack, what can be pressed in it, and messages with one name everywhere."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.slack.presses import press
from bot.slack.render import DrawnMessage, render_message
from messages.kinds import MessageKind
from messages.model import (
    Bar,
    Bars,
    Button,
    Checklist,
    ChecklistItem,
    ChecklistState,
    Fact,
    Facts,
    Form,
    Link,
    Message,
    Note,
    Paragraph,
    Part,
    Picture,
    Progress,
    Table,
    TextField,
    Timeline,
)
from messages.words import load
from tests.fakes.slack.blockkit import problems

WORDS = load()
# What would reach somebody or lead somewhere: only these, and only where Slack reads them.
REACHES = re.compile(r"(?:<|&lt;)[!@#]|@(?:here|channel|everyone)\b|://|www\.|evil\.example", re.IGNORECASE)
TYPED_IN = {"url", "image_url", "value", "action_id", "block_id", "initial_value"}


def message(*body: Part, title: str = "", actions: tuple[Button | Link, ...] = ()) -> Message:
    return Message(kind=MessageKind.MENU, title=title, body=body, sms=(), actions=actions)


def draw(said: Message, *, rich: bool = True) -> DrawnMessage:
    return render_message(said, WORDS, rich=rich, nonce="n")


def wrong_with(drawn: DrawnMessage) -> list[str]:
    """What Slack would refuse; the size is measured larger than it can be, because nobody knows how Slack does."""
    sent = [json.dumps(block, ensure_ascii=False, separators=(",", ":")).encode() for block in drawn.blocks]
    size = sum(len(each) + 100 for each in sent)
    found = problems("message", {"text": drawn.text, "blocks": list(drawn.blocks)})
    return found + ([f"{size} bytes"] if size > 13_000 else [])


def everywhere(name: str) -> Message:
    """A message in which everything that can have a name has this one."""
    action, link, state = Button(name, "why", "own|ce"), Link(name, name), ChecklistState.OPEN
    return Message(
        kind=MessageKind.MENU,
        title=name,
        body=(
            Paragraph(name),
            Note(name),
            Facts((Fact(name, name, name),), name),
            Checklist(
                name, (ChecklistItem(text=name, state=state, word=name, due=name, level=9, action=action),)
            ),
            Progress(name, Decimal(1), Decimal(2), name),
            Table(name, (name, name), ((name, name),), (action,)),
            Table(name, (name,), ((name,),)),
            Bars(
                name,
                (
                    Bar(
                        label=name,
                        value=Decimal(1),
                        of=Decimal(2),
                        unit=name,
                        state=state,
                        word=name,
                        level=9,
                    ),
                ),
            ),
            Picture("https://example.gov/p.png", name),
            Picture(name, name),
        ),
        sms=(),
        actions=(action, link),
        form=Form(
            title=name, route="what-if", submit=name, fields=(TextField(name="why", label=name, value=name),)
        ),
    )


def inside(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every object of a kind, however deep."""
    if isinstance(value, Mapping):
        if value.get("type") == kind:
            yield dict(value)
        for each in value.values():
            yield from inside(each, kind)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from inside(each, kind)


def seen(value: Any) -> Iterator[str]:
    """Every text that is shown to somebody."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name not in TYPED_IN and name not in {"type", "style"}:
                yield from seen(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from seen(each)
    elif isinstance(value, str):
        yield value


def pressed(blocks: Any) -> list[tuple[str, str] | None]:
    """Where every button leads, in order."""
    return [
        press(each["action_id"], each.get("value")) for each in inside(blocks, "button") if "url" not in each
    ]


def offered(said: Message) -> list[tuple[str, str]]:
    """Every button of a message, in order: of its parts, of its form, its own."""
    found: list[Button] = []
    for part in said.body:
        if isinstance(part, Table) and len(part.actions) == len(part.rows):
            found += part.actions
        if isinstance(part, Checklist):
            found += [item.action for item in part.items if item.action is not None]
    if said.form is not None:
        found.append(Button(said.form.title, said.form.route, said.form.value))
    found += [each for each in said.actions if isinstance(each, Button)]
    return [(each.route, each.value) for each in found]


def letters(text: str) -> str:
    """What can be seen of a text, whatever lies between."""
    return "".join(
        each for each in text if not each.isspace() and unicodedata.category(each) not in {"Cc", "Cf", "Cs"}
    )


def texts_of(said: Message) -> Iterator[str]:
    """What a message says, but for the labels of buttons, which may be cut."""
    yield said.title
    for part in said.body:
        match part:
            case Paragraph(text) | Note(text):
                yield text
            case Facts(rows, title):
                yield from (title, *(text for row in rows for text in (row.label, row.value)))
            case Checklist(title, items):
                yield from (title, *(text for item in items for text in (item.word, item.text, item.due)))
            case Table(title, _, rows):
                yield from (title, *(cell for row in rows for cell in row))
            case Bars(title, bars):
                yield from (title, *(text for bar in bars for text in (bar.word, bar.label, bar.unit)))
            case Timeline():
                yield from (part.title, part.summary)
                yield from (text for mark in part.marks for text in (mark.day, mark.word, mark.label))
            case Progress():
                yield from (part.label, part.unit)
            case Picture():
                yield part.alt
