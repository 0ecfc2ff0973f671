"""Whoever runs Rollcall with the wrong master key, or without it, reads one plain sentence and what to do."""

import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from bot.cli import main
from db.keys.cipher import new_key


@pytest.fixture
def folder(lakemont_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the demo agency in it, where somebody has already asked something."""
    shutil.copyfile(lakemont_file, tmp_path / "rollcall.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    assert main(["rules", "list"]) == 0
    assert main(["keys", "rotate"]) == 0
    return tmp_path


def as_given(*keys: bytes) -> str:
    return ",".join(b64encode(key).decode() for key in keys)


@pytest.mark.parametrize("command", [["chat", "--as", "214"], ["keys", "rotate"]])
def test_the_wrong_master_key_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", as_given(new_key()))
    capsys.readouterr()
    assert main(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "The master key does not open the kept messages and files. Nothing was changed.",
        "Set the master key that was in use: ROLLCALL_MASTER_KEY, or keys/master.key in the data folder.",
    ]


def test_a_missing_master_key_is_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "keys" / "master.key").unlink()
    capsys.readouterr()
    assert main(["chat", "--as", "214"]) == 1
    assert capsys.readouterr().err.startswith("The master key is missing")
    assert not (folder / "keys" / "master.key").exists()


def test_a_key_store_that_cannot_be_reached_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_KEYS_URL", f"sqlite:///{folder / 'rollcall.db' / 'keys.db'}")
    assert main(["chat", "--as", "214"]) == 1
    assert capsys.readouterr().err.startswith("The place where keys are kept does not answer.")


def test_a_rotation_changes_the_master_key_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "keys" / "master.key").read_bytes()
    capsys.readouterr()
    assert main(["keys", "rotate"]) == 0
    assert capsys.readouterr().out == (
        "0 keys were wrapped under the new master key. The old master key is no longer needed.\n"
    )
    assert (folder / "keys" / "master.key").read_bytes() != before


def test_a_master_key_from_the_settings_is_rotated_with_the_new_one_in_front(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (folder / "keys" / "master.key").read_text().strip(), as_given(new_key())
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", old)
    capsys.readouterr()
    assert main(["keys", "rotate"]) == 1
    assert "comma between" in capsys.readouterr().err
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", f"{new},{old}")
    assert main(["keys", "rotate"]) == 0
    monkeypatch.setenv("ROLLCALL_MASTER_KEY", new)
    assert main(["keys", "rotate"]) == 1
    assert "no new one is set there" in capsys.readouterr().err
