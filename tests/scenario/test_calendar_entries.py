"""Does the class that somebody is registered for stand in their own calendar, as it is by now, once, and only there?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.doctor.directory import enters
from bot.doctor.model import Patient
from bot.graph.directory import GraphCalendars
from bot.microsoft.clouds import cloud_of
from bot.microsoft.tokens import MicrosoftTokens
from config.settings import Graph, Settings
from db.queries import calendar_entries as kept
from db.records.accounts import PilotMember
from db.records.courses import CourseOffering
from db.records.facts import DirectoryEntry
from db.records.requests import RequestAct
from db.state import DatabaseState
from db.unit_of_work import working
from tests.fakes.graph.tenant import CALENDARS, Tenant, object_id, refused
from tests.scenario.after_cast import (
    LEE,
    NAIR,
    RUIZ,
    C,
    a_class,
    acting,
    approved,
    cancels,
    does,
    values_for,
)
from tests.scenario.after_cast import (
    kept as request_on_file,
)
from tests.scenario.cast import Agency
from training.courses import offerings
from training.directory.calendars import CalendarEntry
from training.directory.in_calendars import keep_calendars
from training.requests import class_changes
from training.requests.values import Session

A = RequestAct
SESSIONS = (
    {"date": "2027-06-07", "begins": "08:00", "ends": "16:30"},
    {"date": "2027-06-08", "begins": "22:00", "ends": "02:00"},
)


async def no_pause(seconds: float) -> None:
    del seconds


@dataclass
class Calendars:
    """An agency, its tenant, and the job."""

    agency: Agency
    tenant: Tenant
    graph: GraphCalendars

    def run(self) -> int:
        return keep_calendars(
            self.agency.office,
            self.agency.agency_id,
            self.graph,
            self.agency.words,
            stopping=lambda: False,
        )

    def of(self, badge: str) -> list[dict[str, Any]]:
        """What stands in somebody's calendar."""
        return [said for (who, _), said in self.tenant.events.items() if who == object_id(int(badge))]

    def known(self, *badges: str) -> None:
        """The directory's ids of these are on the roster."""
        with self.agency.writing() as writer:
            for each in badges:
                self.tenant.hire(int(each), "Some", "Body")
                writer.record(
                    DirectoryEntry(person_id=self.agency.id_of(each), object_id=object_id(int(each)))
                )


def opened(agency: Agency) -> Iterator[Calendars]:
    tenant = Tenant(granted={CALENDARS})
    settings = tenant.settings()
    cloud = cloud_of(settings.teams, settings.graph)
    tokens = MicrosoftTokens(settings.teams, cloud, transport=tenant.login.transport())
    graph = GraphCalendars(settings, tokens=tokens, transport=tenant.transport(), pause=no_pause)
    made = Calendars(agency, tenant, graph)
    made.known(RUIZ)
    yield made
    assert not tenant.broken
    tokens.close()


@pytest.fixture
def calendars(embedded: Agency) -> Iterator[Calendars]:
    yield from opened(embedded)


@pytest.fixture
def calendars_of_both(lakemont: Agency) -> Iterator[Calendars]:
    yield from opened(lakemont)


def registered(agency: Agency, badge: str = RUIZ, **more: Any) -> int:
    number = approved(agency, badge, values_for(**more))
    does(agency, NAIR, number, A.REGISTERED)
    return number


def moves(agency: Agency, **to: Any) -> None:
    with acting(agency, NAIR) as (question, writer):
        found = offerings.by_number(writer.conn, agency.agency_id, C)
        assert found is not None
        now: CourseOffering = replace(found.fact, **to)
        writer.audit(*class_changes.changes(question, found, now)(writer))


def test_a_registered_class_stands_in_the_officers_calendar_once_and_nowhere_else(
    calendars_of_both: Calendars,
) -> None:
    calendars = calendars_of_both
    a_class(calendars.agency)
    approved(calendars.agency)
    assert calendars.run() == 0
    does(calendars.agency, NAIR, 1001, A.REGISTERED)
    registered(calendars.agency, LEE)
    assert (calendars.run(), calendars.run()) == (1, 0)
    [entry] = calendars.of(RUIZ)
    assert entry.pop("transactionId")
    assert entry == {
        "subject": "Basic Crisis Negotiation",
        "body": {
            "contentType": "text",
            "content": "Training request R-1001. Rollcall keeps this entry as the class is; "
            "what you take out stays out.",
        },
        "start": {"dateTime": "2027-06-07T00:00:00", "timeZone": "America/Chicago"},
        "end": {"dateTime": "2027-06-12T00:00:00", "timeZone": "America/Chicago"},
        "isAllDay": True,
        "location": {"displayName": "St. Cloud"},
        "sensitivity": "private",
        "showAs": "busy",
    }
    # Lee's id is on the roster from now on.
    calendars.known(LEE)
    assert calendars.run() == 1
    assert len(calendars.of(LEE)) == 1
    assert len(calendars.tenant.events) == 2


def test_each_day_with_its_times_stands_there_as_the_clock_of_the_class_says(calendars: Calendars) -> None:
    a_class(calendars.agency, sessions=SESSIONS)
    registered(calendars.agency)
    assert calendars.run() == 2
    spans = [(each["start"]["dateTime"], each["end"]["dateTime"]) for each in calendars.of(RUIZ)]
    assert spans == [
        ("2027-06-07T08:00:00", "2027-06-07T16:30:00"),
        ("2027-06-08T22:00:00", "2027-06-09T02:00:00"),
    ]


def test_training_outside_of_the_calendar_of_classes_stands_there_as_it_was_asked_for(
    calendars: Calendars,
) -> None:
    day = Session(date(2027, 6, 7), "09:00", "12:00")
    registered(calendars.agency, offering=None, sessions=(day,), place="Duluth")
    assert calendars.run() == 1
    [entry] = calendars.of(RUIZ)
    assert entry["start"]["dateTime"] == "2027-06-07T09:00:00"
    assert entry["location"] == {"displayName": "Duluth"}


def test_a_class_that_moves_changes_the_entry_and_has_no_day_too_many(calendars_of_both: Calendars) -> None:
    calendars = calendars_of_both
    a_class(calendars.agency, sessions=SESSIONS)
    registered(calendars.agency)
    calendars.run()
    first = next(iter(calendars.tenant.events))
    moves(
        calendars.agency,
        place="Duluth",
        sessions=({"date": "2027-06-10", "begins": "08:00", "ends": "16:30"},),
    )
    assert (calendars.run(), calendars.run()) == (2, 0)
    [(key, entry)] = calendars.tenant.events.items()
    assert key == first
    assert entry["start"]["dateTime"] == "2027-06-10T08:00:00"
    assert entry["location"] == {"displayName": "Duluth"}


@pytest.mark.parametrize("how", ["cancelled", "withdrawn", "denied"])
def test_whoever_does_not_go_any_more_has_nothing_of_it_in_their_calendar(
    how: str, calendars: Calendars
) -> None:
    a_class(calendars.agency)
    number = registered(calendars.agency)
    calendars.run()
    match how:
        case "cancelled":
            cancels(calendars.agency)
        case "withdrawn":
            does(calendars.agency, RUIZ, number, A.WITHDRAWN)
        case _:
            does(calendars.agency, NAIR, number, A.DENIED, {"step": 0})
    assert (calendars.run(), calendars.run()) == (1, 0)
    assert not calendars.tenant.events


@pytest.mark.parametrize("act", [A.NOT_ATTENDED, A.WITHDRAWN])
def test_what_is_past_stays_there_whatever_becomes_of_the_request(
    act: RequestAct, calendars: Calendars
) -> None:
    a_class(calendars.agency)
    number = registered(calendars.agency)
    calendars.run()
    calendars.agency.at("2027-06-14 08:00")
    does(calendars.agency, NAIR, number, act)
    assert calendars.run() == 0
    assert len(calendars.of(RUIZ)) == 1
    assert calendars.tenant.asked[-1].method == "POST"


def test_what_the_officer_takes_out_is_not_put_back(calendars: Calendars) -> None:
    a_class(calendars.agency)
    registered(calendars.agency)
    calendars.run()
    calendars.tenant.events.clear()
    assert calendars.run() == 0
    moves(calendars.agency, place="Duluth")
    calendars.run()
    moves(calendars.agency, place="Bemidji")
    assert calendars.run() == 0
    assert not calendars.tenant.events


def test_registered_again_it_stands_there_again(calendars: Calendars) -> None:
    a_class(calendars.agency)
    number = registered(calendars.agency)
    calendars.run()
    does(calendars.agency, RUIZ, number, A.WITHDRAWN)
    calendars.run()
    again = {"values": request_on_file(calendars.agency).steps[0].fact.body["values"]}
    does(calendars.agency, RUIZ, number, A.SUBMITTED, {**again, "way": ["supervisor"], "rules": 1})
    does(calendars.agency, "77", number, A.APPROVED, {"step": 0})
    does(calendars.agency, NAIR, number, A.REGISTERED)
    assert calendars.run() == 1
    assert len(calendars.of(RUIZ)) == 1


class Lost(GraphCalendars):
    """What it makes arrives, and its answer does not: the process is gone."""

    def enter(self, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
        super().enter(object_id, entry, transaction)
        raise KeyboardInterrupt


def lose_the_answer(calendars: Calendars) -> None:
    lost = Lost.__new__(Lost)
    vars(lost).update(vars(calendars.graph))
    with pytest.raises(KeyboardInterrupt):
        replace(calendars, graph=lost).run()


@pytest.mark.parametrize("then", ["nothing", "moves", "is-cancelled"])
def test_an_answer_that_was_lost_makes_no_second_entry(then: str, calendars: Calendars) -> None:
    a_class(calendars.agency)
    registered(calendars.agency)
    lose_the_answer(calendars)
    assert len(calendars.of(RUIZ)) == 1
    if then == "moves":
        moves(calendars.agency, place="Duluth")
    if then == "is-cancelled":
        cancels(calendars.agency)
    assert calendars.run() == 1
    places = [each["location"]["displayName"] for each in calendars.of(RUIZ)]
    assert places == {"nothing": ["St. Cloud"], "moves": ["Duluth"], "is-cancelled": []}[then]


def test_two_machines_at_once_make_one_entry_and_ask_once(calendars_of_both: Calendars) -> None:
    calendars = calendars_of_both
    a_class(calendars.agency)
    registered(calendars.agency)
    inner: list[int] = []

    class AnotherMeanwhile(GraphCalendars):
        def enter(self, object_id: str, entry: CalendarEntry, transaction: str) -> str | None:
            inner.append(calendars.run())
            return super().enter(object_id, entry, transaction)

    both = AnotherMeanwhile.__new__(AnotherMeanwhile)
    vars(both).update(vars(calendars.graph))
    assert replace(calendars, graph=both).run() == 1
    assert inner == [0]
    assert len(calendars.tenant.asked) == 1


def doctor(calendars: Calendars) -> str:
    settings = Settings.model_construct(teams=calendars.tenant.settings().teams, graph=Graph(calendar=True))
    return enters(Patient(settings, (), calendars.agency.office, DatabaseState.CURRENT)).code


def test_without_the_permission_it_waits_an_hour_and_the_doctor_says_which(calendars: Calendars) -> None:
    calendars.tenant.granted.clear()
    a_class(calendars.agency)
    registered(calendars.agency)
    assert doctor(calendars) == "calendars"
    assert (calendars.run(), calendars.run()) == (0, 0)
    assert len(calendars.tenant.asked) == 1
    assert doctor(calendars) == "calendars-permission"
    calendars.tenant.granted.add(CALENDARS)
    calendars.agency.clock.at += timedelta(hours=1)
    assert calendars.run() == 1
    assert doctor(calendars) == "calendars"


def test_whom_the_permission_does_not_reach_keeps_nobody_else_from_their_entry(calendars: Calendars) -> None:
    calendars.known(LEE)
    calendars.tenant.unreached.add(object_id(int(RUIZ)))
    a_class(calendars.agency)
    registered(calendars.agency)
    registered(calendars.agency, LEE)
    assert calendars.run() == 0
    calendars.agency.clock.at += timedelta(hours=1)
    assert calendars.run() == 1
    assert len(calendars.of(LEE)) == 1


def test_one_that_the_service_does_not_understand_does_not_stop_the_next(calendars: Calendars) -> None:
    calendars.known(LEE)
    a_class(calendars.agency)
    registered(calendars.agency)
    registered(calendars.agency, LEE)
    calendars.tenant.failing["/users"].append(refused(400, "ErrorInvalidRequest"))
    assert calendars.run() == 1
    assert calendars.run() == 0
    calendars.agency.clock.at += timedelta(hours=1)
    assert calendars.run() == 1
    assert len(calendars.tenant.events) == 2


def test_a_service_that_does_not_answer_is_asked_the_next_time(calendars: Calendars) -> None:
    a_class(calendars.agency)
    registered(calendars.agency)
    calendars.tenant.failing["/users"].extend(refused(503, "ServiceUnavailable") for _ in range(5))
    assert calendars.run() == 0
    assert calendars.run() == 1


def test_somebody_without_a_calendar_is_asked_about_once(calendars: Calendars) -> None:
    a_class(calendars.agency)
    registered(calendars.agency)
    calendars.tenant.users.clear()
    calendars.run()
    assert calendars.run() == 0
    assert len(calendars.tenant.asked) == 1


def test_in_a_pilot_only_its_members_have_entries(calendars: Calendars) -> None:
    with calendars.agency.writing() as writer:
        writer.record(PilotMember(person_id=calendars.agency.id_of(LEE)))
    a_class(calendars.agency)
    registered(calendars.agency)
    assert calendars.run() == 0


def test_a_class_that_is_over_is_not_entered_afterwards(calendars: Calendars) -> None:
    a_class(calendars.agency)
    registered(calendars.agency)
    calendars.agency.at("2027-06-14 08:00")
    assert calendars.run() == 0


def test_whose_time_is_over_writes_nothing_into_what_another_has_taken_up(
    calendars_of_both: Calendars,
) -> None:
    agency = calendars_of_both.agency
    a_class(agency)
    registered(agency)
    key = kept.EntryKey(request_on_file(agency).kept.id, 1, 0)
    state = kept.EntryState(object_id="x", content="{}")
    now = agency.clock.at
    later = now.replace(year=now.year + 1)
    with working(agency.office.engine) as conn:
        of = (conn, agency.agency_id, key)
        assert kept.claim(*of, state, owner="one", now=now, until=now) is not None
        assert kept.claim(*of, state, owner="two", now=now, until=later) is not None
        assert kept.claim(*of, state, owner="one", now=now, until=later) is None
        kept.release(*of, "one", event_id="theirs")
        assert kept.open_or_of(conn, agency.agency_id, [])[key].event_id == ""


def test_where_nobody_switched_it_on_the_doctor_says_so() -> None:
    off = Patient(Settings.model_construct(), (), None, None)
    assert enters(off).code == "calendars-off"
    without_bot = Settings.model_construct(graph=Graph(calendar=True))
    assert enters(Patient(without_bot, (), None, None)).code == "calendars-no-bot"
