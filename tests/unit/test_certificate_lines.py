"""Does another program hear what was read in the agreed form?"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cli import main
from reading.certificates.lines import as_object
from reading.certificates.model import CertificateReading, CourseRead, PaperKind, Read, refused
from reading.documents.model import FileRefusal

FIELDS = {"kind", "reason", "person_name", "courses", "confidence", "pages", "seconds"}


def test_values_are_flat_and_the_least_sure_of_several_courses_speaks_for_its_field() -> None:
    reading = CertificateReading(
        kind=PaperKind.TRANSCRIPT,
        person_name=Read(value="Dana M. Ruiz", confidence=0.95),
        courses=(
            CourseRead(
                title=Read(value="Crisis Intervention", confidence=0.9),
                completed_on=Read(value=date(2026, 2, 9), confidence=0.8),
                hours=Read(value=Decimal("8.0"), confidence=0.7),
                topics=(Read(value="de-escalation", confidence=0.5),),
            ),
            CourseRead(
                title=Read(value="Report Writing", confidence=0.4),
                hours=Read(value=Decimal("1.50"), confidence=0.99),
            ),
        ),
        pages=2,
        seconds=1.25,
    )
    assert json.loads(json.dumps(as_object(reading))) == {
        "kind": "transcript",
        "reason": "",
        "person_name": "Dana M. Ruiz",
        "courses": [
            {
                "title": "Crisis Intervention",
                "completed_on": "2026-02-09",
                "started_on": None,
                "hours": 8,
                "provider": None,
                "approval_number": None,
                "topics": ["de-escalation"],
            },
            {
                "title": "Report Writing",
                "completed_on": None,
                "started_on": None,
                "hours": 1.5,
                "provider": None,
                "approval_number": None,
                "topics": [],
            },
        ],
        "confidence": {"person_name": 0.95, "title": 0.4, "completed_on": 0.8, "hours": 0.7},
        "pages": 2,
        "seconds": 1.25,
    }


def test_a_refused_file_has_the_same_form() -> None:
    answer = as_object(refused(FileRefusal.LOCKED))
    assert set(answer) == FIELDS
    assert (answer["kind"], answer["reason"], answer["courses"], answer["confidence"]) == (
        "refused",
        "locked",
        [],
        {},
    )


def test_the_command_answers_for_every_file_and_a_refused_one_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note, empty = tmp_path / "note.pdf", tmp_path / "empty.pdf"
    note.write_text("no document, whatever its name says")
    empty.touch()
    assert main(["read", "certificate", str(note)]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert set(alone) == FIELDS
    assert alone["reason"] == "wrong-type"
    assert main(["read", "certificate", str(note), str(empty)]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {"file": str(note), **alone}
    assert (second["file"], second["reason"]) == (str(empty), "empty")


def test_a_file_that_is_not_there_is_said_before_any_other_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, missing = tmp_path / "empty.pdf", tmp_path / "missing.pdf"
    empty.touch()
    assert main(["read", "certificate", str(empty), str(missing)]) == 1
    said = capsys.readouterr()
    assert not said.out
    assert str(missing) in said.err
    assert main(["read", "certificate", str(tmp_path)]) == 1
