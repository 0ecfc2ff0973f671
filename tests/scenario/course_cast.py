"""Classes of the demo agency as somebody corrected them, and seats that requests hold in them."""

from dataclasses import replace
from typing import Any

from db.queries import courses, requests
from db.records.requests import RequestAct, RequestStep, TrainingRequest
from tests.scenario.cast import Agency


def corrected(agency: Agency, number: int, **said: Any) -> None:
    """A class of the calendar as somebody corrected it."""
    with agency.writing() as writer:
        (kept,) = courses.by_numbers(writer.conn, agency.agency_id, (number,))
        writer.correct(kept.id, replace(kept.fact, **said))


def seated(agency: Agency, badge: str, number: int, *acts: RequestAct) -> None:
    """A request of somebody that got a seat in a class, and whatever was done with it then."""
    with agency.writing() as writer:
        (request_id,) = writer.record(
            TrainingRequest(
                person_id=agency.id_of(badge),
                number=requests.next_number(writer.conn, agency.agency_id),
                channel="terminal",
                received_at=writer.at,
            )
        )
        for position, act in enumerate((RequestAct.BEGUN, RequestAct.SEATED, *acts), start=1):
            body = {"offering": number} if act is RequestAct.SEATED else {}
            writer.record(RequestStep(request_id=request_id, position=position, act=act, body=body))
