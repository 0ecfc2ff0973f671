"""Does one odd line or date stop the answers to all the others?"""

import json

import pytest

from bot.commands.evaluation import evaluate_lines
from tests.unit.rules_case_cast import MINNESOTA, OREGON, Json, answered, of_minnesota

FOREVER = "9999-12-31"


@pytest.mark.parametrize(
    "odd",
    [
        {"first_aid_cpr_cards": [{"valid_from": "2025-01-01", "valid_to": FOREVER}]},
        {"first_aid_cpr_cards": [{"valid_from": "0001-01-01", "valid_to": "2028-01-01"}]},
        {"leave": [{"start": "2025-01-01", "end": FOREVER}]},
        {"leave": [{"start": "9999-12-30", "end": FOREVER}]},
        {"cycle_end": FOREVER},
        {"cycle_start": "0001-01-01"},
        {"separated_on": FOREVER},
        {"separated_on": "9999-01-01", "returned_on": FOREVER},
        {"history_complete_from": "0001-01-01"},
        {"history_complete_from": FOREVER},
        {"appointed_on": "0001-01-01"},
        {"appointed_on": FOREVER},
        {"assignments": [{"kind": "sro", "start": "2025-01-01", "end": FOREVER}]},
        {"assignments": [{"kind": "sro", "start": FOREVER}]},
        {"exemptions": [{"requirement": "evoc", "start": "2025-01-01", "end": FOREVER}]},
        {"extensions": [{"requirement": "mn-evoc-5yr", "granted": True, "new_due": FOREVER}]},
        {"basic_certified_on": FOREVER, "cycle_start": None, "cycle_end": None},
        {"basic_certified_on": "0001-01-01", "cycle_start": None, "cycle_end": None},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("state", ["MN", "OR"])
def test_a_date_without_an_end_stops_nobody(state: str, odd: Json) -> None:
    """ "31 December 9999" is how many rosters write "for ever"."""
    person = {**(MINNESOTA if state == "MN" else OREGON), **odd}
    records = [of_minnesota("2026-02-09", "8", "evoc"), of_minnesota("2026-02-09", "8", "sro")]
    answer = answered(person, records, state=state)
    assert "standing" in answer or "error" in answer


@pytest.mark.parametrize("day", ["0001-01-01", "0004-02-29", "9999-12-31", "9998-02-28"])
@pytest.mark.parametrize("state", ["MN", "OR"])
def test_a_day_at_either_end_of_the_calendar_can_be_asked_about(state: str, day: str) -> None:
    person = MINNESOTA if state == "MN" else OREGON
    records = [of_minnesota(day, "8", "evoc"), of_minnesota("0001-01-01", "8", "evoc")]
    answer = answered(person, records, state=state, as_of=day)
    assert "standing" in answer or "error" in answer


@pytest.mark.parametrize(
    "line",
    [
        '{"state": "MN", "as_of": "2027-03-02", "officer": {}, "records": [], "more": ' + "9" * 5000 + "}",
        '{"state": "MN", "as_of": "2027-03-02", "officer": {"n": 1e9999999999999999999}, "records": []}',
        '{"state": "MN", "as_of": "2027-03-02", "officer": {"n": 1e999999}, "records": [{"n": 1e999999}]}',
        '{"state": "MN", "as_of": "2027-03-02", "officer": {"a": {}}, "records": []}',
        '{"state": "MN", "as_of": "2027-03-02", "officer": {}, "records": [{"id": "\\ud83d"}]}',
        '{"state": "\\ud83d", "as_of": "2027-03-02", "officer": {}, "records": []}',
        '{"state": "MN", "as_of": "\\ud83d", "officer": {}, "records": []}',
        '{"state": "MN", "as_of": "2027-03-02", "officer": {}, "records": [{"topics": ["\\ud83d"]}]}',
    ],
    ids=["huge whole number", "exponent too large", "large exponent", "fact that is an object", "half a sign in an id",
         "half a sign in the state", "half a sign in the day", "half a sign in a topic"],
)  # fmt: skip
def test_a_line_made_to_break_it_is_answered_like_any_other(line: str) -> None:
    answers = list(evaluate_lines([line, line]))
    assert len(answers) == 2
    for answer in answers:
        assert answer.encode("utf-8")
        assert json.loads(answer)
