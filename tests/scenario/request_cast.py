"""Requests for training: classes of the calendar, people who ask, and how a request stands."""

from datetime import date
from decimal import Decimal

from db.queries import requests
from db.queries.context import ByBadge
from db.records.courses import CourseOffering
from db.records.facts import Kept
from db.records.requests import KeptRequest, RequestAct, RequestStep
from db.unit_of_work import writing
from tests.scenario.cast import SCREEN, Agency
from training.asking import asking
from training.requests import keeping
from training.requests.life import Life, life_of

RUIZ, LEE, NOVAK, OKAFOR, NAIR = "214", "231", "240", "77", "902"


def a_class(
    agency: Agency,
    number: int,
    starts_on: str,
    ends_on: str,
    place: str,
    cost: str | None,
    *,
    title: str,
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


def request_of(agency: Agency, number: int = 1001) -> KeptRequest:
    """A request with every act."""
    with agency.reading() as conn:
        found = requests.by_number(conn, agency.agency_id, number)
    assert found is not None, number
    return found


def acts_of(agency: Agency, act: RequestAct, number: int = 1001) -> list[Kept[RequestStep]]:
    """What of this kind was done with a request, in order."""
    return [each for each in request_of(agency, number).steps if each.fact.act is act]


def life(agency: Agency, number: int = 1001) -> Life:
    """How it stands."""
    return life_of(request_of(agency, number))


def asked(agency: Agency, badge: str = RUIZ) -> None:
    """Somebody asks for the school in June and says why."""
    agency.text(badge, "request crisis negotiation school")
    agency.text(badge, "2")
    agency.text(badge, "negotiator vacancy, want to apply")


def acts_as(agency: Agency, badge: str, act: RequestAct, body: dict[str, object], words: str = "") -> None:
    """What somebody who decides does with the first request, as the record keeps it."""
    request = request_of(agency)
    with asking(agency.office, agency.agency_id, ByBadge(badge), SCREEN) as question:
        assert question is not None
        with writing(
            agency.office.engine,
            agency.agency_id,
            at=agency.clock.at,
            actor_id=question.asker.person_id,
            channel=SCREEN,
        ) as writer:
            entry, _ = keeping.acts(writer, question, request, act, body, words=words)
            writer.audit(entry)
