"""What does a coordinator see and get at the command line, before and after saying yes?"""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.commands.setup import check_database, upgrade_database
from db.queries import agencies
from db.unit_of_work import reading
from messages.words import load
from reading.tables.codes import FileCode, FileNote, QuestionCode, RowCode
from tests.scenario.cast import Agency
from tests.scenario.import_cast import MONDAY, ROSTER, command, office_at, staffed_desk, table
from training.agency_setup import the_agency
from training.errors import RollcallError
from training.imports.model import PlanCode

HISTORY = (
    "Badge,Course,Date,Hours\n"
    "214,Ethics,5/24/2026,2\n"
    "2140,Ethics,5/24/2026,2\n"
    "214,=Autism Response,2/30/2026,4\n"
)


def file_of(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_bytes(table(text))
    return path


def test_nothing_is_written_before_yes(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    before = desk.sequence()
    history = file_of(tmp_path, "history.csv", HISTORY)
    said = command(desk.office, "history", history)
    assert said.code == 0
    assert "--yes" in said.out
    assert desk.sequence() == before
    assert command(desk.office, "history", history, "--yes").code == 0
    assert len(desk.classes("214")) == 1
    assert desk.imports_audited() == 2


def test_whoever_brings_a_file_can_be_named_and_has_to_be_somebody(embedded: Agency, tmp_path: Path) -> None:
    history = file_of(tmp_path, "history.csv", HISTORY)
    written = len(embedded.entries("import:written"))
    with pytest.raises(RollcallError, match="badge-unknown"):
        command(embedded.office, "history", history, "--yes", "--as", "000")
    assert len(embedded.entries("import:written")) == written
    assert command(embedded.office, "history", history, "--yes", "--as", "902").code == 0
    assert embedded.entries("import:written")[0].actor_id == embedded.id_of("902")


def test_the_first_roster_founds_the_agency_and_only_with_yes(database: Engine, tmp_path: Path) -> None:
    office = office_at(database, MONDAY)
    roster = file_of(tmp_path, "roster.csv", ROSTER)
    preview = command(office, "roster", roster)
    assert "Lakemont PD, MN, UTC, judged by mn-2026.1" in preview.out
    assert the_agency(office) is None
    assert command(office, "roster", roster, "--yes").code == 0
    agency_id = the_agency(office)
    assert agency_id is not None
    with reading(database) as conn:
        assert [kept.fact.pack for kept in agencies.packs(conn, agency_id)] == ["mn-2026.1"]


def test_a_roster_without_a_state_has_to_be_told_which(database: Engine, tmp_path: Path) -> None:
    office = office_at(database, MONDAY)
    roster = file_of(tmp_path, "roster.csv", "badge_number,name\n214,Dana Ruiz\n")
    assert "--state" in command(office, "roster", roster, "--yes").aside
    assert the_agency(office) is None
    assert command(office, "roster", roster, "--state", "or", "--yes").code == 0


def test_a_history_needs_an_agency(database: Engine, tmp_path: Path) -> None:
    said = command(office_at(database, MONDAY), "history", file_of(tmp_path, "h.csv", HISTORY))
    assert (said.code, "roster first" in said.aside) == (1, True)


def test_the_rejected_rows_come_back_with_reasons_and_go_in_once_mended(
    database: Engine, tmp_path: Path
) -> None:
    desk = staffed_desk(database)
    mend = tmp_path / "mend.csv"
    history = file_of(tmp_path, "h.csv", HISTORY)
    command(desk.office, "history", history, "--yes", "--rejected", mend)
    text = mend.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[:2] for row in rows[1:]] == [["2140", "Ethics"], ["214", "'=Autism Response"]]
    assert "Nobody on the roster has badge 2140" in rows[1][-1]
    mend.write_text(text.replace("2140", "77").replace("2/30", "2/28"), encoding="utf-8")
    assert command(desk.office, "history", mend, "--yes").code == 0
    assert len(desk.classes("214")) == 2
    assert len(desk.classes("77")) == 1
    assert "not written" in command(desk.office, "history", mend, "--rejected", mend.with_suffix(".x")).out


def test_a_report_accounts_for_every_row_in_every_form(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    history = file_of(tmp_path, "h.csv", HISTORY)
    for name in ("r.txt", "r.csv", "r.json"):
        assert command(desk.office, "history", history, "--report", tmp_path / name).code == 0
    whole = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [(row["row"], row["fate"]) for row in whole["rows"]] == [
        (2, "accepted"),
        (3, "rejected"),
        (4, "rejected"),
    ]
    assert whole["rows"][1]["cells"] == ["2140", "Ethics", "5/24/2026", "2"]
    assert not whole["written"]
    lines = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_bytes().decode("utf-8-sig"))))
    assert [line[2] for line in lines] == ["Outcome", "Accepted", "Rejected", "Rejected"]
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert "2140 | Ethics | 5/24/2026 | 2" in text
    assert "Nothing has been written." in text


def test_an_unclear_day_order_is_asked_once_and_answered(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    unclear = file_of(tmp_path, "h.csv", "Badge,Course,Date,Hours\n214,Ethics,3/4/2026,2\n")
    asked = command(desk.office, "history", unclear, "--yes")
    assert asked.code == 1
    assert "--dates completed_on=mdy" in asked.out
    assert desk.classes("214") == ()
    assert command(desk.office, "history", unclear, "--yes", "--dates", "completed_on=dmy").code == 0
    assert [kept.fact.completed_on.month for kept in desk.classes("214")] == [4]


def test_a_column_under_another_name_is_asked_for_and_answered(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    odd = file_of(tmp_path, "h.csv", "Badge,Was lernte man,Date\n214,Ethics,5/24/2026\n")
    refused = command(desk.office, "history", odd)
    assert (refused.code, "--map COLUMN=HEADER" in refused.out) == (1, True)
    assert command(desk.office, "history", odd, "--map", "course_title=Was lernte man").code == 0


def test_what_cannot_be_meant_is_said_before_anything_is_read(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    history = file_of(tmp_path, "h.csv", HISTORY)
    assert command(desk.office, "history", history, "--map", "course_title").code == 2
    assert command(desk.office, "history", history, "--report", tmp_path / "r.pdf").code == 2
    assert command(desk.office, "history", history, "--rejected", history).code == 2
    missing = command(desk.office, "history", tmp_path / "nowhere.csv")
    assert (missing.code, "nowhere.csv" in missing.aside) == (1, True)


def test_a_record_that_moves_under_the_preview_is_said_and_the_report_is_kept(
    sqlite_database: Engine, tmp_path: Path
) -> None:
    desk = staffed_desk(sqlite_database)

    class Overtaken(io.StringIO):
        """While the preview is being read, somebody else brings the same class with other hours."""

        def write(self, text: str) -> int:
            if text.count("\n") > 1 and not desk.classes("214"):
                desk.bring("history", "Badge,Course,Date,Hours\n214,Ethics,5/24/2026,3\n")
            return super().write(text)

    history, kept = file_of(tmp_path, "history.csv", HISTORY), tmp_path / "report.txt"
    said = command(desk.office, "history", history, "--yes", "--report", kept, screen=Overtaken)
    assert said.code == 1
    assert "The record changed after this preview, and nothing of history.csv was written." in said.aside
    assert "Run the command again and look at the new preview." in said.aside
    assert [each.fact.hours for each in desk.classes("214")] == [Decimal(3)]
    assert kept.is_file()


def test_a_file_of_which_nothing_can_be_taken_is_refused(database: Engine, tmp_path: Path) -> None:
    desk = staffed_desk(database)
    history = file_of(tmp_path, "h.csv", "Badge,Course,Date\n9,Ethics,5/24/2026\n")
    said = command(desk.office, "history", history, "--yes")
    assert said.code == 1
    assert "Every row was rejected" in said.aside


def test_every_reason_of_reader_and_plan_has_its_sentence() -> None:
    words = load()
    keys = {f"row-{code}" for code in (*RowCode, *PlanCode)}
    keys |= {f"refusal-{code}" for code in FileCode}
    keys |= {f"question-{code}" for code in QuestionCode}
    keys |= {f"noticed-{code}" for code in FileNote}
    assert not sorted(keys - set(words.keys))


def test_the_database_is_brought_up_and_found_sound(empty_database: Engine) -> None:
    words, out = load(), io.StringIO()
    assert check_database(empty_database, words, out) == 1
    assert "rollcall db upgrade" in out.getvalue()
    assert upgrade_database(empty_database, words, out) == 0
    assert upgrade_database(empty_database, words, out) == 0
    assert check_database(empty_database, words, out) == 0
