"""What stands in the service's log, and what must never stand there?"""

import json
import re

from db.queries import people
from tests.scenario.cast import Agency

SECRET = "xoxb-geheim-4711"  # noqa: S105  nobody's
MORNING = (
    "am i good?",
    "why",
    "list",
    "deadlines",
    "how is 240",
    "how is Novak doing",
    "who saw my record",
    "team",
    "my number is 612-555-0142, call me about Ruiz",
    "what if i take 4 hours of autism",
    f"here is the token {SECRET}",
    "help",
    "gibberish of Okafor",
)


def personal(agency: Agency) -> set[str]:
    """Every name, badge, address and number of everybody in the agency."""
    with agency.reading() as conn:
        roster = people.roster(conn, agency.agency_id)
        points = people.contact_points(conn, agency.agency_id, [each.person_id for each in roster])
    found = {each.employment.fact.badge_number for each in roster}
    found |= {name for each in roster for name in (each.given, each.family)}
    return found | {each.fact.value for each in points}


def named_in(written: str, whom: set[str]) -> set[str]:
    """Whoever is named in these lines, measures and moments left aside: a badge is a number like any other."""
    measures = {"timestamp", "duration_ms", "request_id", "reference", "count"}
    values = "\n".join(
        str(value)
        for line in written.splitlines()
        if line.startswith("{")
        for name, value in json.loads(line).items()
        if name not in measures
    )
    return {each for each in whom if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", values)}
