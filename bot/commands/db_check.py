"""``rollcall db check``: is the record whole, its triggers in place and its audit chain unbroken?"""

import argparse
import sys

from bot.commands.opening import opened
from bot.commands.setup import check_database
from messages.words import load


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: the settings say which database."""


def run(_: argparse.Namespace) -> int:
    """1 when anything is wrong."""
    words = load()
    with opened(migrated=False) as office:
        return check_database(office.engine, words, sys.stdout)
