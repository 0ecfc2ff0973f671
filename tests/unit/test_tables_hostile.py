"""Does every hostile or broken file end with one answer, at once and within bounds?"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reading.tables.codes import FileCode
from reading.tables.xlsx.book import main_part, open_book
from reading.tables.xlsx.package import Package
from reading.tables.xlsx.rows import SheetRows
from tests.fakes import workbooks as w
from tests.fakes.hostile_files import FILES, read
from tests.unit.tables.hostile import HEAVY
from tests.unit.tables.sheets import everything_accounted_for

ROOT = Path(__file__).parents[2]
# What the largest list that may be imported needs; a bomb among the files would need gigabytes.
MEGABYTES = 1_000


@pytest.mark.parametrize("name", [name for name in FILES if name not in HEAVY])
def test_a_hostile_file_ends_as_it_should(name: str) -> None:
    preview = read(name)
    assert (preview.refusal.code if preview.refusal else None) is FILES[name][1]
    everything_accounted_for(preview)


@pytest.mark.long
def test_what_is_enormous_inside_is_refused_within_the_memory_of_an_ordinary_list(tmp_path: Path) -> None:
    for place, name in enumerate(HEAVY):
        (tmp_path / f"{place:03}").write_bytes(FILES[name][0]())
    command = [sys.executable, "-m", "tests.fakes.hostile_files", str(tmp_path), str(MEGABYTES)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603  our own program
        command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    ends = dict(zip(HEAVY, done.stdout.split("\n"), strict=True))
    assert ends == {name: str(FILES[name][1] or "read") for name in HEAVY}


def test_cells_that_cannot_be_read_count_as_cells_that_can() -> None:
    row = w.row("<c><f>1+1</f></c>", '<c t="e"><v>#REF!</v></c>', "Dana Ruiz")
    package = Package(w.workbook(w.sheet(row)))
    main = main_part(package)
    assert main is not None
    book = open_book(package, main)
    heard = SheetRows(book)
    package.hear(book.sheets[0].part, heard)
    assert heard.cells == 3


def test_every_way_in_which_a_workbook_can_be_refused_is_tried() -> None:
    tried = {end for _make, end in FILES.values() if end is not None}
    elsewhere = {
        FileCode.COLUMNS_MISSING, FileCode.MAPPING_COLUMN_UNKNOWN, FileCode.MAPPING_HEADER_UNKNOWN,
        FileCode.ANSWER_UNKNOWN, FileCode.HEADER_MERGED, FileCode.SHEET_UNKNOWN, FileCode.NO_SHEETS_HERE,
        FileCode.TOO_MANY_SHEETS, FileCode.CALENDAR_DAMAGED, FileCode.CALENDAR_TOO_MANY,
    }  # fmt: skip
    assert tried | elsewhere == set(FileCode)
