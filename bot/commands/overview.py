"""``rollcall`` alone: every command in one line each."""

import sys
from collections.abc import Sequence
from typing import Protocol

from messages.errors import error_text
from messages.words import load
from training.errors import RollcallError

ASKED_FOR_HELP = ("help", "--help", "-h")


class Listed(Protocol):
    """What the overview needs to know of a command."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def help_key(self) -> str: ...


def explain(error: RollcallError) -> None:
    """Print what happened and what to do next."""
    print(error_text(error.code, error.facts, load()), file=sys.stderr)


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
