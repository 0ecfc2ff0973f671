"""Is each fact of a case read as it was given, and is what cannot be read refused with its place and what may stand?"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules.case import MOST_RECORDS, read_case, read_facts, read_record
from rules.errors import CaseError
from rules.model import (
    Assignment,
    Card,
    Completion,
    KnownFacts,
    Leave,
    Relief,
    ReliefKind,
    Span,
    Waiver,
)

DAY = date(2026, 3, 1)
EVERYTHING: dict[str, Any] = {
    "status": "Active",
    "appointed_on": "2026-03-01",
    "graduated_on": None,
    "years": 4,
    "may_pursue": "no",
    "disciplines": ["Police", "EMD"],
    "firearms_carried": "Hand Gun",
    "returned_on": "2026-03-01",
    "leave": [{"start": "2026-01-01", "end": "2026-02-27"}, {"start": "2025-01-01", "end": None}],
    "first_aid_cpr_cards": [{"valid_from": "2026-03-01", "valid_to": None}],
    "cards": [{"covers": ["Taser X"], "valid_from": None, "valid_to": "2026-03-01"}],
    "assignments": [
        "SRO",
        {"kind": "K9 Unit", "start": "2026-03-01", "end": None, "had_it": True, "years": 2, "left": None},
    ],
    "appointments": [{"start": "2026-03-01"}, {"start": "2020-01-01", "end": "2026-03-01"}],
    "extensions": [
        {
            "requirement": " total ",
            "reason": "injury",
            "granted": "yes",
            "window": 2026,
            "start": "2026-01-01",
            "end": "2026-12-31",
            "new_due": "2027-03-01",
        },
        {"requirement": "*"},
        {"requirement": "total", "granted": False},
    ],
    "exemptions": [{"requirement": "*", "start": "2026-03-01"}],
    "waivers": [
        {
            "year": 2025,
            "granted_on": "2026-03-01",
            "reason": "injury",
            "covers": "Use of Force",
            "make_up_hours": "2.5",
            "make_up_by": "2026-06-30",
        },
        {"year": "2024", "covers": ["A", "b_c"]},
        {"year": 2023, "granted_on": None},
    ],
}


def test_a_person_is_read_with_everything_that_was_given() -> None:
    assert read_facts(EVERYTHING) == KnownFacts(
        {
            "status": "active",
            "appointed_on": DAY,
            "years": "4",
            "may_pursue": False,
            "disciplines": ("police", "emd"),
            "firearms_carried": ("hand-gun",),
            "returned_on": DAY,
        },
        frozenset({"graduated_on"}),
        leave=(Leave(date(2025, 1, 1), None), Leave(date(2026, 1, 1), date(2026, 2, 27), DAY)),
        cards=(
            Card(frozenset({"first-aid", "cpr"}), DAY, None),
            Card(frozenset({"taser-x"}), None, DAY),
        ),
        assignments=(
            Assignment("school-resource-officer"),
            Assignment("k9-unit", DAY, None, (("had_it", True), ("years", "2"))),
        ),
        appointments=(Span(DAY, None), Span(date(2020, 1, 1), DAY)),
        reliefs=(
            Relief(
                ReliefKind.EXTENSION,
                "total",
                "injury",
                "2026",
                date(2026, 1, 1),
                date(2026, 12, 31),
                date(2027, 3, 1),
            ),
            Relief(ReliefKind.EXEMPTION, "*", "", None, DAY, None, None),
        ),
        asked=(Relief(ReliefKind.EXTENSION, "*", ""),),
        waivers=(
            Waiver(2025, DAY, "injury", frozenset({"use-of-force"}), Decimal("2.5"), date(2026, 6, 30)),
            Waiver(2024, None, "", frozenset({"a", "b-c"}), None, None),
        ),
    )


def test_what_a_case_leaves_out_is_not_known() -> None:
    assert read_facts({}) == KnownFacts({}, frozenset())
    assert read_record({}, "records[0]") == Completion("records[0]", None, None, None)


@pytest.mark.parametrize("returned", ["2026-01-01", "2025-12-31"])
def test_a_return_before_a_leave_is_not_its_end(returned: str) -> None:
    facts = read_facts({"leave": [{"start": "2026-01-01"}], "returned_on": returned})
    assert facts.leave == (Leave(date(2026, 1, 1), None),)


def test_a_return_after_a_separation_ends_no_leave() -> None:
    facts = read_facts(
        {"leave": [{"start": "2026-01-01"}], "returned_on": "2026-03-01", "separated_on": "2025-01-01"}
    )
    assert facts.leave == (Leave(date(2026, 1, 1), None),)


def test_a_class_is_read_with_everything_that_was_given() -> None:
    given = {
        "id": 7,
        "date": "2026-03-01",
        "topic_hours": {"Use of Force": 1, "ethics": "2.5"},
        "topics": "Use of Force",
        "title": "A class",
        "board_approved": False,
        "passed": "yes",
        "applied_to_window": 2025,
        "session_hours": "1.5",
        "score": 3,
        "window": " 2025-01-01/2025-12-31 ",
        "delivery": "On Line",
        "instructor": None,
    }
    assert read_record(given, "records[0]") == Completion(
        "7",
        DAY,
        Decimal("3.5"),
        frozenset({"use-of-force"}),
        {"use-of-force": Decimal(1), "ethics": Decimal("2.5")},
        "A class",
        approved=False,
        facts={
            "passed": True,
            "applied_to_window": "2025",
            "session_hours": Decimal("1.5"),
            "score": Decimal(3),
            "window": "2025-01-01/2025-12-31",
            "delivery": "on-line",
        },
    )


def test_a_case_names_its_state_its_day_its_person_and_its_classes() -> None:
    case = read_case(
        {"state": "MN", "as_of": "2026-03-01", "officer": {"status": "active"}, "records": [{}, {"id": "x"}]}
    )
    assert (case.state, case.as_of, case.facts) == ("MN", DAY, KnownFacts({"status": "active"}, frozenset()))
    assert [each.ref for each in case.records] == ["records[0]", "x"]


LONG = "x" * 70


@pytest.mark.parametrize(
    ("case", "where", "expected", "found"),
    [
        ([], "case", "an object", "[]"),
        ({"state": " "}, "state", "a state code", "' '"),
        ({"state": 4}, "state", "a state code", "4"),
        ({"records": {}}, "records", f"a list of at most {MOST_RECORDS}", "{}"),
        ({"as_of": "2026-3-1"}, "as_of", "a date like 2027-03-02", "'2026-3-1'"),
        ({"as_of": "2026-02-30"}, "as_of", "a date like 2027-03-02", "'2026-02-30'"),
        ({"as_of": None}, "as_of", "a date like 2027-03-02", "nothing"),
        ({"officer": []}, "officer", "an object", "[]"),
        ({"officer": {"may_pursue": "maybe"}}, "officer.may_pursue", "true or false", "'maybe'"),
        ({"officer": {"hired_on": "soon"}}, "officer.hired_on", "a date like 2027-03-02", "'soon'"),
        ({"officer": {"cycle_start": "soon"}}, "officer.cycle_start", "a date like 2027-03-02", "'soon'"),
        ({"officer": {"cycle_end": "soon"}}, "officer.cycle_end", "a date like 2027-03-02", "'soon'"),
        (
            {"officer": {"rank": {}}},
            "officer.rank",
            "a text, a date, true, false or a list",
            "{}",
        ),
        ({"officer": {"leave": {}}}, "officer.leave", "a list", "{}"),
        ({"officer": {"leave": [4]}}, "officer.leave[0]", "an object", "4"),
        ({"officer": {"leave": [{}]}}, "officer.leave[0].start", "a date like 2027-03-02", "nothing"),
        (
            {"officer": {"appointments": [{"start": "2026-01-01", "end": "x"}]}},
            "officer.appointments[0].end",
            "a date like 2027-03-02",
            "'x'",
        ),
        ({"officer": {"cards": [4]}}, "officer.cards[0]", "an object", "4"),
        ({"officer": {"cards": [{"covers": "cpr"}]}}, "officer.cards[0]", "a list", "'cpr'"),
        (
            {"officer": {"first_aid_cpr_cards": [{"valid_from": 4}]}},
            "officer.first_aid_cpr_cards[0].valid_from",
            "a date like 2027-03-02",
            "4",
        ),
        (
            {"officer": {"cards": [{"valid_to": 4}]}},
            "officer.cards[0].valid_to",
            "a date like 2027-03-02",
            "4",
        ),
        ({"officer": {"assignments": {}}}, "officer.assignments", "a list", "{}"),
        ({"officer": {"assignments": [4]}}, "officer.assignments[0]", "an object", "4"),
        (
            {"officer": {"assignments": [{}]}},
            "officer.assignments[0].kind",
            "the name of an assignment",
            "nothing",
        ),
        ({"officer": {"extensions": [4]}}, "officer.extensions[0]", "an object", "4"),
        (
            {"officer": {"extensions": [{"requirement": "x", "granted": "soon"}]}},
            "officer.extensions[0].granted",
            "true or false",
            "'soon'",
        ),
        (
            {"officer": {"exemptions": [{"requirement": " "}]}},
            "officer.exemptions[0].requirement",
            "the id of a requirement, or * for all",
            "' '",
        ),
        ({"officer": {"waivers": [4]}}, "officer.waivers[0]", "an object", "4"),
        ({"officer": {"waivers": [{"year": 9999}]}}, "officer.waivers[0].year", "a year like 2026", "9999"),
        ({"officer": {"waivers": [{"year": "26"}]}}, "officer.waivers[0].year", "a year like 2026", "'26'"),
        (
            {"officer": {"waivers": [{"year": 2026, "make_up_hours": -1}]}},
            "officer.waivers[0].make_up_hours",
            "hours such as 4 or 2.5",
            "-1",
        ),
        ({"officer": {"waivers": [{"year": 2026, "covers": 4}]}}, "officer.waivers[0]", "a list", "4"),
        ({"records": [4]}, "records[0]", "an object", "4"),
        ({"records": [{"date": 4}]}, "records[0].date", "a date like 2027-03-02", "4"),
        ({"records": [{}, {"hours": True}]}, "records[1].hours", "hours such as 4 or 2.5", "True"),
        ({"records": [{"hours": LONG}]}, "records[0].hours", "hours such as 4 or 2.5", f"'{LONG[:56]}..."),
        (
            {"records": [{"board_approved": "yes"}]},
            "records[0].board_approved",
            "true, false or nothing",
            "'yes'",
        ),
        ({"records": [{"topics": 4}]}, "records[0].topics", "a list", "4"),
        ({"records": [{"topic_hours": 4}]}, "records[0].topic_hours", "an object", "4"),
        (
            {"records": [{"topic_hours": {"ethics": "x"}}]},
            "records[0].topic_hours.ethics",
            "hours such as 4 or 2.5",
            "'x'",
        ),
        ({"records": [{"passed": "perhaps"}]}, "records[0].passed", "true or false", "'perhaps'"),
        ({"records": [{"session_hours": "x"}]}, "records[0].session_hours", "hours such as 4 or 2.5", "'x'"),
        (
            {"records": [{"where": {}}]},
            "records[0].where",
            "a text, a date, true, false or a list",
            "{}",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    case: Any, where: str, expected: str, found: str
) -> None:
    whole = {"state": "MN", "as_of": "2026-03-01", "officer": {}, "records": []}
    with pytest.raises(CaseError) as refused:
        read_case({**whole, **case} if isinstance(case, dict) else case)
    error = refused.value
    assert (error.where, error.expected, error.found) == (where, expected, found)
    assert str(error) == f"{where}: expected {expected}, found {found}"


def test_a_year_is_a_number_or_its_text() -> None:
    for year in (2026, "2026"):
        (waiver,) = read_facts(json.loads(json.dumps({"waivers": [{"year": year}]}))).waivers
        assert waiver.year == 2026
