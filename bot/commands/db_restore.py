"""Fill an empty database from a backup, check it, and say what is missing.

For whoever keeps the service up, after a loss; docs/record.md has the order of
steps. The settings say which database. One that holds anything is refused.

Example:
    rollcall db restore rollcall-2027-03-02.backup

Exit codes:
    0  restored and sound
    1  refused or not sound
    2  not understood
"""

import argparse
import sys
from pathlib import Path
from typing import TextIO

from bot.commands.opening import opened
from bot.commands.setup import check_database
from config.settings import load as load_settings
from messages import wording
from messages.words import Words, load
from training.office import Office
from training.safekeeping.backups import Gap, bring_back


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    words = load()
    parser.add_argument("file", type=Path, metavar="FILE", help=words.say("help-db-restore-file"))


def run(arguments: argparse.Namespace) -> int:
    """0 when it is restored and sound."""
    with opened(migrated=False) as office:
        return restore_database(office, arguments.file, load_settings().anchor_dir, load(), sys.stdout)


def restore_database(office: Office, path: Path, anchors: Path | None, words: Words, out: TextIO) -> int:
    """Restore, say the gap of each agency, and check."""
    restored = bring_back(office, path, anchors)
    gaps = restored.gaps
    print(words.say_many("db-restored", len(gaps), file=str(path)), file=out)
    for gap in gaps:
        print(f"  {told(gap, words)}", file=out)
    if restored.files.carried:
        print(words.say_many("db-restored-files", restored.files.carried), file=out)
    if restored.files.apart:
        print(words.say_many("db-restored-files-apart", restored.files.apart), file=out)
    return check_database(office.engine, words, out, anchors, files_of=office)


def told(gap: Gap, words: Words) -> str:
    """What one agency's record lacks, and what follows from it."""
    if gap.ends_at is None:
        said = [words.say("db-gap-empty", agency=gap.agency)]
    else:
        at = wording.moment(gap.ends_at, words)
        said = [words.say("db-gap-ends", agency=gap.agency, entries=str(gap.entries), at=at)]
    if gap.missing and gap.anchored_at is not None:
        at = wording.moment(gap.anchored_at, words)
        said.append(words.say_many("db-gap-missing", gap.missing, at=at, last=str(gap.anchored)))
    else:
        said.append(words.say("db-gap-none-known"))
    said.append(words.say("db-gap-repeat", at=wording.moment(gap.taken_at, words)))
    return " ".join(said)
