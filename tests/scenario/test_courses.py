"""Which class next? The calendar says what it closes, what the day means to the asker's shifts, and whom to ask."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.agency import DAY_OFF_PAY
from db.queries.context import ByBadge
from db.records.courses import CourseOffering, OfferingStatus
from db.records.requests import RequestAct
from messages.model import Button
from tests.scenario.cast import LAKEMONT, Agency
from tests.scenario.course_cast import corrected, seated
from training.asking import asking
from training.courses import seats
from training.courses.shifts import shifts_around
from training.office import PayNote
from training.shifts.calendar import Calendar, LeaveDays, ShiftRotation

RUIZ, LEE, NOVAK, WHITMAN = "214", "231", "240", "611"
BEST_FIT = (
    "Best fit: Autism Response 4 h, Thu Mar 18 0800-1200, Station 2, 6 seats. Note: your shift ends 0600 that day. "
    "Reply REQUEST 1 to ask Sgt Okafor, MORE for 2 others."
)
ALL = {1, 2, 3, 4, 5, 6, 7}


def paid(agency: Agency) -> Agency:
    """The agency with its own words about pay on a day off."""
    return replace(agency, office=replace(agency.office, day_off_pay=PayNote(*DAY_OFF_PAY)))


def remembered(agency: Agency, badge: str, channel: str) -> Any:
    with asking(agency.office, agency.agency_id, ByBadge(badge), channel) as question:
        assert question is not None
        return question.remembered().get("classes")


def test_next_in_a_patrol_car_is_the_class_that_fits_best_and_why_stays_what_it_was(embedded: Agency) -> None:
    embedded.text(RUIZ, "am i good?")
    assert embedded.text(RUIZ, "next") == BEST_FIT
    assert remembered(embedded, RUIZ, "sms") == [3, 4, 5]
    assert embedded.text(RUIZ, "why").startswith("Rule CE-48 (mn-demo-2026.2): 14 recorded completions")
    assert embedded.text(RUIZ, "what should i take") == BEST_FIT


def test_more_goes_on_under_the_numbers_that_a_request_names(embedded: Agency) -> None:
    embedded.text(RUIZ, "next")
    said = embedded.text(RUIZ, "more")
    assert (
        "2. Basic Crisis Negotiation 40 h, Apr 12-16 0800-1700, Duluth, $595, 2 seats. Closes elective."
        in said
    )
    assert "3. Crimes Motivated by Bias 2 h, Thu Apr 22 0800-1000" in said
    assert said.endswith("Reply REQUEST 2 or 3, or NEXT.")
    assert remembered(embedded, RUIZ, "sms") == [3, 4, 5]


def test_a_screen_says_what_each_closes_by_which_day_and_how_to_register(embedded: Agency) -> None:
    said = " ".join(embedded.screen(RUIZ, "next").split())
    assert "Closes: Autism (by Jun 30). Register by Mar 15. Note: your shift ends 0600 that day." in said
    (request, *_) = embedded.ask(RUIZ, "next").actions
    assert isinstance(request, Button)
    assert (request.value, request.typed) == ("3", "request 1")


def test_the_next_cpr_class_says_what_each_day_is_and_pay_only_as_the_agency_has_it(embedded: Agency) -> None:
    days = "CPR/AED 4 h: Wed Mar 10 0700 (your shift ends 0600), Sat Mar 13 1300 ({}). Request one?"
    said = paid(embedded).screen(WHITMAN, "next cpr class")
    assert days.format("day off, pay code TR applies") in said
    assert "pay code TR applies (labor agreement, article 12.3)" in said
    said = embedded.screen(WHITMAN, "next cpr class")
    assert days.format("day off") in said
    assert "pay" not in said.casefold()


def test_with_rest_goes_before_without_where_the_day_is_the_same(embedded: Agency) -> None:
    # Both classes renew the card in time; after a night shift is not the one to take.
    assert embedded.text(WHITMAN, "next").startswith("Best fit: CPR/AED 4 h, Sat Mar 13 1300-1700")


def test_what_is_overdue_can_still_be_made_good_and_whoever_owes_nothing_is_told_so(embedded: Agency) -> None:
    assert embedded.text(NOVAK, "next").startswith("Best fit: CPR/AED 4 h, Wed Mar 10 0700-1100")
    assert embedded.text(LEE, "next").startswith("Nothing is open that a class would close.")


@pytest.mark.parametrize(
    "said",
    [
        {"register_by": date(2027, 3, 1)},
        {"status": OfferingStatus.FULL},
        {"status": OfferingStatus.CANCELLED},
        {"seats": 0},
        {"starts_on": date(2027, 7, 1), "ends_on": date(2027, 7, 1), "sessions": []},
        {"board_approved": False, "topics": ("general",)},
    ],
    ids=["deadline", "full", "cancelled", "no-seat", "after-the-day", "another-topic"],
)
def test_no_class_is_suggested_that_cannot_be_had_or_comes_too_late(
    embedded: Agency, said: dict[str, Any]
) -> None:
    corrected(embedded, 6, status=OfferingStatus.CANCELLED)
    corrected(embedded, 3, **said)
    answer = embedded.text(RUIZ, "next")
    assert "Mar 18" not in answer
    assert 3 not in remembered(embedded, RUIZ, "sms")


def test_a_class_is_suggested_on_its_last_useful_day_and_not_on_the_next(embedded: Agency) -> None:
    assert "Thu Mar 18" in embedded.at("2027-03-15 23:00").text(RUIZ, "next")
    assert "Thu Mar 18" not in embedded.at("2027-03-16 00:30").text(RUIZ, "next")


def test_a_search_shows_what_is_closed_as_closed_and_what_comes_too_late_as_late(embedded: Agency) -> None:
    corrected(embedded, 3, register_by=date(2027, 3, 1))
    corrected(embedded, 6, starts_on=date(2027, 7, 1), ends_on=date(2027, 7, 1), sessions=[])
    assert "Mar 18 0800 (your shift ends 0600, registration is over)" in embedded.text(RUIZ, "autism classes")
    assert "Autism (by Jun 30)" in embedded.text(RUIZ, "c-6").partition("Too late for ")[2]


def test_seats_are_those_that_no_request_holds(lakemont: Agency) -> None:
    corrected(lakemont, 3, seats=2)
    seated(lakemont, LEE, 3)
    seated(lakemont, NOVAK, 3, RequestAct.WITHDRAWN)
    with lakemont.reading() as conn:
        assert seats.taken(conn, lakemont.agency_id, ALL) == {**dict.fromkeys(ALL, 0), 3: 1}
    assert "Station 2, 1 seat. " in lakemont.text(RUIZ, "next")
    seated(lakemont, WHITMAN, 3, RequestAct.REGISTERED)
    assert "(your shift ends 0600, full)" in lakemont.text(RUIZ, "autism classes in march")


def test_words_of_a_search_are_topics_days_titles_and_places(embedded: Agency) -> None:
    def numbers(text: str) -> list[int]:
        embedded.ask(RUIZ, text)
        found = remembered(embedded, RUIZ, "terminal")
        assert isinstance(found, list)
        return found

    assert numbers("autism classes in march") == [3]
    assert numbers("and in may?") == [6]
    assert numbers("crisis negotiation classes") == [4, 7]
    assert numbers("any classes near st cloud in june") == [7]
    assert numbers("any online ethics") == []
    assert numbers("classes") == [1, 2, 3, 4, 5, 6, 7]


def test_nothing_found_says_what_to_do_next(embedded: Agency) -> None:
    assert embedded.text(RUIZ, "any online ethics").startswith(
        "No class on the calendar for ethics. NEXT looks"
    )
    for number in ALL:
        corrected(embedded, number, status=OfferingStatus.CANCELLED)
    assert embedded.text(RUIZ, "next").startswith(
        "No class is on the calendar. Ask P. Nair what is scheduled"
    )


def test_one_class_is_shown_by_its_number_and_an_unknown_number_is_said_to_be_none(embedded: Agency) -> None:
    assert embedded.text(RUIZ, "C-4").startswith(
        "C-4: Basic Crisis Negotiation 40 h, Apr 12-16 0800-1700, Duluth, $595"
    )
    assert embedded.text(RUIZ, "c-99").startswith("No class has this number.")


NIGHTS = ShiftRotation(
    name="B",
    zone=LAKEMONT,
    anchor=date(2027, 3, 1),
    days=2,
    works=frozenset({0}),
    begins=time(18),
    ends=time(6),
)


def a_class(day: date, begins: str, ends: str) -> CourseOffering:
    return CourseOffering(
        number=1,
        title="Autism",
        starts_on=day,
        ends_on=day,
        sessions=[{"date": day.isoformat(), "begins": begins, "ends": ends}],
        zone=LAKEMONT.key,
        hours=Decimal(4),
    )


def test_rest_counts_from_the_shift_before_to_the_shift_after() -> None:
    calendar = Calendar(zone=LAKEMONT, own=(NIGHTS,))
    after = shifts_around(a_class(date(2027, 3, 2), "08:00", "12:00"), calendar)
    assert after.ends_at == datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("UTC"))
    assert (after.is_rested, after.day_off, after.during) == (False, False, False)
    before = shifts_around(a_class(date(2027, 3, 3), "13:00", "17:00"), calendar)
    assert (before.ends_at, before.begins_at) == (None, datetime(2027, 3, 4, 0, tzinfo=ZoneInfo("UTC")))
    assert not before.is_rested
    rested = shifts_around(a_class(date(2027, 3, 3), "06:00", "10:00"), calendar)
    assert (rested.is_rested, rested.ends_at, rested.begins_at) == (True, None, None)
    assert shifts_around(a_class(date(2027, 3, 1), "19:00", "21:00"), calendar).during


def test_a_day_off_is_said_only_where_the_calendar_knows_and_a_leave_goes_before() -> None:
    weekly = replace(NIGHTS, days=7, works=frozenset({0}))
    off = a_class(date(2027, 3, 4), "08:00", "12:00")
    assert shifts_around(off, Calendar(zone=LAKEMONT, own=(weekly,))).day_off
    assert not shifts_around(off, Calendar(zone=LAKEMONT)).day_off
    away = Calendar(zone=LAKEMONT, own=(weekly,), leaves=(LeaveDays(date(2027, 3, 1), None),))
    found = shifts_around(off, away)
    assert (found.day_off, found.on_leave) == (False, True)
