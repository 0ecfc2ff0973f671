"""Tables of shifts and rotations: how a day, a time and a kind of work are written, and what is not guessed."""

from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from reading.tables.clocks import read_clock, read_days, read_weekdays
from reading.tables.codes import RowCode
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import PatternRow, RowWork, ShiftRow

TODAY = date(2027, 3, 2)
HEADER = "badge_number,date,starts,ends,kind\n"
PATTERNS = "unit,pattern,first_day,cycle_days,works,starts,ends,starts_on\n"


def read(text: str, kind: TableKind = TableKind.SHIFTS) -> Preview:
    preview = read_table(kind, text.encode(), today=TODAY)
    assert preview.ready, preview
    return preview


def spans(preview: Preview) -> list[tuple[RowWork, str, str]]:
    return [
        (row.kind, f"{row.starts:%m-%d %H:%M}", f"{row.ends:%m-%d %H:%M}") for _, row in preview.of(ShiftRow)
    ]


def problems(preview: Preview) -> list[RowCode]:
    return [reason.code for rejection in preview.rejections for reason in rejection.reasons]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("18:00", time(18)),
        ("1800", time(18)),
        ("0630", time(6, 30)),
        ("630", time(6, 30)),
        ("6:00 PM", time(18)),
        ("6:00:00 p.m.", time(18)),
        ("6pm", time(18)),
        ("12:15 AM", time(0, 15)),
        ("12 pm", time(12)),
        ("24:00", time()),
        ("noon", time(12)),
        ("24:30", None),
        ("13:00 PM", None),
        ("18:75", None),
        ("6", None),
        ("18:00Z", None),
        ("evening", None),
    ],
)
def test_a_time_of_day_is_read_wholly_or_not_at_all(text: str, clock: time | None) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1-4, 9", (1, 2, 3, 4, 9)),
        ("5;6", (5, 6)),
        ("1 to 3", (1, 2, 3)),
        ("15", None),
        ("4-1", None),
        ("x", None),
        ("", None),
    ],
)
def test_days_of_a_rotation_are_numbers_inside_it(text: str, days: tuple[int, ...] | None) -> None:
    assert read_days(text, 14) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", (1, 2, 3, 4, 5)),
        ("Tuesday, thurs", (2, 4)),
        ("Sat-Mon", (1, 6, 7)),
        ("daily", (1, 2, 3, 4, 5, 6, 7)),
        ("Mon, Funday", None),
        ("mo", None),
    ],
)
def test_days_of_the_week_are_names(text: str, days: tuple[int, ...] | None) -> None:
    assert read_weekdays(text) == days


def test_shifts_run_over_midnight_and_days_off_are_whole() -> None:
    preview = read(
        HEADER
        + "214,2027-03-02,18:00,06:00,\n"
        + "214,2027-03-03,0800,1600,Shift Trade\n"
        + "214,2027-03-04,,,Vacation\n"
        + "214,2027-03-05,9:00 AM,noon,Court\n"
        + "214,2027-03-06,00:00,24:00,OT\n"
    )
    assert spans(preview) == [
        (RowWork.SHIFT, "03-02 18:00", "03-03 06:00"),
        (RowWork.SWAP, "03-03 08:00", "03-03 16:00"),
        (RowWork.OFF, "03-04 00:00", "03-05 00:00"),
        (RowWork.COURT, "03-05 09:00", "03-05 12:00"),
        (RowWork.OVERTIME, "03-06 00:00", "03-07 00:00"),
    ]


def test_day_and_time_may_stand_in_one_cell_and_a_word_in_the_shift_s_name() -> None:
    preview = read(
        "Employee ID,Start Date/Time,End Date/Time,Shift\n"
        "214,3/2/2027 6:00 PM,3/3/2027 6:00 AM,B shift\n"
        "214,3/13/2027,3/14/2027,OFF\n"
    )
    assert spans(preview) == [
        (RowWork.SHIFT, "03-02 18:00", "03-03 06:00"),
        (RowWork.OFF, "03-13 00:00", "03-15 00:00"),
    ]
    assert [row.name for _, row in preview.of(ShiftRow)] == ["B shift", None]


def test_a_workbook_s_own_days_and_times_are_read() -> None:
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Badge", "Date", "Start", "End"])
    sheet.append([214, date(2027, 3, 2), time(18), time(6)])
    book.save(file)
    preview = read_table(TableKind.SHIFTS, file.getvalue(), today=TODAY)
    assert spans(preview) == [(RowWork.SHIFT, "03-02 18:00", "03-03 06:00")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("214,2027-03-02,18:00,06:00,Mystery", RowCode.WORK_UNKNOWN),
        ("214,2027-03-02,eve,06:00,", RowCode.TIME_UNREADABLE),
        ("214,2027-03-02,18:00,,", RowCode.VALUE_MISSING),
        ("214,2027-03-02,,,shift", RowCode.VALUE_MISSING),
        (",2027-03-02,18:00,06:00,", RowCode.VALUE_MISSING),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_reason(row: str, code: RowCode) -> None:
    preview = read(f"{HEADER}{row}\n214,2027-03-02,18:00,06:00,\n")
    assert problems(preview) == [code]
    assert preview.counts.accepted == 1


def test_a_strange_zone_an_end_before_the_beginning_and_a_shift_of_three_days_are_rejected() -> None:
    preview = read(
        "badge_number,date,starts,end_date,ends,time_zone\n"
        "214,2027-03-02,18:00,2027-03-03,06:00,Chicago time\n"
        "214,2027-03-02,18:00,2027-03-02,06:00,\n"
        "214,2027-03-02,18:00,2027-03-05,18:30,\n"
    )
    assert problems(preview) == [
        RowCode.TIME_ZONE_UNKNOWN,
        RowCode.WINDOW_REVERSED,
        RowCode.SHIFT_TOO_LONG,
    ]


def test_what_is_long_past_or_far_ahead_is_left_out() -> None:
    preview = read(HEADER + "214,2020-03-02,18:00,06:00,\n214,2031-03-02,18:00,06:00,\n")
    assert [skip.reason.code for skip in preview.skips] == [RowCode.SHIFT_FAR] * 2


def test_why_somebody_is_off_is_not_kept() -> None:
    preview = read("badge_number,date,kind,reason\n214,2027-03-04,sick,back surgery\n")
    [accepted] = preview.rows
    assert accepted.extra == ()
    assert "surgery" not in str(accepted)
    assert "sick" not in str(accepted.row)


def test_a_rotation_is_days_by_number_or_days_of_the_week() -> None:
    preview = read(
        PATTERNS
        + "B shift,Nights,2027-03-01,4,1-2,18:00,06:00,2027-01-01\n"
        + "Records,Office,,,Mon-Fri,0800,1600,\n",
        TableKind.PATTERNS,
    )
    nights, office = (row for _, row in preview.of(PatternRow))
    assert (nights.first_day, nights.cycle_days, nights.works) == (date(2027, 3, 1), 4, ("1", "2"))
    assert (nights.starts, nights.ends, nights.starts_on) == ("18:00", "06:00", date(2027, 1, 1))
    assert (office.first_day.weekday(), office.cycle_days, office.works) == (0, 7, ("1", "2", "3", "4", "5"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("B shift,Nights,2027-03-01,4,1-5,18:00,06:00,", RowCode.WORKS_UNREADABLE),
        ("B shift,Nights,2027-03-01,400,1-5,18:00,06:00,", RowCode.CYCLE_UNREADABLE),
        ("B shift,Nights,2027-03-01,,1-5,18:00,06:00,", RowCode.CYCLE_UNREADABLE),
        ("B shift,Nights,2027-03-01,8,Mon-Fri,18:00,06:00,", RowCode.WORKS_UNREADABLE),
        ("B shift,Nights,,4,1-2,18:00,06:00,", RowCode.VALUE_MISSING),
        ("B shift,Nights,2027-03-01,4,1-2,,06:00,", RowCode.VALUE_MISSING),
        (",Nights,2027-03-01,4,1-2,18:00,06:00,", RowCode.VALUE_MISSING),
    ],
)
def test_a_rotation_that_is_not_one_is_rejected(row: str, code: RowCode) -> None:
    assert problems(read(f"{PATTERNS}{row}\n", TableKind.PATTERNS)) == [code]
