"""Print what a person's file said on a day, as known at a moment.

For records staff and legal: each entry with who recorded it, when, from which
file, and what became of it since. It changes nothing; the look is on file.
With --against the differences too: of two moments when one was given with
--known-at or no day with --as-of; with a day alone, of two days as they are
known now.

Examples:
    rollcall transcript 214
    rollcall transcript 214 --as-of 2027-02-01 --known-at 2027-02-03
    rollcall transcript 214 --known-at 2027-03-01 --against 2027-05-01

Exit codes:
    0  done
    1  refused
    2  not understood
"""

import argparse
from datetime import date, datetime

from bot.commands.moments import instant, moment
from bot.commands.opening import opened
from db.queries import agencies
from db.unit_of_work import reading
from messages.transcript import change_lines, transcript_lines
from messages.words import load
from training.agency_setup import agency_called
from training.errors import ErrorCode, RollcallError
from training.office import business_now, local_day
from training.transcripts.transcripts import Transcript, difference, note_look, transcript

TERMINAL = "terminal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, on which day, as known when, and beside what."""
    words = load()
    add = parser.add_argument
    add("badge", metavar="BADGE", help=words.say("help-transcript-badge"))
    add("--known-at", type=moment, metavar="2027-03-02T14:10", help=words.say("help-transcript-known-at"))
    add("--as-of", type=date.fromisoformat, metavar="2027-03-02", help=words.say("help-transcript-as-of"))
    add("--against", type=moment, metavar="2027-05-01", help=words.say("help-transcript-against"))
    add("--agency", metavar="NAME", help=words.say("help-rules-adopt-agency"))


def run(arguments: argparse.Namespace) -> int:
    """Print the transcript, then the differences; 1 when nobody has the badge."""
    words = load()
    with opened() as office:
        agency_id = agency_called(office, arguments.agency)
        now = business_now(office)
        made: list[Transcript] = []
        with reading(office.engine) as conn:
            zone = agencies.agency(conn, agency_id).fact.time_zone
            for known_at, as_of in _asked(arguments, now, zone):
                found = transcript(
                    conn, office.shelf, agency_id, arguments.badge, as_of=as_of, known_at=known_at, now=now
                )
                if found is None:
                    raise RollcallError(ErrorCode.BADGE_UNKNOWN, badge=arguments.badge)
                made.append(found)
        for line in transcript_lines(made[0].facts, words):
            print(line)
        if len(made) > 1:
            before, after = sorted(made, key=lambda each: (each.facts.sequence, each.facts.as_of))
            print()
            for line in change_lines(difference(before, after), words):
                print(line)
        note_look(office, agency_id, made, TERMINAL)
    return 0


def _asked(arguments: argparse.Namespace, now: datetime, zone: str) -> list[tuple[datetime | None, date]]:
    """The moments of knowledge, None for all that is on file, and the days: one pair, or two to compare."""
    known_at = None if arguments.known_at is None else instant(arguments.known_at, zone)
    asked = [(known_at, arguments.as_of or local_day(known_at or now, zone))]
    if arguments.against is not None:
        other = instant(arguments.against, zone)
        day = local_day(other, zone)
        two_days = arguments.known_at is None and arguments.as_of is not None
        asked.append((None, day) if two_days else (other, arguments.as_of or day))
    return asked
