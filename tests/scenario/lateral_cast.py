"""Two agencies of one installation and Alex Stone, who serves at Ashby and was hired by Lakemont."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from db.queries import evaluation, people
from db.queries.context import ByBadge
from db.records.facts import Person, PersonName
from db.unit_of_work import writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Table
from messages.words import load
from tests.scenario.import_cast import MONDAY, ZONE, Desk, office_at
from training.agency_setup import found

# Badge: name, mail, telephone, roles, license number, employment status.
Row = tuple[str, str, str, str, str, str]
# Stone has another badge and another mail address at each; the license and the telephone are the same. Badge 48 at
# Ashby has the same name.
AT_ASHBY: Mapping[str, Row] = {
    "47": ("Alex Stone", "stone@ashby.example.org", "612-555-0147", "officer", "88123", "active"),
    "48": ("Alex Stone", "alex@ashby.example.org", "612-555-0148", "officer", "99999", "active"),
    "905": ("Lenka Park", "park@ashby.example.org", "", "civilian;records", "", "active"),
    "990": ("Maya Hale", "hale@ashby.example.org", "", "civilian;legal", "", "active"),
    "902": ("Cleo Marsh", "marsh@ashby.example.org", "", "civilian;coordinator", "", "active"),
    "31": ("Ray Torres", "torres@ashby.example.org", "", "officer;supervisor", "70001", "active"),
}
AT_LAKEMONT: Mapping[str, Row] = {
    "311": ("Alex Stone", "alex.stone@lakemont.example.org", "612-555-0147", "officer", "088123", "active"),
    "312": ("Robin Hall", "hall@lakemont.example.org", "612-555-0199", "officer", "77000", "active"),
    "313": ("Sam Poole", "poole@lakemont.example.org", "", "officer", "", "active"),
    "902": ("Priya Nair", "nair@lakemont.example.org", "", "civilian;coordinator", "", "active"),
    "905": ("Jo Keller", "keller@lakemont.example.org", "", "civilian;records", "", "active"),
}
HISTORY = """
Badge,Course,Date,Hours,Topics,Approved,Status,Provider,Course Number
47,Talking People Down with Sgt. Approver,2025-06-24,6,crisis_intervention,yes,Completed,Northern Academy,N-118
47,Autism Response,2025-05-24,4,autism,yes,Claimed,Northern Academy,N-119
48,Cell Searches,2025-03-03,8,use_of_force,yes,Completed,Northern Academy,N-120
"""
COLUMNS = (
    "badge_number,name,email,mobile_phone,roles,license_number,employment_status,"
    "appointed_on,state,position,cycle_start,cycle_end"
)
NOTHING_FOR_YOU = "No other agency asks for a record that you decide about."
CRISIS = ("2025-06-24", "6", ("crisis-intervention",))


def roster(rows: Mapping[str, Row]) -> str:
    """A roster file of officers in one licensing cycle and of civilians."""
    lines = [COLUMNS]
    for badge, row in rows.items():
        sworn = "officer" in row[3]
        position, cycle = ("police-officer", "2024-07-01,2027-06-30") if sworn else ("records", ",")
        lines.append(",".join((badge, *row, "2016-02-01", "MN", position, cycle)))
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Two:
    """Both agencies behind one office."""

    ashby: Desk
    lakemont: Desk

    def stone_at_lakemont(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The classes on Stone's record at Lakemont."""
        return [
            (each.fact.completed_on.isoformat(), str(each.fact.hours), each.fact.topics)
            for each in self.lakemont.classes("311")
        ]


def two_agencies(
    database: Engine, *, ashby: Mapping[str, Row] = AT_ASHBY, lakemont: Mapping[str, Row] = AT_LAKEMONT
) -> Two:
    """Ashby with a history, and Lakemont with an empty one."""
    office = office_at(database, MONDAY)
    sheriff = Desk(office, found(office, "Ashby Sheriff", "MN", ZONE, ("mn",)))
    police = Desk(office, found(office, "Lakemont PD", "MN", ZONE, ("mn",)))
    sheriff.bring("roster", roster(ashby))
    police.bring("roster", roster(lakemont))
    sheriff.bring("history", HISTORY)
    return Two(sheriff, police)


def twice_on_file(desk: Desk, badge: str, like: str) -> None:
    """The holder of a badge once more under another one; no import would take the same license for a second person."""
    with writing(desk.office.engine, desk.agency_id, at=MONDAY) as writer:
        facts = evaluation.facts_for(writer.conn, desk.agency_id, [desk.id_of(like)])[desk.id_of(like)]
        points = people.contact_points(writer.conn, desk.agency_id, [desk.id_of(like)])
        person_id = writer.record(Person())[0]
        writer.record(PersonName(person_id=person_id, given="Alexander", family="Stone"))
        writer.record(replace(facts.employment.fact, person_id=person_id, badge_number=badge))
        writer.record(*(replace(each.fact, person_id=person_id) for each in facts.credentials))
        writer.record(*(replace(each.fact, person_id=person_id) for each in points))


def say(
    desk: Desk, badge: str, text: str = "", *, action: str = "", value: str = "", channel: str = "terminal"
) -> Message:
    """What the front desk answers to somebody of this agency."""
    message = FrontDesk(desk.office, load()).answer(
        Interaction(
            agency_id=desk.agency_id,
            sender=ByBadge(badge),
            channel=channel,
            text=text,
            action=action,
            value=value,
        ),
        "the agency",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return message


def button(message: Message, label: str) -> Button:
    """The button of this label."""
    return next(each for each in message.actions if isinstance(each, Button) and each.label == label)


def labels(message: Message) -> list[str]:
    """The buttons that are about one request."""
    return [each.label for each in message.actions if isinstance(each, Button) and each.label[0].isdigit()]


def press(desk: Desk, badge: str, message: Message, label: str) -> Message:
    """A button of a message, pressed by somebody."""
    pressed = button(message, label)
    return say(desk, badge, action=pressed.route, value=pressed.value)


def words_of(message: Message) -> str:
    """The paragraphs and notes of a message."""
    return "\n".join(part.text for part in message.body if isinstance(part, (Paragraph, Note)))


def asks(two: Two) -> Message:
    """Lakemont's coordinator asks Ashby for Stone."""
    return say(two.lakemont, "902", "intake 311 from Ashby Sheriff")


def allows(two: Two) -> Message:
    """Stone says so through Ashby's door."""
    return press(two.ashby, "47", say(two.ashby, "47", "releases"), "1: allow")


def releases(two: Two) -> Message:
    """Ashby's records office lets it go."""
    return press(two.ashby, "905", say(two.ashby, "905", "releases"), "1: release")


def takes_in(two: Two) -> Message:
    """Lakemont's coordinator takes in what came."""
    return press(two.lakemont, "902", say(two.lakemont, "902", "intakes"), "1: take in")


def all_of_it(two: Two) -> None:
    """Asked, allowed, released and taken in."""
    asks(two)
    allows(two)
    releases(two)
    takes_in(two)


def by_duty(message: Message) -> dict[str, tuple[str, str]]:
    (table,) = (part for part in message.body if isinstance(part, Table))
    return {row[0].split()[0]: (row[1], row[2]) for row in table.rows}
