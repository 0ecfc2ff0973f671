"""Say what can be read from a certificate: one JSON object for each file.

For programs, and for whoever wonders what was read. One file is answered with
the object alone; of several each is one line with its file. A file that is
refused is answered so. It needs no database, and nothing is kept.

Examples:
    rollcall read certificate certificate.pdf
    rollcall read certificate front.jpg back.jpg

Exit codes:
    0  every file was answered
    1  a file could not be opened
    2  not understood
"""

import argparse
import json
from pathlib import Path

from messages.words import load
from reading.certificates.lines import as_object
from reading.documents.limits import MAX_BYTES
from reading.process.model import ReaderTrouble, given_up
from reading.process.reader import Reader
from training.errors import ErrorCode, RollcallError

_PATIENCE = 180.0  # seconds; the reader itself gives a file up long before


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One file or several."""
    words = load()
    parser.add_argument(
        "file", nargs="+", type=Path, metavar="FILE", help=words.say("help-read-certificate-file")
    )


def run(arguments: argparse.Namespace) -> int:
    """0 also for a file that is refused: that is what was read."""
    several = len(arguments.file) > 1
    for path in arguments.file:
        _content(path, most=1)
    reader = Reader()
    try:
        for path in arguments.file:
            # One byte more than may be: the reader then says that it is too large.
            found = reader.read(_content(path, most=MAX_BYTES + 1), within=_PATIENCE)
            answer = as_object(found or given_up(ReaderTrouble.TOO_SLOW))
            print(json.dumps({"file": str(path), **answer} if several else answer), flush=True)
    finally:
        reader.close()
    return 0


def _content(path: Path, *, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise RollcallError(ErrorCode.FILE_NOT_OPENED, file=str(path), problem=problem) from error
