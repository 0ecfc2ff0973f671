"""A program outside is asked whether a file is infected: whatever it does, there is an answer, and in time."""

import os
import sys
from pathlib import Path
from select import select

import pytest

from bot.composition import compose
from bot.scanning import Program
from config.settings import load
from training.ports import Scanned, unscanned

INFECTED = b"X5O!P%@AP"
PATIENCE = 20
# Ends as a scanner does: 1 when it finds what it looks for.
SCANNER = "import sys; sys.exit(sys.stdin.buffer.read().count(b'X5O!P%@AP'))"


def program(code: str, seconds: float = 20) -> Program:
    return Program((sys.executable, "-c", code), seconds)


def test_the_agencys_scanner_gets_the_whole_file_and_says_what_it_finds() -> None:
    scan = program(SCANNER)
    assert scan(b"certificate") is Scanned.CLEAN
    assert scan(b"") is Scanned.CLEAN
    assert scan(INFECTED) is Scanned.INFECTED
    assert scan(bytes(4_000_000) + INFECTED) is Scanned.INFECTED


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.exit(2)",
        "import sys; sys.exit(-1)",
        "import os; os.kill(os.getpid(), 9)",
    ],
    ids=["no database", "255", "killed"],
)
def test_any_other_answer_is_none(code: str, caplog: pytest.LogCaptureFixture) -> None:
    assert program(code)(b"certificate") is Scanned.NOT_SCANNED
    assert "file-not-scanned" in caplog.text
    assert "certificate" not in caplog.text


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    line = tmp_path / "line"
    os.mkfifo(line)
    reader = os.open(line, os.O_RDONLY | os.O_NONBLOCK)
    # Both hold the line open, and it ends when neither is there any more.
    code = (
        f"import subprocess, sys, threading; held = open({str(line)!r}, 'wb', buffering=0); held.write(b'.');"
        "waiting = [sys.executable, '-c', 'import threading; threading.Event().wait()'];"
        "subprocess.Popen(waiting, pass_fds=[held.fileno()]);"
        "threading.Event().wait()"
    )
    assert program(code, seconds=3)(b"certificate") is Scanned.NOT_SCANNED
    said = b""
    while True:
        assert select([reader], [], [], PATIENCE)[0], "something of it still runs"
        if not (more := os.read(reader, 1)):
            break
        said += more
    os.close(reader)
    assert said == b"."


def test_one_that_does_not_listen_is_asked_all_the_same() -> None:
    assert program("import sys; sys.exit(0)")(bytes(4_000_000)) is Scanned.CLEAN


def test_one_that_is_not_there_says_nothing() -> None:
    assert Program(("/nowhere/clamdscan", "-"), 5)(INFECTED) is Scanned.NOT_SCANNED


def test_it_is_not_told_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", "secret")
    monkeypatch.setenv("CLAMD_HINT", "1")
    code = "import os, sys; sys.exit('ROLLCALL_MASTER_KEY' in os.environ or 'CLAMD_HINT' not in os.environ)"
    assert program(code)(b"certificate") is Scanned.CLEAN


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    assert (
        Program((sys.executable, "-c", "pass", f"; touch {mark}", f"$(touch {mark})"), 20)(b"")
        is Scanned.CLEAN
    )
    assert not mark.exists()


def test_the_settings_name_it_and_without_them_nobody_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    assert compose(load()).scan is unscanned
    assert unscanned(INFECTED) is Scanned.NOT_SCANNED
    monkeypatch.setenv("ROLLCALL_SCAN_COMMAND", f'{sys.executable} -c "{SCANNER}"')
    assert compose(load()).scan(INFECTED) is Scanned.INFECTED
