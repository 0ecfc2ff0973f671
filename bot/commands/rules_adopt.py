"""``rollcall rules adopt PACK --from DATE``: judge the agency by this version from a day; written only with ``--yes``.

The version it takes the place of ends the day before. Earlier days keep the rules they had.
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
