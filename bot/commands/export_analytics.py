"""Write figures of everybody to a file, under pseudonyms, for a stated purpose.

For whoever reports or plans; --as says who asks. A person has the same
pseudonym in each file, and nobody is named. The key of the pseudonyms lies
outside the database. An existing file of that name is replaced.

Example:
    rollcall export analytics --as 902 --purpose board-report --output figures.csv

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands import exporting
from training.transcripts.exports import analytics


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who asks, for what, and where the file goes."""
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    key = exporting.pseudonym_key()
    return exporting.write(arguments, lambda clerk: analytics(clerk, arguments.purpose, key))
