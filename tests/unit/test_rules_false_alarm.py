"""Can anybody be called late, or short, who may not be?"""

from datetime import date

from rules.evaluate import evaluate
from rules.model import Assignment, Card, Leave, Relief, ReliefKind
from rules.standing import StandingWord
from tests.unit.rules_case_cast import OREGON, answered
from tests.unit.rules_cast import (
    AS_OF,
    CARDS,
    DIALOGUE,
    DRIVING,
    ELECTIVE,
    ETHICS,
    SCHOOL,
    TOTAL,
    WEAPON,
    board,
    judged,
    officer,
    only,
    took,
)

BOTH = frozenset({"cpr", "first-aid"})


def test_an_old_class_does_not_make_a_history_with_a_gap_whole() -> None:
    """The class of 2020 has run out; the one of 2025 may lie in the years that nobody typed in."""
    person = officer({"history_complete_from": date(2025, 12, 1)})
    assert judged(DRIVING, person).word is StandingWord.UNKNOWN
    found = judged(DRIVING, person, (took("driving", date(2020, 5, 1)),))
    assert found.word is StandingWord.UNKNOWN


def test_a_school_course_may_lie_in_the_years_that_nobody_typed_in() -> None:
    person = officer(
        {"history_complete_from": date(2026, 1, 1)},
        assignments=(Assignment("school-resource-officer", date(2025, 10, 1)),),
    )
    assert judged(SCHOOL, person).word is StandingWord.UNKNOWN


def test_a_school_course_that_the_employer_may_give_later_is_extended() -> None:
    """The pack says that the six months are kept as an extension of that duty."""
    person = officer(
        assignments=(Assignment("school-resource-officer", date(2026, 1, 15)),),
        reliefs=(Relief(ReliefKind.EXTENSION, "sro-1", "not offered", new_due=date(2026, 7, 15)),),
    )
    found = only(judged(SCHOOL, person))
    assert found.due_on == date(2026, 7, 15)
    assert not found.overdue


def test_somebody_exempted_from_the_school_course_does_not_owe_it() -> None:
    person = officer(
        assignments=(Assignment("school-resource-officer", date(2026, 1, 15)),),
        reliefs=(Relief(ReliefKind.EXEMPTION, "sro-1", "by the board"),),
    )
    assert judged(SCHOOL, person).word is StandingWord.YES


def test_a_class_with_two_weapons_qualifies_with_both() -> None:
    record = took("firearms", date(2026, 2, 1), "0", facts={"firearm_type": ("handgun", "shotgun")})
    found = judged(WEAPON, officer({"firearms_carried": ("handgun", "shotgun")}), (record,))
    assert [each.satisfied for each in found.findings] == [True, True]


def test_hours_booked_back_to_a_year_still_count_in_the_cycle_that_holds_that_year() -> None:
    record = took("firearms", date(2025, 12, 31), "20", facts={"applied_to_window": "2025"})
    assert judged(TOTAL, officer(), (record,)).word is StandingWord.YES


def test_a_year_given_as_a_number_is_the_same_year() -> None:
    record = {
        "date": "2025-12-31", "hours": "8", "topics": ["firearms"], "applied_to_window": 2025
    }  # fmt: skip
    answer = answered(OREGON, [record], state="OR", as_of="2026-03-10")
    (year,) = [
        each
        for each in answer["requirements"]
        if each["id"] == "or-police-firearms-uof-8-annual" and each["window"] == "2025"
    ]
    assert year["satisfied"] is True


def test_hours_in_a_category_that_is_not_owed_fill_what_is_left_over() -> None:
    """Exempt from one floor, unsure of its approval: were it approved, the elective hours would be met."""
    person = officer(reliefs=(Relief(ReliefKind.EXEMPTION, "dia-2", "by rule"),))
    records = (
        took("ethics", date(2025, 5, 1), "3"),
        took("dialogue", date(2025, 6, 1), "3", ref="r2", approved=None),
    )
    pack = board(ETHICS, DIALOGUE, ELECTIVE)
    sure = (records[0], records[1]._replace(approved=True))
    (met,) = evaluate((pack,), person, sure, AS_OF).of("ele-3")
    assert met.satisfied is True
    (unsure,) = evaluate((pack,), person, records, AS_OF).of("ele-3")
    assert unsure.satisfied is None


def test_an_open_relief_after_leave_is_not_overdue_on_the_thirtieth_day() -> None:
    person = officer(
        cards=(Card(BOTH, date(2023, 1, 1), date(2025, 12, 1)),),
        leave=(Leave(date(2025, 10, 1), date(2026, 2, 7)),),
    )
    found = judged(CARDS, person, as_of=date(2026, 3, 10))
    assert only(found).due_on == date(2026, 3, 10)
    assert found.word is StandingWord.NOT_YET
    assert judged(CARDS, person, as_of=date(2026, 3, 11)).word is StandingWord.OVERDUE
