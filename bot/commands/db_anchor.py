"""Write today's count and hash of every audit chain to the second place.

For whoever keeps the service up, once a day from a timer; doing it again
writes nothing. ROLLCALL_ANCHOR_DIR names the place, on another machine. No
file there is ever written to again.

Example:
    rollcall db anchor

Exit codes:
    0  every agency has its anchor of today
    1  refused or no place is set
    2  not understood
"""

import argparse
import sys
from pathlib import Path
from typing import TextIO

from bot.commands.opening import opened
from config.settings import load as load_settings
from messages.words import Words, load
from training.office import Office
from training.safekeeping.anchors import anchor_all


def add_arguments(_: argparse.ArgumentParser) -> None:
    """None: the settings say which database and which folder."""


def run(_: argparse.Namespace) -> int:
    """0 when every agency has its anchor of today, 1 when there is nowhere to write one."""
    with opened() as office:
        return anchor_database(office, load_settings().anchor_dir, load(), sys.stdout)


def anchor_database(office: Office, folder: Path | None, words: Words, out: TextIO) -> int:
    """Write what is missing of today, and say it."""
    if folder is None:
        print(words.say("db-anchor-nowhere"), file=out)
        return 1
    written = anchor_all(office, folder)
    for each in written:
        said = words.say(
            "db-anchor-written", agency=str(each.agency), file=each.name, entries=str(each.entries)
        )
        print(said, file=out)
    if not written:
        print(words.say("db-anchor-there"), file=out)
    return 0
