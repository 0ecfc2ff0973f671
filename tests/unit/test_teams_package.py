"""Is the package for Teams one that Microsoft takes, for each of its clouds, and the same whenever it is made?"""

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator
from PIL import Image
from pydantic import SecretStr

from bot.cli import main
from bot.teams.package import Addresses, manifest, package
from config.settings import Settings, Teams, TeamsCloud
from messages.words import load
from reading.text.understand import understand
from tests.structure.checkout import ROOT

SCHEMA = json.loads((ROOT / "tests" / "cases" / "teams" / "manifest-1.22.json").read_text(encoding="utf-8"))
PUBLIC = "https://rollcall.lakemont.example"
BOT, TENANT = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
ADDRESSES = Addresses(website=PUBLIC, privacy=f"{PUBLIC}/privacy", terms=f"{PUBLIC}/terms")


def said(cloud: TeamsCloud = TeamsCloud.PUBLIC, agency: str = "Lakemont PD") -> Mapping[str, Any]:
    teams = Teams(client_id=BOT, client_secret=SecretStr("example~secret"), tenant_id=TENANT, cloud=cloud)
    settings = Settings.model_construct(teams=teams, public_url=PUBLIC, agency_name=agency)
    return manifest(settings, "1.0.0", ADDRESSES, load())


def wrong(found: Mapping[str, Any]) -> list[str]:
    return [each.message for each in Draft4Validator(SCHEMA).iter_errors(found)]


@pytest.mark.parametrize("cloud", list(TeamsCloud))
def test_microsofts_own_schema_takes_the_manifest(cloud: TeamsCloud) -> None:
    found = said(cloud)
    assert wrong(found) == []
    assert found["bots"][0]["supportsFiles"] is (cloud in (TeamsCloud.PUBLIC, TeamsCloud.GCC))


def test_the_schema_would_say_so() -> None:
    assert wrong({**said(), "version": 1}) != []
    assert wrong({**said(), "bots": [{"botId": "rollcall"}]}) != []


def test_a_long_name_of_an_agency_is_no_reason_to_refuse_the_package() -> None:
    assert wrong(said(agency="Department of Public Safety and " * 12)) == []


def test_what_a_person_is_offered_to_write_is_understood() -> None:
    (offered,) = said()["bots"][0]["commandLists"]
    for each in offered["commands"]:
        assert (
            understand(each["title"], channel="teams", role="officer", today=date(2027, 3, 2)).confidence == 1
        )


def test_the_icons_are_as_large_as_teams_wants_them() -> None:
    with ZipFile(BytesIO(package(said()))) as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        sizes = {name: Image.open(BytesIO(archive.read(name))) for name in ("color.png", "outline.png")}
        assert json.loads(archive.read("manifest.json")) == said()
    assert (sizes["color.png"].size, sizes["outline.png"].size) == ((192, 192), (32, 32))
    red, green, blue, seen = sizes["outline.png"].split()
    assert {each.getextrema()[1] for each in (red, green, blue, seen)} == {255}
    assert seen.getextrema()[0] == 0


def test_the_same_settings_make_the_same_package() -> None:
    assert package(said()) == package(said())


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_TEAMS_CLIENT_ID", BOT)
    monkeypatch.setenv("ROLLCALL_TEAMS_CLIENT_SECRET", "example~secret")
    monkeypatch.setenv("ROLLCALL_TEAMS_TENANT_ID", TENANT)
    monkeypatch.setenv("ROLLCALL_PUBLIC_URL", PUBLIC)
    return monkeypatch


def test_the_command_writes_it(set_up: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["teams", "package", "--version", "1.2.3", "--privacy", f"{PUBLIC}/privacy"]) == 0
    assert "Written: rollcall-teams.zip" in capsys.readouterr().out
    with ZipFile("rollcall-teams.zip") as archive:
        found = json.loads(archive.read("manifest.json"))
    assert (found["version"], found["developer"]["privacyUrl"]) == ("1.2.3", f"{PUBLIC}/privacy")
    assert wrong(found) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("ROLLCALL_PUBLIC_URL", "http://localhost:8000"), ("ROLLCALL_TEAMS_CLIENT_ID", None)],
)
def test_without_a_bot_or_an_address_nothing_is_written(
    set_up: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str | None
) -> None:
    if value is None:
        for each in ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID"):
            set_up.delenv(f"ROLLCALL_TEAMS_{each}")
    else:
        set_up.setenv(name, value)
    assert main(["teams", "package"]) == 1
    assert "ROLLCALL_TEAMS_CLIENT_ID" in capsys.readouterr().err
    assert not Path("rollcall-teams.zip").exists()


@pytest.mark.parametrize("arguments", [["--version", "1"], ["--privacy", "http://lakemont.example"]])
def test_what_teams_would_refuse_is_refused_here(
    set_up: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["teams", "package", *arguments])
    assert ended.value.code == 2
    assert "write a" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_said(
    set_up: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["teams", "package", "--out", str(tmp_path / "none" / "x.zip")]) == 1
    assert "--out" in capsys.readouterr().err
