"""The text of every example message on every channel, and the list of them all; run as a module it writes both anew."""

import json
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

from bot.desk.render import Renderer
from bot.slack.render import render_message
from bot.sms import render as sms
from bot.terminal import render as terminal
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words, load
from tests.unit.message_cast import EXAMPLES
from tests.unit.teams_cast import draw, outline

FOLDER = Path(__file__).parent / "snapshots"
LIST = Path(__file__).parents[2] / "docs" / "messages.md"
HEAD = """# Messages

Every kind of message that Rollcall can send: its name, what somebody did to get it (as the log says it), and the first
example as a text message, the shortest of its forms. On a screen the same message has a title, tables and buttons. The
examples are of the demo agency. Every sentence is in `messages/catalogue/en.po`.

Written by `python -m tests.unit.message_snapshots`; a test fails when it is out of date.

| Kind | Said when somebody | As a text |
| --- | --- | --- |
"""


WORDS = load()
RENDERER = Renderer(WORDS)


def drawn(name: str, channel: str) -> str:
    """One example on one channel."""
    message = EXAMPLES[name](WORDS)
    return DRAWERS[channel](message, name)


def in_slack(message: Message, words: Words) -> str:
    """The text beside the blocks, then the blocks, one a line: the newer kinds, and only the plain ones."""
    rich, plain = (render_message(message, words, rich=rich, nonce="n") for rich in (True, False))
    drawn = ([json.dumps(block) for block in each.blocks] for each in (rich, plain))
    return "\n\n".join(("\n".join(lines)) for lines in ([ascii_only(rich.text)], *drawn)) + "\n"


def ascii_only(text: str) -> str:
    """What cannot be seen, or looks like something else, by its number."""
    return "\n".join(json.dumps(line, ensure_ascii=True)[1:-1] for line in text.split("\n"))


DRAWERS: Mapping[str, Callable[[Message, str], str]] = {
    "terminal": lambda message, _: terminal.plain(message, WORDS),
    "sms": lambda message, _: sms.render(message, WORDS) + "\n",
    "desk": lambda message, name: RENDERER.card(message, name) + "\n",
    "slack": lambda message, _: in_slack(message, WORDS),
    "teams": lambda message, _: ascii_only(outline(draw(message))),
}


def kept(channel: str, name: str) -> Path:
    return FOLDER / channel / f"{name}.{'html' if channel == 'desk' else 'txt'}"


def listed() -> str:
    """Every kind with its first example, in the order of the inventory."""
    first: dict[MessageKind, str] = {}
    for build in EXAMPLES.values():
        message = build(WORDS)
        first.setdefault(message.kind, sms.render(message, WORDS))
    rows = (
        f"| {kind.value} | {WORDS.say(f'trail-asked-{kind.value}')} | {first[kind].replace('|', ',')} |"
        for kind in MessageKind
        if kind in first
    )
    return HEAD + "\n".join(rows) + "\n"


def write_all() -> None:
    LIST.write_text(listed(), encoding="utf-8")
    for name, channel in product(EXAMPLES, DRAWERS):
        path = kept(channel, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn(name, channel), encoding="utf-8")


if __name__ == "__main__":
    write_all()
