"""Read a table from a CSV file or Excel workbook, and show what it would do.

For a training coordinator; docs/importing.md has the columns. Nothing is
written without --yes. The same file twice changes nothing, a changed value
becomes a correction beside the old one, and no record is ever deleted. A
rejected row comes back with --rejected, with the reason; mend it there and
import that file.

Examples:
    rollcall import roster roster.csv --state MN
    rollcall import roster roster.csv --state MN --yes
    rollcall import history history.csv --rejected mend.csv --yes

Exit codes:
    0  done or shown
    1  refused or left with a question
    2  not understood
"""

import argparse
import sys

from bot.commands import imports
from bot.commands.opening import opened
from config.settings import load as load_settings
from messages.words import load
from training.agency_setup import the_agency


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is imported, and how its columns are meant."""
    imports.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused or left with a question, 2 not understood."""
    words = load()
    with opened() as office:
        return imports.run(arguments, office, the_agency(office), words, sys.stdout, settings=load_settings())
