"""Can a coordinator mend what was rejected and import again without a second copy of anything?"""

import csv
from io import StringIO

from reading.tables.codes import RowCode
from reading.tables.columns import REASON_HEADER
from reading.tables.preview import Preview, Rejection, TableKind
from reading.tables.reader import read_table
from reading.tables.rejected import write_rejected
from tests.unit.tables.sheets import (
    TODAY,
    history,
    history_rows,
    keys_of,
    notes_of,
    preview_of,
    rejected_for,
    roster_rows,
)


def codes_of(rejection: Rejection) -> str:
    return "; ".join(reason.code for reason in rejection.reasons)


def rejected_file(preview: Preview) -> bytes:
    return write_rejected(preview, codes_of)


def test_the_rejected_rows_come_back_with_the_reason_at_the_end() -> None:
    preview = preview_of(
        TableKind.HISTORY, history("214,CPR,2/30/2026,4,Passed", "231,CPR,3/14/2026,4,Passed")
    )
    header, row = csv.reader(StringIO(rejected_file(preview).decode("utf-8-sig")))
    assert header == ["Badge #", "Course", "Date Completed", "Hrs", "Status", REASON_HEADER]
    assert row == ["214", "CPR", "2/30/2026", "4", "Passed", "date-impossible"]


def test_a_mended_file_is_read_without_its_reasons_and_can_be_rejected_again() -> None:
    preview = preview_of(
        TableKind.HISTORY, history("214,CPR,2/30/2026,4,Passed", "231,CPR,3/14/2026,-4,Passed")
    )
    mended = rejected_file(preview).replace(b"2/30/2026", b"2/28/2026")
    again = preview_of(TableKind.HISTORY, mended)
    assert [row.badge_number for row in history_rows(again)] == ["214"]
    assert again.extra_headers == ()
    assert rejected_for(again) == [(3, (RowCode.HOURS_NEGATIVE,))]
    assert rejected_file(again).count(REASON_HEADER.encode()) == 1


def test_a_shifted_row_keeps_all_its_cells_and_is_not_read_by_its_new_width() -> None:
    preview = preview_of(TableKind.HISTORY, history("214,CPR, adult,3/14/2026,4,Passed"))
    again = preview_of(TableKind.HISTORY, rejected_file(preview))
    assert rejected_for(again) == [(2, (RowCode.ROW_TOO_LONG,))]


def test_no_cell_we_write_is_computed_by_a_spreadsheet() -> None:
    nasty = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1"]
    rows = [f'=1+1,"{cell}",2/30/2026,4,Passed' for cell in nasty]
    data = rejected_file(preview_of(TableKind.HISTORY, history(*rows, "231,CPR,3/14/2026,4,Passed")))
    for row in list(csv.reader(StringIO(data.decode("utf-8-sig"))))[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_the_mark_before_a_written_cell_is_dropped_when_it_comes_back() -> None:
    table = "Badge,Name,Cell,Appointed On\n214,Dana Ruiz,+1 612 555 0142,2026-02-30\n"
    data = rejected_file(preview_of(TableKind.ROSTER, table))
    assert b"'+1 612" in data
    (row,) = roster_rows(preview_of(TableKind.ROSTER, data.replace(b"2026-02-30", b"2026-02-28")))
    assert row.mobile_phone == "+16125550142"


def test_a_formula_in_a_title_stays_text_and_is_pointed_out() -> None:
    title = '=HYPERLINK("http://x.example","CPR")'
    preview = preview_of(
        TableKind.HISTORY, history('214,"{}",2026-03-14,4,Passed'.format(title.replace('"', '""')))
    )
    assert history_rows(preview)[0].course_title == title
    assert notes_of(preview.rows[0]) == [RowCode.FORMULA_AS_TEXT]


def test_the_same_row_has_the_same_source_key_in_any_file() -> None:
    first = preview_of(TableKind.HISTORY, history("214,CPR,3/14/2026,4.0,Passed"))
    second = preview_of(
        TableKind.HISTORY,
        "Status;Hours;Date;Class;Employee ID;Notes\nPassed;4;2026-03-14;CPR;#214;moved\n",
    )
    assert keys_of(first) == keys_of(second)


def test_identical_rows_in_one_file_are_counted() -> None:
    row = "214,CPR,2026-03-14,4,Passed"
    first, second = keys_of(preview_of(TableKind.HISTORY, history(row, row)))
    assert second == f"{first}-2"


def test_the_same_cells_in_another_kind_of_table_are_another_row() -> None:
    table = "badge_number,assignment,starts_on,on,action\n214,sro,2026-01-13,2026-01-13,LOA\n"
    kinds = (TableKind.ASSIGNMENTS, TableKind.EMPLOYMENT, TableKind.LEAVE)
    keys = {keys_of(preview_of(kind, table))[0] for kind in kinds}
    assert len(keys) == 3


def test_progress_is_told_up_to_the_last_row() -> None:
    told: list[tuple[int, int]] = []
    rows = [f"{n},CPR,2026-03-14,4,Passed" for n in range(1, 2501)]
    read_table(
        TableKind.HISTORY,
        history(*rows).encode(),
        today=TODAY,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
