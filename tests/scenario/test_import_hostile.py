"""What does a coordinator read when a file is broken or meant to do harm? One sentence that says what to do."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from reading.tables.codes import FileCode
from tests.fakes.hostile_files import FILES
from tests.scenario.import_cast import command, staffed_desk
from tests.unit.tables.hostile import HEAVY

REFUSED = {name: end for name, (_make, end) in FILES.items() if end is not None and name not in HEAVY}


def test_a_hostile_roster_ends_with_one_sentence_whatever_the_file_is_called(
    database: Engine, tmp_path: Path
) -> None:
    desk = staffed_desk(database)
    before = desk.sequence()
    for place, name in enumerate(REFUSED):
        file = tmp_path / f"{place}{('.xlsx', '.csv', '.pdf', '')[place % 4]}"
        file.write_bytes(FILES[name][0]())
        said = command(desk.office, "roster", file, "--yes")
        assert said.code == 1, name
        lines = [line for line in (said.out + said.aside).splitlines() if line.strip()]
        assert len(lines) == 1, (name, lines)
        assert lines[0].endswith("."), name
        assert ":" in lines[0], f"{name}: what to do stands after the colon"
    assert desk.sequence() == before


def test_what_is_no_file_is_said_and_nobody_waits_for_a_pipe(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for file, said in (
        (tmp_path, "is a folder"),
        (pipe, "not an ordinary file"),
        (tmp_path / "x.csv", "no file"),
    ):
        answer = command(desk.office, "roster", file, "--yes")
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.aside
        assert len(answer.aside.splitlines()) == 1


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1+1", '=HYPERLINK("http://x")']
)
def test_a_formula_comes_back_as_text_in_every_csv_we_write(
    database: Engine, tmp_path: Path, cell: str
) -> None:
    desk = staffed_desk(database)
    history = tmp_path / "history.csv"
    with history.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((("Badge", "Course", "Date", "Hours"), ("999", cell, "2026-05-24", "2")))
    command(desk.office, "history", history, "--report", tmp_path / "r.csv", "--rejected", tmp_path / "m.csv")
    for name in ("r.csv", "m.csv"):
        rows = list(csv.reader(io.StringIO((tmp_path / name).read_bytes().decode("utf-8-sig"))))
        cells = [each for row in rows for each in row]
        assert not [each for each in cells if each.startswith(("=", "+", "-", "@", "\t", "\uff1d"))]
        assert f"'{cell}" in cells


def test_a_clerks_workbook_is_previewed_written_and_mended(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    book = Workbook()
    cover, classes = book.active, book.create_sheet("Classes 2026")
    assert cover is not None
    cover.append(("Lakemont PD", "Printed for the chief"))
    for row in (
        ("Lakemont PD, classes of 2026", None, None, None),
        ("Badge No.", "Course", "Date Completed", "Hrs"),
        ("214", "Ethics", date(2026, 5, 24), 2.5),
        ("214", "Autism Response", date(2026, 5, 25), "=2+2"),
        (77, "Ethics", date(2026, 5, 24), 2.5),
    ):
        classes.append(row)
    classes.merge_cells("A1:D1")
    file = tmp_path / "history.xlsx"
    book.save(file)
    preview = command(desk.office, "history", file)
    assert 'Read from the sheet "Classes 2026"; not read: Sheet.' in preview.out
    assert "open the workbook in Excel" in preview.out
    assert command(desk.office, "history", file, "--yes", "--rejected", tmp_path / "mend.csv").code == 0
    assert [(kept.fact.completed_on, str(kept.fact.hours)) for kept in desk.classes("214")] == [
        (date(2026, 5, 24), "2.5")
    ]
    assert len(desk.classes("77")) == 1
    again = command(desk.office, "history", file, "--yes", "--sheet", "classes 2026")
    assert "There is nothing to write" in again.out


def test_two_sheets_that_fit_are_asked_about_with_the_words_to_answer(
    database: Engine, tmp_path: Path
) -> None:
    desk = staffed_desk(database)
    book = Workbook()
    book.remove(book.worksheets[0])
    for year in ("2025", "In 2026"):
        tab = book.create_sheet(year)
        tab.append(("Badge", "Course", "Date", "Hours"))
        tab.append(("214", "Ethics", date(2026, 5, 24), 2))
    file = tmp_path / "history.xlsx"
    book.save(file)
    asked = command(desk.office, "history", file, "--yes")
    assert asked.code == 1
    assert '--sheet 2025   --sheet "In 2026"' in asked.out
    assert command(desk.office, "history", file, "--yes", "--sheet", "In 2026").code == 0
    none = command(desk.office, "history", file, "--sheet", "2024")
    assert (
        none.out.strip() == 'The workbook has no sheet "2024": name one of these with --sheet: 2025, In 2026.'
    )


def test_a_refusal_says_the_same_in_a_report(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    file = tmp_path / "roster.xlsx"
    file.write_bytes(FILES["an old workbook"][0]())
    said = command(desk.office, "roster", file, "--report", tmp_path / "r.txt")
    assert FILES["an old workbook"][1] is FileCode.NOT_A_TABLE
    sentence = "This is a workbook of Excel 2003 or older, not a table: save the list as .xlsx or CSV and import that."
    assert sentence in said.out
    assert sentence in (tmp_path / "r.txt").read_text(encoding="utf-8")


ESCAPE = "\x1b]0;taken over\x07\x1b[2J\u202e"
OBEYED = ("\x1b]0;", "\x1b[2J", "\x07", "\u202e")


class Screen(io.StringIO):
    """A terminal that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "table",
    [
        f"Badge,Course,Date,Hours\n{ESCAPE}!!,T,2026-05-24,2\n",
        f"Badge,Course,Date,Hours\n214,T,2026-05-24,2,{ESCAPE}x\n",
        f"Badge,Course,Datum{ESCAPE},Hours\n214,T,2026-05-24,2\n",
        f"Badge,Course,Course{ESCAPE},Date,Hours\n214,T,T,2026-05-24,2\n",
    ],
)
@pytest.mark.parametrize("screen", [io.StringIO, Screen])
def test_nothing_in_a_file_or_its_name_commands_the_terminal(
    sqlite_database: Engine, tmp_path: Path, table: str, screen: type[io.StringIO]
) -> None:
    desk = staffed_desk(sqlite_database)
    file = tmp_path / f"history{ESCAPE.replace('/', '')}\udcff.csv"
    file.write_text(table, encoding="utf-8")
    said = command(desk.office, "history", file, "--yes", "--report", tmp_path / "r.txt", screen=screen)
    report = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert not [each for each in OBEYED if each in said.out + said.aside + report]


def test_a_file_whose_name_is_no_text_is_imported(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    file = tmp_path / "history\udcff.csv"
    file.write_text("Badge,Course,Date,Hours\n214,CPR,2026-05-24,2\n", encoding="utf-8")
    assert command(desk.office, "history", file, "--yes").code == 0
    assert [each.fact.title for each in desk.classes("214")] == ["CPR"]


def test_a_name_that_is_offered_as_an_answer_is_no_command(database: Engine, tmp_path: Path) -> None:
    book = Workbook()
    for name in ("$(touch here)", "Classes (2026)"):
        sheet = book.create_sheet(name)
        sheet.append(("Badge", "Course", "Date", "Hours"))
        sheet.append(("214", "CPR", "2026-05-24", 2))
    file = tmp_path / "history.xlsx"
    book.save(file)
    said = command(staffed_desk(database).office, "history", file)
    assert "--sheet '$(touch here)'   --sheet \"Classes (2026)\"" in said.out
