"""Judge the agency by a version of a pack from a day on.

For whoever decides about the agency's rules. Without --yes it shows who would
move and writes nothing. The version it takes the place of ends the day before;
earlier days keep the rules they had, and no past answer changes.

Examples:
    rollcall rules adopt mn-2026.1 --from 2027-07-01
    rollcall rules adopt mn-2026.1 --from 2027-07-01 --yes

Exit codes:
    0  done or shown
    1  refused
    2  not understood
"""

import argparse
import sys

from bot.commands import pack_change
from bot.commands.opening import opened
from messages.words import load
from training.pack_adoption import adopt

TERMINAL = "terminal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pack, the first day, and whether to write."""
    pack_change.add_arguments(parser, day_needed=True)
    parser.add_argument("--yes", action="store_true", help=load().say("help-rules-adopt-yes"))


def run(arguments: argparse.Namespace) -> int:
    """Show who moves, then write or say how; 1 when it is refused."""
    words = load()
    with opened() as office:
        shown = pack_change.show(office, arguments, words, sys.stdout)
        if not arguments.yes:
            print(words.say("pack-adopt-how-to-write"))
            return 0
        adopt(office, shown.agency_id, shown.adoption, channel=TERMINAL)
        print(
            words.say(
                "pack-adopted",
                pack=shown.adoption.pack.name,
                day=shown.adoption.starts_on.isoformat(),
            )
        )
    return 0
