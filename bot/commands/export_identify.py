"""Say who is behind a pseudonym of an analytics export.

For the few who may; --as says who asks. It needs a permission of its own, and
the look is on file.

Example:
    rollcall export identify P-2CQ6LM3XWZ7ABCDE --as 905 --purpose audit

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands import exporting
from messages.words import load
from training.transcripts.exports import re_identify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which pseudonym, who asks, and for what."""
    parser.add_argument("pseudonym", metavar="PSEUDONYM", help=load().say("help-export-pseudonym"))
    exporting.add_arguments(parser, output=False)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with exporting.clerk(arguments.badge) as clerk:
        print(re_identify(clerk, arguments.pseudonym, arguments.purpose, exporting.pseudonym_key()))
    return 0
