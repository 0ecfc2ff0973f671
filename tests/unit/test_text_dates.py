"""Which days does a message speak of, seen from Friday 20 November 2026?"""

from datetime import date

import pytest

from reading.text.dates import find_dates

_TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("before february 15", date(2027, 2, 15)),
        ("dec 10 class", date(2026, 12, 10)),
        ("by friday", date(2026, 11, 27)),
        ("next tuesday", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 21)),
        ("last night", date(2026, 11, 19)),
        ("on the 1st", date(2026, 12, 1)),
        ("2nd tuesday in march", date(2027, 3, 9)),
        ("end of next month", date(2026, 12, 31)),
        ("by the end of the year", date(2026, 12, 31)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("3 days ago", date(2026, 11, 17)),
        ("3/9/2027", date(2027, 3, 9)),
        ("2027-06-30", date(2027, 6, 30)),
        ("18 de marzo", date(2027, 3, 18)),
        ("february 29", date(2028, 2, 29)),  # the next year that has one
    ],
)
def test_a_single_day_is_found(text: str, day: date) -> None:
    (found,) = find_dates(text, today=_TODAY)
    assert found.ahead == (day, day)
    assert not found.is_range


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("dec 20 to jan 3", date(2026, 12, 20), date(2027, 1, 3)),
        ("february 3 and 4", date(2027, 2, 3), date(2027, 2, 4)),
        ("since 2023", date(2023, 1, 1), _TODAY),
        ("from 2024 to now", date(2024, 1, 1), _TODAY),
        ("in april", date(2027, 4, 1), date(2027, 4, 30)),
        ("in may", date(2027, 5, 1), date(2027, 5, 31)),
        ("this weekend", date(2026, 11, 21), date(2026, 11, 22)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("in the next 30 days", _TODAY, date(2026, 12, 20)),
        ("q1 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("between june 1 and june 15", date(2027, 6, 1), date(2027, 6, 15)),
    ],
)
def test_a_range_is_never_read_as_one_of_its_days(text: str, first: date, last: date) -> None:
    (found,) = find_dates(text, today=_TODAY)
    assert found.ahead == (first, last)
    assert found.is_range


@pytest.mark.parametrize(
    "text",
    [
        "may i go",
        "i sat through it",
        "10-4",
        "approve 1090",
        "code 3",
        "go 7.2",
        "february 30",
        "in 99999999 weeks",
    ],
)
def test_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert list(find_dates(text, today=_TODAY)) == []


@pytest.mark.parametrize(
    "text", ["on 12/31/9999", "on 1/1/2200", "in 7000 years", "as of 1/1/0001", "in 3000000 days"]
)
def test_a_day_of_another_century_is_none(text: str) -> None:
    assert list(find_dates(text, today=_TODAY)) == []


def test_a_bare_day_is_behind_us_in_a_story_and_ahead_in_a_plan() -> None:
    (found,) = find_dates("october 6", today=_TODAY)
    assert found.days(look_back=True, today=_TODAY)[0] == date(2026, 10, 6)
    assert found.days(look_back=False, today=_TODAY)[0] == date(2027, 10, 6)


def test_a_limit_is_never_in_the_past() -> None:
    (found,) = find_dates("by friday", today=_TODAY)
    assert found.days(look_back=True, today=_TODAY)[0] == date(2026, 11, 27)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_edge_of_the_calendar_breaks_nothing(today: date) -> None:
    for text in (
        "yesterday",
        "tomorrow",
        "last year",
        "next month",
        "feb 3",
        "in 3 weeks",
        "on the 31st",
        "friday",
    ):
        for found in find_dates(text, today=today):
            first, last = found.days(look_back=True, today=today)
            assert date.min <= first <= last <= date.max, text
