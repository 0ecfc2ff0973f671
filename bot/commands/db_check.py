"""``rollcall db check``: is the record whole, its triggers in place and its audit chain unbroken?"""

import argparse
import sys
from pathlib import Path

from bot.commands.opening import opened
from bot.commands.setup import check_database
from config.settings import load as load_settings
from messages.words import load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which anchors to compare with; the settings say which database."""
    words = load()
    parser.add_argument(
        "--anchors", type=Path, default=None, metavar="FOLDER", help=words.say("help-db-anchors")
    )


def run(arguments: argparse.Namespace) -> int:
    """1 when anything is wrong."""
    words = load()
    with opened(migrated=False) as office:
        anchors = arguments.anchors or load_settings().anchor_dir
        return check_database(office.engine, words, sys.stdout, anchors, keys_of=office, files_of=office)
