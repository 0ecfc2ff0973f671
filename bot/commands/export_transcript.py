"""``rollcall export transcript BADGE``: one training record as a file, its purpose in its head and in the log."""

import argparse

from bot.commands import exporting
from messages.words import load
from training.exports import transcript


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose record, who asks, for what, and where the file goes."""
    parser.add_argument("person", metavar="BADGE", help=load().say("help-export-badge"))
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    return exporting.write(arguments, lambda clerk: transcript(clerk, arguments.person, arguments.purpose))
