"""Make the database, or bring it to this release.

For whoever keeps the service up: once before the first start, and before the
start of each new release. Take a backup first. The release before it goes on
working meanwhile. Doing it again changes nothing.

Example:
    rollcall db upgrade

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse
import sys

from bot.commands.opening import opened
from bot.commands.setup import upgrade_database
from messages.words import load


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: the settings say which database."""


def run(_: argparse.Namespace) -> int:
    """0 when done."""
    words = load()
    with opened(migrated=False) as office:
        return upgrade_database(office.engine, words, sys.stdout)
