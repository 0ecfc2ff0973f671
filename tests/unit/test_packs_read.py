"""Is everything that a pack can write read as it was written, and is what it leaves out what nobody said?"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rules.allowances import read_excuse, read_grace
from rules.amounts import read_amounts
from rules.clocks import read_clock
from rules.conditions import person_test, record_condition, record_test
from rules.counting import read_counts
from rules.diff import comparable
from rules.loader import load_folder
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    AtAllTimes,
    BeforeAssignment,
    BeforeReturn,
    CalendarYear,
    ChoicePart,
    Clock,
    Concerns,
    Confidence,
    Counts,
    CreditRule,
    Cycle,
    CycleItself,
    CycleRule,
    DatedAmount,
    DatedReport,
    Deferral,
    Excuse,
    ExcuseRule,
    Grace,
    Lapse,
    LicensingCycle,
    MakeUp,
    NotEncoded,
    Pack,
    PartChoice,
    Reckoned,
    RecordCondition,
    Reference,
    Reporting,
    Requirement,
    Rest,
    Rolling,
    Track,
    Transition,
    UnsaidNumber,
    Unverified,
)
from rules.periods import Length
from rules.standing import Measure, PoolRole
from tests.unit.full_pack import PACK, RULE, laid_down, written
from tests.unit.rules_cast import board

START, END = Reckoned.WINDOW_START, Reckoned.WINDOW_END


ACTIVE = person_test(written("{fact: status, is: active}"))
APPROVED = record_test(written("{record: approved, is: true}"))
ONLINE = record_test(written("{record: delivery, is: online}"))


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("licensing-cycle", LicensingCycle()),
        ("calendar-year", CalendarYear()),
        ("the-cycle-itself", CycleItself()),
        ("not-verified", Unverified()),
        (
            "{calendar-year: {for_each: {fact: carried, record: weapon}}}",
            CalendarYear("carried", "weapon", ""),
        ),
        (
            "{calendar-year: {for_each: {fact: carried, record: weapon, since_assignment: armed}}}",
            CalendarYear("carried", "weapon", "armed"),
        ),
        ("{rolling: {every: {months: 6}}}", Rolling(Length(months=6))),
        (
            "{rolling: {every: {years: 1, days: 30}, for_each: {fact: carried, record: weapon}}}",
            Rolling(Length(years=1, days=30), "carried", "weapon"),
        ),
        ("{at-all-times: {covers: [cpr, aed]}}", AtAllTimes(frozenset({"cpr", "aed"}))),
        (
            "{at-all-times: {covers: [cpr], after_leave_of_days: 90, relief_days: 30}}",
            AtAllTimes(frozenset({"cpr"}), 90, 30),
        ),
        ("{after-leave: {of_days: 90, within_days: 30}}", AfterLeave(90, 30)),
        (
            "{after-separation: {longer_than: {years: 1}, shorter_than: {years: 5}, within_days: 30}}",
            AfterSeparation(Length(years=1), Length(years=5), 30),
        ),
        (
            "{before-return: {at_least: {years: 1}, since: 2020-01-01}}",
            BeforeReturn(Length(years=1), date(2020, 1, 1)),
        ),
        (
            "{before-return: {at_least: {years: 1}, since: 2020-01-01, shorter_than: {years: 4}}}",
            BeforeReturn(Length(years=1), date(2020, 1, 1), Length(years=4)),
        ),
        ("{make-up: {of: total}}", MakeUp("total")),
        (
            "{before-assignment: {assignment: school, since: 2025-09-01, repeat: {years: 3}}}",
            BeforeAssignment("school", date(2025, 9, 1), Length(years=3)),
        ),
        (
            (
                "{before-assignment: {assignment: school, since: 2025-09-01, repeat: {years: 3}, transitions:"
                " [{when: had_it, is: false, due_on: 2025-09-01},"
                " {when: had_it, is: true, due_on: 2027-06-01, alternatives: [2027-06-30, 2027-07-01]}]}}"
            ),
            BeforeAssignment(
                "school",
                date(2025, 9, 1),
                Length(years=3),
                (
                    Transition("had_it", is_value=False, due_on=date(2025, 9, 1)),
                    Transition(
                        "had_it",
                        is_value=True,
                        due_on=date(2027, 6, 1),
                        alternatives=(date(2027, 6, 30), date(2027, 7, 1)),
                    ),
                ),
            ),
        ),
        ("{lapse: {after: {months: 3}}}", Lapse(Length(months=3))),
        (
            "{lapse: {after: {months: 3}, unless: {fact: status, is: active}, otherwise: {months: 12}}}",
            Lapse(Length(months=3), ACTIVE, Length(months=12)),
        ),
    ],
)
def test_each_shape_of_window_is_read_with_all_that_belongs_to_it(text: str, clock: Clock) -> None:
    assert comparable(read_clock(written(text))) == comparable(clock)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "[{since: 2020-07-01, reckoned: window-start, hours: 8}]",
            [DatedAmount(date(2020, 7, 1), START, Decimal(8))],
        ),
        (
            (
                "[{since: long-standing, reckoned: window-end, owed: record},"
                " {since: 2024-01-01, reckoned: window-start, owed: nothing, settled: false, ask: until when}]"
            ),
            [
                DatedAmount(date.min, END, Decimal(0)),
                DatedAmount(date(2024, 1, 1), START, UnsaidNumber.NOTHING, settled=False, ask="until when"),
            ],
        ),
        (
            (
                "[{since: 2020-07-01, reckoned: window-start, hours: 8},"
                " {since: 2020-07-01, reckoned: window-end, hours: 4}]"
            ),
            [
                DatedAmount(date(2020, 7, 1), START, Decimal(8)),
                DatedAmount(date(2020, 7, 1), END, Decimal(4)),
            ],
        ),
        (
            "{by_year: {2016: 11, 2017: record, 2020: 4.5}, otherwise: not-loaded, ask: the circular}",
            [
                DatedAmount(date.min, END, UnsaidNumber.NOT_LOADED, ask="the circular"),
                DatedAmount(date(2016, 1, 1), START, Decimal(11)),
                DatedAmount(date(2017, 1, 1), START, Decimal(0)),
                DatedAmount(date(2018, 1, 1), START, UnsaidNumber.NOT_LOADED, ask="the circular"),
                DatedAmount(date(2020, 1, 1), START, Decimal("4.5")),
                DatedAmount(date(2021, 1, 1), START, UnsaidNumber.NOT_LOADED, ask="the circular"),
            ],
        ),
        (
            "{by_year: {2016: 11}, otherwise: nothing}",
            [
                DatedAmount(date.min, END, UnsaidNumber.NOTHING),
                DatedAmount(date(2016, 1, 1), START, Decimal(11)),
                DatedAmount(date(2017, 1, 1), START, UnsaidNumber.NOTHING),
            ],
        ),
    ],
)
def test_how_much_is_owed_is_read_with_its_days(text: str, amounts: list[DatedAmount]) -> None:
    assert list(read_amounts(written(text), CalendarYear())) == amounts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nothing", Counts(frozenset())),
        ("{topics: any}", Counts(None)),
        (
            "{topics: any, without: [general], unsure: [driving], overlap: true, discipline: police}",
            Counts(
                None,
                overlap=True,
                discipline="police",
                without=frozenset({"general"}),
                unsure=frozenset({"driving"}),
            ),
        ),
        (
            (
                "{topics: [ethics], surplus_of: [eth-3], absorbs: [dialogue], may_be_in: [general], where:"
                " [{record: approved, is: true, fails: not-approved, unknown: approval-unknown},"
                " {record: delivery, is: online, doubts: taken-online}]}"
            ),
            Counts(
                frozenset({"ethics"}),
                (
                    RecordCondition(APPROVED, "not-approved", "approval-unknown"),
                    RecordCondition(ONLINE, "taken-online", "condition-unknown", doubts=True),
                ),
                ("eth-3",),
                absorbs=frozenset({"dialogue"}),
                may_be_in=frozenset({"general"}),
            ),
        ),
        (
            (
                "{topics: any, choice: {must: [{topics: any, hours: 2}], choose: 1, among:"
                " [{topics: [ethics], hours: 4}]}}"
            ),
            Counts(
                None,
                choice=PartChoice(
                    (ChoicePart(None, Decimal(2)),), (ChoicePart(frozenset({"ethics"}), Decimal(4)),), 1
                ),
            ),
        ),
        (
            "{topics: any, choice: {must: [{topics: [ethics], hours: 2}]}}",
            Counts(None, choice=PartChoice((ChoicePart(frozenset({"ethics"}), Decimal(2)),))),
        ),
        (
            "{topics: any, rest: {of: total, choose: 2, or_topics: [driving]}}",
            Counts(None, rest=Rest("total", 2, frozenset({"driving"}))),
        ),
    ],
)
def test_what_counts_is_read_with_its_limits(text: str, counts: Counts) -> None:
    assert comparable(read_counts(written(text), board())) == comparable(counts)


@pytest.mark.parametrize(
    ("text", "excuse"),
    [
        (
            "{year_of: [graduated_on], because: basic-training}",
            Excuse(ExcuseRule.YEAR_OF, "basic-training", facts=("graduated_on",)),
        ),
        (
            "{joined_in: [joined_on], because: joined, settled: false, ask: whether it counts}",
            Excuse(
                ExcuseRule.JOINED_IN, "joined", settled=False, facts=("joined_on",), ask="whether it counts"
            ),
        ),
        ("{unappointed: true, because: not-there}", Excuse(ExcuseRule.UNAPPOINTED, "not-there")),
        (
            "{until: 2026-12-31, for: {fact: status, is: active}, because: not-yet}",
            Excuse(ExcuseRule.UNTIL, "not-yet", when=ACTIVE, until=date(2026, 12, 31)),
        ),
    ],
)
def test_an_excuse_is_read_with_whom_it_is_for(text: str, excuse: Excuse) -> None:
    assert comparable(read_excuse(written(text))) == comparable(excuse)


@pytest.mark.parametrize(
    ("since", "start"), [("2020-01-01", date(2020, 1, 1)), ("long-standing", date.min)], ids=["day", "always"]
)
def test_days_of_grace_are_read_with_the_time_they_were_given_in(since: str, start: date) -> None:
    text = f"{{from: {since}, to: 2022-12-31, days: 90, reference: a letter}}"
    assert read_grace(written(text)) == Grace(start, date(2022, 12, 31), 90, "a letter")


DRIVING: dict[str, Any] = {
    "id": "full-driving",
    "short": "DRV-8",
    "label": "Driving",
    "duty": "Eight hours of driving.",
    "track": "agency",
    "measure": Measure.EVENT,
    "clock": LicensingCycle(),
    "applies": ACTIVE,
    "amounts": (DatedAmount(date(2020, 7, 1), START, Decimal(8)),),
    "counts": Counts(frozenset({"driving"})),
    "consequence": "license cannot renew",
    "confidence": Confidence.SECONDARY,
    "references": (
        Reference(
            "Example Rule 1",
            "agency:order-1",
            date(2026, 11, 20),
            ("minimum", "window", "applies"),
            Confidence.SECONDARY,
        ),
    ),
    "reviewed_on": date(2026, 11, 21),
    "reviewed_by": "A reviewer",
    "verdicts": ("renewal",),
}
FULL: dict[str, Any] = {
    "state": "XX",
    "cycle": Cycle(CycleRule.HALF_YEAR, 3, ("certified_on",), Length(months=6)),
    "topics": {"driving": "driving", "evoc": "driving", "other": "other"},
    "general_topic": "other",
    "topic_labels": {"driving": "Driving", "other": "Anything else"},
    "asked_as": {"pursuit": "driving"},
    "tracks": (Track("mandated", "State"), Track("agency", "Our own")),
    "verdicts": ("renewal", "duty"),
    "headline": ("full-driving",),
    "assumed": {"status": "active", "disciplines": ("police", "emd")},
    "covers": ACTIVE,
    "owed_by": person_test(written("everybody")),
    "credit": CreditRule("Rule 9", Decimal(50), Decimal("0.5"), (ONLINE,), "course_number", (APPROVED,)),
    "reporting": (
        Reporting("each", "Each class", "Rule 7", date(2020, 1, 1), 30, 10, ()),
        Reporting(
            "yearly",
            "The year",
            "Rule 8",
            date.min,
            None,
            None,
            (
                DatedReport(date.min, 1, 31, ()),
                DatedReport(date(2024, 1, 1), 2, 28, ((3, 1), (12, 15))),
            ),
        ),
        Reporting("plain", "Each", "Rule 6", date.min, 5, None, ()),
    ),
    "not_encoded": (NotEncoded("4", "for recruits alone"),),
}


def said(pack: Pack | Requirement, names: Any) -> dict[str, Any]:
    return {name: comparable(getattr(pack, name)) for name in names}


def compared(expected: dict[str, Any]) -> dict[str, Any]:
    return {name: comparable(value) for name, value in expected.items()}


def test_a_pack_that_says_everything_is_read_with_everything(tmp_path: Path) -> None:
    pack = load_folder(laid_down(tmp_path / "full", PACK, RULE))
    heading = {
        **FULL,
        "id": "full",
        "version": "2",
        "label": "A full board",
        "effective_from": date(2027, 1, 1),
    }
    assert said(pack, heading) == compared(heading)
    (rule,) = pack.requirements
    all_of_it = {
        **DRIVING,
        "inside": "full-driving",
        "pool_role": PoolRole.FLOOR,
        "deferrals": (Deferral(date(2020, 1, 1), date(2021, 12, 31), "an order"),),
        "excused": (Excuse(ExcuseRule.UNAPPOINTED, "not-there"),),
        "grace": (Grace(date(2020, 1, 1), date(2022, 12, 31), 90, "a letter"),),
        "waived_with": "full-driving",
        "late_only_extended": True,
        "concerns": Concerns.AGENCY,
        "owed_to": "the county",
        "ask": "whom to ask",
        "file": "full/requirements/010-rule.yaml",
    }
    assert said(rule, all_of_it) == compared(all_of_it)


def test_a_pack_based_on_another_says_what_that_one_says_and_has_its_own_name(tmp_path: Path) -> None:
    laid_down(tmp_path / "full", PACK, RULE)
    heading = 'id: ours\nversion: "7"\nstate: XX\nlabel: Ours\nbased_on: full\n'
    pack = load_folder(laid_down(tmp_path / "ours", heading), tmp_path)
    expected = {**FULL, "id": "ours", "version": "7", "label": "Ours", "effective_from": None}
    assert said(pack, expected) == compared(expected)
    assert [each.id for each in pack.requirements] == ["full-driving"]


SPARE = {"inside", "pool_role", "deferrals", "excused", "grace", "waived_with", "late_only_extended"} | {
    "concerns", "owed_to", "ask", "verdicts",
}  # fmt: skip


def test_what_a_pack_leaves_out_is_what_nobody_said(tmp_path: Path) -> None:
    heading = "id: plain\nversion: 1\nstate: XX\nlabel: Plain\ncycle: {rule: given, years: 3}\n"
    heading += "topics: {driving: {label: Driving}}\ntracks: {agency: Our own}\nverdicts: [renewal]\n"
    kept, dropped = [], False
    for line in RULE.splitlines():
        dropped = line.partition(":")[0] in SPARE or (dropped and line.startswith(" "))
        if not dropped:
            kept.append(line)
    pack = load_folder(laid_down(tmp_path / "plain", heading, "\n".join(kept)))
    expected: dict[str, Any] = {
        "cycle": Cycle(CycleRule.GIVEN, 3, (), None),
        "general_topic": "general",
        "headline": (),
        "assumed": {},
        "covers": None,
        "owed_by": None,
        "asked_as": {},
        "credit": None,
        "reporting": (),
        "not_encoded": (),
        "effective_from": None,
    }
    assert said(pack, expected) == compared(expected)
    (rule,) = pack.requirements
    spare: dict[str, Any] = {
        "verdicts": (),
        "inside": None,
        "pool_role": None,
        "deferrals": (),
        "excused": (),
        "grace": (),
        "waived_with": None,
        "late_only_extended": False,
        "concerns": Concerns.PERSON,
        "owed_to": "",
        "ask": "",
    }
    assert said(rule, spare) == compared(spare)
    assert said(rule, DRIVING.keys() - SPARE) == compared(
        {name: value for name, value in DRIVING.items() if name not in SPARE}
    )


@pytest.mark.parametrize("key", ["fails", "doubts"])
def test_a_condition_on_a_record_says_what_becomes_of_one_that_fails(key: str) -> None:
    condition = record_condition(written(f"{{record: approved, is: true, {key}: why}}"))
    assert (condition.fails, condition.unknown, condition.doubts) == (
        "why",
        "condition-unknown",
        key == "doubts",
    )
