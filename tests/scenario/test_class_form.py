"""A class by form: entered, changed and cancelled by whoever keeps the training records, under a number that stays."""

from dataclasses import replace
from decimal import Decimal

from db.queries.context import ByBadge
from db.records.courses import CourseOffering, OfferingStatus
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from messages.kinds import MessageKind
from messages.model import Message
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.course_cast import seated
from training.courses import offerings

LEE, RUIZ = "231", "214"
ETHICS = {
    "title": "Ethics in Public Service",
    "starts_on": "2027-04-20",
    "begins": "0900",
    "ends": "10:30",
    "hours": "1.5",
    "seats": "40",
    "cost": "$1,250",
    "board_approved": "yes",
    "link": "https://example.org/ethics",
    "status": "open",
}


def coordinator(agency: Agency) -> str:
    """The badge of Priya Nair."""
    with agency.reading() as conn:
        roster = agency.office.walls.roster(conn, agency.agency_id)
    return next(each.employment.fact.badge_number for each in roster if each.family == "Nair")


def sent(agency: Agency, badge: str, entered: dict[str, str]) -> Message:
    """The form with these entries, as a door hands it over."""
    return FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            action="class-form",
            form={name: (value,) for name, value in entered.items()},
        ),
        "Lakemont PD",
    )


def by_number(agency: Agency, number: int) -> CourseOffering:
    with agency.reading() as conn:
        found = offerings.by_number(conn, agency.agency_id, number)
    assert found is not None
    return found.fact


def test_a_class_is_entered_changed_and_cancelled_under_one_number(embedded: Agency) -> None:
    nair = coordinator(embedded)
    form = embedded.ask(nair, "add a class").form
    assert form is not None
    assert {"title", "starts_on", "seats", "register_by"} <= {each.name for each in form.fields}
    done = sent(embedded, nair, ETHICS)
    assert "C-8 is on the calendar: Ethics in Public Service 1.5 h" in done.sms[0].text
    offering = by_number(embedded, 8)
    assert (offering.topics, offering.seats, offering.board_approved) == (("ethics",), 40, True)
    assert [dict(each) for each in offering.sessions] == [
        {"date": "2027-04-20", "begins": "09:00", "ends": "10:30"}
    ]
    assert embedded.ask(nair, "change C-8").form is not None
    done = sent(embedded, nair, {**ETHICS, "class": "C-8", "seats": "12"})
    assert done.sms[0].text.startswith("C-8 is changed:")
    assert by_number(embedded, 8).seats == 12
    assert (
        sent(embedded, nair, {**ETHICS, "class": "C-8", "seats": "12"}).sms[0].text.startswith("C-8 says all")
    )
    seated(embedded, LEE, 8)
    said = embedded.screen(nair, "cancel c-8")
    assert "C-8 is cancelled: Ethics in Public Service" in said
    assert "1 request holds a seat in it." in said
    assert by_number(embedded, 8).status is OfferingStatus.CANCELLED
    assert "C-8 was cancelled already" in embedded.screen(nair, "cancel c-8")
    assert [each.tag for each in embedded.entries("class:entered", "class:changed", "class:cancelled")] == [
        "class:cancelled", "class:changed", "class:entered",
    ]  # fmt: skip


def test_wrong_fields_come_back_with_a_sentence_each_and_nothing_is_written(embedded: Agency) -> None:
    wrong = {
        "title": "",
        "starts_on": "2027-04-31",
        "begins": "25:00",
        "seats": "a few",
        "cost": "cheap",
        "link": "example.org",
    }
    back = sent(embedded, coordinator(embedded), wrong)
    assert back.kind is MessageKind.CLASS_FORM
    assert back.form is not None
    assert {name for name, _ in back.form.errors} == {*wrong}
    early = sent(embedded, coordinator(embedded), {**ETHICS, "ends_on": "2027-04-19"})
    assert early.form is not None
    assert [name for name, _ in early.form.errors] == ["ends_on"]
    assert not embedded.entries("class:entered")


def test_hours_by_topic_decide_what_a_class_closes(embedded: Agency) -> None:
    nair = coordinator(embedded)
    response = {**ETHICS, "title": "Officer Response", "topics": "autism, bias crimes, general", "hours": "6"}
    sent(embedded, nair, response)
    assert "its hours are not known" in embedded.screen(RUIZ, "C-8")
    split = {**response, "class": "C-8", "topic_hours": "autism 4; bias crimes 1"}
    sent(embedded, nair, split)
    said = embedded.screen(RUIZ, "C-8")
    assert "Closes: Autism (by Jun 30), Bias crimes (by Jun 30)." in said
    assert "autism 4 h, bias crimes 1 h, general" in said
    # What a request says of the class is worked out from the same hours.
    said = embedded.screen(RUIZ, "request C-8")
    assert "Closes: Autism 4 h, Bias crimes 1 h" in said
    back = sent(embedded, nair, {**split, "topic_hours": "autism 4; bias crimes 3"})
    assert back.form is not None
    assert back.form.errors == (("topic_hours", "Enter 6 or less."),)
    assert by_number(embedded, 8).topic_hours == {"autism": Decimal(4), "bias-crimes": Decimal(1)}


def test_how_far_a_class_is_decides_who_is_asked(embedded: Agency) -> None:
    nair = coordinator(embedded)
    embedded.text(nair, "propose request rules command farther than 50 miles because cars are few")
    embedded.text("1", "confirm request rules 2")
    away = {**ETHICS, "cost": "", "place": "Duluth", "miles": "142"}
    back = sent(embedded, nair, away)
    assert back.form is not None
    assert [name for name, _ in back.form.errors] == ["miles_source"]
    sent(embedded, nair, {**away, "miles_source": "county map"})
    assert "142 miles (county map)" in embedded.screen(RUIZ, "C-8")
    sent(embedded, nair, {**away, "miles": "", "title": "Ethics Nearby"})
    sent(embedded, nair, {**away, "miles": "50", "miles_source": "county map", "title": "Ethics Here"})
    for number, steps in ((8, "step 1 of 3"), (9, "step 1 of 3"), (10, "step 1 of 2")):
        embedded.text(RUIZ, f"request C-{number}")
        assert steps in embedded.text(RUIZ, "it is the only one this year"), number
    assert "Distance: 142 miles (county map)." in embedded.screen("77", "open R-1001")


def test_nobody_else_enters_or_cancels_a_class(embedded: Agency) -> None:
    for text in ("add a class", "change C-3", "cancel C-3"):
        assert embedded.ask(RUIZ, text).kind is MessageKind.NOT_ALLOWED
    assert sent(embedded, RUIZ, ETHICS).kind is MessageKind.NOT_ALLOWED
    assert by_number(embedded, 3).status is OfferingStatus.OPEN


def test_a_change_keeps_the_sessions_that_a_file_brought_while_its_days_stay(embedded: Agency) -> None:
    four = by_number(embedded, 4)
    entered = {
        "class": "C-4",
        "title": four.title,
        "starts_on": "2027-04-12",
        "ends_on": "2027-04-16",
        "begins": "0800",
        "ends": "1700",
        "place": "Duluth",
        "seats": "1",
    }
    sent(embedded, coordinator(embedded), entered)
    now = by_number(embedded, 4)
    assert now.sessions == four.sessions
    assert now == replace(
        four, seats=1, provider="", course_number="", hours=None, cost=None, register_by=None, board_approved=None,
        topics=now.topics,
    )  # fmt: skip
