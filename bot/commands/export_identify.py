"""``rollcall export identify PSEUDONYM``: who is behind a pseudonym; a permission of its own, and an entry."""

import argparse

from bot.commands import exporting
from messages.words import load
from training.exports import re_identify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which pseudonym, who asks, and for what."""
    parser.add_argument("pseudonym", metavar="PSEUDONYM", help=load().say("help-export-pseudonym"))
    exporting.add_arguments(parser, output=False)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with exporting.clerk(arguments.badge) as clerk:
        print(re_identify(clerk, arguments.pseudonym, arguments.purpose, exporting.pseudonym_key()))
    return 0
