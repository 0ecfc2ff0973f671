"""What does ``rollcall rules diff`` print, and how does it end, for packs by id, by folder and for none at all?"""

import shutil
from pathlib import Path

import pytest

from bot.cli import main
from rules.loader import SHIPPED, load_pack


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's own folder, which is also where it is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def last_year(folder: Path) -> Path:
    """A copy of Lakemont's pack from before de-escalation took two hours."""
    copy = folder / "old" / "lkm"
    shutil.copytree(SHIPPED / "demo" / "lkm", copy)
    rewrite(copy / "pack.yaml", '"2027.1"', '"2026.1"')
    rewrite(copy / "requirements" / "050-de-escalation.yaml", "hours: 2}", "hours: 1}")
    (copy / "requirements" / "070-cjis-awareness.yaml").unlink()
    return copy


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_last_years_copy_beside_this_years_pack(last_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["rules", "diff", str(last_year), "lkm"])
    first, *rest = capsys.readouterr().out.splitlines()

    now = load_pack("lkm")
    assert code == 1
    assert first.startswith("lkm-2026.1 (digest ")
    assert first.endswith(f" -> lkm-2027.1 (digest {now.digest[:8]})")
    assert rest == [
        "",
        "PACK",
        "  version: 2026.1 -> 2027.1",
        "",
        "ADDED",
        "  CJIS-1  lkm-cjis-awareness  CJIS awareness",
        "",
        "CHANGED",
        "  DEE-2  lkm-de-escalation-2  De-escalation",
        "    from Jan 1 2022, for periods that begin on or after it: 1 h -> 2 h",
    ]


def test_a_pack_beside_itself_ends_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["rules", "diff", "mn", "mn"])

    assert code == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["Nothing changed: the files of the two are the same."]


def test_an_agencys_own_pack_goes_by_its_id(last_year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = last_year.parents[1] / "packs" / "lpd"
    shutil.copytree(SHIPPED / "demo" / "lkm", own)
    rewrite(own / "pack.yaml", "id: lkm\n", "id: lpd\n")

    assert main(["rules", "diff", "lkm", "lpd"]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == ["PACK", "  id: lkm -> lpd"]


def test_a_copy_that_builds_on_another_pack_is_read_with_the_one_held(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = folder / "old" / "mn-demo"
    shutil.copytree(SHIPPED / "demo" / "mn-demo", copy)
    rewrite(copy / "pack.yaml", "[mn-sro-course, mn-confidential-informants]", "[mn-sro-course]")

    assert main(["rules", "diff", str(copy), "mn-demo"]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        "REMOVED",
        "  CI  mn-confidential-informants  Confidential informants",
    ]


@pytest.mark.parametrize("given", [("lkm", "nowhere"), ("nowhere", "lkm")])
def test_a_pack_that_is_not_there_ends_with_2(
    folder: Path, given: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["rules", "diff", *given])
    printed = capsys.readouterr()

    assert (code, printed.out) == (2, "")
    assert printed.err.startswith("No pack is called nowhere. Held: in; lkm; mn; mn-demo; oh; or.")


def test_a_folder_without_a_pack_is_no_pack(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "diff", "lkm", str(folder)]) == 2
    assert capsys.readouterr().err.startswith(f"No pack is called {folder}.")


def test_a_broken_copy_is_named_with_file_and_line(
    last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(last_year / "requirements" / "010-taser.yaml", "since: ", "from: ")

    assert main(["rules", "diff", str(last_year), "lkm"]) == 2
    assert "lkm/requirements/010-taser.yaml:" in capsys.readouterr().err


def test_an_id_wins_over_a_folder_of_that_name(last_year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(last_year.parent)

    assert main(["rules", "diff", "lkm", "lkm"]) == 0
    assert main(["rules", "diff", "./lkm", "lkm"]) == 1


def test_help_says_how_it_ends(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rules", "diff", "--help"])

    assert ended.value.code == 0
    assert "0 nothing differs 1 something does 2 a pack" in " ".join(capsys.readouterr().out.split())
