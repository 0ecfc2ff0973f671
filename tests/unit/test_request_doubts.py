"""What of a description of training is asked about before it is taken, and which of the classes shown is meant?"""

from datetime import date
from decimal import Decimal

import pytest

from reading.text.discipline import speaks_of_discipline
from reading.text.picking import compared, is_undecided, place_meant
from reading.text.several import asked_one_by_one, each_names_a_class
from reading.text.understand import understand
from reading.text.wish_doubts import count_meant
from reading.text.wishes import says_only_values, wished

TODAY = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("feb 10", date(2027, 2, 10)),
        ("jan 15 to jan 17", date(2027, 1, 15)),
        ("3/1", date(2027, 3, 1)),
        ("feb 10 2027", date(2027, 2, 10)),
        ("in february", date(2027, 2, 1)),
    ],
)
def test_a_day_that_is_over_is_asked_about_and_never_moved_to_another_year(said: str, first: date) -> None:
    found = wished(f"request taser instructor {said} in Mankato", today=TODAY, begins=True)
    assert (found.title, found.first) == ("taser instructor", None)
    assert found.doubt is not None
    assert (found.doubt.code, found.doubt.first) == ("past", first)


@pytest.mark.parametrize(
    ("said", "today", "first"),
    [
        ("december 3", TODAY, date(2027, 12, 3)),
        ("feb 10", date(2027, 11, 20), date(2028, 2, 10)),
        ("feb 10 2028", TODAY, date(2028, 2, 10)),
        ("march 2", TODAY, TODAY),
        ("june 3 to 5", TODAY, date(2027, 6, 3)),
    ],
)
def test_a_day_that_comes_is_the_next_of_its_name(said: str, today: date, first: date) -> None:
    assert wished(f"request taser instructor {said}", today=today, begins=True).first == first


def test_days_that_run_now_have_begun_and_a_class_of_december_is_over_in_january() -> None:
    running = wished("request swat school feb 27 to mar 4", today=TODAY, begins=True)
    assert (running.first, running.last) == (date(2027, 2, 27), date(2027, 3, 4))
    january = wished("request swat school december 20", today=date(2028, 1, 5), begins=True)
    assert january.doubt is not None
    assert january.doubt.first == date(2027, 12, 20)


@pytest.mark.parametrize(
    "said", ["30 feb 2028", "april 31", "31 june", "feb 29 2027", "2/30/2027", "2027-02-30", "may 32"]
)
def test_a_day_that_no_calendar_has_is_asked_about(said: str) -> None:
    found = wished(f"request swat basic {said} to 2 mar 2028 camp ripley $0", today=TODAY, begins=True)
    assert found.title == "swat basic"
    assert (found.first, found.last) == (None, None)
    assert found.doubt is not None
    assert (found.doubt.code, found.doubt.written) == ("no-such-day", said)


@pytest.mark.parametrize("said", ["feb 29 2028", "feb 28", "june 30", "12/31/2027", "may 31"])
def test_the_last_day_of_a_month_is_one(said: str) -> None:
    assert wished(f"request swat basic {said}", today=date(2027, 1, 4), begins=True).first is not None


def test_a_weekday_that_is_not_that_days_is_named() -> None:
    found = wished("request patrol rifle monday june 8 2027 in St. Cloud", today=TODAY, begins=True).doubt
    assert found is not None
    assert (found.code, found.written, found.first) == ("weekday", "monday", date(2027, 6, 8))


@pytest.mark.parametrize(
    ("said", "written", "rate"),
    [
        ("hotel $120 a night", "hotel $120 a night", Decimal(120)),
        ("$120/night", "$120/night", Decimal(120)),
        ("lodging at $99.50 per night", "lodging at $99.50 per night", Decimal("99.50")),
        ("hotel 120 dollars each night", "hotel 120 dollars each night", Decimal(120)),
        ("$120 nightly", "$120 nightly", Decimal(120)),
        ("hotel two fifty a night", "hotel two fifty a night", None),
        ("one twenty per night", "one twenty per night", None),
        ("meals $60 a day", "meals $60 a day", Decimal(60)),
        ("$0.67 a mile", "$0.67 a mile", Decimal("0.67")),
    ],
)
def test_an_amount_for_each_night_is_not_counted_once(said: str, written: str, rate: Decimal | None) -> None:
    found = wished(f"request Reid, 3-5 May 2027, Duluth, tuition $595, {said}", today=TODAY, begins=True)
    assert found.costs == (("tuition", Decimal(595)),)
    assert found.doubt is not None
    assert (found.doubt.code, found.doubt.written, found.doubt.rate) == ("rate", written, rate)


@pytest.mark.parametrize(
    "said",
    [
        "hotel 3 nights at $120",
        "hotel $120 a night for 3 nights",
        "3 nights hotel, $120/night",
        "motel 120 dollars a night x 3 nights",
        "hotel $120 a night, 3 nights",
    ],
)
def test_an_amount_for_each_of_some_nights_is_what_they_come_to(said: str) -> None:
    found = wished(f"request Reid, 3-5 May 2027, Duluth, tuition $595, {said}", today=TODAY, begins=True)
    assert (found.costs, found.doubt) == ((("tuition", Decimal(595)), ("lodging", Decimal(360))), None)


@pytest.mark.parametrize(
    ("said", "count"), [("3", 3), ("for three nights", 3), ("2 nights.", 2), ("0", None)]
)
def test_how_many_is_read_where_nothing_else_is_said(said: str, count: int | None) -> None:
    assert count_meant(said) == count


@pytest.mark.parametrize(
    "said",
    [
        "april 3",
        "no, april 3",
        "i meant apr 3 instead",
        "0800",
        "3pm",
        "$525",
        "525",
        "40 hours",
        "jun 3-5",
        "june",
    ],
)
def test_a_bare_day_time_or_amount_is_no_reason(said: str) -> None:
    assert says_only_values(said, today=TODAY)


@pytest.mark.parametrize(
    "said",
    [
        "negotiator vacancy",
        "mine runs out on the 20th",
        "need it by june",
        "k9 spot",
        "to be ready for june",
        "yes",
    ],
)
def test_a_reason_may_name_a_day(said: str) -> None:
    assert not says_only_values(said, today=TODAY)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("the second", 2),
        ("second one", 2),
        ("la segunda", 2),
        ("El segundo, por favor", 2),
        ("2nd", 2),
        ("I'll take the second one please", 2),
        ("number two", 2),
        ("the last one", 2),
        ("the former", 1),
        ("primera", 1),
        ("the third", None),
        ("second amendment class", None),
        ("the one in Duluth", None),
    ],
)
def test_a_place_of_a_list_is_named_in_words(said: str, place: int | None) -> None:
    assert place_meant(said, 2) == place


@pytest.mark.parametrize(
    "said", ["both", "9", "0", "-1", "1.5", "yes", "1 or 2 dont care", "either", "the third"]
)
def test_an_answer_that_chooses_nothing_is_known(said: str) -> None:
    assert is_undecided(said)


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("the cheaper one", "cheapest"),
        ("la más barata", "cheapest"),
        ("earliest", "earliest"),
        ("a cheap hotel", None),
    ],
)
def test_one_is_told_from_the_others_by_its_cost_or_day(said: str, by: str | None) -> None:
    assert compared(said) == by


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        (
            "request the autism class and the negotiation school in june",
            ("request the autism class", "the negotiation school in june"),
        ),
        ("autism class plus negotiation school", ("autism class", "negotiation school")),
        ("request staff and command school", ("request staff", "command school")),
        ("request autism class because of my hours and the school", ()),
        ("request autism class", ()),
    ],
)
def test_pieces_that_may_each_be_a_class_are_told_apart(said: str, pieces: tuple[str, ...]) -> None:
    assert asked_one_by_one(said) == pieces


def test_only_what_is_called_a_class_on_both_sides_is_two() -> None:
    assert each_names_a_class(("the autism class", "negotiation school"))
    assert not each_names_a_class(("staff", "command school"))


@pytest.mark.parametrize(
    "said",
    [
        "he is on a PIP",
        "IA case pending",
        "he is suspended until June",
        "write-up last week",
        "write him up and tell IA",
        "you got written up",
        "under investigation",
        "letter of reprimand",
        "Insubordination on the last one",
        "was counseled in May",
    ],
)
def test_words_of_discipline_are_known(said: str) -> None:
    assert speaks_of_discipline(said)


@pytest.mark.parametrize(
    "said",
    [
        "June is short on nights",
        "too far, Des Moines, IA",
        "the course was suspended",
        "we need a written test first",
        "write up the lesson plan when you return",
        "staffing at minimum",
    ],
)
def test_other_words_are_not(said: str) -> None:
    assert not speaks_of_discipline(said)


@pytest.mark.parametrize("said", ["approve R-1042?", "aprobar R-1042?", "deny R-1042?"])
def test_a_question_about_a_decision_asks_how_it_stands(said: str) -> None:
    found = understand(said, channel="slack", role="supervisor", today=TODAY)
    assert (found.command, found.slots) == ("request", {"request_id": "R-1042"})
