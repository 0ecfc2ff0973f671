"""Is config/reference.md true? Every setting stands there with its default, and its examples can be used."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from config.settings import PREFIX, Settings, load, variables
from tests.structure.checkout import ROOT, texts

NAME = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b")


class Row(NamedTuple):
    """One row of the reference: what a setting means, what holds without it, and an example."""

    name: str
    meaning: str
    default: str
    example: str


def rows(text: str) -> Iterator[Row]:
    """The settings a reference describes."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and NAME.fullmatch(cells[0].strip("`")):
            yield Row(cells[0].strip("`"), cells[1], cells[2], cells[3].strip("`"))


@pytest.fixture
def reference() -> list[Row]:
    return list(rows((ROOT / "config" / "reference.md").read_text(encoding="utf-8")))


@pytest.fixture
def fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which nothing of Rollcall is set."""
    for variable in variables():
        monkeypatch.delenv(variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_reference_and_the_settings_name_each_other_once_and_in_order(reference: list[Row]) -> None:
    assert [row.name for row in reference] == [variable.name for variable in variables()]


def test_every_setting_says_what_it_means_and_shows_an_example(reference: list[Row]) -> None:
    assert not [row.name for row in reference if not row.meaning or not row.example]


def test_the_reference_gives_the_true_defaults(reference: list[Row]) -> None:
    given = {row.name: row.default for row in reference}
    fixed = {
        variable.name: f"`{variable.default}`" for variable in variables() if variable.default is not None
    }
    assert {name: given[name] for name in fixed} == fixed
    # The others say in words what holds; a value in code type would be a promise the settings do not make.
    assert not [name for name, default in given.items() if name not in fixed and default.startswith("`")]


def test_every_example_can_be_used(reference: list[Row], fresh_machine: Path) -> None:
    lines = [f"{row.name}={row.example}" for row in reference]
    (fresh_machine / ".env").write_text("\n".join(lines), encoding="utf-8")
    settings = load()
    assert settings.slack.is_on
    assert settings.teams.is_on
    assert settings.twilio.is_on
    assert not [name for name in Settings.model_fields if getattr(settings, name) is None]


def test_no_text_names_a_setting_that_does_not_exist() -> None:
    known = {variable.name for variable in variables()}
    found = {
        str(path): sorted(stray)
        for path, text in texts()
        if path.suffix == ".md" and (stray := set(NAME.findall(text)) - known)
    }
    assert not found


def test_a_row_that_was_renamed_is_caught() -> None:
    [row] = rows("| `ROLLCALL_TIMEZONE` | where the agency is | `UTC` | `America/Chicago` |")
    assert row.name not in {variable.name for variable in variables()}
