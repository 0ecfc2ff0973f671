"""Let one viewer see one person in a protected assignment.

For whoever may decide it; docs/roles.md has the table. Nobody else sees more
than before. Who decided, and why, is on file.

Example:
    rollcall access disclose 231 --to 77 --because "joint operation" --as 905

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse
from datetime import date

from bot.commands.exporting import clerk
from messages.words import load
from training.grants import disclose


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who is shown to whom, why, until when, and who decides it."""
    words = load()
    add = parser.add_argument
    add("person", metavar="BADGE", help=words.say("help-access-protected"))
    add("--to", dest="viewer", required=True, metavar="BADGE", help=words.say("help-access-to"))
    add("--because", required=True, metavar="REASON", help=words.say("help-access-because"))
    add("--as", dest="badge", required=True, metavar="BADGE", help=words.say("help-access-as"))
    add("--until", type=date.fromisoformat, metavar="2027-06-30", help=words.say("help-access-until"))


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    with clerk(arguments.badge) as by:
        disclose(
            by.office,
            by.agency_id,
            by.sender,
            arguments.person,
            arguments.viewer,
            arguments.because,
            arguments.until,
        )
        print(by.words.say("access-disclosed"))
    return 0
