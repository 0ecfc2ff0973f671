"""``rollcall db upgrade``: bring the database to this release; doing it again changes nothing."""

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
