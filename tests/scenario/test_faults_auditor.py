"""Would the auditor of `make faults` notice? A ledger that keeps its promises, and one for each that is broken."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from db.records.ledger import Destination
from db.tables import attempt
from db.unit_of_work import working
from messages.elsewhere import which_file
from tests.fakes.carrier import FINE, ScriptedCarrier
from tests.faults.auditor import looked_at
from tests.faults.sites import Site
from tests.scenario.cast import Agency
from tests.scenario.ledger_cast import ADDRESS, CHANNEL, OFFICER
from training.ledger.delivering import Worker
from training.ledger.saying import ToSay, plan
from training.office import shared_now

LONG_AGO = timedelta(days=1)


@pytest.fixture
def site(embedded: Agency) -> Site:
    """An installation in which two things were said."""
    office = embedded.office
    with embedded.writing() as writer:
        for number in (1, 2):
            said = ToSay(
                person_id=embedded.id_of(OFFICER),
                message=which_file(embedded.words),
                routes=(Destination(channel=CHANNEL, address=ADDRESS, place=f"D{number}"),),
                about=f"row {number}",
            )
            assert plan(writer, office.keys, said, now=shared_now(office, writer.conn))
    for claim in Worker(office).claim():
        assert Worker(office).deliver(claim, ScriptedCarrier(habit=FINE))
    return Site("sqlite", Path(), "", office, embedded.agency_id)


def test_a_ledger_that_keeps_its_promises_is_passed(site: Site) -> None:
    books = looked_at(site)
    assert (books.broken, books.delayed, len(books.attempts)) == ((), 0, 2)


@pytest.mark.parametrize(
    ("promise", "values"),
    [
        ("I1", {"receipt": None}),
        ("I1", {"receipt": "cancelled"}),
        ("I2", {"ref": "1.1", "sent_in": "D1"}),
        ("I3", {"state": "ready", "receipt": None, "due_at": LONG_AGO}),
        ("I4", {"receipt": "failed"}),
    ],
)
def test_a_broken_promise_is_found(site: Site, promise: str, values: dict[str, Any]) -> None:
    if "due_at" in values:
        values = values | {"due_at": site.office.clock.now() - LONG_AGO}
    with working(site.office.engine) as conn:
        conn.execute(update(attempt).values(values))
    assert promise in {each.partition(":")[0] for each in looked_at(site).broken}


def test_what_ended_long_after_it_was_planned_is_counted(site: Site) -> None:
    with working(site.office.engine) as conn:
        conn.execute(update(attempt).values(ended_at=site.office.clock.now() + LONG_AGO))
    assert looked_at(site).delayed == 2
