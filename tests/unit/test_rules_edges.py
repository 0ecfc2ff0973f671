"""Does each clock say the right thing on the very day, and at the very hour, at which it turns?"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules.evaluate import Evaluation, evaluate, summarise
from rules.loader import load_folder, load_for_state, load_pack
from rules.model import Assignment, Card, Completion, Credit, Leave, Relief, ReliefKind, Truth, Waiver
from rules.pack import (
    CalendarYear,
    ChoicePart,
    Counts,
    Excuse,
    ExcuseRule,
    Grace,
    LicensingCycle,
    MakeUp,
    PartChoice,
    Requirement,
)
from rules.standing import LineState, Measure, Remark, from_json, to_json
from rules.subject import find_cycle
from rules.working import refused
from tests.unit.rules_cast import (
    AS_OF,
    CARDS,
    COMPUTED,
    CYCLE_END,
    CYCLE_START,
    DRIVING,
    SCHOOL,
    TOTAL,
    WEAPON,
    WHOLE,
    board,
    counts,
    duty,
    judged,
    officer,
    only,
    took,
)

DAY = timedelta(days=1)
BOTH = frozenset({"cpr", "first-aid"})
YESTERDAY, TOMORROW = AS_OF - DAY, AS_OF + DAY
GAP = Remark("card-gap", (("missing", "cpr, first-aid"),))
UNSURE = Remark("card-unknown")
LONG = Leave(AS_OF - timedelta(days=90), None)
BACK = Leave(date(2025, 10, 1), None, AS_OF - timedelta(days=30))


def extended(to: date) -> Relief:
    return Relief(ReliefKind.EXTENSION, "cards", "injury", new_due=to)


@pytest.mark.parametrize(
    ("facts", "satisfied", "due_on", "remarks"),
    [
        pytest.param({"cards": ()}, False, None, [GAP], id="no card"),
        pytest.param({"cards": (Card(BOTH, YESTERDAY, AS_OF),)}, True, AS_OF, [], id="ends today"),
        pytest.param(
            {"cards": (Card(BOTH, date(2024, 1, 1), YESTERDAY),)},
            False,
            YESTERDAY,
            [GAP],
            id="ended yesterday",
        ),
        pytest.param({"cards": (Card(BOTH, None, None),)}, None, None, [UNSURE], id="no day at all"),
        pytest.param(
            {"cards": (Card(BOTH, None, AS_OF),)}, None, None, [UNSURE], id="until today, since when"
        ),
        pytest.param(
            {"cards": (Card(BOTH, None, YESTERDAY),)}, False, YESTERDAY, [GAP], id="no more, since when"
        ),
        pytest.param(
            {"cards": (Card(BOTH, AS_OF, None),)}, None, None, [UNSURE], id="from today, until when"
        ),
        pytest.param({"cards": (Card(BOTH, TOMORROW, None),)}, False, None, [GAP], id="not yet, until when"),
        pytest.param(
            {"cards": (Card(frozenset({"taser"}), None, None),)}, False, None, [GAP], id="something else"
        ),
        pytest.param({"cards": (Card(BOTH, TOMORROW, AS_OF),)}, None, None, [UNSURE], id="dates exchanged"),
        pytest.param(
            {"cards": (Card(BOTH, TOMORROW + DAY, TOMORROW),)},
            False,
            None,
            [GAP],
            id="exchanged, both to come",
        ),
        pytest.param(
            {"cards": (), "leave": (LONG,)},
            False,
            None,
            [GAP, Remark("leave-relief", (("until", ""),))],
            id="ninety days away",
        ),
        pytest.param(
            {"cards": (), "leave": (Leave(LONG.start + DAY, None),)}, False, None, [GAP], id="eighty-nine"
        ),
        pytest.param(
            {"cards": (), "leave": (BACK,)},
            False,
            AS_OF,
            [GAP, Remark("leave-relief", (("until", AS_OF.isoformat()),))],
            id="thirty days back",
        ),
        pytest.param(
            {"cards": (), "reliefs": (extended(AS_OF),)},
            False,
            AS_OF,
            [GAP, Remark("extension", (("reason", "injury"), ("until", AS_OF.isoformat())))],
            id="extended until today",
        ),
        pytest.param(
            {"cards": (), "reliefs": (extended(YESTERDAY),)},
            False,
            None,
            [GAP],
            id="extended until yesterday",
        ),
    ],
)
def test_cards_cover_the_days_they_name(
    facts: dict[str, Any], satisfied: Truth, due_on: date | None, remarks: list[Remark]
) -> None:
    found = only(judged(CARDS, officer(**facts)))
    assert (found.satisfied, found.due_on, list(found.remarks)) == (satisfied, due_on, remarks)
    in_time = due_on is not None and due_on >= AS_OF
    away = any(each.code == "leave-relief" for each in remarks)
    assert found.overdue is (satisfied is False and not in_time and not away)


@pytest.mark.parametrize(
    ("on", "satisfied"), [(date(2025, 9, 1), True), (date(2025, 8, 31), False)], ids=["the day", "before"]
)
def test_a_new_course_counts_from_the_day_on_which_the_duty_began(on: date, satisfied: bool) -> None:
    earlier = Assignment(
        "school-resource-officer", date(2024, 8, 1), None, (("earlier_basic_sro_course", True),)
    )
    found = only(judged(SCHOOL, officer(assignments=(earlier,)), (took("school", on),), older_left_out=True))
    assert found.satisfied is satisfied


@pytest.mark.parametrize(
    ("hours", "reason"), [("0.5", "too-few-hours"), ("1", "earlier-course")], ids=["short", "long enough"]
)
def test_a_school_course_that_does_not_count_was_too_short_or_came_too_early(hours: str, reason: str) -> None:
    earlier = Assignment(
        "school-resource-officer", date(2024, 8, 1), None, (("earlier_basic_sro_course", True),)
    )
    told = judged(SCHOOL, officer(assignments=(earlier,)), (took("school", date(2025, 8, 1), hours),))
    (left,) = refused(only(told), told.subjects[0])
    assert left.reason == reason


YEARS = duty("YR-24", CalendarYear(), "24", counts("ethics"))
MADE_UP = duty("MAKE-UP", MakeUp("yr-24"), "0", Counts(frozenset()), verdicts=())
WAIVED = Waiver(2025, date(2025, 11, 3), "injury", make_up_hours=Decimal(8))


def made_up(*records: Completion, as_of: date = date(2025, 12, 1), **more: Any) -> Any:
    """What is to be made up of a waived 2025, beside the duty it is made up of."""
    told = evaluate((board(YEARS, MADE_UP),), officer(waivers=(WAIVED,), **more), records, as_of)
    (found,) = [each for each in told.findings if each.requirement is MADE_UP]
    return found


@pytest.mark.parametrize(
    ("hours", "satisfied"), [("31", False), ("32", None), ("10", False)], ids=["short", "enough", "few"]
)
def test_a_class_without_a_day_makes_up_only_what_the_year_itself_leaves(
    hours: str, satisfied: Truth
) -> None:
    assert made_up(took("ethics", None, hours)).satisfied is satisfied


@pytest.mark.parametrize(
    ("without", "satisfied"), [((), False), (("status",), None)], ids=["known", "unknown"]
)
def test_nobody_is_said_to_miss_what_may_not_be_theirs_to_make_up(
    without: tuple[str, ...], satisfied: Truth
) -> None:
    found = made_up(without=without)
    assert found.satisfied is satisfied
    assert ("applies-unknown" in {each.code for each in found.remarks}) is bool(without)


def test_of_two_parts_the_one_that_may_be_full_is_picked() -> None:
    parts = (ChoicePart(frozenset({"ethics"}), Decimal(4)), ChoicePart(frozenset({"dialogue"}), Decimal(4)))
    chosen = duty(
        "LIST",
        LicensingCycle(),
        "4",
        Counts(None, choice=PartChoice((ChoicePart(frozenset({"driving"}), Decimal(0)),), parts, 1)),
    )
    found = only(judged(chosen, officer(), (took("dialogue", date(2026, 1, 1), credit=Credit.DOUBTFUL),)))
    assert (found.satisfied, found.hours_possible) == (None, Decimal(4))


def test_more_time_is_told_of_a_duty_that_is_filled_part_by_part() -> None:
    chosen = duty(
        "LIST",
        LicensingCycle(),
        "4",
        Counts(None, choice=PartChoice((ChoicePart(frozenset({"ethics"}), Decimal(4)),))),
    )
    more = Relief(ReliefKind.EXTENSION, "list", "injury", new_due=date(2027, 9, 30))
    found = only(judged(chosen, officer(reliefs=(more,))))
    assert [each.code for each in found.remarks] == ["extension"]


@pytest.mark.parametrize(
    ("hours", "reason"), [("4", "date-missing"), (None, "hours-missing")], ids=["hours", "neither"]
)
def test_of_a_class_without_a_day_and_without_hours_the_hours_are_asked_for(
    hours: str | None, reason: str
) -> None:
    told = judged(TOTAL, officer(), (took("ethics", None, hours),))
    (left,) = refused(only(told), told.subjects[0])
    assert (left.reason, left.doubtful) == (reason, True)


def test_what_is_kept_of_an_answer_says_what_the_answer_says() -> None:
    told = judged(TOTAL, officer(), (took("ethics", date(2026, 1, 1)),))
    kept = summarise(told)
    assert kept.next_change_on == told.next_change_on
    assert kept.next_change_on is not None
    (line,) = kept.lines
    assert (line.track, line.hours_counted, line.hours_required, line.records) == (
        "mandated", Decimal(4), Decimal(20), 1,
    )  # fmt: skip
    assert kept.on(kept.as_of) is kept
    assert kept.on(TOMORROW).as_of == TOMORROW


def test_one_broken_pack_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.yaml").write_text("id: broken\n", encoding="utf-8")
    mn = load_pack("mn")
    assert load_for_state("mn", tmp_path).digest == load_pack("mn", tmp_path).digest == mn.digest
    assert load_folder(Path(mn.folder), tmp_path).digest == mn.digest


@pytest.mark.parametrize(
    ("starts", "extended_cycle"), [(0, True), (1, False)], ids=["its last day", "the day after"]
)
def test_a_long_leave_stretches_the_cycle_in_which_it_begins(starts: int, extended_cycle: bool) -> None:
    ends = date(2026, 12, 31)
    gone = Leave(ends + starts * DAY, None, ends + timedelta(days=300))
    person = officer({"certified_on": date(2024, 3, 1)}, without=("cycle_start", "cycle_end"), leave=(gone,))
    found = find_cycle(COMPUTED, person, ends)
    assert found is not None
    assert (found.window.end, found.extended) == (ends, extended_cycle)


@pytest.mark.parametrize(
    ("hours", "percent"),
    [(("8", "4"), 100), (("8", "0"), 50), (("0", "0"), 0)],
    ids=["both", "one", "neither"],
)
def test_without_a_headline_the_share_is_that_of_the_duties_met(hours: tuple[str, str], percent: int) -> None:
    pack = replace(
        board(
            duty("ONE-8", LicensingCycle(), "8", counts("ethics")),
            duty("TWO-4", LicensingCycle(), "4", counts("driving")),
        ),
        headline=(),
    )
    records = (
        took("ethics", date(2026, 1, 5), hours[0]),
        took("driving", date(2026, 1, 6), hours[1], ref="r2"),
    )
    assert evaluate((pack,), officer(), records, AS_OF).percent == percent


def test_an_excuse_that_nobody_has_settled_says_which_year_and_what_to_ask() -> None:
    joined = Excuse(
        ExcuseRule.JOINED_IN, "joined-in-the-year-open", settled=False, facts=("joined_on",), ask="the board"
    )
    yearly = duty("YR-4", CalendarYear(), "4", counts("ethics"), excused=(joined,))
    told = judged(
        yearly, officer({"joined_on": date(2026, 2, 1)}), (), date(2026, 12, 1), older_left_out=True
    )
    (found,) = [each for each in told.findings if each.window and each.window.label == "2026"]
    assert Remark("joined-in-the-year-open", (("year", "2026"), ("ask", "the board"))) in found.remarks


def reasons_of(told: Evaluation, place: int = 0) -> list[str]:
    return [each.reason for each in refused(told.findings[place], told.subjects[0])]


@pytest.mark.parametrize(
    ("of", "facts"),
    [(CARDS, {"cards": ()}), (TOTAL, {"values": {"status": "inactive"}})],
    ids=["reads no classes", "not theirs"],
)
def test_no_class_is_refused_by_a_duty_that_reads_none_or_is_not_theirs(of: Requirement, facts: Any) -> None:
    assert reasons_of(judged(of, officer(**facts), (took("ethics", date(2020, 1, 1)),))) == []


@pytest.mark.parametrize(
    ("on", "approved", "reason"),
    [
        (date(2023, 1, 1), True, "before-window"),
        (date(2023, 1, 1), False, "approval-missing"),
        (date(2026, 1, 1), False, "approval-missing"),
    ],
)
def test_a_condition_that_failed_is_the_reason_and_one_that_was_met_is_not(
    on: date, approved: bool, reason: str
) -> None:
    assert reasons_of(judged(DRIVING, officer(), (took("driving", on, approved=approved),))) == [reason]


@pytest.mark.parametrize(
    ("weapon", "reason"),
    [
        ("handgun", "before-window"),
        (("handgun", "rifle"), "before-window"),
        ("shotgun", "other-item"),
        (("rifle", "shotgun"), "other-item"),
    ],
)
def test_a_class_with_the_same_weapon_is_only_too_old(weapon: Any, reason: str) -> None:
    old = took("firearms", date(2020, 1, 1), facts={"firearm_type": weapon})
    assert reasons_of(judged(WEAPON, officer(), (old,))) == [reason]


def test_whoever_carries_no_weapon_owes_no_qualification_and_is_told_why() -> None:
    found = only(judged(WEAPON, officer({"firearms_carried": ()})))
    assert (found.applies, [each.code for each in found.remarks]) == (False, ["no-items"])


@pytest.mark.parametrize(
    ("starts", "ends", "applies"),
    [(AS_OF, None, False), (TOMORROW, None, True), (None, AS_OF, False), (None, YESTERDAY, True)],
    ids=["from today", "from tomorrow", "until today", "until yesterday"],
)
def test_an_exemption_holds_on_its_first_and_its_last_day(
    starts: date | None, ends: date | None, applies: bool
) -> None:
    exempt = Relief(ReliefKind.EXEMPTION, "cards", "by rule", None, starts, ends)
    assert only(judged(CARDS, officer(cards=(), reliefs=(exempt,)))).applies is applies


def test_a_history_that_is_too_short_says_from_when_it_is_whole() -> None:
    found = only(judged(DRIVING, officer({"history_complete_from": date(2025, 1, 1)})))
    assert found.satisfied is None
    assert Remark("history-incomplete", (("from", "2025-01-01"),)) in found.remarks


def test_what_is_kept_is_read_back_as_it_was_written() -> None:
    person = officer(cards=(), assignments=(Assignment("school-resource-officer", date(2026, 1, 15)),))
    kept = summarise(evaluate((WHOLE,), person, (took("ethics", date(2026, 1, 5)),), AS_OF))
    assert {line.state for line in kept.lines} > {LineState.OPEN}
    assert from_json(to_json(kept)) == kept


@pytest.mark.parametrize(
    ("appointed", "told"),
    [(CYCLE_START, False), (CYCLE_START + DAY, True), (CYCLE_END, True), (CYCLE_END + DAY, False)],
)
def test_who_began_within_the_cycle_is_told_that_nothing_is_prorated(appointed: date, told: bool) -> None:
    found = only(judged(TOTAL, officer({"appointed_on": appointed})))
    assert ("new-licensee-no-proration" in {each.code for each in found.remarks}) is told


@pytest.mark.parametrize(
    ("day", "satisfied"),
    [(date(2027, 3, 31), None), (date(2027, 4, 1), False), (date(2026, 12, 31), True)],
    ids=["the last day of grace", "the day after", "in time"],
)
def test_a_class_within_the_days_of_grace_may_have_been_in_time(day: date, satisfied: Truth) -> None:
    let_pass = Grace(date(2020, 1, 1), date(2026, 12, 31), 90, "a letter")
    yearly = duty("YR", CalendarYear(), "0", counts("ethics"), measure=Measure.EVENT, grace=(let_pass,))
    told = judged(yearly, officer(), (took("ethics", day),), date(2027, 6, 1), older_left_out=True)
    (found,) = [each for each in told.findings if each.window and each.window.label == "2026"]
    assert found.satisfied is satisfied
    assert ("late-tolerated" in {each.code for each in found.remarks}) is (satisfied is None)


@pytest.mark.parametrize(
    ("granted_on", "satisfied", "remark"),
    [(date(2026, 5, 1), True, "waived-year"), (None, None, "waiver-unclear")],
    ids=["granted", "nobody says when"],
)
def test_a_waiver_frees_from_a_year_only_when_its_day_is_on_file(
    granted_on: date | None, satisfied: Truth, remark: str
) -> None:
    yearly = duty("YR-4", CalendarYear(), "4", counts("ethics"), waived_with="yr-4")
    person = officer(waivers=(Waiver(2026, granted_on, "injury"),))
    told = judged(yearly, person, (), date(2027, 1, 10), older_left_out=True)
    (found,) = [each for each in told.findings if each.window and each.window.label == "2026"]
    assert found.satisfied is satisfied
    assert Remark(remark, (("year", "2026"), ("reason", "injury"))) in found.remarks
