"""Requests for training: classes of the calendar, people who ask, and how a request stands."""

from datetime import date
from decimal import Decimal

from db.queries import requests
from db.records.courses import CourseOffering
from db.records.requests import KeptRequest
from db.records.shifts import ShiftPattern
from tests.scenario.cast import Agency
from training.requests.life import Life, life_of

RUIZ, LEE, NOVAK, OKAFOR, NAIR = "214", "231", "240", "77", "902"
NEGOTIATION = "Basic Crisis Negotiation"


def a_class(
    agency: Agency,
    number: int,
    starts_on: str,
    ends_on: str,
    place: str,
    cost: str | None,
    *,
    title: str = NEGOTIATION,
    hours: str = "40",
    topics: tuple[str, ...] = ("crisis-intervention",),
    seats: int | None = None,
    register_by: str | None = None,
) -> int:
    """A class on the calendar; its number."""
    with agency.writing() as writer:
        writer.record(
            CourseOffering(
                number=number,
                title=title,
                starts_on=date.fromisoformat(starts_on),
                ends_on=date.fromisoformat(ends_on),
                zone="America/Chicago",
                place=place,
                topics=topics,
                hours=Decimal(hours),
                seats=seats,
                cost=None if cost is None else Decimal(cost),
                register_by=None if register_by is None else date.fromisoformat(register_by),
            )
        )
    return number


def two_schools(agency: Agency) -> tuple[int, int]:
    """The two classes of the story."""
    return (
        a_class(agency, 901, "2027-04-12", "2027-04-16", "Duluth", "595"),
        a_class(agency, 902, "2027-06-07", "2027-06-11", "St. Cloud", "525"),
    )


def nights(agency: Agency, badge: str, works: tuple[str, ...], anchor: str) -> None:
    """Somebody works nights on these days of a cycle of seven."""
    person_id = agency.id_of(badge)
    with agency.writing() as writer:
        writer.record(
            ShiftPattern(
                person_id=person_id,
                name="B nights",
                zone="America/Chicago",
                anchor=date.fromisoformat(anchor),
                cycle_days=7,
                works=works,
                begins="18:00",
                ends="06:00",
            )
        )


def request_of(agency: Agency, number: int = 1001) -> KeptRequest:
    """A request with every act."""
    with agency.reading() as conn:
        found = requests.by_number(conn, agency.agency_id, number)
    assert found is not None, number
    return found


def life(agency: Agency, number: int = 1001) -> Life:
    """How it stands."""
    return life_of(request_of(agency, number))


def asked(agency: Agency, badge: str = RUIZ) -> None:
    """Somebody asks for the school in June and says why."""
    agency.text(badge, "request crisis negotiation school")
    agency.text(badge, "2")
    agency.text(badge, "negotiator vacancy, want to apply")
