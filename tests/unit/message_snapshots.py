"""The text of every example message on every channel; run as a module it writes them anew."""

from pathlib import Path

from bot.desk.render import Renderer
from bot.sms import render as sms
from bot.terminal import render as terminal
from messages.words import load
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
    }


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
