"""Read the roster from the Microsoft directory, and show what it would change.

For whoever runs the installation; docs/directory.md has the permissions and
settings. Nothing is written without --yes, and then only what was shown: when
the directory has changed since, the new preview comes first. After the first
time only changes are read, --whole reads everything again. Nobody is made
inactive: whose account is disabled or gone is named, for a person to decide.

Examples:
    rollcall directory
    rollcall directory --yes
    rollcall directory --whole --report directory.txt

Exit codes:
    0  done or shown
    1  refused or left with a question
    2  not understood
"""

import argparse
import logging
import sys
from collections.abc import Iterator
from typing import TextIO

from bot.commands import imports
from bot.commands.opening import opened, the_settings
from bot.graph.opening import directory_of
from config.settings import Settings
from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from messages.words import Words, load
from training.agency_setup import the_agency
from training.directory import following
from training.directory.following import DirectoryLook
from training.directory.model import AgencyDirectory
from training.errors import ErrorCode, RollcallError
from training.imports.opening import legible
from training.office import Office, business_now, local_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much is read, and whether it is written."""
    words = load()
    add = parser.add_argument
    add("--whole", action="store_true", help=words.say("help-directory-whole"))
    add("--fewer", action="store_true", help=words.say("help-directory-fewer"))
    imports.add_confirming(parser, words)
    parser.set_defaults(file=None)


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 refused or left with a question, 2 not understood."""
    # What the log has of a refusal is said as a sentence here.
    logging.getLogger("bot").addHandler(logging.NullHandler())
    settings = the_settings()
    directory = directory_of(settings)
    if directory is None:
        raise RollcallError(ErrorCode.DIRECTORY_OFF)
    with opened() as office:
        return follow(arguments, office, the_agency(office), directory, settings=settings)


def follow(
    arguments: argparse.Namespace,
    office: Office,
    agency_id: AgencyId | None,
    directory: AgencyDirectory,
    *,
    settings: Settings,
    out: TextIO = sys.stdout,
    aside: TextIO = sys.stderr,
) -> int:
    """DirectoryLook, show, and with ``--yes`` write what was looked at before."""
    words = load()
    zone = settings.time_zone.key
    if agency_id is not None:
        with reading(office.engine) as conn:
            zone = agencies.agency(conn, agency_id).fact.time_zone
    today = local_day(business_now(office), zone)
    look = following.look(office, agency_id, directory, today, whole=arguments.whole, fewer=arguments.fewer)
    for line in _read(look, words):
        print(legible(line), file=out)
    if not look.table.rows:
        print(words.say("directory-nothing"), file=out)
        if agency_id is not None and (arguments.yes or not look.gone):
            following.gone_on(office, agency_id, look)
        return imports.DONE
    moved = (
        arguments.yes and agency_id is not None and not following.is_what_was_shown(office, agency_id, look)
    )
    if moved:
        # What nobody has looked at is shown like any preview.
        arguments.yes = False
    code = imports.confirm(
        arguments, office, agency_id, words, out, look.file, settings=settings, aside=aside, whole=look.whole
    )
    if moved and agency_id is not None:
        following.shown(office, agency_id, look)
        raise RollcallError(ErrorCode.DIRECTORY_MOVED)
    if code != imports.DONE:
        return code
    owner = agency_id or the_agency(office)
    if owner is not None:
        if arguments.yes:
            following.gone_on(office, owner, look)
        else:
            following.shown(office, owner, look)
    return code


def _read(look: DirectoryLook, words: Words) -> Iterator[str]:
    """How much was read, who is left out, and who of the roster is gone."""
    yield words.say_many("directory-read-whole" if look.whole else "directory-read-changes", look.table.rows)
    for why, n in look.table.counted().items():
        yield words.say_many(f"directory-left-out-{why}", n)
    if look.gone:
        yield words.say("directory-gone")
        for each in look.gone:
            person = each.person
            yield "  " + words.say(f"directory-gone-{each.why}", name=person.name, badge=person.badge_number)
    yield ""
