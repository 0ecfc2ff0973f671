"""On which days is somebody reminded, and what is left of it for whoever comes late?"""

from datetime import date, timedelta

from training.reminders.ladder import next_on, rungs, standing_on, still_to_come
from training.reminders.rules import rules_from, shipped, shipped_words

DUE = date(2027, 6, 30)
STEPS = shipped().steps


def days(*before: int) -> list[date]:
    """Days so many days before the due date."""
    return [DUE - timedelta(days=each) for each in before]


def test_the_ladder_is_ninety_to_nothing_then_the_day_it_is_overdue_and_weekly() -> None:
    found = [each.day for each in rungs(STEPS, DUE, DUE + timedelta(days=21))]
    assert found == days(90, 60, 30, 14, 7, 1, 0, -1, -8, -15)
    assert found[0] == date(2027, 4, 1)


def test_whoever_comes_late_hears_the_last_missed_step_and_not_the_backlog() -> None:
    today = DUE - timedelta(days=20)
    found = still_to_come(STEPS, DUE, today, DUE)
    assert [each.day for each in found] == days(20, 14, 7, 1, 0)
    assert found[0].step.name == "30"


def test_a_step_of_today_stands_for_the_missed_ones() -> None:
    found = still_to_come(STEPS, DUE, DUE - timedelta(days=14), DUE)
    assert [each.day for each in found] == days(14, 7, 1, 0)


def test_what_is_overdue_for_long_keeps_its_day_of_the_week() -> None:
    today = DUE + timedelta(days=40)
    found = still_to_come(STEPS, DUE, today, DUE + timedelta(days=57))
    assert [each.day for each in found] == days(-40, -43, -50, -57)
    assert all(each.step.is_late for each in found)


def test_what_is_far_away_is_not_spoken_of() -> None:
    assert still_to_come(STEPS, DUE, DUE - timedelta(days=200), DUE - timedelta(days=91)) == ()


def test_whose_turn_it_is_and_when_the_next_one_comes() -> None:
    for before, step, later in (
        (91, None, 90),
        (90, "90", 60),
        (61, "90", 60),
        (0, "0", -1),
        (-7, "overdue", -8),
    ):
        today = DUE - timedelta(days=before)
        turn = standing_on(STEPS, DUE, today)
        assert (None if turn is None else turn.step.name) == step
        assert next_on(STEPS, DUE, today) == DUE - timedelta(days=later)


def test_a_requirement_may_have_a_ladder_of_its_own() -> None:
    words = {**shipped_words(), "requirements": {"firearms": {"days_before": [20, 10]}}}
    rules = rules_from(words, version=2)
    found = [each.day for each in rungs(rules.steps_for("firearms"), DUE, DUE + timedelta(days=8))]
    assert found == days(20, 10, -1, -8)
    assert rules.steps_for("renewal") == STEPS
