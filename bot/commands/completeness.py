"""Say how whole each person's history looks, year by year.

For a training coordinator, before anybody trusts a standing: a year without
records may be a year without training or a file that never came. It changes
nothing and judges nobody.

Examples:
    rollcall completeness --year 2026
    rollcall completeness --badge 214

Exit codes:
    0  told
    1  refused
    2  not understood
"""

import argparse

from bot.commands.moments import add_moment_arguments, asked
from bot.commands.opening import agency_and_day, opened
from db.unit_of_work import reading
from messages.words import load
from training.completeness import YearLook, completeness, tally
from training.people import display_name


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One year, one person, or everybody's every year."""
    words = load()
    parser.add_argument("--year", type=int, metavar="YEAR", help=words.say("help-completeness-year"))
    parser.add_argument("--badge", metavar="BADGE", help=words.say("help-completeness-badge"))
    add_moment_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when told."""
    words = load()
    with opened() as office:
        agency_id, today = agency_and_day(office)
        at = asked(office, agency_id, arguments)
        with reading(office.engine) as conn:
            everybody = completeness(conn, agency_id, at.day, known_at=at.moment.seq)
            out_of_sight = office.walls.protected(conn, agency_id, today)
    if line := at.line(words):
        print(line)
    for one in everybody:
        if one.person.person_id in out_of_sight:
            continue
        badge = one.person.employment.fact.badge_number
        if arguments.badge and badge.casefold() != arguments.badge.casefold():
            continue
        years = [each for each in one.years if arguments.year in (None, each.year)]
        if arguments.year is not None:
            years = [each for each in years if each.look is not YearLook.WHOLE]
        for each in years:
            print(
                words.say(
                    "cli-completeness-line",
                    badge=badge,
                    name=display_name(one.person),
                    year=each.year,
                    look=words.say(f"completeness-{each.look}"),
                    records=each.records,
                )
            )
    if arguments.year is not None:
        for look, n in tally(everybody, arguments.year).items():
            print(words.say("completeness-count", look=words.say(f"completeness-count-{look}"), n=n))
    print(words.say("completeness-meaning"))
    return 0
