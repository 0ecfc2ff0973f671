"""Say who would change status if the agency took up another version of a pack.

For a coordinator, before "rules adopt". Nothing is written. Everybody is
counted by word before and after, then each one who moves is named.

Examples:
    rollcall rules preview mn-2026.1
    rollcall rules preview mn-2026.1 --from 2027-07-01

Exit codes:
    0  nobody changes
    1  somebody does
    2  the pack cannot be taken up so
"""

import argparse
import sys

from bot.commands import pack_change
from bot.commands.opening import opened
from bot.commands.overview import explain
from messages.words import load
from training.errors import RollcallError

NOBODY, SOMEBODY, NOT_UNDERSTOOD = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The pack; without a day it is today."""
    pack_change.add_arguments(parser, day_needed=False)


def run(arguments: argparse.Namespace) -> int:
    """Print counts, then people."""
    try:
        with opened() as office:
            shown = pack_change.show(office, arguments, load(), sys.stdout)
    except RollcallError as error:
        # Said here and not by the caller, who ends with 1: that would read as "somebody changes".
        explain(error)
        return NOT_UNDERSTOOD
    return SOMEBODY if shown.anybody else NOBODY
