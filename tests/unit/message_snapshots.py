"""The text of every example message on every channel; run as a module it writes them anew."""

import json
from pathlib import Path

from bot.desk.render import Renderer
from bot.slack.render import render_message
from bot.sms import render as sms
from bot.terminal import render as terminal
from messages.model import Message
from messages.words import Words, load
from tests.unit.message_cast import EXAMPLES

FOLDER = Path(__file__).parent / "snapshots"


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


def write_all() -> None:
    for name in EXAMPLES:
        for channel, text in drawn(name).items():
            path = kept(channel, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_all()
