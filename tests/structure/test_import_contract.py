"""Do the rooms know only what they may? The contract itself, with its reasons, is .importlinter."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.checkout import ROOT, rooms

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Lint the contract of a folder with the interpreter of this test."""
    return subprocess.run(  # noqa: S603  nothing of it comes from outside
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, check=False, text=True
    )


@pytest.fixture
def empty_agency(tmp_path: Path) -> Path:
    """The rooms of the project with nothing in them, under the real contract."""
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for room in rooms():
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def test_every_room_knows_only_what_it_may() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_empty_rooms_keep_the_contract(empty_agency: Path) -> None:
    outcome = lint(empty_agency)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("rules", "import training", "Rooms depend downwards only"),
        ("reading", "import db", "Rooms depend downwards only"),  # siblings do not know each other
        ("handlers", "import scheduler", "Rooms depend downwards only"),
        ("training", "import config", "Settings are read only by the doors and the migration runner"),
        ("rules", "import sqlite3", "Rules touch no database, network or outside service"),
        ("messages", "import slack_bolt", "Chat and telephone kits stay behind the doors"),
    ],
)
def test_a_line_that_crosses_rooms_is_caught(empty_agency: Path, room: str, line: str, broken: str) -> None:
    (empty_agency / room / "planted.py").write_text(f"{line}\n", encoding="utf-8")
    outcome = lint(empty_agency)
    assert outcome.returncode == 1
    assert f"{broken} BROKEN" in outcome.stdout


def test_two_that_need_each_other_are_caught(empty_agency: Path) -> None:
    (empty_agency / "training" / "hearing.py").write_text(
        "from training import answering\n", encoding="utf-8"
    )
    (empty_agency / "training" / "answering.py").write_text(
        "from training import hearing\n", encoding="utf-8"
    )
    outcome = lint(empty_agency)
    assert outcome.returncode == 1
    assert "Nothing needs what needs it BROKEN" in outcome.stdout
