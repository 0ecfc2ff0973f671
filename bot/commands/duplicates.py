"""List people and records that may be the same, and days that cannot be right.

For a training coordinator, after an import. It changes nothing: a coordinator
decides about each in a chat.

Examples:
    rollcall duplicates
    rollcall duplicates --count

Exit codes:
    0  told, also where there are some
    1  refused
    2  not understood
"""

import argparse

from bot.commands.moments import add_moment_arguments, asked
from bot.commands.opening import agency_and_day, opened
from db.unit_of_work import reading
from messages.duplicates import line
from messages.words import load
from training.twins.duplicate_words import proposal_facts
from training.twins.duplicates import proposals_at


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only how many, and of which moment: it lists what waits, and a coordinator decides in a chat."""
    parser.add_argument("--count", action="store_true", help=load().say("help-duplicates-count"))
    add_moment_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 always: a proposal is no mistake."""
    words = load()
    with opened() as office:
        agency_id, today = agency_and_day(office)
        at = asked(office, agency_id, arguments)
        with reading(office.engine) as conn:
            found = proposals_at(conn, agency_id, at.day, read_on=at.read_on, known_at=at.moment.seq)
            found = found.without(office.walls.protected(conn, agency_id, today))
        n = len(found.open)
        if said := at.line(words):
            print(said)
        print(words.say_many("duplicates-found", n) if n else words.say("duplicates-none"))
        if not arguments.count:
            for number, each in enumerate(found.open, 1):
                print(line(number, proposal_facts(found, each, words), words))
        if n and at.moment.is_now:
            print(words.say("duplicates-decide-in-chat"))
    return 0
