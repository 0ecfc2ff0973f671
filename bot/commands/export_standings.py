"""Write to a file where everybody stands, for a stated purpose.

For whoever may list everybody; --as says who asks. People in protected
assignments are in no such file. The purpose stands in the head of the file and
in the log. An existing file of that name is replaced.

Example:
    rollcall export standings --as 1 --purpose staffing --output standings.csv

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse

from bot.commands import exporting
from training.transcripts.exports import standings_list


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who asks, for what, and where the file goes."""
    exporting.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    return exporting.write(arguments, lambda clerk: standings_list(clerk, arguments.purpose))
