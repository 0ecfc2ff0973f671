"""Wrap the keys of messages and files under a new master key.

For whoever keeps the keys; docs/content.md has the order of steps. Everything
can be read meanwhile. Interrupted, run it again. No message or file is written
anew.

Example:
    rollcall keys rotate

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands.opening import opened
from messages.words import load
from training.content.opening import in_words


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: the settings say where the keys are."""


def run(_: argparse.Namespace) -> int:
    """0 when no key needs the old master key any more."""
    words = load()
    with opened() as office, in_words():
        rotation = office.keys.rotate()
    if rotation.resumed:
        print(words.say("cli-keys-resumed"))
    print(words.say_many("cli-keys-rotated", rotation.rewrapped))
    return 0
