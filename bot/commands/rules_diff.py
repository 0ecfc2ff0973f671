"""Say what one rule pack says differently from another.

For whoever reviews a change of rules. B may also be a copy of A, of last year.
Comments and notes in the files are not compared. It needs no database.

Example:
    rollcall rules diff mn-2026.1 ./mn

Exit codes:
    0  nothing differs
    1  something does
    2  a pack was not understood
"""

import argparse
from pathlib import Path

from bot.commands.opening import own_folders
from bot.commands.overview import explain
from messages.pack_diff import diff_lines
from messages.words import load
from rules.diff import compare
from rules.errors import PackError, UnknownPackError
from rules.loader import load_folder, load_pack
from rules.pack import Pack
from training.errors import ErrorCode, RollcallError

SAME, DIFFERENT, NOT_UNDERSTOOD = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two packs, each by its id or its folder."""
    words = load()
    parser.add_argument("before", metavar="A", help=words.say("help-rules-diff-before"))
    parser.add_argument("after", metavar="B", help=words.say("help-rules-diff-after"))


def run(arguments: argparse.Namespace) -> int:
    """Print the difference; 0 when there is none, 1 when there is, 2 when a pack cannot be read."""
    try:
        folders = own_folders()
        before, after = _pack(arguments.before, folders), _pack(arguments.after, folders)
    except RollcallError as error:
        # Said here and not by the caller, who ends with 1: that would read as "different".
        explain(error)
        return NOT_UNDERSTOOD
    diff = compare(before, after)
    for line in diff_lines(diff, load()):
        print(line)
    return SAME if diff.same else DIFFERENT


def _pack(given: str, folders: tuple[Path, ...]) -> Pack:
    """The pack held under this id, else the one in this folder. An id wins; ``./mn`` is the folder."""
    try:
        return load_pack(given, *folders)
    except UnknownPackError as error:
        if not (Path(given) / "pack.yaml").is_file():
            raise RollcallError(ErrorCode.PACK_UNKNOWN, pack=error.name, known=error.held) from error
    except PackError as error:
        raise RollcallError(ErrorCode.PACK_BROKEN, problem=str(error)) from error
    try:
        return load_folder(Path(given), *folders)
    except PackError as error:
        raise RollcallError(ErrorCode.PACK_BROKEN, problem=str(error)) from error
