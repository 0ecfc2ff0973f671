"""Does the reader open whatever a coordinator's computer writes, and refuse what is no table?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.tables.cells import MAX_BYTES, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from reading.tables.codes import FileCode, FileNote, Noticed, RowCode
from reading.tables.preview import Preview, TableKind
from tests.examples import examples
from tests.unit.tables.sheets import (
    history,
    history_rows,
    preview_of,
    rejected_for,
    roster_rows,
)

ROSTER = "Badge,Name\n214,José Ruiz\n231,Sam Lee\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_an_accent_survives_every_alphabet_a_spreadsheet_saves_in(encoding: str) -> None:
    preview = preview_of(TableKind.ROSTER, ROSTER.encode(encoding))
    assert roster_rows(preview)[0].name.display == "José Ruiz"


def test_a_fallback_to_the_windows_alphabet_is_shown() -> None:
    preview = preview_of(TableKind.ROSTER, ROSTER.encode("cp1252"))
    (noticed,) = preview.noticed
    assert noticed == Noticed(FileNote.ENCODING_FALLBACK, (("encoding", "cp1252"),))


def test_one_pasted_windows_line_does_not_spoil_the_other_names() -> None:
    data = "Badge,Name\n214,José Ruiz\n".encode() + "231,Zoë Lee\n".encode("cp1252")
    preview = preview_of(TableKind.ROSTER, data)
    assert [row.name.display for row in roster_rows(preview)] == ["José Ruiz", "Zoë Lee"]
    assert preview.noticed[0].code is FileNote.ENCODING_MIXED
    assert ("lines", "3") in preview.noticed[0].facts


def test_nul_characters_are_dropped_and_reported() -> None:
    preview = preview_of(TableKind.ROSTER, b"Badge,Name\n2\x0014,Dana Ruiz\n")
    assert roster_rows(preview)[0].badge_number == "214"
    assert preview.noticed[0].code is FileNote.NUL_REMOVED


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(line_end: str) -> None:
    assert len(preview_of(TableKind.ROSTER, ROSTER.replace("\n", line_end)).rows) == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_headers(delimiter: str) -> None:
    preview = preview_of(TableKind.ROSTER, ROSTER.replace(",", delimiter))
    assert [row.badge_number for row in roster_rows(preview)] == ["214", "231"]


def test_a_european_export_with_semicolons_and_decimal_commas_is_read() -> None:
    table = "Badge;Course;Date Completed;Hours\n214;CPR, adult;31.01.2027;4,5\n"
    preview = preview_of(TableKind.HISTORY, table)
    (row,) = history_rows(preview)
    assert (row.course_title, str(row.hours), row.completed_on) == ("CPR, adult", "4.5", date(2027, 1, 31))
    assert preview.counts.corrected == 1


def test_a_separator_line_of_a_spreadsheet_is_obeyed() -> None:
    (row,) = roster_rows(preview_of(TableKind.ROSTER, "sep=;\nBadge;Name\n214;Dana Ruiz\n"))
    assert row.badge_number == "214"


def test_the_header_is_found_below_a_title_and_blank_lines() -> None:
    title = 'Lakemont PD training 2026,,\n\n"Printed by the name of the desk",,\n'
    table = f"{title}Badge,Name,Rank\n\n214,Dana Ruiz,Ofc\n"
    preview = preview_of(TableKind.ROSTER, table)
    assert preview.rows[0].line == 6
    assert preview.noticed[0].code is FileNote.LINES_ABOVE_HEADER


def test_a_header_repeated_on_every_printed_page_is_skipped() -> None:
    preview = preview_of(TableKind.ROSTER, "Badge,Name\n214,Dana Ruiz\nBADGE, name\n231,Sam Lee\n")
    assert [(skip.line, skip.reason.code) for skip in preview.skips] == [(3, RowCode.HEADER_REPEATED)]


def test_a_totals_line_is_skipped() -> None:
    table = history("214,CPR,2027-01-04,4,Passed", "Total,,,4,")
    preview = preview_of(TableKind.HISTORY, table)
    assert [skip.reason.code for skip in preview.skips] == [RowCode.TOTALS_LINE]


def test_trailing_commas_are_not_columns() -> None:
    preview = preview_of(TableKind.ROSTER, "Badge,Name,,,\n214,Dana Ruiz,,,\n,,,,\n231,Sam Lee\n")
    assert preview.counts.rows == preview.counts.accepted == 2


def test_a_comma_that_shifts_the_cells_rejects_the_row() -> None:
    table = history("214,CPR, First Aid,2027-01-04,4,Passed", "231,CPR,2027-01-04,4,Passed")
    preview = preview_of(TableKind.HISTORY, table)
    assert rejected_for(preview) == [(2, (RowCode.ROW_TOO_LONG,))]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_breaks() -> None:
    table = 'Badge,Course,Notes,Date Completed,Hours\n214,"CPR, ""adult""\nrenewal",ok,2027-01-04,4\n'
    (row,) = history_rows(preview_of(TableKind.HISTORY, table))
    assert row.course_title == 'CPR, "adult" renewal'


def test_quotes_inside_quotes_are_text() -> None:
    table = history('214,"The "Long Walk" class",2027-01-04,1,Passed')
    assert history_rows(preview_of(TableKind.HISTORY, table))[0].course_title == 'The "Long Walk" class'


def test_an_inch_mark_opens_nothing() -> None:
    table = history('214,Less lethal 12" munitions,2027-01-04,1,Passed', "231,CPR,2027-01-04,4,Passed")
    assert len(history_rows(preview_of(TableKind.HISTORY, table))) == 2


@pytest.mark.parametrize(
    "next_row",
    ["231,CPR,2027-01-04,4,Passed", '231,"CPR, adult",2027-01-04,4,Passed', '"231",CPR,2027-01-04,4,'],
)
def test_a_quote_that_never_closes_costs_one_row(next_row: str) -> None:
    table = history('214,"Taser,2027-01-04,8,Passed', next_row, "240,First Aid,2027-01-05,2,Passed")
    preview = preview_of(TableKind.HISTORY, table)
    assert rejected_for(preview) == [(2, (RowCode.QUOTES_UNBALANCED,))]
    assert [row.badge_number for row in history_rows(preview)] == ["231", "240"]


def test_a_quote_that_closes_by_accident_in_the_next_row_swallows_nobody() -> None:
    table = history('214,"Taser,2027-01-04,8,Passed', '231,Baton 6",2027-01-04,4,Passed')
    preview = preview_of(TableKind.HISTORY, table)
    assert rejected_for(preview) == [(2, (RowCode.QUOTES_UNBALANCED,))]
    assert [row.badge_number for row in history_rows(preview)] == ["231"]


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\n\n%PDF-1.4 Badge,Name", "pdf"),
        (b"7z\xbc\xaf\x27\x1c", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "xls"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"\x00\x00\x00\x18ftypheic", "image"),
        (b"  <!DOCTYPE html><table><tr><td>Badge", "html"),
        (b"<?xml version='1.0'?><roster/>", "html"),
        (b"{\\rtf1 Badge", "rtf"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(data: bytes, looks_like: str) -> None:
    refusal = preview_of(TableKind.ROSTER, data).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == (FileCode.NOT_A_TABLE, (("looks_like", looks_like),))


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,\n"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    refusal = preview_of(TableKind.ROSTER, data).refusal
    assert refusal is not None
    assert refusal.code is FileCode.EMPTY


def test_a_header_alone_has_nothing_to_import() -> None:
    refusal = preview_of(TableKind.ROSTER, "Badge,Name\n,,\n\n").refusal
    assert refusal is not None
    assert refusal.code is FileCode.NO_ROWS


def test_one_line_of_ten_megabytes_is_refused_at_once() -> None:
    refusal = preview_of(TableKind.ROSTER, b"Badge,Name\n" + b'"a,' * 3_500_000).refusal
    assert refusal is not None
    assert refusal.code is FileCode.LINE_TOO_LONG


def test_the_caps_on_bytes_rows_columns_and_cells_hold() -> None:
    too_large = preview_of(TableKind.ROSTER, b"a" * (MAX_BYTES + 1)).refusal
    assert too_large is not None
    assert too_large.code is FileCode.TOO_LARGE
    rows = preview_of(TableKind.ROSTER, "Badge,Name\n" + "1,A B\n" * (MAX_ROWS + 1)).refusal
    assert rows is not None
    assert rows.code is FileCode.TOO_MANY_ROWS
    header = ",".join(["Badge", "Name", *(f"c{n}" for n in range(MAX_COLUMNS))])
    columns = preview_of(TableKind.ROSTER, f"{header}\n1,A B\n").refusal
    assert columns is not None
    assert columns.code is FileCode.TOO_MANY_COLUMNS
    cell = preview_of(
        TableKind.HISTORY, history(f"214,{'x' * (MAX_CELL_CHARACTERS + 1)},2027-01-04,4,Passed")
    )
    assert RowCode.CELL_TOO_LONG in rejected_for(cell)[0][1]


def test_characters_nobody_can_see_are_removed_and_shown() -> None:
    preview = preview_of(TableKind.ROSTER, "Badge,Name,Unit\n214,Dana\u202e Ruiz,B\u200b shift\n")
    (row,) = roster_rows(preview)
    assert (row.name.display, row.unit) == ("Dana Ruiz", "B shift")
    codes = {correction.code for correction in preview.rows[0].corrections}
    assert codes == {RowCode.HIDDEN_CHARACTERS_REMOVED}


@pytest.mark.parametrize("line", ['"' * 99_999, '"a' * 40_000, '"a"b,' * 19_000, '"",' * 30_000, '"x'])
def test_a_file_of_nothing_but_quotes_is_read_to_its_end(line: str) -> None:
    preview = preview_of(TableKind.ROSTER, "Badge,Name\n" + f"{line}\n" * 8 + "231,Sam Lee\n")
    assert [row.name.display for row in roster_rows(preview)] == ["Sam Lee"]


@settings(max_examples=examples(150), deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_at_all_can_break_the_reader(data: bytes) -> None:
    for preview in (
        preview_of(TableKind.HISTORY, data),
        preview_of(TableKind.ROSTER, b"Badge,Name,Appointed On,E-mail,Time Zone\n" + data),
    ):
        assert preview.ready or not preview.rows
        assert_each_line_has_one_end(preview)


def assert_each_line_has_one_end(preview: Preview) -> None:
    """Taken, rejected or passed over, and counted as that."""
    lines = [
        *(each.line for each in preview.rows),
        *(each.line for each in preview.rejections),
        *(each.line for each in preview.skips),
    ]
    assert len(set(lines)) == len(lines)
    counts = preview.counts
    assert (counts.accepted + counts.corrected, counts.rejected, counts.skipped) == (
        len(preview.rows),
        len(preview.rejections),
        len(preview.skips),
    )
    assert counts.rows == len(lines) + counts.waiting


@settings(max_examples=examples(150), deadline=None)
@given(text=st.text(alphabet="\",;\n\t19/-:='aé \\", max_size=200))
def test_every_row_of_a_ragged_table_ends_somewhere(text: str) -> None:
    header = "Badge,Course,Date Completed,Hours,Status\n"
    preview = preview_of(
        TableKind.HISTORY, header + "214,CPR,13/1/2027,4,Passed\n" + text, date_order={"completed_on": "mdy"}
    )
    assert_each_line_has_one_end(preview)
    assert (
        preview.refusal is not None or preview.questions or (2 in {each.line for each in preview.rejections})
    )
