"""``rollcall`` alone: every command in one line each."""

import sys
from collections.abc import Sequence
from typing import Protocol

from messages.words import load

ASKED_FOR_HELP = ("help", "--help", "-h")


class Listed(Protocol):
    """What the overview needs to know of a command."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def help_key(self) -> str: ...


def show(commands: Sequence[Listed], given: Sequence[str]) -> int:
    """Print the list; 2 when something else than help was typed."""
    words = load()
    asked = not given or given[0] in ASKED_FOR_HELP
    out = sys.stdout if asked else sys.stderr
    if not asked:
        print(words.say("cli-unknown", given=" ".join(given[:2])), file=out)
    print(words.say("cli-usage"), file=out)
    for command in commands:
        print(f"  rollcall {' '.join(command.words):<16} {words.say(command.help_key)}", file=out)
    return 0 if asked else 2
