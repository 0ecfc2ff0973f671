"""Check that the record is whole and its audit chain unbroken.

For whoever keeps the service up: from a timer, and after anything odd; it may
run beside the service. Facts, triggers, chain, keys and files are read, and
compared with the anchors where there are any. It changes and mends nothing;
docs/record.md says what each finding means.

Examples:
    rollcall db check
    rollcall db check --anchors anchors-of-last-year

Exit codes:
    0  nothing is wrong
    1  something is or it was refused
    2  not understood
"""

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
