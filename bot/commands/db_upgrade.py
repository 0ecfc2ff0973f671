"""``rollcall db upgrade``: bring the database to this release; doing it again changes nothing."""

import argparse
import sys

from bot.commands.opening import opened
from bot.commands.setup import upgrade_database
from messages.words import load


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: the settings say which database."""


def run(_: argparse.Namespace) -> int:
    """1 when the settings are wrong."""
    words = load()
    with opened(words, migrated=False) as office:
        return 1 if office is None else upgrade_database(office.engine, words, sys.stdout)
