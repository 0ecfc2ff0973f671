"""Can anybody be told YES by a fact that is missing, odd, mistyped or out of date?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rules.evaluate import evaluate
from rules.model import Assignment, Completion, Leave, Relief, ReliefKind
from rules.standing import StandingWord
from tests.unit.rules_case_cast import MINNESOTA, OREGON, WELL_TRAINED, answered, of_minnesota, row
from tests.unit.rules_cast import (
    AS_OF,
    COMPUTED,
    CYCLE_END,
    DIALOGUE,
    ETHICS,
    LEAVE,
    SCHOOL,
    THE_CYCLE,
    TOTAL,
    WEAPON,
    YEARLY,
    board,
    judged,
    officer,
    only,
    took,
)


def test_a_well_trained_officer_is_good() -> None:
    """What the rest of this file leans on."""
    assert answered(MINNESOTA, WELL_TRAINED)["standing"] == "YES"


@pytest.mark.parametrize("status", ["full-time", "actve", "suspended", "sworn"])
def test_a_status_that_the_pack_does_not_know_is_no_yes(status: str) -> None:
    """A mistyped word must not take every duty away."""
    answer = answered({**MINNESOTA, "status": status})
    assert answer.get("standing") != "YES", answer["verdicts"]


@pytest.mark.parametrize("state", ["MN", "OR"])
def test_somebody_who_has_left_is_not_told_yes(state: str) -> None:
    person = MINNESOTA if state == "MN" else OREGON
    answer = answered({**person, "status": "separated"}, state=state)
    assert answer["standing"] != "YES"


@pytest.mark.parametrize("disciplines", [[], ["polcie"], ["Police Officer"]])
def test_disciplines_that_the_pack_does_not_know_are_no_yes(disciplines: list[str]) -> None:
    assert answered({**OREGON, "disciplines": disciplines}, state="OR").get("standing") != "YES"


def test_a_cycle_that_ended_is_no_yes_for_the_one_that_is_running() -> None:
    """The roster holds only the cycle that is over; what the running one asks is not met by anything."""
    over = {"last_cycle_start": date(2022, 7, 1), "last_cycle_end": date(2025, 6, 30)}
    person = officer(over, without=("cycle_start", "cycle_end"))
    evaluation = judged(TOTAL, person, (took("ethics", date(2024, 5, 1), "40"),))
    assert evaluation.word is StandingWord.UNKNOWN


def test_an_extension_of_one_year_does_not_excuse_the_years_before_it() -> None:
    facts = officer(
        {"cycle_start": date(2024, 1, 1), "cycle_end": date(2026, 12, 31)},
        reliefs=(
            Relief(
                ReliefKind.EXTENSION,
                "uof-1",
                "injury",
                starts_on=date(2025, 12, 1),
                new_due=date(2026, 6, 30),
            ),
        ),
    )
    duty = replace(YEARLY, deferrals=())
    found = {each.window.label: each for each in judged(duty, facts).findings if each.window}
    assert found["2025"].due_on == date(2026, 6, 30)
    assert found["2024"].overdue, "2024 was missed long before anybody asked for more time"


def test_one_class_in_extended_time_does_not_make_up_for_every_earlier_year() -> None:
    facts = officer(
        {"cycle_start": date(2024, 1, 1), "cycle_end": date(2026, 12, 31)},
        reliefs=(Relief(ReliefKind.EXTENSION, "uof-1", "injury", new_due=date(2026, 6, 30)),),
    )
    evaluation = judged(replace(YEARLY, deferrals=()), facts, (took("firearms", date(2026, 2, 1)),))
    assert evaluation.word is not StandingWord.YES


def test_an_extension_to_a_day_before_the_due_date_takes_no_time_away() -> None:
    facts = officer(
        reliefs=(Relief(ReliefKind.EXTENSION, "uof-1", "mistyped", "2026", new_due=date(2026, 1, 31)),)
    )
    found = {each.window.label: each for each in judged(YEARLY, facts).findings if each.window}
    assert found["2026"].due_on == date(2026, 12, 31)


@pytest.mark.parametrize("granted", [None, "no", "pending", "absent"])
def test_an_extension_that_was_asked_for_and_not_granted_moves_nothing(granted: str | None) -> None:
    asked = {
        "requirement": "mn-use-of-force-annual",
        "window": "2026",
        "requested_on": "2026-12-01",
        "new_due": "2027-12-31",
    }
    if granted != "absent":
        asked["granted"] = granted  # type: ignore[assignment]  # one more fact than the others have
    records = [each for each in WELL_TRAINED if each["date"] != "2026-03-03"]
    answer = answered({**MINNESOTA, "extensions": [asked]}, records)
    assert answer.get("compliant") is not True


def test_an_exemption_that_names_no_duty_does_not_excuse_from_all_of_them() -> None:
    answer = answered({**MINNESOTA, "exemptions": [{"reason": "form left half empty"}]})
    assert answer.get("standing") != "YES"


def test_topics_with_more_hours_than_the_class_had_do_not_meet_a_floor() -> None:
    """One hour in the classroom cannot be four hours of ethics: one of the two figures is wrong."""
    record = took("ethics", date(2025, 5, 1), "1", topic_hours={"ethics": Decimal(4), "dialogue": Decimal(3)})
    evaluation = evaluate((board(ETHICS, DIALOGUE),), officer(), (record,), AS_OF)
    assert evaluation.word is not StandingWord.YES


def test_general_hours_in_the_same_class_may_be_most_of_it() -> None:
    """ "General" beside a topic leaves open how many of the hours were in the topic."""
    record = Completion("r1", date(2025, 5, 1), Decimal(8), frozenset({"ethics", "general"}), approved=True)
    assert judged(ETHICS, officer(), (record,)).word is not StandingWord.YES


@pytest.mark.parametrize("word", ["yes", "true", "1"])
def test_a_yes_in_words_does_not_free_an_officer_from_the_pursuit_course(word: str) -> None:
    records = [each for each in WELL_TRAINED if each["topics"] != ["evoc"]]
    said = {**MINNESOTA, "may_pursue": word, "history_complete_from": "2015-04-01"}
    assert answered(said, records).get("standing") != "YES"


@pytest.mark.parametrize("said", ["false", "no", "No"])
def test_a_class_that_was_not_passed_does_not_count_when_that_is_said_in_words(said: str) -> None:
    records = [{**each, "passed": said} if each["topics"] == ["autism"] else each for each in WELL_TRAINED]
    assert answered(MINNESOTA, records).get("standing") != "YES"


def test_one_carried_weapon_given_as_a_word_is_a_weapon() -> None:
    found = judged(WEAPON, officer({"firearms_carried": "handgun"}))
    assert found.word is not StandingWord.YES


def test_two_leaves_without_a_day_of_duty_between_them_are_one_leave() -> None:
    leave = (Leave(date(2025, 10, 1), date(2025, 12, 1)), Leave(date(2025, 12, 2), date(2026, 2, 20)))
    found = judged(LEAVE, officer(leave=leave))
    assert found.word is StandingWord.NOT_YET
    assert only(found).due_on == date(2026, 2, 21) + timedelta(days=30)


def test_a_leave_that_is_entered_twice_brings_one_duty() -> None:
    leave = (Leave(date(2025, 10, 1), date(2026, 2, 20)),) * 2
    assert len(judged(LEAVE, officer(leave=leave)).findings) == 1


def test_a_long_leave_leaves_the_next_cycle_as_uncertain_as_its_own() -> None:
    """The cycle it stretched may still be running, so nobody knows when the next one began."""
    pack = board(TOTAL, THE_CYCLE, cycle=COMPUTED)
    person = officer(
        {"certified_on": date(2022, 3, 1)},
        without=("cycle_start", "cycle_end"),
        leave=(Leave(date(2023, 1, 1), date(2023, 9, 30)),),
    )
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2026, 3, 10)):
        (cycle,) = evaluate((pack,), person, (), day).of("cycle")
        assert cycle.satisfied is None, day


@pytest.mark.parametrize(
    "missing", [{"without": ("cycle_start", "cycle_end")}, {"without": ("firearms_carried",)}]
)
def test_a_missing_fact_that_may_hide_a_lapse_is_not_told_as_not_yet(missing: Mapping[str, Any]) -> None:
    """The year is open either way; whether more than that is wrong is not known, so NOT YET would be a promise."""
    person = officer(**missing, values={"history_complete_from": date(2015, 1, 1)})
    pack = board(TOTAL, YEARLY, WEAPON)
    records = (took("firearms", date(2025, 5, 1), "4", facts={"firearm_type": "handgun"}),)
    day = date(2026, 10, 1)
    known_bad = officer({"cycle_start": date(2022, 7, 1), "cycle_end": date(2025, 6, 30)})
    assert evaluate((pack,), known_bad, records, day).word is StandingWord.OVERDUE
    assert evaluate((pack,), person, records, day).word is not StandingWord.NOT_YET


def test_thirty_days_after_a_return_run_on_into_the_next_cycle() -> None:
    """Who came back on 20 December still owes the hours in January."""
    person = officer(
        {"cycle_start": date(2026, 1, 1), "cycle_end": date(2028, 12, 31)},
        leave=(Leave(date(2025, 6, 1), date(2025, 12, 19)),),
    )
    found = only(judged(LEAVE, person, as_of=date(2026, 1, 10)))
    assert found.applies is True
    assert found.due_on == date(2026, 1, 19)


def test_a_cycle_with_its_dates_the_wrong_way_round_is_not_known() -> None:
    person = officer({"cycle_start": CYCLE_END, "cycle_end": date(2024, 7, 1)})
    assert judged(TOTAL, person).word is StandingWord.UNKNOWN


def test_an_unknown_assignment_start_may_be_long_past() -> None:
    """Without a start the course may have been due for a year, so NOT YET would be a promise."""
    person = officer(assignments=(Assignment("school-resource-officer"),))
    pack = board(SCHOOL, TOTAL)
    assert evaluate((pack,), person, (), AS_OF).word is StandingWord.UNKNOWN


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_of_two_school_posts_decides_when_the_course_was_due(turned: bool) -> None:
    posts = (
        Assignment("school-resource-officer", date(2025, 10, 1)),
        Assignment("school-resource-officer", date(2026, 9, 1)),
    )
    person = officer(assignments=posts[::-1] if turned else posts)
    assert judged(SCHOOL, person).word is StandingWord.OVERDUE


def test_an_active_officer_who_once_left_owes_what_every_active_officer_owes() -> None:
    """The roster keeps an old separation without a return; the status says that the officer is working."""
    records = [of_minnesota("2025-05-06", "8", "evoc")]
    answer = answered({**MINNESOTA, "separated_on": "2020-01-01"}, records)
    assert answer["standing"] != "YES"
    assert row(answer, "mn-ce-total-48")["applies"] is True


def test_a_first_day_that_is_still_to_come_takes_no_duty_from_an_active_officer() -> None:
    records = [of_minnesota("2025-05-06", "8", "evoc")]
    answer = answered({**MINNESOTA, "appointed_on": "2028-01-01"}, records)
    assert answer["standing"] != "YES"


def test_a_missed_cycle_is_not_forgotten_on_new_years_day() -> None:
    """A suspended certificate does not become NOT YET because the next cycle has begun."""
    pack = board(TOTAL, THE_CYCLE, cycle=COMPUTED)
    person = officer(
        {"certified_on": date(2022, 3, 1), "history_complete_from": date(2015, 1, 1)},
        without=("cycle_start", "cycle_end"),
    )
    assert evaluate((pack,), person, (), date(2024, 12, 31)).word is StandingWord.NOT_YET
    assert evaluate((pack,), person, (), date(2025, 1, 1)).word is StandingWord.OVERDUE


def test_a_missed_year_is_not_forgotten_when_a_new_cycle_begins() -> None:
    pack = board(replace(YEARLY, deferrals=()), cycle=COMPUTED)
    person = officer(
        {"certified_on": date(2022, 3, 1), "history_complete_from": date(2015, 1, 1)},
        without=("cycle_start", "cycle_end"),
    )
    records = [
        took("firearms", date(year, 2, 1), ref=f"r{year}", facts={"firearm_type": "handgun"})
        for year in (2022, 2023, 2025)
    ]
    assert evaluate((pack,), person, records, date(2025, 3, 1)).word is not StandingWord.YES


def test_the_running_year_is_owed_although_the_next_cycle_was_entered_early() -> None:
    person = officer({"cycle_start": date(2027, 1, 1), "cycle_end": date(2029, 12, 31)})
    found = judged(YEARLY, person, as_of=date(2026, 11, 20))
    assert [each.window.label for each in found.findings if each.window] == ["2026"]
    assert found.word is not StandingWord.YES
