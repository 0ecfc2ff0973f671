"""``rollcall`` alone: every command in one line each, by what somebody is about to do."""

import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from messages.errors import error_text
from messages.words import load
from training.errors import RollcallError

ASKED_FOR_HELP = ("help", "--help", "-h")
WIDEST = len("export transcript")


class ListedCommand(Protocol):
    """What the overview needs to know of a command."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def help_key(self) -> str: ...


def explain(error: RollcallError) -> None:
    """Print what happened and what to do next."""
    print(error_text(error.code, error.facts, load()), file=sys.stderr)


def show(groups: Mapping[str, Sequence[ListedCommand]], given: Sequence[str]) -> int:
    """Print the list, or only the commands that begin with the word that was typed. 0 when help was asked for, 2 when
    something else was typed: ``db`` alone is a command that was not finished."""
    words = load()
    wanted = [each for each in given if each not in ASKED_FOR_HELP]
    named = {
        key: [each for each in commands if not wanted or each.words[0] == wanted[0]]
        for key, commands in groups.items()
    }
    begun = len(wanted) < 2 and any(named.values())
    asked = begun and (not wanted or len(wanted) < len(given))
    out = sys.stdout if asked else sys.stderr
    if not begun:
        print(words.say("cli-unknown", given=" ".join(wanted[:2])), file=out)
    print(words.say("cli-usage"), file=out)
    for key, commands in (named if any(named.values()) else groups).items():
        if commands:
            print(f"\n{words.say(key)}", file=out)
        for command in commands:
            print(f"  {' '.join(command.words):<{WIDEST}}  {words.say(command.help_key)}", file=out)
    print(f"\n{words.say('cli-more')}", file=out)
    return 0 if asked else 2
