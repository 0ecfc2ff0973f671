"""Does the working beside an answer agree with it and give the right reason?"""

from datetime import date
from decimal import Decimal

from rules.evaluate import summarise
from rules.loader import load_for_state
from rules.model import Assignment, Relief, ReliefKind
from rules.standing import LineState, StandingWord
from rules.working import credited, refused
from tests.unit.rules_case_cast import OREGON, answered, row
from tests.unit.rules_cast import (
    AS_OF,
    CYCLE_END,
    DRIVING,
    ETHICS,
    SCHOOL,
    TOTAL,
    WEAPON,
    judged,
    officer,
    only,
    took,
)


def test_every_hour_that_was_counted_is_shown_with_its_class() -> None:
    """Two courses within the time: sixteen hours counted, sixteen hours shown."""
    records = (took("driving", date(2024, 9, 1)), took("driving", date(2025, 6, 1), ref="r2"))
    found = only(judged(DRIVING, officer(), records))
    assert sum(each.hours for each in credited(found)) == found.hours_counted


def test_on_its_last_day_a_course_still_counts_its_hours() -> None:
    """Met with no hours counted would be a contradiction on the screen."""
    found = only(judged(DRIVING, officer(), (took("driving", date(2024, 3, 10)),)))
    assert found.satisfied is True
    assert found.hours_counted == Decimal(4)


def test_a_class_is_not_said_to_be_replaced_when_it_is_the_cycle_that_is_not_known() -> None:
    evaluation = judged(TOTAL, officer(without=("cycle_start", "cycle_end")), (took("ethics", AS_OF),))
    (left,) = refused(only(evaluation), evaluation.subjects[0])
    assert left.reason == "cycle-unknown"


def test_a_class_is_not_said_to_be_replaced_when_nobody_knows_the_weapons() -> None:
    record = took("firearms", AS_OF, facts={"firearm_type": "handgun"})
    evaluation = judged(WEAPON, officer(without=("firearms_carried",)), (record,))
    (left,) = refused(only(evaluation), evaluation.subjects[0])
    assert left.reason == "items-unknown"


def test_a_class_is_not_said_to_be_replaced_when_its_rule_is_not_verified() -> None:
    answer = answered(
        OREGON,
        [{"date": "2025-05-01", "hours": "3", "topics": ["equity"], "title": "Equity"}],
        state="OR",
        as_of="2026-03-10",
    )
    (left,) = row(answer, "or-equity")["not_counted"]
    assert left["code"] == "rule-unverified"


def test_a_school_course_that_was_too_short_is_not_said_to_be_replaced() -> None:
    person = officer(assignments=(Assignment("school-resource-officer", date(2026, 1, 15)),))
    evaluation = judged(SCHOOL, person, (took("school", date(2026, 1, 10), "0.5"),))
    (left,) = refused(only(evaluation), evaluation.subjects[0])
    assert left.reason == "too-few-hours"


def test_hours_booked_to_another_year_are_told_so_also_without_their_day() -> None:
    for day in (date(2025, 5, 1), None):
        record = took("ethics", day, facts={"applied_to_window": "2020"})
        evaluation = judged(TOTAL, officer(), (record,))
        (left,) = refused(only(evaluation), evaluation.subjects[0])
        assert left.reason == "applied-to-window"


def test_a_class_whose_share_of_this_topic_is_nothing_gives_no_hours_here() -> None:
    record = took(None, date(2025, 5, 1), topic_hours={"ethics": Decimal(0), "firearms": Decimal(4)})
    evaluation = judged(ETHICS, officer(), (record,))
    (left,) = refused(only(evaluation), evaluation.subjects[0])
    assert (left.reason, left.doubtful) == ("no-hours", False)


def test_a_class_of_a_discipline_whose_day_nobody_wrote_down_is_doubtful_and_calls_nobody_overdue() -> None:
    officer = {**OREGON, "disciplines": ["telecommunicator"]}
    record = {"hours": "12", "topics": ["ethics"], "title": "Ethics", "disciplines": ["telecommunicator"]}
    answer = answered(officer, [record], state="OR", as_of="2026-01-10")
    year = next(
        each
        for each in answer["requirements"]
        if each["id"] == "or-telecom-12-annual" and each["window"] == "2025"
    )
    assert year["state"] == "unknown"
    assert [(each["code"], each["doubtful"]) for each in year["not_counted"]] == [("date-missing", True)]


def test_an_exemption_is_shown_and_the_percentage_does_not_count_it() -> None:
    person = officer(
        reliefs=(Relief(ReliefKind.EXEMPTION, "total-20", "by rule", None, date(2024, 7, 1), CYCLE_END),)
    )
    standing = summarise(judged(TOTAL, person))
    assert [line.state for line in standing.lines] == [LineState.EXEMPT]
    assert standing.word is StandingWord.YES


def test_the_packs_that_are_shipped_give_no_yes_to_an_empty_person() -> None:
    for state in ("MN", "OR"):
        answer = answered({}, state=state)
        assert answer["standing"] == "UNKNOWN"
        assert load_for_state(state).name == answer["pack"]
