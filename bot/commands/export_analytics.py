"""``rollcall export analytics``: figures of everybody under pseudonyms that stay the same from file to file."""

import argparse

from bot.commands import exporting
from training.exports import analytics


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who asks, for what, and where the file goes."""
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    key = exporting.pseudonym_key()
    return exporting.write(arguments, lambda clerk: analytics(clerk, arguments.purpose, key))
