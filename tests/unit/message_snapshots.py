"""The text of every example message on every channel, and the list of them all; run as a module it writes both anew."""

import json
from pathlib import Path

from bot.desk.render import Renderer
from bot.slack.render import render_message
from bot.sms import render as sms
from bot.terminal import render as terminal
from messages.kinds import MessageKind
from messages.model import Message
from messages.words import Words, load
from tests.unit.message_cast import EXAMPLES

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


def drawn(name: str) -> dict[str, str]:
    """One example by channel."""
    words = load()
    message = EXAMPLES[name](words)
    return {
        "terminal": terminal.plain(message, words),
        "sms": sms.render(message, words) + "\n",
        "desk": Renderer(words).card(message, name) + "\n",
        "slack": in_slack(message, words),
    }


def in_slack(message: Message, words: Words) -> str:
    """The text beside the blocks, then the blocks, one a line: the newer kinds, and only the plain ones."""
    rich, plain = (render_message(message, words, rich=rich, nonce="n") for rich in (True, False))
    drawn = ([json.dumps(block) for block in each.blocks] for each in (rich, plain))
    return "\n\n".join(("\n".join(lines)) for lines in ([ascii_only(rich.text)], *drawn)) + "\n"


def ascii_only(text: str) -> str:
    """What cannot be seen, or looks like something else, by its number."""
    return "\n".join(json.dumps(line, ensure_ascii=True)[1:-1] for line in text.split("\n"))


def kept(channel: str, name: str) -> Path:
    return FOLDER / channel / f"{name}.{'html' if channel == 'desk' else 'txt'}"


def listed() -> str:
    """Every kind with its first example, in the order of the inventory."""
    words = load()
    first: dict[MessageKind, str] = {}
    for build in EXAMPLES.values():
        message = build(words)
        first.setdefault(message.kind, sms.render(message, words))
    rows = (
        f"| {kind.value} | {words.say(f'trail-asked-{kind.value}')} | {first[kind].replace('|', ',')} |"
        for kind in MessageKind
        if kind in first
    )
    return HEAD + "\n".join(rows) + "\n"


def write_all() -> None:
    LIST.write_text(listed(), encoding="utf-8")
    for name in EXAMPLES:
        for channel, text in drawn(name).items():
            path = kept(channel, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_all()
