"""Does the reader take real, untidied state transcripts whole? Read beside the checkout, never copied."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reading.tables.codes import RowCode
from reading.tables.preview import Order, Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import (
    Action,
    CardRow,
    CertificationRow,
    CycleRow,
    EmploymentRow,
    HistoryRow,
    LeaveRow,
    PartTaken,
    RosterRow,
    RowCredit,
)
from tests.unit.tables.sheets import everything_accounted_for, keys_of

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "oregon-transcripts"
TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the Oregon transcripts are not beside this checkout"
)


def read(kind: TableKind, name: str) -> Preview:
    preview = read_table(kind, (FOLDER / name).read_bytes(), today=TODAY)
    everything_accounted_for(preview)
    assert preview.ready
    assert preview.rejections == ()
    assert all(order.order in {Order.MONTH_FIRST, Order.SELF_EVIDENT} for order in preview.date_orders)
    return preview


@pytest.fixture(scope="module")
def training() -> Preview:
    return read(TableKind.HISTORY, "training.csv")


def counted(preview: Preview) -> Counter[RowCode]:
    return Counter(reason.code for row in preview.rows for reason in (*row.doubts, *row.notes))


def test_all_sixty_people_are_a_roster() -> None:
    preview = read(TableKind.ROSTER, "people.csv")
    rows = [row for _accepted, row in preview.of(RosterRow)]
    assert len(rows) == preview.counts.accepted == 60
    assert sum(row.history_whole for row in rows) == 20
    assert sum(row.history_complete_from is not None for row in rows) == 40
    assert sum(row.appointed_on is None for row in rows) == 4
    assert all(row.name.given and row.name.family for row in rows)
    assert {row.name.suffix for row in rows} == {"", "Jr.", "III"}
    assert "last_agency" in preview.extra_headers


def test_every_training_row_is_kept(training: Preview) -> None:
    assert training.counts.rows == len(training.rows) == 4442
    assert len(set(keys_of(training))) == 4442


def test_statuses_that_are_no_credit_are_kept_without_credit(training: Preview) -> None:
    given: dict[str | None, set[RowCredit]] = {}
    for _accepted, row in training.of(HistoryRow):
        given.setdefault(row.status, set()).add(row.credit)
    for status in ("Instructed", "Incomplete", "Failed", "No Show", "Cancelled", "Registered", "Required"):
        assert given[status] == {RowCredit.NO}
    assert given[None] == {RowCredit.DOUBTFUL}
    assert RowCredit.YES in given["Passed"]


def test_the_states_books_are_told_from_training(training: Preview) -> None:
    rows = [row for _accepted, row in training.of(HistoryRow)]
    assert {row.credit for row in rows if row.course_number == "MISCMAIN"} == {RowCredit.NO}
    assert {row.credit for row in rows if "CVDL" in row.course_number} == {RowCredit.NO}
    deleted = [row for row in rows if row.course_number == "XDELETE"]
    assert {row.credit for row in deleted if row.part is PartTaken.ATTENDEE} == {RowCredit.DOUBTFUL}
    assert counted(training)[RowCode.MARKED_FOR_DELETION] == len(deleted) == 15


def test_double_entries_are_doubted_and_both_kept(training: Preview) -> None:
    assert counted(training)[RowCode.DUPLICATE_SUSPECTED] == 42
    lines = {accepted.line: row for accepted, row in training.of(HistoryRow)}
    pairs = [
        (lines[int(dict(reason.facts)["line"])], row)
        for accepted, row in training.of(HistoryRow)
        for reason in (*accepted.doubts, *accepted.notes)
        if reason.code is RowCode.DUPLICATE_SUSPECTED
    ]
    assert all(first.hours == second.hours and first.part is second.part for first, second in pairs)
    assert sum(first.completed_on != second.completed_on for first, second in pairs) == 2
    assert sum(first.course_title != second.course_title for first, second in pairs) == 7
    assert {second.credit for _first, second in pairs} == {RowCredit.DOUBTFUL, RowCredit.NO}


def test_taking_and_teaching_on_one_day_is_seen(training: Preview) -> None:
    assert 12 <= counted(training)[RowCode.TOOK_AND_TAUGHT] <= 18


def test_impossible_days_are_doubted(training: Preview) -> None:
    doubts = {
        reason.code: row
        for accepted, row in training.of(HistoryRow)
        for reason in accepted.doubts
        if reason.code in {RowCode.DATE_TOO_OLD, RowCode.DATE_IN_FUTURE}
    }
    assert str(doubts[RowCode.DATE_TOO_OLD].completed_on) == "1901-12-31"
    assert doubts[RowCode.DATE_IN_FUTURE].credit is RowCredit.DOUBTFUL


def test_hours_are_exact_and_numbers_stay_text(training: Preview) -> None:
    rows = [row for _accepted, row in training.of(HistoryRow)]
    hours = {row.hours for row in rows}
    assert {Decimal(640), Decimal("506.4"), Decimal("0.08"), Decimal("0.15"), Decimal(0)} <= hours
    assert any(row.course_number.startswith("0") for row in rows)
    assert any("\\" in row.course_title for row in rows)


def test_all_certificates_are_read() -> None:
    preview = read(TableKind.CERTIFICATIONS, "certifications.csv")
    rows = [row for _accepted, row in preview.of(CertificationRow)]
    assert len(rows) == 104
    assert Counter(row.held for row in rows) == {True: 70, False: 30, None: 4}


def test_cards_windows_and_signatures_are_told_apart() -> None:
    preview = read(TableKind.CARDS, "maintenance.csv")
    cards = [row for _accepted, row in preview.of(CardRow)]
    cycles = [row for _accepted, row in preview.of(CycleRow)]
    assert (len(cards), len(cycles), preview.counts.skipped) == (48, 63, 67)
    assert {card.covers for card in cards} == {("first-aid", "cpr")}
    assert Counter(cycle.years for cycle in cycles) == {1: 32, 3: 31}
    assert sum(cycle.closed for cycle in cycles) == preview.counts.corrected == 2
    long = [c for c in cycles if c.years == 3 and c.cycle_end and c.cycle_end.year - c.cycle_start.year == 3]
    assert len(long) == 1
    doubtful = [accepted for accepted in preview.rows if accepted.doubts]
    assert len(doubtful) == 2


def test_every_employment_action_is_known() -> None:
    preview = read(TableKind.EMPLOYMENT, "employment.csv")
    actions = Counter(row.action for _accepted, row in preview.of(EmploymentRow))
    assert sum(actions.values()) == 187
    assert actions[Action.OTHER] == 0


def test_leave_is_paired_from_the_employment_table() -> None:
    preview = read(TableKind.LEAVE, "employment.csv")
    leaves = [row for _accepted, row in preview.of(LeaveRow)]
    assert len(leaves) == 13
    assert sum(leave.returned_on is not None for leave in leaves) == 7
    assert sum(leave.separated_on is not None for leave in leaves) == 5
    assert sum(leave.military for leave in leaves) == 1


def test_a_table_of_the_wrong_kind_is_refused() -> None:
    for kind, name in (
        (TableKind.HISTORY, "people.csv"),
        (TableKind.ROSTER, "training.csv"),
        (TableKind.CARDS, "training.csv"),
    ):
        preview = read_table(kind, (FOLDER / name).read_bytes(), today=TODAY)
        assert preview.refusal is not None
