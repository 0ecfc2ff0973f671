"""Does the reader take from an Excel workbook what the clerk sees in it, and say what it left out?"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from reading.tables.codes import FileCode, FileNote, QuestionCode, RowCode
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import HistoryRow
from reading.tables.xlsx.rows import column_of, letters_of
from reading.tables.xlsx.values import CellForm, format_of
from tests.fakes import workbooks as w
from tests.unit.tables.sheets import TODAY, history_rows, keys_of, preview_of, rejected_for, roster_rows

HEADER = ("Badge #", "Course", "Date Completed", "Hrs", "Status")


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def typed(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> bytes:
    """A workbook as somebody types it."""
    book = Workbook()
    assert book.active is not None
    for each in (header, *rows):
        book.active.append(list(each))
    return saved(book)


def only(preview: Preview) -> HistoryRow:
    (found,) = history_rows(preview)
    return found


def noted(preview: Preview) -> dict[FileNote, dict[str, str]]:
    return {each.code: dict(each.facts) for each in preview.noticed}


def test_a_typed_workbook_is_read_as_it_looks() -> None:
    data = typed(
        ("00214", "Use of Force", date(2026, 5, 24), 2.5, "Passed"),
        (231, "Pursuit", datetime(2026, 5, 24, 13, 30), 4, "Passed"),  # noqa: DTZ001  a cell has no zone
    )
    ruiz, lee = history_rows(preview_of(TableKind.HISTORY, data))
    assert (ruiz.badge_number, ruiz.completed_on, ruiz.hours) == ("00214", date(2026, 5, 24), Decimal("2.5"))
    assert (lee.badge_number, lee.completed_on, lee.hours) == ("231", date(2026, 5, 24), Decimal(4))


@pytest.mark.parametrize(
    ("kept", "hours"),
    [
        ("2.5", "2.5"),
        ("2.4999999999999996", "2.5"),
        ("0.10000000000000001", "0.1"),
        ("8.0", "8"),
        ("1E1", "10"),
    ],
)
def test_hours_are_the_number_that_is_shown_and_not_its_binary_neighbor(kept: str, hours: str) -> None:
    data = w.workbook(w.sheet(w.row(*HEADER), w.row("214", "CPR", "2026-05-24", w.number(kept), "Passed")))
    assert only(preview_of(TableKind.HISTORY, data)).hours == Decimal(hours)


def test_a_day_is_the_same_in_both_calendars_of_excel() -> None:
    formats = w.Look(codes=["m/d/yyyy"])
    for serial, from_1904 in (("46166", False), ("44704", True)):
        cells = ("214", "CPR", w.number(serial, 1), w.number("4"), "Passed")
        data = w.workbook(w.sheet(w.row(*HEADER), w.row(*cells)), formats=formats, from_1904=from_1904)
        assert only(preview_of(TableKind.HISTORY, data)).completed_on == date(2026, 5, 24)


def test_a_bare_number_in_a_date_column_is_not_taken_for_a_day() -> None:
    cells = ("214", "CPR", w.number("46166"), w.number("4"), "Passed")
    preview = preview_of(TableKind.HISTORY, w.workbook(w.sheet(w.row(*HEADER), w.row(*cells))))
    assert [each.code for each in preview.questions] == [QuestionCode.DATE_SERIALS]


def test_dates_as_cells_and_as_text_stand_in_one_column() -> None:
    data = typed(("214", "CPR", date(2026, 5, 24), 4, "Passed"), ("231", "CPR", "5/25/2026", 4, "Passed"))
    days = [row.completed_on for row in history_rows(preview_of(TableKind.HISTORY, data))]
    assert days == [date(2026, 5, 24), date(2026, 5, 25)]


@pytest.mark.parametrize(
    ("cell", "hours"), [(time(1, 30), "1.5"), (timedelta(hours=26, minutes=15), "26.25"), (0.5, "0.5")]
)
def test_hours_may_be_a_clock_or_a_duration(cell: object, hours: str) -> None:
    preview = preview_of(TableKind.HISTORY, typed(("214", "CPR", date(2026, 5, 24), cell, "Passed")))
    assert only(preview).hours == Decimal(hours)


def test_a_duration_that_passes_midnight_under_a_clocks_face_is_not_taken_for_the_hours_it_shows() -> None:
    cells = ("214", "CPR", "2026-05-24", w.number("1.0625", 1), "Passed")
    data = w.workbook(w.sheet(w.row(*HEADER), w.row(*cells)), formats=w.Look(codes=["h:mm"]))
    assert rejected_for(preview_of(TableKind.HISTORY, data)) == [(2, (RowCode.HOURS_UNREADABLE,))]


def test_zeros_that_a_number_format_shows_belong_to_the_badge() -> None:
    cells = (w.number("214", 1), "CPR", "2026-05-24", w.number("4"), "Passed")
    data = w.workbook(w.sheet(w.row(*HEADER), w.row(*cells)), formats=w.Look(codes=["00000"]))
    assert only(preview_of(TableKind.HISTORY, data)).badge_number == "00214"


def test_a_percent_a_truth_value_and_a_line_break_are_text() -> None:
    header = (*HEADER, "Score", "Board Approved")
    cells = ("214", "CPR_x000a_adult", "2026-05-24", w.number("4"), "Passed", w.number("0.95", 1))
    last = '<c t="b"><v>1</v></c>'
    data = w.workbook(w.sheet(w.row(*header), w.row(*cells, last)), formats=w.Look(codes=["0%"]))
    found = only(preview_of(TableKind.HISTORY, data))
    assert (found.score, found.board_approved, found.course_title) == ("95%", True, "CPR adult")


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", CellForm.NUMBER), ("0.00", CellForm.NUMBER), ("[$-409]m/d/yy h:mm AM/PM;@", CellForm.DAY),
        ("mmm-yy", CellForm.DAY), ('yyyy"-"mm"-"dd', CellForm.DAY), ("h:mm AM/PM", CellForm.CLOCK),
        ("mm:ss", CellForm.CLOCK),
        ("[h]:mm", CellForm.DURATION), ("0.0%", CellForm.PERCENT), ("000000", CellForm.PADDED),
        ('0 "days"', CellForm.NUMBER),
        ("[Red]#,##0", CellForm.NUMBER), ("@", CellForm.NUMBER),
    ],
)  # fmt: skip
def test_what_a_number_is_follows_from_its_format(code: str, look: CellForm) -> None:
    assert format_of(code).look is look


def test_shared_texts_keep_their_pieces_and_leave_out_how_they_are_spoken() -> None:
    texts = "<si><r><t>Use of </t></r><r><t>Force</t></r><rPh><t>yuz</t></rPh></si><si><t>214</t></si>"
    cells = ('<c t="s"><v>1</v></c>', '<c t="s"><v>0</v></c>', "2026-05-24", w.number("2"), "Passed")
    data = w.workbook(w.sheet(w.row(*HEADER), w.row(*cells)), texts=texts)
    found = only(preview_of(TableKind.HISTORY, data))
    assert (found.badge_number, found.course_title) == ("214", "Use of Force")


def test_a_formula_gives_the_value_it_last_showed() -> None:
    shown = '<c t="str"><f>UPPER("cpr")</f><v>CPR</v></c>'
    hours = "<c><f>2+2</f><v>4</v></c>"
    data = w.workbook(w.sheet(w.row(*HEADER), w.row("214", shown, "2026-05-24", hours, "Passed")))
    preview = preview_of(TableKind.HISTORY, data)
    assert (only(preview).course_title, only(preview).hours) == ("CPR", Decimal(4))
    assert noted(preview)[FileNote.FORMULAS_SHOWN] == {"count": "2"}


def test_a_formula_nobody_computed_rejects_its_row_and_only_where_the_column_is_read() -> None:
    header = (*HEADER, "Remarks of the desk")
    data = typed(
        ("214", "CPR", date(2026, 5, 24), "=2+2", "Passed", None),
        ("231", "CPR", date(2026, 5, 24), 4, "Passed", "=1+1"),
        header=header,
    )
    preview = preview_of(TableKind.HISTORY, data)
    assert rejected_for(preview) == [(2, (RowCode.FORMULA_WITHOUT_VALUE,))]
    assert only(preview).badge_number == "231"


def test_an_error_of_the_spreadsheet_rejects_its_row_and_a_lookup_without_result_is_nothing() -> None:
    broken = '<c t="e"><v>#REF!</v></c>'
    nothing = '<c t="e"><v>#N/A</v></c>'
    rows = (
        w.row("214", "CPR", "2026-05-24", broken, "Passed"),
        w.row("231", "CPR", "2026-05-24", nothing, "Passed"),
    )
    preview = preview_of(TableKind.HISTORY, w.workbook(w.sheet(w.row(*HEADER), *rows)))
    assert rejected_for(preview) == [(2, (RowCode.CELL_ERROR,))]
    assert dict(preview.rejections[0].reasons[0].facts)["value"] == "#REF!"
    assert only(preview).hours is None


def test_text_that_looks_like_a_formula_stays_text() -> None:
    cells = ("214", '=HYPERLINK("http://x","CPR")', "2026-05-24", w.number("4"), "Passed")
    preview = preview_of(TableKind.HISTORY, w.workbook(w.sheet(w.row(*HEADER), w.row(*cells))))
    assert only(preview).course_title.startswith("=HYPERLINK")
    assert [each.code for each in preview.rows[0].notes] == [RowCode.FORMULA_AS_TEXT]


def book_with(*names: str, hidden: str = "", **headers: tuple[str, ...]) -> bytes:
    """Sheets by name, each with one class under its header."""
    cells = ("214", "CPR", "2026-05-24", w.number("4"), "Passed")
    tabs = [
        w.sheet(
            w.row(*headers.get(name, HEADER)),
            w.row(*cells),
            name=name,
            state="hidden" if name == hidden else "visible",
        )
        for name in names
    ]
    return w.workbook(*tabs)


def test_the_one_sheet_with_the_columns_is_read_and_named() -> None:
    data = book_with("Cover", "Classes", Cover=("Printed for", "the chief", "a", "b", "c"))
    preview = preview_of(TableKind.HISTORY, data)
    assert noted(preview)[FileNote.SHEET_READ] == {"sheet": "Classes", "others": "Cover"}
    assert len(history_rows(preview)) == 1


def test_two_sheets_with_the_columns_are_asked_about_and_a_name_answers() -> None:
    data = book_with("2025", "2026")
    asked = preview_of(TableKind.HISTORY, data)
    assert [(each.code, each.options) for each in asked.questions] == [
        (QuestionCode.SHEET_UNCLEAR, ("2025", "2026"))
    ]
    told = read_table(TableKind.HISTORY, data, today=TODAY, sheet="2026")
    assert noted(told)[FileNote.SHEET_READ]["sheet"] == "2026"


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    data = book_with("Now", "Old", hidden="Old")
    assert noted(preview_of(TableKind.HISTORY, data))[FileNote.SHEET_READ]["sheet"] == "Now"
    assert len(read_table(TableKind.HISTORY, data, today=TODAY, sheet="old").rows) == 1


def test_a_sheet_that_is_not_there_is_said_with_those_that_are() -> None:
    refusal = read_table(TableKind.HISTORY, book_with("2025"), today=TODAY, sheet="2024").refusal
    assert refusal is not None
    assert (refusal.code, dict(refusal.facts)["sheets"]) == (FileCode.SHEET_UNKNOWN, "2025")
    text = read_table(TableKind.ROSTER, b"Badge,Name\n214,Dana Ruiz\n", today=TODAY, sheet="2024").refusal
    assert text is not None
    assert text.code is FileCode.NO_SHEETS_HERE


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    rows = (
        w.row(*HEADER),
        w.row("214", "CPR", "2026-05-24", w.number("4"), "Passed", hidden=True),
        w.row("231", "CPR", "2026-05-24", w.number("4"), "Passed"),
    )
    data = w.workbook(w.sheet(*rows, before='<cols><col min="4" max="4" hidden="1"/></cols>'))
    preview = preview_of(TableKind.HISTORY, data)
    assert len(history_rows(preview)) == 2
    assert noted(preview)[FileNote.HIDDEN_ROWS_READ] == {"count": "1"}
    assert noted(preview)[FileNote.HIDDEN_COLUMNS_READ] == {"columns": "D"}


def merged(*rows: tuple[object, ...], over: str) -> bytes:
    book = Workbook()
    assert book.active is not None
    for each in rows:
        book.active.append(list(each))
    book.active.merge_cells(over)
    return saved(book)


def test_a_badge_merged_over_several_classes_belongs_to_each_of_them() -> None:
    data = merged(
        HEADER,
        ("214", "CPR", date(2026, 5, 24), 4, "Passed"),
        (None, "Pursuit", date(2026, 5, 25), 2, "Passed"),
        ("231", "Pursuit", date(2026, 5, 25), 2, "Passed"),
        over="A2:A3",
    )
    preview = preview_of(TableKind.HISTORY, data)
    assert [row.badge_number for row in history_rows(preview)] == ["214", "214", "231"]
    assert noted(preview)[FileNote.MERGED_FILLED] == {"count": "1"}


def test_hours_merged_over_several_classes_are_not_counted_for_each_of_them() -> None:
    data = merged(
        HEADER,
        ("214", "CPR", date(2026, 5, 24), 4, "Passed"),
        ("214", "Pursuit", date(2026, 5, 25), None, "Passed"),
        over="D2:D3",
    )
    rejected = rejected_for(preview_of(TableKind.HISTORY, data))
    assert rejected == [(2, (RowCode.HOURS_MERGED,)), (3, (RowCode.HOURS_MERGED,))]


def test_a_title_merged_above_the_header_does_no_harm() -> None:
    data = merged(
        ("Lakemont PD, classes of 2026", None, None, None, None),
        HEADER,
        ("214", "CPR", date(2026, 5, 24), 4, "Passed"),
        over="A1:E1",
    )
    preview = preview_of(TableKind.HISTORY, data)
    assert len(history_rows(preview)) == 1


def test_a_header_merged_down_two_rows_names_its_column() -> None:
    data = merged(
        ("Badge #", "Class", None, None, None),
        (None, *HEADER[1:]),
        ("214", "CPR", date(2026, 5, 24), 4, "Passed"),
        over="A1:A2",
    )
    assert only(preview_of(TableKind.HISTORY, data)).badge_number == "214"


def test_a_header_merged_over_two_columns_is_asked_to_be_unmerged() -> None:
    data = merged(
        ("Badge", "Name", None),
        ("214", "Dana", "Ruiz"),
        over="B1:C1",
    )
    refusal = preview_of(TableKind.ROSTER, data).refusal
    assert refusal is not None
    assert (refusal.code, dict(refusal.facts)["header"]) == (FileCode.HEADER_MERGED, "Name")


def test_empty_rows_and_columns_at_the_end_are_no_rows_and_no_columns() -> None:
    blank = "".join(w.row(*['<c s="1"/>'] * 30, line=line) for line in range(3, 400))
    rows = (w.row("Badge", "Name", "", " ", line=1), w.row("214", "Dana Ruiz", line=2), blank)
    data = w.workbook(w.sheet(*rows), formats=w.Look(codes=["0"]))
    preview = preview_of(TableKind.ROSTER, data)
    assert (preview.counts.rows, len(roster_rows(preview))) == (1, 1)


def test_rows_are_named_as_excel_numbers_them() -> None:
    rows = (w.row("Badge", "Name", line=4), w.row("214", "Dana Ruiz", line=9))
    preview = preview_of(TableKind.ROSTER, w.workbook(w.sheet(*rows)))
    assert preview.rows[0].line == 9


def test_columns_have_the_names_that_stand_above_them() -> None:
    for place, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")):
        assert (column_of(letters), letters_of(place)) == (place, letters)


def test_a_csv_and_a_workbook_of_the_same_list_are_the_same_rows() -> None:
    table = "Badge #,Course,Date Completed,Hrs,Status\n00214,CPR,2026-05-24,2.5,Passed\n"
    of_text = preview_of(TableKind.HISTORY, table)
    of_book = preview_of(TableKind.HISTORY, typed(("00214", "CPR", date(2026, 5, 24), 2.5, "Passed")))
    assert keys_of(of_text) == keys_of(of_book)
