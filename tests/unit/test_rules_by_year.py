"""Do tables of years, excused years, choices and late hours say what the sources settle, and no more?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules.evaluate import evaluate, summarise
from rules.finding import Finding
from rules.model import Completion, KnownFacts, Relief, ReliefKind, Span, Truth
from rules.pack import (
    CalendarYear,
    ChoicePart,
    Concerns,
    Counts,
    DatedAmount,
    Excuse,
    ExcuseRule,
    Grace,
    PartChoice,
    Reckoned,
    Requirement,
    Rest,
    UnsaidNumber,
)
from rules.standing import Measure, StandingWord
from tests.unit.rules_case_cast import answered
from tests.unit.rules_cast import board, counts, duty, judged, officer, only, took

YEAR = {"cycle_start": date(2026, 1, 1), "cycle_end": date(2026, 12, 31)}
AFTER = date(2027, 1, 10)
OPEN = DatedAmount(date.min, Reckoned.WINDOW_END, Decimal(4), settled=False, ask="which figure counts")


def yearly(owed: str | UnsaidNumber = "4", counting: Counts | None = None, **more: Any) -> Requirement:
    return duty("YR-4", CalendarYear(), owed, counting or counts("ethics"), **more)


def of_2026(requirement: Requirement, *records: Completion, as_of: date = AFTER, **facts: Any) -> Finding:
    """The finding of 2026, for an officer whose year is 2026."""
    person = officer({**YEAR, **facts.pop("values", {})}, **facts)
    evaluation = judged(requirement, person, records, as_of, older_left_out=True)
    (found,) = (each for each in evaluation.findings if each.window and each.window.label == "2026")
    return found


def codes(finding: Finding) -> set[str]:
    return {remark.code for remark in finding.remarks}


@pytest.mark.parametrize(
    ("hours", "satisfied"), [("4", True), ("3", None), ("0", None)], ids=["enough", "short", "none"]
)
def test_a_figure_that_may_not_govern_the_year_can_be_met_and_not_missed(
    hours: str, satisfied: Truth
) -> None:
    found = of_2026(yearly(amounts=(OPEN,)), took("ethics", date(2026, 3, 1), hours))
    assert (found.satisfied, found.overdue, found.hours_required) == (satisfied, False, Decimal(4))
    assert ("amount-not-settled" in codes(found)) is (satisfied is None)


def test_hours_of_a_year_that_is_not_loaded_add_up_and_judge_nobody() -> None:
    found = of_2026(yearly(UnsaidNumber.NOT_LOADED), took("ethics", date(2026, 3, 1), "30"))
    assert (found.satisfied, found.hours_counted, found.hours_required) == (None, Decimal(30), None)


def test_nobody_is_told_yes_where_a_year_is_not_loaded() -> None:
    pack = board(yearly(UnsaidNumber.NOT_LOADED), duty("OTHER-1", CalendarYear(), "1", counts("driving")))
    told = evaluate((pack,), officer(YEAR), (took("driving", date(2026, 3, 1)),), date(2026, 12, 1))
    assert (told.word, told.compliant) == (StandingWord.UNKNOWN, True)


@pytest.mark.parametrize(
    ("as_of", "records"),
    [(date(2026, 12, 1), ()), (AFTER, (took("driving", date(2026, 3, 1)),))],
    ids=["in the year", "after it"],
)
def test_what_is_open_beside_a_year_that_is_not_loaded_is_told(
    as_of: date, records: tuple[Completion, ...]
) -> None:
    pack = board(yearly(UnsaidNumber.NOT_LOADED), duty("OTHER-1", CalendarYear(), "1", counts("driving")))
    told = evaluate((pack,), officer(YEAR), records, as_of, older_left_out=True)
    assert (told.word, told.compliant) == (StandingWord.NOT_YET, True)


LOADED_TO_2026 = (
    DatedAmount(date.min, Reckoned.WINDOW_END, Decimal(0)),
    DatedAmount(date(2026, 1, 1), Reckoned.WINDOW_START, Decimal(4)),
    DatedAmount(date(2027, 1, 1), Reckoned.WINDOW_START, UnsaidNumber.NOT_LOADED),
)


def test_a_year_after_the_one_asked_about_that_is_not_loaded_only_keeps_the_yes_back() -> None:
    records = (took("ethics", date(2026, 3, 1)),)
    asked = judged(yearly(amounts=LOADED_TO_2026), officer(YEAR), records, AFTER, older_left_out=True)
    assert (asked.compliant, dict(asked.verdicts)) == (True, {"renewal": True})
    assert asked.word is StandingWord.UNKNOWN


def test_a_year_before_those_asked_about_is_no_yes_by_itself() -> None:
    gone = (Span(date(2015, 1, 1), date(2025, 6, 1)),)
    left = yearly(amounts=LOADED_TO_2026, excused=(UNAPPOINTED,))
    records = (took("ethics", date(2025, 3, 1)),)
    asked = judged(left, officer(YEAR, appointments=gone), records, date(2026, 12, 1), older_left_out=True)
    assert [each.satisfied for each in asked.findings if each.applies] == [True]
    assert (asked.word, asked.compliant) == (StandingWord.UNKNOWN, True)


ONLY_2026 = (
    DatedAmount(date.min, Reckoned.WINDOW_END, UnsaidNumber.NOTHING),
    DatedAmount(date(2026, 1, 1), Reckoned.WINDOW_START, Decimal(4)),
    DatedAmount(date(2027, 1, 1), Reckoned.WINDOW_START, UnsaidNumber.NOTHING),
)


@pytest.mark.parametrize(
    ("cycle", "listed"),
    [(YEAR, ["2026"]), ({"cycle_start": date(2027, 1, 1), "cycle_end": date(2027, 12, 31)}, [None])],
    ids=["its own year", "another year"],
)
def test_a_duty_of_one_year_is_listed_in_no_other_year(cycle: Any, listed: list[str | None]) -> None:
    found = judged(yearly(amounts=ONLY_2026), officer(cycle), (), AFTER, older_left_out=True).findings
    assert [each.window.label if each.window else None for each in found] == listed
    assert all(each.applies is (each.window is not None) for each in found)


GRADUATED = Excuse(ExcuseRule.YEAR_OF, "basic-training-year", facts=("graduated_on",))
BEFORE = Excuse(ExcuseRule.BEFORE, "before-basic-training", facts=("graduated_on",))
MIDST = Excuse(ExcuseRule.JOINED_IN, "joined-in-the-year-open", settled=False, facts=("joined_on",))
UNAPPOINTED = Excuse(ExcuseRule.UNAPPOINTED, "not-appointed-then")
RESERVES = Excuse(
    ExcuseRule.UNTIL,
    "reserves-not-yet",
    until=date(2026, 12, 31),
    when=lambda facts: facts.values.get("status") == "active",
)


@pytest.mark.parametrize(
    ("excuse", "facts", "applies"),
    [
        (GRADUATED, {"values": {"graduated_on": date(2026, 1, 1)}}, False),
        (GRADUATED, {"values": {"graduated_on": date(2025, 12, 31)}}, True),
        (GRADUATED, {}, True),
        (BEFORE, {"values": {"graduated_on": date(2027, 1, 1)}}, False),
        (BEFORE, {"denied": frozenset({"graduated_on"})}, False),
        (BEFORE, {"values": {"graduated_on": date(2026, 12, 31)}}, True),
        (UNAPPOINTED, {"appointments": (Span(date(2015, 1, 1), date(2025, 12, 31)),)}, False),
        (UNAPPOINTED, {"appointments": (Span(date(2026, 12, 31), None),)}, True),
        (UNAPPOINTED, {}, True),
        (RESERVES, {}, False),
    ],
)
def test_an_excused_year_owes_nothing(excuse: Excuse, facts: Any, applies: Truth) -> None:
    found = of_2026(yearly(excused=(excuse,)), **facts)
    assert found.applies is applies
    assert (found.remarks[0].code == excuse.because) if applies is False else found.overdue


@pytest.mark.parametrize(
    ("joined_on", "hours", "satisfied"),
    [
        ("2026-07-01", "3", None),
        ("2026-07-01", "4", True),
        ("2026-01-01", "3", False),
        ("2025-07-01", "3", False),
    ],
)
def test_a_year_begun_in_its_midst_is_open_only_where_it_matters(
    joined_on: str, hours: str, satisfied: Truth
) -> None:
    record = took("ethics", date(2026, 8, 1), hours)
    found = of_2026(yearly(excused=(MIDST,)), record, values={"joined_on": date.fromisoformat(joined_on)})
    assert found.satisfied is satisfied


LATE = Grace(date.min, date(2026, 12, 31), 90, "a page")


@pytest.mark.parametrize(
    ("late_on", "as_of", "satisfied"),
    [
        (date(2027, 1, 15), date(2027, 6, 1), None),
        (date(2027, 4, 15), date(2027, 6, 1), False),
        (None, date(2027, 3, 31), None),
        (None, date(2027, 4, 1), False),
    ],
)
def test_late_training_that_was_let_pass_leaves_the_year_unknown(
    late_on: date | None, as_of: date, satisfied: Truth
) -> None:
    records = [took("ethics", date(2026, 3, 1), "2")]
    records += [took("ethics", late_on, "2", ref="late")] if late_on else []
    assert of_2026(yearly(grace=(LATE,)), *records, as_of=as_of).satisfied is satisfied


EXTENDED = (Relief(ReliefKind.EXTENSION, "yr-4", "emergency", "2026", new_due=date(2027, 3, 31)),)
BOTH_YEARS = {"cycle_start": date(2026, 1, 1), "cycle_end": date(2027, 12, 31)}


def years(*records: Completion, reliefs: tuple[Relief, ...] = EXTENDED) -> dict[str, Finding]:
    person = officer(BOTH_YEARS, reliefs=reliefs)
    found = judged(yearly(late_only_extended=True), person, records, date(2027, 5, 1), older_left_out=True)
    return {each.window.label: each for each in found.findings if each.window}


def test_an_hour_that_fills_an_extended_year_is_gone_from_its_own() -> None:
    late = [
        took("ethics", date(2027, 2, day), hours, ref=f"late{day}") for day, hours in ((1, "2"), (8, "3"))
    ]
    found = years(took("ethics", date(2026, 3, 1), "1"), *late)
    assert [(found[year].satisfied, found[year].hours_counted) for year in ("2026", "2027")] == [
        (True, Decimal(4)),
        (False, Decimal(2)),
    ]
    assert found["2026"].due_on == date(2027, 3, 31)


def test_hours_booked_back_count_only_where_there_was_more_time() -> None:
    booked = took("ethics", date(2027, 2, 1), "4", facts={"applied_to_window": "2026"})
    assert years(booked)["2026"].satisfied is True
    assert years(booked, reliefs=())["2026"].overdue


ASKED = (Relief(ReliefKind.EXTENSION, "yr-4", "emergency", "2026", new_due=date(2027, 3, 31)),)


@pytest.mark.parametrize(
    ("hours", "as_of", "satisfied", "compliant"),
    [
        ("3", AFTER, None, None),
        ("4", AFTER, True, True),
        ("3", date(2027, 4, 1), False, False),
        ("3", date(2026, 12, 31), False, True),
    ],
    ids=["it matters", "met anyway", "late either way", "in time either way"],
)
def test_more_time_that_nobody_granted_or_refused_is_taken_both_ways(
    hours: str, as_of: date, satisfied: Truth, compliant: Truth
) -> None:
    record = took("ethics", date(2026, 3, 1), hours)
    told = judged(yearly(), officer(YEAR, asked=ASKED), (record,), as_of, older_left_out=True)
    (found,) = (each for each in told.findings if each.window and each.window.label == "2026")
    assert (found.satisfied, told.compliant) == (satisfied, compliant)
    assert found.due_on == date(2026, 12, 31)
    assert ("extension-not-decided" in codes(found)) is (satisfied is None)


CATEGORIES = ("ethics", "dialogue", "firearms", "driving")
CORE = duty(
    "CORE-6",
    CalendarYear(),
    "6",
    Counts(
        frozenset({"school", *CATEGORIES}),
        choice=PartChoice(
            (ChoicePart(frozenset({"school"}), Decimal(2)),),
            tuple(ChoicePart(frozenset({topic}), Decimal(2)) for topic in CATEGORIES),
            2,
        ),
    ),
)
LEFT = duty(
    "REST-4",
    CalendarYear(),
    "4",
    Counts(frozenset({"general", *CATEGORIES}), rest=Rest("core-6", 2, frozenset({"general"}))),
)


@pytest.mark.parametrize(
    ("hours", "core", "rest"),
    [
        ({"school": 2, "ethics": 2, "dialogue": 2, "firearms": 2, "driving": 2}, True, True),
        (
            {"ethics": 2, "dialogue": 2, "firearms": 2, "driving": 2},
            False,
            True,
        ),  # the one that must be
        ({"school": 2, "ethics": 2, "dialogue": 1, "firearms": 1}, False, False),  # no whole blocks
        ({"school": 2, "ethics": 9, "general": 4}, False, True),  # surplus is no second block
        ({"school": 2, "ethics": 2, "dialogue": 2, "general": 4}, True, True),
        (
            {"school": 2, "ethics": 2, "dialogue": 2, "firearms": 2, "general": 2},
            True,
            None,
        ),  # a mixture
        ({"school": 2, "ethics": 2, "dialogue": 2, "firearms": 1, "general": 3}, True, False),
    ],
)
def test_a_choice_takes_whole_blocks_and_the_rest_its_own_lists(
    hours: dict[str, int], core: Truth, rest: Truth
) -> None:
    records = [took(topic, date(2026, 3, 1), str(n), ref=topic) for topic, n in hours.items()]
    pack = board(CORE, LEFT)
    found = evaluate((pack,), officer(YEAR), records, date(2026, 12, 1))
    assert [only_of(found, name).satisfied for name in ("core-6", "rest-4")] == [core, rest]


def only_of(evaluation: Any, requirement: str) -> Finding:
    (found,) = evaluation.of(requirement)
    assert isinstance(found, Finding)
    return found


def test_a_class_in_two_categories_without_a_split_is_doubtful_in_both() -> None:
    mixed = Completion("r1", date(2026, 3, 1), Decimal(4), frozenset({"ethics", "dialogue"}), approved=True)
    records = (took("school", date(2026, 2, 1), "2", ref="s"), mixed)
    found = evaluate((board(CORE),), officer(YEAR), records, date(2026, 12, 1))
    assert only(found).satisfied is None


def test_what_binds_the_agency_is_answered_apart_and_held_against_nobody() -> None:
    paid = yearly(concerns=Concerns.AGENCY, verdicts=("renewal",))
    pack = board(paid, duty("OTHER-1", CalendarYear(), "1", counts("driving"), verdicts=()))
    told = evaluate((pack,), officer(YEAR), (took("driving", date(2026, 3, 1)),), date(2026, 12, 31))
    assert (told.word, told.compliant, dict(told.verdicts)) == (StandingWord.YES, True, {"renewal": False})
    assert [line.requirement for line in summarise(told).lines] == ["other-1"]


def test_another_bodys_duty_is_listed_each_year_and_never_judged() -> None:
    found = of_2026(yearly(owed_to="federal law"))
    assert (found.satisfied, found.decides, codes(found)) == (None, False, {"owed-elsewhere"})


def weapons(person: KnownFacts, *records: Completion) -> dict[str | None, Truth]:
    clock = CalendarYear("firearms_carried", "firearm_type", "firearm:")
    requalify = duty("FQ", clock, "0", counts("firearms"), measure=Measure.EVENT)
    found = judged(requalify, person, records, AFTER, older_left_out=True)
    return {
        each.item: each.satisfied for each in found.findings if each.window and each.window.label == "2026"
    }


def test_each_thing_carried_has_a_line_of_its_own_in_each_year() -> None:
    passed = took("firearms", date(2026, 4, 1), "0", facts={"firearm_type": "handgun"})
    assert weapons(officer({**YEAR, "firearms_carried": ("handgun", "shotgun")}), passed) == {
        "handgun": True,
        "shotgun": False,
    }
    assert weapons(officer(YEAR, without=("firearms_carried",)), passed) == {None: None, "handgun": True}


# --- hours, as the two boards reckon them ------------------------------------------------------------------------

OHIO = {
    "status": "active",
    "appointments": [{"start": "2015-04-01", "end": None}],
    "firearms_carried": [],
    "cycle_start": "2024-01-01",
    "cycle_end": "2024-12-31",
}
INDIANA = {
    "status": "active",
    "appointed_on": "2015-04-01",
    "cycle_start": "2026-01-01",
    "cycle_end": "2026-12-31",
}


def entry(answer: Any, requirement: str, window: str) -> Any:
    (found,) = (
        each for each in answer["requirements"] if (each["id"], each["window"]) == (requirement, window)
    )
    return found


@pytest.mark.parametrize(
    ("record", "hours", "code"),
    [
        ({"instruction_minutes": 400}, 8, None),
        ({"instruction_minutes": "75", "hours": 2}, 1.5, None),
        ({"instruction_minutes": 49}, 0, "block-too-short"),
        ({"hours": "0.5"}, 0, "block-too-short"),
        ({"hours": "0.5", "delivery": "online"}, 0.5, None),
        ({"hours": 3, "session_hours": "0.5"}, 0, "block-too-short"),
        ({"hours": 3, "topics": ["firearms-requalification"]}, 0, "topic-excluded"),
        ({"hours": 3, "topics": ["refresher"]}, 0, "topic-not-settled"),
    ],
)
def test_minutes_and_blocks_make_the_credit_of_ohio(record: Any, hours: float, code: str | None) -> None:
    given = {"date": "2024-03-05", "topics": ["general"], "board_approved": True, **record}
    row = entry(answered(OHIO, [given], state="OH", as_of="2024-12-01"), "oh-cpt-total", "2024")
    assert float(row["hours_counted"]) == hours
    assert [each["code"] for each in row["not_counted"]] == ([code] if code else [])


def self_study(on: str, **more: Any) -> Any:
    class_of = {"provider": "ILEA", "course_number": "201435", "delivery": "online", "board_approved": True}
    return {"date": on, "hours": 2, "topics": ["general"], **class_of, **more}


@pytest.mark.parametrize(
    ("again", "counted", "code"),
    [
        ({}, 0, "taken-before"),
        ({"course_number": "201436"}, 2, None),
        ({"provider": "City college"}, 2, None),
        ({"delivery": None}, 0, "taken-before-unclear"),
    ],
)
def test_a_class_that_gives_credit_once_gives_none_in_a_later_year(
    again: Any, counted: int, code: str | None
) -> None:
    records = [self_study("2025-02-03"), self_study("2026-02-03", **again)]
    row = entry(answered(INDIANA, records, state="IN", as_of="2026-12-01"), "in-inservice-total-24", "2026")
    assert row["hours_counted"] == counted
    assert [each["code"] for each in row["not_counted"] if each["date"] == "2026-02-03"] == (
        [code] if code else []
    )


@pytest.mark.parametrize(
    ("topics", "satisfied"),
    [
        (["use-of-force"], None),
        (["use-of-force", "de-escalation"], True),
        (["de-escalation"], True),
        (["firearms"], False),
    ],
)
def test_a_topic_taught_inside_another_is_shown_unknown_or_missing(
    topics: list[str], satisfied: Truth
) -> None:
    given = {
        "date": "2026-03-05",
        "hours": 4,
        "topics": topics,
        "board_approved": True,
        "active_participation": True,
    }
    answer = answered(INDIANA, [given], state="IN", as_of="2026-12-01")
    assert entry(answer, "in-topic-de-escalation", "2026")["satisfied"] is satisfied
    tactics = 4 if "use-of-force" in topics else 0
    assert entry(answer, "in-defensive-tactics-4", "2026")["hours_counted"] == tactics


def test_reports_of_the_agency_stand_beside_the_duties() -> None:
    year = answered(INDIANA, [], state="IN", as_of="2026-12-01")["reports"]
    assert [(each["window"], each["due_on"], each["due_on_alternatives"]) for each in year] == [
        ("2026", "2027-01-31", ["2027-03-31"])
    ]
    left = {**OHIO, "cycle_start": "2025-01-01", "cycle_end": "2025-12-31", "separated_on": "2025-03-10"}
    records: list[Any] = [
        {"date": "2025-03-05", "hours": 4, "topics": ["general"], "id": "a"},
        {"date": "2025-01-08", "id": "b"},
    ]
    due = answered(left, records, state="OH", as_of="2025-12-01")["reports"]
    assert [(each["record"], each["due_on"]) for each in due] == [("b", "2025-02-07"), ("a", "2025-03-20")]
