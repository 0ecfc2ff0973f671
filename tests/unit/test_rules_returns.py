"""Does the length of a break pick the duty before a return, and does a waived year put its hours off and no more?"""

from typing import Any

import pytest

from tests.unit.rules_case_cast import answered

INDIANA = {
    "status": "active",
    "appointed_on": "2015-04-01",
    "cycle_start": "2025-01-01",
    "cycle_end": "2026-12-31",
}
WAIVED = {
    "year": 2025,
    "granted_on": "2025-12-01",
    "reason": "injury",
    "make_up_hours": 8,
    "make_up_by": "2026-12-31",
}


def rows(answer: Any, requirement: str) -> list[Any]:
    return [each for each in answer["requirements"] if each["id"] == requirement]


def back(left: str, returned: str, hours: int = 0, *, as_of: str = "2026-11-20", **facts: Any) -> Any:
    """Both refreshers of somebody who was out from the day after ``left``."""
    person = {
        "status": "active",
        "appointments": [{"start": "2010-01-04", "end": left}, {"start": returned, "end": None}],
        "firearms_carried": [],
        **facts,
    }
    refresher = {"date": "2025-09-15", "hours": hours, "topics": ["refresher"], "board_approved": True}
    answer = answered(person, [refresher] if hours else [], state="OH", as_of=as_of)
    return [rows(answer, f"oh-refresher-return-{hours}")[0] for hours in ("40", "80")]


@pytest.mark.parametrize(
    ("left", "returned", "shorter", "longer"),
    [
        ("2024-10-16", "2025-10-15", False, False),  # out for a day less than a year
        ("2024-10-15", "2025-10-15", None, False),  # a year by one count, and not by the other
        ("2024-10-14", "2025-10-15", True, False),
        ("2021-10-16", "2025-10-15", True, False),
        ("2021-10-15", "2025-10-15", True, None),  # the shorter one is owed by either count
        ("2021-10-14", "2025-10-15", False, True),
        ("2020-01-01", "2025-09-30", False, False),  # back before the rule
    ],
)
def test_how_long_somebody_was_out_picks_the_refresher(
    left: str, returned: str, shorter: bool | None, longer: bool | None
) -> None:
    assert [row["applies"] for row in back(left, returned)] == [shorter, longer]


def test_the_refresher_is_due_on_the_day_of_the_return() -> None:
    forty, eighty = back("2023-05-01", "2025-11-03", 40)
    assert (forty["satisfied"], forty["due_on"], eighty["applies"]) == (True, "2025-11-03", False)
    forty, _ = back("2023-05-01", "2025-11-03", 39)
    assert (forty["satisfied"], forty["state"]) == (False, "overdue")


def test_a_return_to_come_is_owed_before_it() -> None:
    forty, _ = back("2023-05-01", "2027-01-04")
    assert (forty["satisfied"], forty["state"], forty["due_on"]) == (False, "open", "2027-01-04")


def test_enough_for_the_longer_refresher_is_enough_where_the_length_is_not_settled() -> None:
    assert [row["satisfied"] for row in back("2021-10-15", "2025-10-15", 80)] == [True, True]
    assert [row["satisfied"] for row in back("2021-10-15", "2025-10-15", 40)] == [True, None]


def test_an_appointment_just_before_the_rule_with_duty_just_after_is_not_settled() -> None:
    forty, _ = back("2023-05-01", "2025-09-25", returned_on="2025-10-06")
    assert (forty["applies"], forty["satisfied"]) == (None, None)


def test_a_separation_and_a_return_say_the_same_as_appointments() -> None:
    person = {"status": "active", "separated_on": "2023-05-01", "returned_on": "2025-11-03"}
    (forty,) = rows(answered(person, state="OH", as_of="2025-11-03"), "oh-refresher-return-40")
    assert (forty["applies"], forty["due_on"]) == (True, "2025-11-03")


def test_who_worked_for_another_agency_in_between_was_never_out() -> None:
    assert [row["applies"] for row in back("2020-05-01", "2025-11-03", employed_elsewhere=True)] == [
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("disciplines", "rules"), [(["police", "telecommunicator"], 12), (["telecommunicator"], 0)]
)
def test_a_dispatcher_who_is_an_officer_too_owes_what_an_officer_owes(
    disciplines: list[str], rules: int
) -> None:
    person = {**INDIANA, "position": "telecommunicator", "kind": "civilian", "disciplines": disciplines}
    answer = answered(person, state="IN", as_of="2026-12-01")
    assert len({row["id"] for row in answer["requirements"]}) == rules


def waived(records: Any, *, as_of: str = "2026-12-01", **waiver: Any) -> Any:
    return answered({**INDIANA, "waivers": [{**WAIVED, **waiver}]}, records, state="IN", as_of=as_of)


def of_general(on: str, hours: int, **more: Any) -> Any:
    return {"date": on, "hours": hours, "topics": ["general"], "board_approved": True, **more}


def test_a_waived_year_is_met_with_the_hours_it_really_has() -> None:
    answer = waived([of_general("2025-02-03", 10)])
    year, following = rows(answer, "in-inservice-total-24")
    assert (year["satisfied"], year["hours_counted"], year["hours_required"]) == (True, 10, 24)
    assert "injury" in year["explanation"]
    assert following["satisfied"] is False


@pytest.mark.parametrize(
    ("records", "satisfied", "hours"),
    [
        ([of_general("2026-02-03", 32)], True, 8),
        ([of_general("2026-02-03", 24)], False, 0),
        ([of_general("2026-02-03", 8, applied_to_window="2025")], True, 8),
        ([of_general("2025-12-30", 32)], False, 0),
    ],
    ids=["on top", "the year's own", "booked", "before the year"],
)
def test_what_is_made_up_comes_on_top_of_the_next_year(records: Any, satisfied: bool, hours: int) -> None:
    (row,) = rows(waived(records), "in-waiver-makeup")
    assert (row["satisfied"], row["hours_counted"], row["hours_required"]) == (satisfied, hours, 8)
    assert (row["window"], row["due_on"]) == ("2026", "2026-12-31")


def test_before_the_year_is_over_nobody_knows_which_hours_make_up() -> None:
    (row,) = rows(waived([of_general("2026-02-03", 10)], make_up_by="2026-06-30"), "in-waiver-makeup")
    assert (row["satisfied"], row["due_on"]) == (None, "2026-06-30")


@pytest.mark.parametrize(
    ("waiver", "satisfied"),
    [
        ({}, True),
        ({"covers": ["in-inservice-total-24"]}, True),
        ({"covers": "all"}, True),
        ({"covers": ["firearms"]}, False),
        ({"covers": ["whatever it was"]}, None),
        ({"granted_on": None}, False),
        ({"granted_on": "2027-01-05"}, False),
    ],
)
def test_a_waiver_covers_what_it_says_once_it_is_granted(waiver: Any, satisfied: bool | None) -> None:
    assert rows(waived([], **waiver), "in-inservice-total-24")[0]["satisfied"] is satisfied


def test_a_waiver_without_a_year_is_given_back() -> None:
    assert (
        answered({**INDIANA, "waivers": [{"granted_on": "2025-12-01"}]}, state="IN")["error"]
        == "case-unreadable"
    )
