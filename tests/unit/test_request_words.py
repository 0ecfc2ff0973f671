"""Which word about a request is it, and which training does somebody describe? Fixed forms, and nothing invented."""

from datetime import date
from decimal import Decimal

import pytest

from reading.text.requests import (
    offering_meant,
    on_behalf_of,
    request_command,
    request_meant,
    takes_back,
    wants_another,
)
from reading.text.understand import understand
from reading.text.wishes import Wish, days_meant, wished

TODAY = date(2027, 3, 2)
SCHOOL = (date(2027, 6, 7), date(2027, 6, 11))


@pytest.mark.parametrize(
    ("text", "command", "slots"),
    [
        ("R-1042", "request", {"request_id": "R-1042"}),
        ("status r 1042?", "request", {"request_id": "R-1042"}),
        ("My requests", "my-requests", {}),
        ("withdraw R-1042", "request-withdraw", {"request_id": "R-1042"}),
        ("cancel request R-1042.", "request-withdraw", {"request_id": "R-1042"}),
        ("change R-1042 to June", "request-change", {"request_id": "R-1042", "words": "June"}),
        (
            "Change r1042: place St. Cloud, $600",
            "request-change",
            {"request_id": "R-1042", "words": "place St. Cloud, $600"},
        ),
        (
            "appeal R-1042 because It Is the only class",
            "request-appeal",
            {"request_id": "R-1042", "words": "It Is the only class"},
        ),
        (
            "answer R-1042 Yes, Lee covers",
            "request-answer",
            {"request_id": "R-1042", "words": "Yes, Lee covers"},
        ),
        ("resubmit R-1042", "request-again", {"request_id": "R-1042"}),
        ("R-1042 because we need one", "request-reason", {"request_id": "R-1042", "words": "we need one"}),
        ("request C-12", "request-new", {"offering": "12"}),
        ("request c-12 for Lee", "request-new", {"offering": "12", "person": "lee"}),
    ],
)
def test_a_word_about_a_request_is_read_with_what_it_names(
    text: str, command: str, slots: dict[str, str]
) -> None:
    found = request_command(text)
    assert found is not None
    assert (found.command, dict(found.slots)) == (command, slots)


@pytest.mark.parametrize(
    "text",
    [
        "approve R-1042",
        "deny R-1042 because of cost",
        "U-3001",
        "request c-12 for my career",
        "1042",
        "R-42x",
    ],
)
def test_what_is_another_word_is_left_alone(text: str) -> None:
    assert request_command(text) is None


def test_a_bare_cancel_by_text_is_the_carriers_word_and_no_request() -> None:
    assert understand("CANCEL", channel="sms", role="officer", today=TODAY).intent == "stop_messages"
    assert understand("cancel R-1042", channel="sms", role="officer", today=TODAY).intent == "cancel_request"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (
            "request ALERRT level 1 in Duluth June 7-11 for $400",
            Wish(
                title="ALERRT level 1",
                first=SCHOOL[0],
                last=SCHOOL[1],
                place="Duluth",
                costs=(("tuition", Decimal(400)),),
            ),
        ),
        (
            "I would like to attend the FBI LEEDA conference in June, $425, travel $200, hotel $300",
            Wish(
                title="FBI LEEDA conference",
                costs=(
                    ("tuition", Decimal(425)),
                    ("travel", Decimal(200)),
                    ("lodging", Decimal(300)),
                ),
            ),
        ),
        (
            "request staff and command, 2027-06-07 to 2027-06-11, 80 hours, register by may 1, out of town",
            Wish(
                title="staff and command",
                first=SCHOOL[0],
                last=SCHOOL[1],
                hours=Decimal(80),
                register_by=date(2027, 5, 1),
                out_of_town=True,
            ),
        ),
        ("Can I get a seat in the patrol rifle class?", Wish(title="patrol rifle class")),
    ],
)
def test_a_description_is_read_value_by_value(text: str, wish: Wish) -> None:
    assert wished(text, today=TODAY, begins=True) == wish


@pytest.mark.parametrize(
    ("text", "wanted", "wish"),
    [
        ("525", ("costs",), Wish(costs=(("tuition", Decimal(525)),))),
        ("525", (), Wish()),
        ("duluth", ("place",), Wish(place="duluth")),
        ("no cost", ("costs",), Wish(costs=(("tuition", Decimal(0)),))),
        ("7-11 jun 2027", ("dates",), Wish(first=SCHOOL[0], last=SCHOOL[1])),
        ("June", ("dates",), Wish()),
        (
            "tuition $500, hotel $300, meals 120",
            (),
            Wish(
                costs=(
                    ("tuition", Decimal(500)),
                    ("lodging", Decimal(300)),
                    ("meals", Decimal(120)),
                )
            ),
        ),
    ],
)
def test_what_was_asked_for_is_read_without_its_label(text: str, wanted: tuple[str, ...], wish: Wish) -> None:
    assert wished(text, today=TODAY, wanted=wanted) == wish


@pytest.mark.parametrize("cost", ["$1e9", "$1000000000", "$100,001", "$12.345", "$-5"])
def test_an_amount_that_nobody_means_is_asked_for_again(cost: str) -> None:
    found = wished(f"request gang seminar, cost {cost}", today=TODAY, begins=True)
    assert (found.title, found.costs, found.too_dear) == ("gang seminar", (), True)


@pytest.mark.parametrize(
    "cost",
    [
        "minus 500 dollars",
        "- $500",
        "450 CAD plus hotel $240",
        "1.200,50 euros",
        "\u00a3300",
        "EUR 450, meals $30",
    ],
)
def test_less_than_nothing_and_other_money_are_asked_for_again(cost: str) -> None:
    found = wished(f"request gang seminar, may 3, {cost}", today=TODAY, begins=True)
    assert (found.title, found.costs, found.too_dear) == ("gang seminar", (), True)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("hotel 4 nights at $120.10", "480.40"),
        ("hotel 2 nights $240", "240"),
        ("hotel 3 nights for $99 each", "297"),
        ("lodging 2 nights $110 a night", "220"),
    ],
)
def test_nights_are_no_dollars(said: str, amount: str) -> None:
    found = wished(f"request gang seminar, tuition USD 595.10, {said}, 312 miles", today=TODAY, begins=True)
    assert found.costs == (("tuition", Decimal("595.10")), ("lodging", Decimal(amount)))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tuesday june 8 2027", (date(2027, 6, 8), date(2027, 6, 8))),
        ("Mon, June 7 to Fri, June 11 2027", SCHOOL),
        ("monday june 8 2027", (None, None)),
    ],
)
def test_a_weekday_belongs_to_its_date(said: str, days: tuple[date | None, date | None]) -> None:
    found = wished(f"request patrol rifle {said} in St. Cloud $120", today=TODAY, begins=True)
    assert (found.title, found.first, found.last) == ("patrol rifle", *days)


def test_a_pasted_page_is_no_title() -> None:
    found = wished("request " + "a pasted page " * 400, today=TODAY, begins=True)
    assert len(found.title) <= 160


def test_a_month_says_where_to_look() -> None:
    assert days_meant("to June", today=TODAY) == (date(2027, 6, 1), date(2027, 6, 30))
    assert days_meant("place Duluth", today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("request swat school for Lee", "Lee"),
        ("request swat school for Ofc. Lee", "Lee"),
        ("request swat school for $400", ""),
        ("request swat school with Lee", ""),
    ],
)
def test_for_whom_is_read_at_the_end(text: str, who: str) -> None:
    assert on_behalf_of(text) == who


def test_numbers_and_short_words() -> None:
    assert [request_meant(each) for each in ("R-1042", "1042", "r 1042", "U-1042", "R-")] == [
        1042,
        1042,
        1042,
        None,
        None,
    ]
    assert [offering_meant(each) for each in ("C-12", "to c12", "12", "C-x")] == [12, 12, None, None]
    assert all(takes_back(each) for each in ("withdraw it", "Cancel that", "never mind", "withdraw"))
    assert not any(takes_back(each) for each in ("cancel", "withdraw R-1042", "do not withdraw it"))
    assert all(wants_another(each) for each in ("another", "describe another", "None of these"))
