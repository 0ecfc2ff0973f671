"""When somebody is on duty, and the next moment at which something may be said to them: clock changes, rotations over
midnight, court, leave and the cap on holding."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.ledger import Waits
from db.records.shifts import WorkKind
from training.shifts.calendar import Calendar, LeaveDays, Membership, Shift, ShiftRotation, Single
from training.shifts.moments import DayHours, NextMoment, next_moment
from training.shifts.wall_clock import instant, midnight

CHICAGO = ZoneInfo("America/Chicago")
ZONES = (CHICAGO, ZoneInfo("America/New_York"), ZoneInfo("America/Phoenix"), ZoneInfo("America/Los_Angeles"))
HOURS = DayHours(begins=time(8), ends=time(18), hold=timedelta(hours=72))
HALF_HOUR = timedelta(minutes=30)


def wall(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    """An instant as a clock on the wall shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def rotation(
    begins: str,
    ends: str,
    works: str,
    days: int = 7,
    anchor: str = "2027-03-01",
    name: str = "",
    **rest: date,
) -> ShiftRotation:
    """``works`` counts days from 1, as people write them."""
    return ShiftRotation(
        name=name,
        zone=CHICAGO,
        anchor=date.fromisoformat(anchor),
        days=days,
        works=frozenset(int(day) - 1 for day in works.split()),
        begins=time.fromisoformat(begins),
        ends=time.fromisoformat(ends),
        **rest,
    )


# Two nights on, two off.
NIGHTS = rotation("18:00", "06:00", "1 2", days=4, name="B nights")
EVERY_NIGHT = rotation("18:00", "06:00", "1", days=1)
WEEKDAYS = rotation("08:00", "16:00", "1 2 3 4 5")


def works(
    *rotations: ShiftRotation, singles: tuple[Single, ...] = (), leaves: tuple[LeaveDays, ...] = ()
) -> Calendar:
    """The calendar of somebody with rotations of their own."""
    return Calendar(zone=CHICAGO, own=rotations, singles=singles, leaves=leaves)


def single(kind: str, at: str, until: str) -> Single:
    return Single(WorkKind(kind), Shift(wall(at), wall(until)))


def said(
    calendar: Calendar, at: str, hours: DayHours = HOURS, *, urgent: bool = False
) -> tuple[str, Waits | None]:
    """When, on the wall, and what it waits for."""
    found = next_moment(calendar, hours, wall(at), urgent=urgent)
    return f"{found.at.astimezone(CHICAGO):%Y-%m-%d %H:%M}", found.waits


def duty(calendar: Calendar, since: str, until: str) -> list[str]:
    """Shifts as a clock on the wall shows them."""
    return [
        f"{each.at.astimezone(CHICAGO):%d %H:%M}-{each.until.astimezone(CHICAGO):%d %H:%M}"
        for each in calendar.on_duty(wall(since), wall(until))
    ]


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        ("2027-03-14", "01:59", "2027-03-14 07:59"),
        # 02:00 to 03:00 is left out that night: the first instant after it is 03:00.
        ("2027-03-14", "02:00", "2027-03-14 08:00"),
        ("2027-03-14", "02:30", "2027-03-14 08:00"),
        ("2027-03-14", "02:59:59", "2027-03-14 08:00"),
        ("2027-03-14", "03:00", "2027-03-14 08:00"),
        # 01:00 to 02:00 comes twice: the first.
        ("2027-11-07", "01:00", "2027-11-07 06:00"),
        ("2027-11-07", "01:30", "2027-11-07 06:30"),
        ("2027-11-07", "02:00", "2027-11-07 08:00"),
        ("2028-02-29", "23:30", "2028-03-01 05:30"),
        ("2026-12-31", "23:30", "2027-01-01 05:30"),
    ],
)
def test_a_wall_clock_has_one_instant_at_both_clock_changes(day: str, clock: str, utc: str) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(clock), CHICAGO)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_day_begins_an_hour_late_where_the_clocks_change_at_midnight() -> None:
    havana = ZoneInfo("America/Havana")
    assert midnight(date(2026, 3, 8), havana) == wall("2026-03-08 01:00", havana)
    assert midnight(date(2026, 3, 9), havana) == wall("2026-03-09 00:00", havana)


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_instants_of_a_day_come_in_the_order_of_its_clock(zone: ZoneInfo, day: date) -> None:
    clocks = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    found = [instant(day, clock, zone) for clock in clocks]
    assert all(before <= after for before, after in pairwise(found))
    assert all(each.tzinfo is UTC and each.astimezone(zone).date() == day for each in found)


def test_a_rotation_runs_over_midnight_and_on_through_the_year() -> None:
    assert duty(works(NIGHTS), "2027-03-01 00:00", "2027-03-06 00:00") == [
        "01 18:00-02 06:00",
        "02 18:00-03 06:00",
        "05 18:00-06 00:00",
    ]
    # Before its anchor too, and over the end of a year and a leap day.
    assert duty(works(EVERY_NIGHT), "2026-12-31 12:00", "2027-01-01 12:00") == ["31 18:00-01 06:00"]
    assert duty(works(EVERY_NIGHT), "2028-02-28 12:00", "2028-03-01 12:00") == [
        "28 18:00-29 06:00",
        "29 18:00-01 06:00",
    ]


def test_a_night_of_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    for since, until, hours in (("2027-03-13", "2027-03-14", 11), ("2027-11-06", "2027-11-07", 13)):
        [night] = works(EVERY_NIGHT).on_duty(wall(f"{since} 12:00"), wall(f"{until} 12:00"))
        assert night.until - night.at == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("asked", "at", "waits"),
    [
        ("2027-03-02 08:00", "2027-03-02 18:00", Waits.OFF_DUTY),
        ("2027-03-02 18:00", "2027-03-02 18:00", None),
        ("2027-03-03 05:59", "2027-03-03 05:59", None),
        # The end of a shift is off duty, and the two nights after it are off.
        ("2027-03-03 06:00", "2027-03-05 18:00", Waits.OFF_DUTY),
    ],
)
def test_what_is_said_to_a_night_shift_waits_for_the_night(asked: str, at: str, waits: Waits | None) -> None:
    assert said(works(NIGHTS), asked) == (at, waits)


def test_a_swap_and_a_day_off_go_before_the_rotation() -> None:
    # March 2 was to be a night; it is a day now, and March 5 is off.
    calendar = works(
        NIGHTS,
        singles=(
            single("swap", "2027-03-02 06:00", "2027-03-02 18:00"),
            single("off", "2027-03-05 00:00", "2027-03-06 00:00"),
        ),
    )
    assert said(calendar, "2027-03-02 06:30") == ("2027-03-02 06:30", None)
    assert said(calendar, "2027-03-02 18:00") == ("2027-03-06 18:00", Waits.OFF_DUTY)


def test_hours_off_over_a_shift_take_the_shift_away_and_overtime_adds_to_it() -> None:
    off = works(EVERY_NIGHT, singles=(single("off", "2027-03-02 18:00", "2027-03-03 06:00"),))
    assert said(off, "2027-03-02 18:00") == ("2027-03-03 18:00", Waits.OFF_DUTY)
    more = works(EVERY_NIGHT, singles=(single("overtime", "2027-03-02 14:00", "2027-03-02 18:00"),))
    assert duty(more, "2027-03-02 12:00", "2027-03-03 12:00") == ["02 14:00-02 18:00", "02 18:00-03 06:00"]


def test_what_was_called_off_counts_for_nothing() -> None:
    calendar = works(WEEKDAYS, singles=(single("cancelled", "2027-03-02 09:00", "2027-03-02 12:00"),))
    assert said(calendar, "2027-03-02 10:00") == ("2027-03-02 10:00", None)


def test_nobody_is_disturbed_in_court_and_court_is_no_shift() -> None:
    court = single("court", "2027-03-02 09:00", "2027-03-02 12:00")
    assert said(works(WEEKDAYS, singles=(court,)), "2027-03-02 09:00") == ("2027-03-02 12:00", Waits.IN_COURT)
    # After a night, on the way to nothing else.
    assert said(works(EVERY_NIGHT, singles=(court,)), "2027-03-02 10:00") == (
        "2027-03-02 18:00",
        Waits.OFF_DUTY,
    )
    # Somebody whose shifts nobody knows.
    assert said(works(singles=(court,)), "2027-03-02 08:30") == ("2027-03-02 08:30", None)
    assert said(works(singles=(court,)), "2027-03-02 11:59") == ("2027-03-02 12:00", Waits.IN_COURT)


def test_a_leave_takes_the_nights_that_begin_in_it_and_the_end_of_the_one_before() -> None:
    calendar = works(EVERY_NIGHT, leaves=(LeaveDays(date(2027, 3, 3), date(2027, 3, 5)),))
    assert duty(calendar, "2027-03-02 12:00", "2027-03-06 12:00") == [
        "02 18:00-03 00:00",
        "05 18:00-06 06:00",
    ]
    assert said(calendar, "2027-03-03 02:00") == ("2027-03-05 18:00", Waits.ON_LEAVE)


def test_a_leave_without_an_end_is_looked_at_again_the_next_day_and_somebody_is_told() -> None:
    calendar = works(leaves=(LeaveDays(date(2027, 3, 1), None),))
    found = next_moment(calendar, HOURS, wall("2027-03-02 14:10"))
    assert found == NextMoment(wall("2027-03-03 08:00"), Waits.ON_LEAVE, over_cap=True)


def test_somebody_whose_shifts_nobody_knows_has_the_hours_of_the_day_narrowed_by_their_wish() -> None:
    own = HOURS.narrowed(time(10), time(20))
    assert said(works(), "2027-03-02 09:00", own) == ("2027-03-02 10:00", Waits.OFF_DUTY)
    assert said(works(), "2027-03-02 18:00", own) == ("2027-03-03 10:00", Waits.OFF_DUTY)
    assert HOURS.narrowed(time(19), time(23)) == HOURS
    # A wish is for those whose shifts nobody knows: nobody works at ten in the morning there.
    assert said(works(EVERY_NIGHT), "2027-03-02 09:00", own) == ("2027-03-02 18:00", Waits.OFF_DUTY)


def test_a_holiday_is_one_only_for_those_whose_shifts_nobody_knows() -> None:
    hours = replace(HOURS, holidays=frozenset({date(2027, 7, 5)}))
    assert said(works(), "2027-07-05 10:00", hours) == ("2027-07-06 08:00", Waits.HOLIDAY)
    assert said(works(WEEKDAYS), "2027-07-05 10:00", hours) == ("2027-07-05 10:00", None)


def test_days_between_two_single_shifts_are_off_and_days_after_the_last_are_unknown() -> None:
    shifts = tuple(
        single("shift", f"2027-03-{day} 18:00", f"2027-03-{day} 23:00") for day in ("02", "08", "28")
    )
    calendar = works(singles=shifts)
    assert said(calendar, "2027-03-04 09:00") == ("2027-03-08 18:00", Waits.OFF_DUTY)
    # Twenty days without a word are no days off: the calendar has a gap.
    assert said(calendar, "2027-03-15 09:00") == ("2027-03-15 09:00", None)
    assert said(calendar, "2027-03-29 09:00") == ("2027-03-29 09:00", None)


def test_a_newer_rotation_ends_the_older_and_ones_own_goes_before_the_unit_s() -> None:
    later = rotation("06:00", "18:00", "1", days=1, first=date(2027, 3, 10))
    calendar = works(EVERY_NIGHT, later)
    assert duty(calendar, "2027-03-09 12:00", "2027-03-11 00:00") == [
        "09 18:00-10 06:00",
        "10 06:00-10 18:00",
    ]
    unit = Membership(wall("2020-01-01 00:00"), None, ((), (EVERY_NIGHT,)))
    assert said(Calendar(zone=CHICAGO, units=(unit,)), "2027-03-02 09:00")[0] == "2027-03-02 18:00"
    assert said(Calendar(zone=CHICAGO, own=(WEEKDAYS,), units=(unit,)), "2027-03-02 09:00")[1] is None


def test_whoever_changes_units_in_the_afternoon_is_on_neither_s_shift_that_day() -> None:
    moved = wall("2027-03-02 16:00")
    days = rotation("06:00", "18:00", "1", days=1)
    calendar = Calendar(
        zone=CHICAGO,
        units=(
            Membership(wall("2020-01-01 00:00"), moved, ((EVERY_NIGHT,),)),
            Membership(moved, None, ((days,),)),
        ),
    )
    assert duty(calendar, "2027-03-02 07:00", "2027-03-03 20:00") == ["03 06:00-03 18:00"]


def test_what_would_be_held_too_long_says_so_and_is_still_not_sent_off_duty() -> None:
    rare = works(rotation("18:00", "06:00", "1", days=28))
    asked = wall("2027-03-02 09:00")
    found = next_moment(rare, HOURS, asked)
    assert (found.at, found.over_cap, found.waits) == (wall("2027-03-29 18:00"), True, Waits.OFF_DUTY)
    assert not next_moment(works(NIGHTS), HOURS, wall("2027-03-03 06:00")).over_cap
    # The hold counts from when it was due, also when it is looked at again later.
    since = wall("2027-03-27 09:00")
    assert not next_moment(rare, HOURS, wall("2027-03-28 09:00"), held_since=since).over_cap
    early = wall("2027-03-20 09:00")
    assert next_moment(rare, HOURS, wall("2027-03-28 09:00"), held_since=early).over_cap


def test_what_is_urgent_passes_the_hours_and_says_so_but_neither_court_nor_leave() -> None:
    asked = wall("2027-03-02 09:00")
    assert next_moment(works(NIGHTS), HOURS, asked, urgent=True) == NextMoment(asked, passed=True)
    assert next_moment(works(WEEKDAYS), HOURS, asked, urgent=True) == NextMoment(asked)
    court = single("court", "2027-03-02 08:30", "2027-03-02 12:00")
    over = wall("2027-03-02 12:00")
    assert next_moment(works(NIGHTS, singles=(court,)), HOURS, asked, urgent=True) == NextMoment(
        over, passed=True
    )
    assert next_moment(works(WEEKDAYS, singles=(court,)), HOURS, asked, urgent=True) == NextMoment(
        over, Waits.IN_COURT
    )
    leave = works(WEEKDAYS, leaves=(LeaveDays(date(2027, 3, 1), date(2027, 3, 4)),))
    found = next_moment(leave, HOURS, asked, urgent=True)
    assert found == NextMoment(wall("2027-03-04 08:00"), Waits.ON_LEAVE)


# Made-up calendars in the weeks around both clock changes, a leap day and the end of a year.
BEGINNINGS = tuple(
    datetime.fromisoformat(each).replace(tzinfo=UTC)
    for each in ("2027-03-12T00:00", "2027-11-05T00:00", "2028-02-27T00:00", "2026-12-29T00:00")
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, DayHours, datetime]:
    begins = draw(st.sampled_from(BEGINNINGS))
    zone = draw(st.sampled_from(ZONES))
    clocks = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
    days = draw(st.integers(1, 10))
    rotations = st.builds(
        ShiftRotation,
        name=st.just(""),
        zone=st.just(zone),
        anchor=st.just(begins.date()),
        days=st.just(days),
        works=st.frozensets(st.integers(0, days - 1), min_size=1),
        begins=clocks,
        ends=clocks,
    )
    spans = st.builds(
        lambda kind, hour, length: Single(
            kind, Shift(begins + timedelta(hours=hour), begins + timedelta(hours=hour + length))
        ),
        st.sampled_from(WorkKind),
        st.integers(-48, 240),
        st.integers(1, 24),
    )
    away = st.builds(
        lambda first, length: LeaveDays(
            begins.date() + timedelta(days=first), begins.date() + timedelta(days=first + length)
        ),
        st.integers(-3, 8),
        st.integers(1, 5),
    )
    calendar = Calendar(
        zone=zone,
        own=tuple(draw(st.lists(rotations, max_size=2))),
        singles=tuple(draw(st.lists(spans, max_size=4))),
        leaves=tuple(draw(st.lists(away, max_size=2))),
    )
    holidays = frozenset({begins.date() + timedelta(days=draw(st.integers(0, 9)))})
    hours = DayHours(begins=time(8), ends=time(18), holidays=holidays, hold=timedelta(hours=24))
    return calendar, hours, begins + timedelta(minutes=draw(st.integers(0, 6 * 24 * 60)))


def may_be_told(calendar: Calendar, hours: DayHours, moment: datetime) -> bool:
    """Whether something may be said at a moment, looked up on the wall instead of reckoned."""
    here = moment.astimezone(calendar.zone)
    today = here.date()
    taken = any(
        each.kind in {WorkKind.COURT, WorkKind.OFF} and each.shift.holds(moment) for each in calendar.singles
    )
    if taken or calendar.on_leave(today):
        return False
    on_duty = any(
        each.holds(moment)
        for days in range(3)
        if not calendar.on_leave(day := today - timedelta(days=days))
        for each in calendar.meant(day)
    )
    in_hours = hours.begins <= here.time() < hours.ends and today not in hours.holidays
    return on_duty or (in_hours and not calendar.knows(today))


@given(situations())
def test_nothing_is_ever_said_off_duty_or_earlier_or_later_than_need_be(
    situation: tuple[Calendar, DayHours, datetime],
) -> None:
    calendar, hours, asked = situation
    found = next_moment(calendar, hours, asked)
    assert found == next_moment(calendar, hours, asked)
    assert found.at >= asked
    assert not found.passed
    if (
        found.over_cap
        and found.at - asked == timedelta(days=1)
        and not may_be_told(calendar, hours, found.at)
    ):
        return  # nothing within a year: looked at again tomorrow
    # A whole day off takes the whole night with it; the wall knows only its hours.
    whole_days_off = any(
        each.kind is WorkKind.OFF and each.shift.until - each.shift.at >= timedelta(hours=23)
        for each in calendar.singles
    )
    assert may_be_told(calendar, hours, found.at)
    assert next_moment(calendar, hours, found.at) == NextMoment(found.at)
    if not whole_days_off:
        moment = asked
        while moment < found.at and moment < asked + timedelta(days=12):
            assert not may_be_told(calendar, hours, moment), moment
            moment += HALF_HOUR


@given(situations())
def test_what_is_urgent_is_never_later_and_never_in_court_or_on_leave(
    situation: tuple[Calendar, DayHours, datetime],
) -> None:
    calendar, hours, asked = situation
    usual, urgent = (next_moment(calendar, hours, asked, urgent=each) for each in (False, True))
    assert asked <= urgent.at <= usual.at
    assert not calendar.in_court(urgent.at)
    if urgent.passed:
        assert not calendar.on_leave(calendar.day_of(asked))
        assert usual.waits is not None
        assert urgent.at < usual.at
