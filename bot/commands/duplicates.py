"""``rollcall duplicates``: people and records that may be the same, and days that cannot be right. Changes nothing."""

import argparse

from bot.commands.opening import opened
from db.queries import agencies
from db.unit_of_work import reading
from messages.duplicates import line
from messages.words import load
from training.agency_setup import the_agency
from training.duplicate_words import proposal_facts
from training.duplicates import proposals
from training.office import business_now, local_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing: it lists what waits, and a coordinator decides in a chat."""
    parser.add_argument("--count", action="store_true", help=load().say("help-duplicates-count"))


def run(arguments: argparse.Namespace) -> int:
    """0 always: a proposal is no mistake."""
    words = load()
    with opened() as office:
        agency_id = the_agency(office)
        if agency_id is None:
            print(words.say("import-no-agency"))
            return 1
        with reading(office.engine) as conn:
            zone = agencies.agency(conn, agency_id).fact.time_zone
            found = proposals(conn, agency_id, local_day(business_now(office), zone))
        n = len(found.open)
        print(words.say_many("duplicates-found", n) if n else words.say("duplicates-none"))
        if not arguments.count:
            for number, each in enumerate(found.open, 1):
                print(line(number, proposal_facts(found, each, words), words))
        if n:
            print(words.say("duplicates-decide-in-chat"))
    return 0
