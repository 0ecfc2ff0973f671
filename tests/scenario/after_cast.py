"""Requests that were approved, and what follows: classes of the calendar, people who ask, and whoever sees to it."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from db.queries import requests
from db.queries.context import ByBadge
from db.records.courses import CourseOffering
from db.records.requests import KeptRequest, RequestAct, RequestLook
from db.unit_of_work import Writer, writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message
from scheduler.after_approval import follow_approved
from scheduler.jobs import Work
from tests.scenario.cast import LAKEMONT, SCREEN, Agency
from tests.scenario.digest_cast import read, told
from training.asking import Question, asking
from training.courses import offerings
from training.requests import after, class_changes
from training.requests.keeping import acts, begins
from training.requests.life import Life, life_of
from training.requests.values import CostKind, CostLine, RequestValues, values_json

A = RequestAct
RUIZ, LEE, OKAFOR, NAIR = "214", "231", "77", "902"
NEGOTIATION = "Basic Crisis Negotiation"
# The demo agency has a calendar of its own, with lower numbers.
C = 901


def a_class(agency: Agency, number: int = C, *, seats: int | None = 6, **more: Any) -> int:
    """A class of the calendar, June 7 to 11 unless the test says otherwise; its number."""
    facts: dict[str, Any] = {
        "number": number,
        "title": NEGOTIATION,
        "starts_on": date(2027, 6, 7),
        "ends_on": date(2027, 6, 11),
        "zone": LAKEMONT.key,
        "place": "St. Cloud",
        "hours": Decimal(40),
        "seats": seats,
        "cost": Decimal(525),
        "register_by": date(2027, 5, 7),
        **more,
    }
    with agency.writing() as writer:
        writer.record(CourseOffering(**facts))
    return number


def values_for(number: int | None = C, **more: Any) -> RequestValues:
    """What is asked for: that class."""
    return replace(
        RequestValues(
            title=NEGOTIATION,
            offering=number,
            starts_on=date(2027, 6, 7),
            ends_on=date(2027, 6, 11),
            place="St. Cloud",
            hours=Decimal(40),
            costs=(CostLine(CostKind.TUITION, Decimal(525)),),
            register_by=date(2027, 5, 7),
        ),
        **more,
    )


@contextmanager
def acting(agency: Agency, badge: str) -> Generator[tuple[Question, Writer]]:
    """Somebody at a door, with the record to be written to."""
    with asking(agency.office, agency.agency_id, ByBadge(badge), SCREEN) as question:
        assert question is not None
        at = question.asker.now
        actor = question.asker.person_id
    with writing(agency.office.engine, agency.agency_id, at=at, actor_id=actor, channel=SCREEN) as writer:
        yield replace(question, conn=writer.conn), writer


def sends(
    agency: Agency,
    badge: str = RUIZ,
    values: RequestValues | None = None,
    way: Sequence[str] = ("supervisor",),
) -> int:
    """Somebody asks for the class; the number of the request."""
    said = {"values": values_json(values or values_for())}
    with acting(agency, badge) as (question, writer):
        number = requests.next_number(writer.conn, agency.agency_id)
        writer.audit(begins(writer, question, question.asker.person_id, number, said))
        request = requests.by_number(writer.conn, agency.agency_id, number)
        assert request is not None
        body = {**said, "way": list(way), "rules": 1, "found": {}}
        writer.audit(acts(writer, question, request, A.SUBMITTED, body)[0])
    return number


def does(
    agency: Agency,
    badge: str,
    number: int,
    act: RequestAct,
    body: Mapping[str, Any] | None = None,
    words: str = "",
) -> None:
    """One act more; what follows the last approval is written with it."""
    with acting(agency, badge) as (question, writer):
        request = requests.by_number(writer.conn, agency.agency_id, number)
        assert request is not None
        writer.audit(acts(writer, question, request, act, body or {}, words=words)[0])
        if act is A.APPROVED:
            writer.audit(*after.approved(writer, question, request))


def approved(agency: Agency, badge: str = RUIZ, values: RequestValues | None = None) -> int:
    """Somebody asks, and Okafor approves; the number."""
    number = sends(agency, badge, values)
    does(agency, OKAFOR, number, A.APPROVED, {"step": 0})
    return number


def looked(agency: Agency, badge: str, number: int) -> None:
    """Somebody has the whole request before them."""
    with acting(agency, badge) as (question, writer):
        request = requests.by_number(writer.conn, agency.agency_id, number)
        assert request is not None
        position = next(each.fact.position for each in request.steps if each.fact.act is A.SUBMITTED)
        writer.record(
            RequestLook(request_id=request.kept.id, viewer_id=question.asker.person_id, position=position)
        )


def kept(agency: Agency, number: int = 1001) -> KeptRequest:
    """The request as it is on file."""
    with agency.reading() as conn:
        found = requests.by_number(conn, agency.agency_id, number)
    assert found is not None
    return found


def life(agency: Agency, number: int = 1001) -> Life:
    """How it stands."""
    return life_of(kept(agency, number))


def cancels(agency: Agency, number: int = C, by: str = NAIR) -> None:
    """The class does not take place."""
    with acting(agency, by) as (question, writer):
        found = offerings.by_number(writer.conn, agency.agency_id, number)
        assert found is not None
        writer.audit(*class_changes.cancels(question, found)(writer))


def passes(agency: Agency) -> int:
    """The job runs once; how much it planned."""
    return follow_approved(Work(agency.office, lambda: False))


def heard(agency: Agency) -> dict[str, list[str]]:
    """What everybody is told now, word by word, by badge, since the last time."""
    by_badge: dict[str, list[str]] = {}
    for badge, message in told(agency):
        by_badge.setdefault(badge, []).append(read(message))
    return by_badge


def sent(agency: Agency, badge: str, route: str, **entered: str) -> Message:
    """A form that came back."""
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            action=route,
            form={name: (value,) for name, value in entered.items()},
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return message
