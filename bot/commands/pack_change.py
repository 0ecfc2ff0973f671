"""What ``rules preview`` and ``rules adopt`` share: the agency, the day, and who would move, shown as it is found."""

import argparse
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from db.queries import agencies
from db.records.facts import AgencyId
from db.unit_of_work import reading
from messages.pack_preview import preview_head, preview_person
from messages.words import Words, load
from training.agency_setup import agency_called
from training.office import Office, business_now, local_day
from training.pack_adoption import Adoption, planned
from training.pack_preview import moved_people, preview


def add_arguments(parser: argparse.ArgumentParser, *, day_needed: bool) -> None:
    """The pack, the day it is taken up from, and the agency where there are several."""
    words = load()
    add = parser.add_argument
    add("pack", metavar="PACK", help=words.say("help-rules-adopt-pack"))
    add(
        "--from",
        dest="starts_on",
        type=date.fromisoformat,
        required=day_needed,
        metavar="2027-07-01",
        help=words.say("help-rules-adopt-from"),
    )
    add("--agency", metavar="NAME", help=words.say("help-rules-adopt-agency"))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What was previewed: whose agency, what would be written, and whether anybody moves."""

    agency_id: AgencyId
    adoption: Adoption
    anybody: bool


def show(office: Office, arguments: argparse.Namespace, words: Words, out: TextIO) -> ShownChange:
    """Print the preview from one snapshot. RollcallError when the pack cannot be taken up so."""
    agency_id = agency_called(office, arguments.agency)
    now = business_now(office)
    with reading(office.engine) as conn:
        agency = agencies.agency(conn, agency_id).fact
        today = local_day(now, agency.time_zone)
        adoption = planned(conn, office.shelf, agency_id, arguments.pack, arguments.starts_on or today)
        found = preview(conn, office.shelf, agency_id, adoption, today)
        for line in preview_head(found, agency.name, words):
            print(line, file=out)
        for person in moved_people(conn, office.shelf, agency_id, adoption, found):
            for line in preview_person(person, found, words):
                print(line, file=out)
    return ShownChange(agency_id, adoption, bool(found.moved))
