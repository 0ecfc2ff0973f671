"""``rollcall keys rotate``: wrap every key of messages and files under a new master key; interrupted, run it again."""

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
