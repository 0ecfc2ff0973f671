"""On which days is somebody reminded, and what is left of it for whoever comes late?"""

from datetime import date, timedelta

from training.reminders.ladder import rungs, shipped, still_to_come

DUE = date(2027, 6, 30)


def days(*before: int) -> list[date]:
    """Days so many days before the due date."""
    return [DUE - timedelta(days=each) for each in before]


def test_the_ladder_is_ninety_to_nothing_and_then_weekly() -> None:
    found = [each.day for each in rungs(shipped(), DUE, DUE + timedelta(days=21))]
    assert found == days(90, 60, 30, 14, 7, 1, 0, -7, -14, -21)
    assert found[0] == date(2027, 4, 1)


def test_whoever_comes_late_hears_the_last_missed_step_and_not_the_backlog() -> None:
    today = DUE - timedelta(days=20)
    found = still_to_come(shipped(), DUE, today, DUE)
    assert [each.day for each in found] == days(20, 14, 7, 1, 0)
    assert found[0].step.name == "30"


def test_a_step_of_today_stands_for_the_missed_ones() -> None:
    found = still_to_come(shipped(), DUE, DUE - timedelta(days=14), DUE)
    assert [each.day for each in found] == days(14, 7, 1, 0)


def test_what_is_overdue_for_long_keeps_its_day_of_the_week() -> None:
    today = DUE + timedelta(days=40)
    found = still_to_come(shipped(), DUE, today, DUE + timedelta(days=56))
    assert [each.day for each in found] == days(-40, -42, -49, -56)
    assert all(each.step.is_late for each in found)


def test_what_is_far_away_is_not_spoken_of() -> None:
    assert still_to_come(shipped(), DUE, DUE - timedelta(days=200), DUE - timedelta(days=91)) == ()
