"""About which day does a command answer, and by what was on file when? Two options, the same at every command."""

import argparse
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from messages.moment import MomentFacts, doubt_line, moment_line
from messages.words import Words, load
from training.moments import Moment, known_moment
from training.office import Office, business_now, local_day

# A day as a moment: everything that was recorded on it is known.
END_OF_DAY = time(23, 59, 59, 999_999)


def add_moment_arguments(parser: argparse.ArgumentParser) -> None:
    """The day, and the moment of the file."""
    words = load()
    add = parser.add_argument
    add("--as-of", type=date.fromisoformat, metavar="2027-03-02", help=words.say("help-moment-as-of"))
    add("--known-at", type=moment, metavar="2027-03-02T14:10", help=words.say("help-transcript-known-at"))


def moment(text: str) -> datetime:
    """A date and time where the agency is, or with its own offset; a date alone is its last instant."""
    given = datetime.fromisoformat(text)
    return given if "T" in text or " " in text else datetime.combine(given.date(), END_OF_DAY)


def instant(at: datetime, zone: str) -> datetime:
    """The same in UTC; without an offset it is where the agency is."""
    local = at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class CommandMoment:
    """The moment of a command: ``day`` is what it answers about, ``read_on`` the day on which the file is read."""

    moment: Moment
    day: date
    read_on: date
    today: date

    def line(self, words: Words) -> str:
        """What the answer says of its moment; empty for now."""
        if self.moment.is_now:
            return ""
        facts = MomentFacts(
            day=self.day, today=self.today, known=self.moment.known, doubtful=self.moment.doubtful
        )
        return " ".join([moment_line(facts, words), *([doubt_line(words)] if facts.doubtful else [])])


def asked(office: Office, agency_id: AgencyId, arguments: argparse.Namespace) -> CommandMoment:
    """What the two options mean at the agency; a file of a moment to come is that of now."""
    now = business_now(office)
    with reading(office.engine) as conn:
        zone = agencies.agency(conn, agency_id).fact.time_zone
        today = local_day(now, zone)
        if arguments.known_at is None:
            return CommandMoment(Moment(arguments.as_of), arguments.as_of or today, today, today)
        known = min(instant(arguments.known_at, zone), now).astimezone(ZoneInfo(zone))
        day = arguments.as_of or known.date()
        moment_ = known_moment(conn, agency_id, day, known, ZoneInfo(zone))
    return CommandMoment(moment_, day, known.date(), today)
