"""Read every rule pack strictly, and say what nobody has reviewed for 300 days.

For whoever keeps the rules, after each change and once a month. The shipped
packs, those of the data folder and those of the folders named are read. It
names file and line of a mistake. It needs no database and changes nothing.

Examples:
    rollcall rules check
    rollcall rules check data/packs --on 2027-07-01

Exit codes:
    0  all is well
    1  a pack is broken or was not reviewed
    2  not understood
"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands.opening import own_folders
from bot.doctor.rulebooks import STALE_AFTER
from messages.words import Words, load
from rules.errors import PackError
from rules.loader import load_packs
from rules.pack import Pack
from training.errors import ErrorCode, RollcallError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders with further packs, and the day to reckon staleness from."""
    words = load()
    add = parser.add_argument
    add("folders", nargs="*", type=Path, metavar="FOLDER", help=words.say("help-rules-check-folders"))
    add("--on", type=date.fromisoformat, metavar="2027-07-01", help=words.say("help-rules-check-on"))


def run(arguments: argparse.Namespace) -> int:
    """Print one line a pack; 1 when any is broken or stale."""
    words = load()
    day = arguments.on or datetime.now(UTC).date()
    try:
        packs = load_packs(*own_folders(), *arguments.folders)
    except PackError as error:
        raise RollcallError(ErrorCode.PACK_BROKEN, problem=str(error)) from error
    stale = [line for pack in packs for line in _stale(pack, day, words)]
    for pack in packs:
        references = sum(len(requirement.references) for requirement in pack.requirements)
        print(
            words.say("cli-pack-checked", name=pack.name, rules=len(pack.requirements), references=references)
        )
    for line in stale:
        print(line)
    return 1 if stale else 0


def _stale(pack: Pack, day: date, words: Words) -> list[str]:
    return [
        words.say(
            "cli-pack-stale",
            name=pack.name,
            rule=requirement.id,
            days=(day - requirement.reviewed_on).days,
            reviewed=requirement.reviewed_on.isoformat(),
        )
        for requirement in pack.requirements
        if day - requirement.reviewed_on > STALE_AFTER
    ]
