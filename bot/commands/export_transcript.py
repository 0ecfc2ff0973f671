"""Write one person's training record to a file, for a stated purpose.

For whoever may see that record, and for everybody their own; --as says who
asks. The purpose stands in the head of the file and in the log. An existing
file of that name is replaced.

Examples:
    rollcall export transcript 214 --as 905 --purpose public-records --output ruiz.csv
    rollcall export transcript 214 --as 214 --purpose own-copy --output my-record.pdf

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands import exporting
from messages.words import load
from training.transcripts.exports import transcript


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose record, who asks, for what, and where the file goes."""
    parser.add_argument("person", metavar="BADGE", help=load().say("help-export-badge"))
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    return exporting.write(arguments, lambda clerk: transcript(clerk, arguments.person, arguments.purpose))
