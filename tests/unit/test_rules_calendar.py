"""Do years, cycles and lengths of time cover every day once, over leap days and month ends too?"""

import calendar
import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.periods import Length, calendar_year, calendar_years, day_after, half_year_cycle, span
from tests.unit.rules_cast import quickly

ANY_DAY = st.dates(date(1980, 1, 1), date(2080, 12, 31))
ONE_DAY = timedelta(days=1)


@quickly(200)
@given(ANY_DAY)
def test_every_day_is_in_its_own_calendar_year_and_in_no_other(day: date) -> None:
    held = [
        window
        for window in map(calendar_year, range(day.year - 1, day.year + 2))
        if window.start <= day <= window.end
    ]
    assert [window.label for window in held] == [str(day.year)]
    assert held[0].due_on == held[0].end


@quickly(100)
@given(ANY_DAY, st.integers(0, 4000))
def test_calendar_years_follow_each_other_without_a_gap(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    windows = list(calendar_years(first, last))
    for window, following in itertools.pairwise(windows):
        assert following.start == window.end + ONE_DAY
    assert all(first <= window.start <= last for window in windows)
    # A year that begins in the time is not left out.
    begun = {year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) <= last}
    assert {window.start.year for window in windows} == begun


@quickly(300)
@given(ANY_DAY, ANY_DAY, st.integers(1, 5))
def test_a_computed_cycle_holds_the_day_or_is_the_first_to_come(
    certified_on: date, as_of: date, years: int
) -> None:
    window = half_year_cycle(certified_on, as_of, years)
    first = certified_on.year if certified_on.month <= 6 else certified_on.year + 1
    assert window.start <= as_of <= window.end or (as_of < window.start == date(first, 1, 1))
    assert (window.start.month, window.start.day) == (1, 1)
    assert (window.end.month, window.end.day) == (12, 31)
    assert window.end.year - window.start.year == years - 1
    assert (window.start.year - first) % years == 0


@quickly(200)
@given(ANY_DAY, ANY_DAY, st.integers(1, 5))
def test_the_day_after_a_computed_cycle_begins_the_next_one(
    certified_on: date, as_of: date, years: int
) -> None:
    window = half_year_cycle(certified_on, as_of, years)
    following = half_year_cycle(certified_on, day_after(window.end), years)
    assert following.start == window.end + ONE_DAY
    assert half_year_cycle(certified_on, window.end, years) == window


def test_the_last_day_of_june_counts_from_january_past_and_the_first_of_july_from_january_to_come() -> None:
    assert half_year_cycle(date(2005, 6, 30), date(2005, 7, 1), 3) == span(
        date(2005, 1, 1), date(2007, 12, 31)
    )
    assert half_year_cycle(date(2005, 7, 1), date(2005, 7, 1), 3) == span(
        date(2006, 1, 1), date(2008, 12, 31)
    )


@quickly(200)
@given(ANY_DAY, st.integers(0, 10), st.integers(0, 30))
def test_a_length_of_months_keeps_the_day_or_takes_the_last_one_of_a_shorter_month(
    day: date, years: int, months: int
) -> None:
    later = Length(years=years, months=months).after(day)
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(count, 12)
    assert (later.year, later.month) == (year, month + 1)
    assert later.day == min(day.day, calendar.monthrange(year, month + 1)[1])


@quickly(100)
@given(ANY_DAY, st.integers(0, 2000))
def test_a_length_of_days_is_that_many_days(day: date, days: int) -> None:
    assert Length(days=days).after(day) == day + timedelta(days=days)
    assert Length(days=days).before(day) == day - timedelta(days=days)


def test_from_a_leap_day_years_lead_to_28_february_and_to_the_29th_where_there_is_one() -> None:
    leap_day = date(2024, 2, 29)
    assert Length(years=1).after(leap_day) == date(2025, 2, 28)
    assert Length(years=5).after(leap_day) == date(2029, 2, 28)
    assert Length(years=4).after(leap_day) == leap_day.replace(year=2028)


def test_six_months_from_the_last_of_august_end_with_february() -> None:
    assert Length(months=6).after(date(2026, 8, 31)) == date(2027, 2, 28)
    assert Length(months=6).after(date(2027, 8, 31)) == date(2028, 2, 29)


@quickly(200)
@given(ANY_DAY, st.sampled_from([Length(months=6), Length(years=1), Length(years=2), Length(years=5)]))
def test_looking_back_from_the_last_day_a_class_covers_reaches_that_class(day: date, every: Length) -> None:
    assert every.before(every.after(day)) <= day
