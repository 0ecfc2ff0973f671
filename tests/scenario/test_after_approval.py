"""What follows an approval: seats, registration, who was there, the certificate; each told once, nothing by itself."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar

from bot.links.kinds import KINDS
from db.queries.audit import PEOPLE_SHOWN
from db.records.courses import OfferingStatus
from db.records.facts import Role
from db.records.requests import RequestAct
from messages.model import Link, Table
from tests.fakes.reader import certificate
from tests.scenario.after_cast import (
    LEE,
    NAIR,
    OKAFOR,
    RUIZ,
    C,
    a_class,
    approved,
    cancels,
    does,
    heard,
    kept,
    life,
    passes,
    sends,
    sent,
    values_for,
)
from tests.scenario.cast import Agency
from tests.scenario.digest_cast import with_panes
from tests.scenario.review_cast import approved as recorded
from tests.scenario.review_cast import holds
from tests.scenario.upload_cast import PHOTO, reading_as, submitted
from training.audit import AuditTag
from training.links import links, looks
from training.links.looks import OPENING
from training.log.trail import trail
from training.requests.life import RequestStage

A = RequestAct


@pytest.fixture
def told_agency(embedded: Agency) -> Agency:
    """Lakemont where everybody can be told something, and links can be given."""
    agency = with_panes(embedded)
    return replace(agency, office=replace(agency.office, links_at="https://rollcall.example.org"))


def registered(agency: Agency, number: int = 1001) -> None:
    assert f"R-{number} of" in agency.text(NAIR, f"registered R-{number}")


def test_what_somebody_read_of_a_request_has_a_name_in_the_log(embedded: Agency) -> None:
    approved(embedded)
    for badge, words in (
        (OKAFOR, "R-1001"),
        (NAIR, "to register"),
        (NAIR, "registered R-1001"),
        (NAIR, "R-1001 cost 540"),
        (NAIR, "training costs"),
    ):
        embedded.screen(badge, words)
    embedded.at("2027-07-01 09:00")
    embedded.screen(NAIR, "who was there")
    written = trail(embedded.office, embedded.agency_id, 0).entries
    seen = {each.kind for each in written if each.tag == AuditTag.RECORD_VIEWED}
    assert {"request", "registrations", "presence", "training-costs"} <= seen
    assert not [each for each in seen if each and f"trail-seen-{each}" not in embedded.words]


def test_of_two_officers_and_one_seat_the_second_waits_until_a_person_gives_them_the_one_given_back(
    lakemont: Agency,
) -> None:
    agency = with_panes(lakemont)
    a_class(agency, seats=1)
    approved(agency, RUIZ)
    approved(agency, LEE)
    assert (life(agency).offering_held, life(agency).stage) == (C, RequestStage.APPROVED)
    assert life(agency, 1002).stage is RequestStage.WAITING_FOR_SEAT
    news = heard(agency)
    assert "R-1001 is approved and has a seat" in news[RUIZ][0]
    assert "You are number 1 in line" in news[LEE][0]
    assert [each.partition("\n")[2][:30] for each in news[NAIR]] == [
        "R-1001 of D. Ruiz is approved ",
        "R-1002 of S. Lee is approved a",
    ]

    assert passes(agency) == 0
    assert agency.text(NAIR, "seat R-1002").startswith("No seat is free in Basic Crisis Negotiation")
    does(agency, RUIZ, 1001, A.WITHDRAWN)
    # A free seat is nobody's until somebody says so; whoever coordinates hears of it once.
    assert passes(agency) == 1
    assert passes(agency) == 0
    assert life(agency, 1002).stage is RequestStage.WAITING_FOR_SEAT
    assert "R-1002 of S. Lee is first in line." in heard(agency)[NAIR][0]
    assert agency.text(NAIR, "seat R-1002").startswith("R-1002 of S. Lee has a seat")
    assert life(agency, 1002).offering_held == C
    assert "R-1002 has a seat now" in heard(agency)[LEE][0]
    assert agency.entries("request:seated")[0].actor_id == agency.id_of(NAIR)


def test_whoever_was_approved_first_is_first_in_line_and_a_newcomer_does_not_pass_them(
    embedded: Agency,
) -> None:
    a_class(embedded, seats=1)
    approved(embedded, RUIZ)
    second, third = sends(embedded, LEE), sends(embedded, "240")
    does(embedded, OKAFOR, third, A.APPROVED, {"step": 0})
    does(embedded, OKAFOR, second, A.APPROVED, {"step": 0})
    does(embedded, RUIZ, 1001, A.WITHDRAWN)

    # The seat is free, and still somebody waits for it.
    fourth = approved(embedded, RUIZ)
    assert life(embedded, fourth).stage is RequestStage.WAITING_FOR_SEAT
    said = embedded.text(NAIR, f"seat R-{second}")
    assert said.startswith(f"R-{third} was approved before R-{second} and is first in line.")
    assert embedded.text(NAIR, f"seat R-{third}").startswith(f"R-{third} of")


def test_a_class_that_whoever_gives_it_calls_full_has_no_seat_whatever_we_count(embedded: Agency) -> None:
    a_class(embedded, seats=6, status=OfferingStatus.FULL)
    approved(embedded)
    assert life(embedded).stage is RequestStage.WAITING_FOR_SEAT


def test_training_outside_of_the_calendar_needs_no_seat_and_is_to_be_registered(told_agency: Agency) -> None:
    approved(told_agency, RUIZ, values_for(None))
    assert life(told_agency).offering_held is None
    assert "R-1001 is approved: Basic Crisis Negotiation" in heard(told_agency)[RUIZ][0]
    assert "register by May 7 2027" in told_agency.screen(NAIR, "to register")


def test_an_approval_of_one_step_of_several_gives_no_seat_yet(embedded: Agency) -> None:
    a_class(embedded)
    number = sends(embedded, RUIZ, way=("supervisor", "coordinator"))
    does(embedded, OKAFOR, number, A.APPROVED, {"step": 0})
    assert life(embedded).offering_held is None
    does(embedded, NAIR, number, A.APPROVED, {"step": 1})
    assert life(embedded).offering_held == C


def test_the_coordinator_registers_and_the_officer_gets_the_class_for_their_calendar_once(
    told_agency: Agency,
) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    heard(agency)
    table = next(each for each in agency.ask(NAIR, "to register").body if isinstance(each, Table))
    (button,) = [each for each in table.actions if each.label == "R-1001"]
    agency.press(NAIR, button)
    assert "you are registered for Basic Crisis Negotiation" in heard(agency)[RUIZ][0]
    # A second press changes nothing and says who was first.
    before = len(kept(agency).steps)
    assert agency.text(NAIR, "R-1001 is registered").startswith("R-1001 was registered by P. Nair")
    assert len(kept(agency).steps) == before

    message = agency.ask(RUIZ, "calendar R-1001")
    (link,) = [each for each in message.actions if isinstance(each, Link)]
    found = links.found(agency.office, link.href.rpartition("/")[2], OPENING)
    assert found is not None
    opened = looks.open_link(agency.office, found, KINDS)
    assert looks.use_up(agency.office, found, opened, KINDS) is not None
    (event,) = Calendar.from_ical(opened.files[0].content or b"").walk("VEVENT")
    assert (event["summary"], event["location"]) == ("Basic Crisis Negotiation", "St. Cloud")
    assert event["dtstart"].to_ical() == b"20270607"
    # Whoever finds the file learns where a class is, and not who goes.
    assert b"Ruiz" not in (opened.files[0].content or b"")
    assert b"R-1001" not in (opened.files[0].content or b"")
    assert looks.use_up(agency.office, found, opened, KINDS) is None
    assert agency.text(LEE, "calendar R-1001").startswith("No request by that number")


def test_nobody_registers_or_seats_themselves(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded, NAIR)
    assert "somebody" not in embedded.text(NAIR, "registered R-1001")
    assert embedded.text(NAIR, "registered R-1001").startswith("R-1001 is your own.")
    assert life(embedded).stage is RequestStage.APPROVED
    holds(embedded, LEE, Role.COORDINATOR)
    assert embedded.text(LEE, "registered R-1001").startswith("R-1001 of P. Nair is registered")


def test_a_class_is_spoken_of_before_it_begins_once_and_not_when_it_is_off(told_agency: Agency) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    registered(agency)
    heard(agency)
    agency.at("2027-06-03 14:00")
    assert passes(agency) == 0
    agency.at("2027-06-04 14:00")
    assert passes(agency) == 1
    assert passes(agency) == 0
    # It waits for their hours; by then the class does not take place.
    cancels(agency)
    agency.at("2027-06-05 20:00")
    news = heard(agency)[RUIZ]
    assert [each for each in news if "Your class begins" in each] == []
    assert "does not take place. R-1001 is not denied" in news[-1]


def test_when_a_class_is_cancelled_everybody_who_asked_for_it_hears_of_it_with_the_other_dates(
    told_agency: Agency,
) -> None:
    agency = told_agency
    a_class(agency)
    a_class(agency, 902, starts_on=date(2027, 9, 13), ends_on=date(2027, 9, 17), place="Duluth")
    approved(agency, RUIZ)
    sends(agency, LEE)
    heard(agency)
    cancels(agency)
    assert life(agency).stage is RequestStage.CLASS_CANCELLED
    assert life(agency, 1002).stage is RequestStage.WITH_APPROVER
    news = heard(agency)
    assert "13-17 Sep 2027, Duluth." in news[RUIZ][0]
    assert "R-1002 waits still" in news[LEE][0]
    assert "REQUEST" in news[RUIZ][0]


def test_the_coordinator_and_the_supervisor_are_asked_who_was_there_once(told_agency: Agency) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    registered(agency)
    agency.at("2027-06-11 22:00")
    assert passes(agency) == 0
    agency.at("2027-06-12 00:10")
    assert passes(agency) == 2
    assert passes(agency) == 0
    (asked,) = agency.entries("list:told")[:1]
    assert asked.data[PEOPLE_SHOWN] == [agency.id_of(RUIZ)]
    assert "R-1001" in agency.screen(OKAFOR, "who was there")
    # Another supervisor leads other people.
    assert "R-1001" not in agency.screen(LEE, "who was there")


@pytest.mark.parametrize(
    ("said", "stage", "answer"),
    [
        ("R-1001 attended", RequestStage.ATTENDED, "Noted: D. Ruiz was at"),
        ("R-1001 attended 3 h", RequestStage.ATTENDED, "Noted: D. Ruiz was at"),
        ("R-1001 no show", RequestStage.NOT_ATTENDED, "Noted: D. Ruiz was not at"),
        ("R-1001 attended 41 h", RequestStage.REGISTERED, "Basic Crisis Negotiation"),
    ],
)
def test_who_was_there_is_said_in_words(
    embedded: Agency, said: str, stage: RequestStage, answer: str
) -> None:
    a_class(embedded)
    approved(embedded)
    registered(embedded)
    assert "is not over yet" in embedded.text(OKAFOR, "R-1001 attended")
    embedded.at("2027-06-12 09:00")
    assert embedded.text(OKAFOR, said).startswith(answer)
    assert life(embedded).stage is stage
    assert embedded.text(LEE, said).startswith("No request by that number")


def test_who_was_there_is_said_by_a_form(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded)
    registered(embedded)
    embedded.at("2027-06-12 09:00")
    wrong = sent(embedded, OKAFOR, "request-presence", request="1001", said="partly", hours="many")
    assert wrong.form is not None
    assert [name for name, _ in wrong.form.errors] == ["hours"]
    sent(embedded, OKAFOR, "request-presence", request="1001", said="partly", hours="3.5")
    presence = life(embedded).presence
    assert presence is not None
    assert (presence.fact.act, presence.fact.body) == (A.PARTLY_ATTENDED, {"hours": "3.5"})


def test_an_officer_says_that_they_were_there_until_somebody_says_otherwise(told_agency: Agency) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    registered(agency)
    agency.at("2027-06-12 09:00")
    assert agency.text(RUIZ, "I was there").startswith("Noted by your own word: you were at")
    assert life(agency).stage is RequestStage.ATTENDED
    agency.text(NAIR, "R-1001 no show")
    heard(agency)
    # What a person says against it is passed on and changes nothing.
    assert "P. Nair is told that you say you were" in agency.text(RUIZ, "I was at R-1001")
    assert life(agency).stage is RequestStage.NOT_ATTENDED
    assert "D. Ruiz says that they were at" in heard(agency)[NAIR][0]
    # No word of blame, nowhere.
    assert agency.completions(RUIZ, "crisis") == []
    assert agency.text(LEE, "i was at R-1001").startswith("No request by that number")


def test_a_certificate_that_does_not_come_is_asked_for_three_times_and_then_listed(
    told_agency: Agency,
) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    registered(agency)
    agency.at("2027-06-12 09:00")
    agency.text(NAIR, "R-1001 attended")
    days = ("06-18", "06-19", "06-26", "07-03", "07-10", "07-17")
    planned = [passes(agency.at(f"2027-{day} 14:00")) for day in days]
    assert planned == [0, 1, 1, 1, 0, 0]
    assert "no certificate for 35 days" in agency.screen(NAIR, "who was there")


def test_a_recorded_certificate_is_linked_by_a_person_and_records_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate()}) as plain_agency:
        agency = with_panes(plain_agency)
        day = date(2027, 3, 2)
        a_class(
            agency, title="Autism Response", starts_on=day, ends_on=day, register_by=None, hours=Decimal(4)
        )
        approved(agency, RUIZ, values_for(C, title="Autism Response", starts_on=day, ends_on=day))
        registered(agency)
        agency.text(NAIR, "R-1001 attended")
        submitted(agency)
        assert agency.text(NAIR, "U-3001 is for R-1001").startswith("U-3001 is not on record.")
        assert passes(agency) == 0
        recorded(agency)
        before = len(agency.completions(RUIZ, "autism"))
        heard(agency)
        assert passes(agency) == 1
        assert "U-3001 of D. Ruiz is on record for the days of R-1001" in heard(agency)[NAIR][0]
        assert agency.text(LEE, "U-3001 is for R-1001").startswith("U-3001 and R-1001 are not of one person")
        assert agency.text(RUIZ, "u3001 is for r1001").startswith("U-3001 is linked to R-1001")
        assert life(agency).certificate == 3001
        assert len(agency.completions(RUIZ, "autism")) == before
        assert passes(agency) == 0


def test_nothing_closes_itself_and_what_is_open_is_said_first(embedded: Agency) -> None:
    a_class(embedded)
    approved(embedded)
    assert embedded.text(NAIR, "close R-1001").startswith("R-1001 does not stand so")
    registered(embedded)
    embedded.at("2027-06-12 09:00")
    embedded.text(NAIR, "R-1001 attended")
    said = embedded.text(NAIR, "close R-1001")
    assert said.startswith("Still open of R-1001: its certificate, what it cost.")
    assert life(embedded).stage is RequestStage.ATTENDED
    assert embedded.text(NAIR, "close R-1001 anyway").startswith("R-1001 is closed")
    assert life(embedded).stage is RequestStage.CLOSED


def test_the_form_of_the_calendar_tells_everybody_of_a_cancelled_class(told_agency: Agency) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    heard(agency)
    agency.text(NAIR, f"cancel C-{C}")
    assert life(agency).stage is RequestStage.CLASS_CANCELLED
    assert "does not take place" in heard(agency)[RUIZ][0]


def heard_within(agency: Agency, days: int) -> dict[str, list[str]]:
    """What everybody is told in these days, whenever each may be put to work."""
    said: dict[str, list[str]] = {}
    for _ in range(days * 4):
        agency.clock.at += timedelta(hours=6)
        for badge, each in heard(agency).items():
            said.setdefault(badge, []).extend(each)
    return said


def test_a_class_that_is_over_is_not_announced_and_who_was_there_is_not_asked_twice(
    told_agency: Agency,
) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency)
    registered(agency)
    heard(agency)
    agency.at("2027-06-04 14:00")
    assert passes(agency) == 1
    # Nobody carried anything for a week.
    agency.at("2027-06-12 00:10")
    assert passes(agency) == 2
    agency.text(NAIR, "R-1001 attended")
    said = heard_within(agency, 4)
    assert [each for each in said[RUIZ] if "Your class begins" in each] == []
    assert [each for each in said[RUIZ] if "send a photo" in each] != []
    assert OKAFOR not in said


def test_whoever_registered_hears_when_it_does_not_go_its_way_any_more(told_agency: Agency) -> None:
    agency = told_agency
    a_class(agency)
    approved(agency, RUIZ)
    approved(agency, LEE)
    registered(agency)
    heard(agency)
    does(agency, RUIZ, 1001, A.WITHDRAWN)
    # Nobody told the class of the second, so there is nothing to take back.
    does(agency, LEE, 1002, A.WITHDRAWN)
    assert passes(agency) == 1
    assert passes(agency) == 0
    (news,) = heard(agency)[NAIR]
    assert "R-1001 of D. Ruiz does not go its way any more, and was registered" in news


def nobody_else_sees_to(agency: Agency) -> None:
    """Everybody but Nair who coordinates, commands or keeps the records has left."""
    for badge in ("1", "4", "31", "905"):
        agency.leaves(badge, date(2027, 3, 1))


def test_where_nobody_else_sees_to_it_its_person_notes_it_and_it_is_marked(embedded: Agency) -> None:
    """The decision is somebody else's even so: nobody approves their own."""
    agency = with_panes(embedded)
    nobody_else_sees_to(agency)
    a_class(agency)
    number = sends(agency, NAIR)
    agency.screen(NAIR, f"approve R-{number}")
    assert life(agency, number).stage is RequestStage.WITH_APPROVER
    does(agency, OKAFOR, number, RequestAct.APPROVED, {"step": 0})
    # Nobody is left whom it could wait for, so it waits for whoever it is for.
    assert any("waits to be registered" in each for each in heard(agency)[NAIR])
    assert f"R-{number}" in agency.screen(NAIR, "to register")
    said = agency.screen(NAIR, f"registered R-{number}")
    assert "It is marked as your own word: nobody else of the agency sees to it." in said
    agency.at("2027-06-12 09:00")
    assert "marked as your own word" in agency.screen(NAIR, f"R-{number} attended")
    assert "marked as your own word" in agency.screen(NAIR, f"R-{number} cost 540, 120 own")
    assert "marked as your own word" in agency.screen(NAIR, f"close R-{number} anyway")
    acts = [each.fact for each in kept(agency, number).steps if each.fact.body.get("alone")]
    assert [each.act for each in acts] == [
        RequestAct.REGISTERED, RequestAct.ATTENDED, RequestAct.COSTS_ENTERED, RequestAct.CLOSED,
    ]  # fmt: skip
    assert "registered by P. Nair, their own word: nobody else sees to it" in agency.screen(
        NAIR, f"R-{number}"
    )
    assert agency.entries("request:costs-entered")[0].data["alone"] is True


def test_while_anybody_else_sees_to_it_nobody_notes_it_for_themselves(embedded: Agency) -> None:
    nobody_else_sees_to(embedded)
    holds(embedded, LEE, Role.RECORDS)
    a_class(embedded)
    number = approved(embedded, NAIR)
    assert "nobody does it for themselves" in embedded.screen(NAIR, f"registered R-{number}")
    assert life(embedded, number).registered is None
    assert "marked" not in embedded.screen(LEE, f"registered R-{number}")
    assert not kept(embedded, number).steps[-1].fact.body
