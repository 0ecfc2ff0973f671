"""Are hours exact decimals however a cell writes them, and nothing when nothing is written?"""

from decimal import Decimal

import pytest

from reading.tables.codes import RowCode
from reading.tables.hours import read_hours
from reading.tables.preview import TableKind
from tests.unit.tables.sheets import history, history_row, preview_of, rejected_for


@pytest.mark.parametrize(
    ("cell", "hours", "how"),
    [
        ("4", "4", None),
        ("4.0", "4", None),
        (" 4.25 ", "4.25", None),
        ("0.08", "0.08", None),
        (".5", "0.5", None),
        ("640", "640", None),
        ("0", "0", None),
        ("-0", "0", None),
        ("4h", "4", None),
        ("4 hrs.", "4", None),
        ("8 Contact Hours", "8", None),
        ("4,5", "4.5", RowCode.HOURS_DECIMAL_COMMA),
        ("240 min", "4", RowCode.HOURS_FROM_MINUTES),
        ("90 minutes", "1.5", RowCode.HOURS_FROM_MINUTES),
        ("20 min", "0.3333", RowCode.HOURS_FROM_MINUTES),
        ("1:30", "1.5", RowCode.HOURS_FROM_CLOCK),
        ("01:45:00", "1.75", RowCode.HOURS_FROM_CLOCK),
        ("1 hr 30 min", "1.5", RowCode.HOURS_FROM_CLOCK),
        ("1h30", "1.5", RowCode.HOURS_FROM_CLOCK),
        ("1½", "1.5", RowCode.HOURS_FROM_FRACTION),
        ("1 1/2 hours", "1.5", RowCode.HOURS_FROM_FRACTION),
    ],
)
def test_hours_are_read_exactly(cell: str, hours: str, how: RowCode | None) -> None:
    reading = read_hours(cell)
    assert (reading.hours, reading.how, reading.problem) == (Decimal(hours), how, None)


def test_an_empty_cell_is_not_zero_hours() -> None:
    assert read_hours("  ").hours is None
    assert history_row("214,CPR,2027-01-04,,Passed").hours is None
    assert history_row("214,CPR,2027-01-04,N/A,Passed").hours is None


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("-4", RowCode.HOURS_NEGATIVE),
        ("-4,5", RowCode.HOURS_NEGATIVE),
        ("2081", RowCode.HOURS_TOO_MANY),
        ("999999999", RowCode.HOURS_TOO_MANY),
        ("1,250", RowCode.HOURS_SEPARATOR_UNCLEAR),
        ("1.250,5", RowCode.HOURS_UNREADABLE),
        ("four", RowCode.HOURS_UNREADABLE),
        ("4-8", RowCode.HOURS_UNREADABLE),
        ("NaN", RowCode.HOURS_UNREADABLE),
        ("Infinity", RowCode.HOURS_UNREADABLE),
        ("1e3", RowCode.HOURS_UNREADABLE),
        ("1_0", RowCode.HOURS_UNREADABLE),
        ("٤", RowCode.HOURS_UNREADABLE),
        ("9" * 5000, RowCode.HOURS_UNREADABLE),
        ("1:75", RowCode.HOURS_UNREADABLE),
        ("=4+4", RowCode.HOURS_UNREADABLE),
    ],
)
def test_hours_that_cannot_be_are_refused(cell: str, problem: RowCode) -> None:
    reading = read_hours(cell)
    assert (reading.hours, reading.problem) == (None, problem)


def test_a_bad_number_of_hours_rejects_the_row_and_says_which() -> None:
    preview = preview_of(TableKind.HISTORY, history("214,CPR,2027-01-04,-4,Passed"))
    assert rejected_for(preview) == [(2, (RowCode.HOURS_NEGATIVE,))]
    assert preview.rejections[0].reasons[0].facts == (("value", "-4"),)


def test_a_column_of_minutes_is_read_as_minutes() -> None:
    for header in ("Badge,Course,Date,Minutes", "Badge,Course,Date,Hours (min)"):
        preview = preview_of(TableKind.HISTORY, history("214,CPR,2027-01-04,20", header=header))
        (accepted,) = preview.rows
        row = history_row("214,CPR,2027-01-04,20", header=header)
        assert (row.hours, row.minutes) == (Decimal("0.3333"), Decimal(20))
        (correction,) = accepted.corrections
        assert (correction.old, correction.new) == ("20", "0.3333")


def test_three_twenty_minute_sessions_stay_one_hour() -> None:
    rows = [history_row(f"214,Roll call {n},2027-01-04,20 min,Passed") for n in range(3)]
    assert sum(row.minutes or 0 for row in rows) == 60
