"""Write the whole record into one new file, for SQLite and PostgreSQL alike.

For whoever keeps the service up; it may run beside the service. The keys of
messages and files are not in it, and must be kept elsewhere. A file that is
already there is never replaced.

Example:
    rollcall db backup rollcall-2027-03-02.backup

Exit codes:
    0  whole
    1  refused, or written and a sent file is missing
    2  not understood
"""

import argparse
import sys
from pathlib import Path
from typing import TextIO

from bot.commands.opening import opened
from messages.words import Words, load
from training.office import Office
from training.safekeeping.backups import back_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    words = load()
    parser.add_argument("file", type=Path, metavar="FILE", help=words.say("help-db-backup-file"))


def run(arguments: argparse.Namespace) -> int:
    """0 when it is written with all that belongs into it."""
    with opened() as office:
        return back_up_database(office, arguments.file, load(), sys.stdout)


def back_up_database(office: Office, path: Path, words: Words, out: TextIO) -> int:
    """Write it, and say what it holds."""
    manifest = back_up(office, path)
    said = words.say_many("db-backup-written", manifest.rows, file=str(path), version=manifest.revision)
    print(said, file=out)
    files = manifest.files
    for key, count in (("carried", files.carried), ("apart", files.apart), ("lost", files.lost)):
        if count:
            print(words.say_many(f"db-backup-files-{key}", count), file=out)
    return 1 if files.lost else 0
