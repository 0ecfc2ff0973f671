"""What leaves as a file says for what, is on the record of everybody in it, and names nobody where it must not."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.cli import main
from db.clock import set_offset_seconds
from db.queries.audit import PEOPLE_SHOWN
from db.queries.context import ByBadge
from db.records.facts import Assignment
from db.unit_of_work import working
from tests.scenario.cast import Agency
from training.errors import RollcallError
from training.transcripts.exports import (
    Clerk,
    Export,
    analytics,
    as_csv,
    as_text,
    re_identify,
    standings_list,
    transcript,
)
from training.transcripts.pseudonyms import pseudonym

RUIZ, LEE, HALL, OKAFOR, NAIR, PARK, BRANDT, ATTORNEY, ADMINISTRATOR = (
    "214", "231", "205", "77", "902", "905", "1", "990", "930"
)  # fmt: skip
KEY = b"one key"
YEARS_AHEAD = 5 * 366 * 24 * 3600


def clerk(agency: Agency, badge: str) -> Clerk:
    """Somebody who asks for a file at the terminal."""
    return Clerk(agency.office, agency.agency_id, ByBadge(badge), "terminal", agency.words)


def rows(export: Export) -> list[list[str]]:
    """The file as a spreadsheet reads it."""
    return list(csv.reader(StringIO(as_csv(export).decode("utf-8-sig"))))


def goes_undercover(agency: Agency, badge: str) -> None:
    """The person's assignment is protected from now on."""
    with agency.writing() as writer:
        writer.record(
            Assignment(person_id=agency.id_of(badge), kind="undercover", starts_on=date(2027, 1, 1))
        )


def test_a_transcript_says_what_it_is_for_and_the_officer_sees_that_it_was_made(lakemont: Agency) -> None:
    export = transcript(clerk(lakemont, ATTORNEY), RUIZ, "litigation")
    file = rows(export)
    assert ["Purpose", "Litigation"] in file
    assert ["Made by", "Maya Hale, 990"] in file
    assert len(export.rows) == len(lakemont.completions(RUIZ))
    assert "Purpose: Litigation" in as_text(export).decode("utf-8")
    (made,) = lakemont.entries("export:made", about=RUIZ)
    assert (made.reason, made.data["purpose"]) == ("Litigation", "litigation")
    shown = lakemont.screen(RUIZ, "who saw my record")
    for word in ("Hale", "your record in a file", "terminal", "Litigation"):
        assert word in shown, word


@pytest.mark.parametrize("purpose", ["", "because", "Litigation", "other"])
def test_without_a_purpose_of_the_list_there_is_no_file(embedded: Agency, purpose: str) -> None:
    with pytest.raises(RollcallError):
        transcript(clerk(embedded, PARK), RUIZ, purpose)
    with pytest.raises(RollcallError):
        standings_list(clerk(embedded, PARK), purpose)
    with pytest.raises(RollcallError):
        analytics(clerk(embedded, PARK), purpose, KEY)
    assert not embedded.entries("export:made")
    assert len(embedded.entries("record:refused")) == 3


def test_a_file_of_nobody_and_of_somebody_elses_officer_are_refused_alike(embedded: Agency) -> None:
    told = set()
    for badge in (HALL, "99999"):
        with pytest.raises(RollcallError) as refused:
            transcript(clerk(embedded, OKAFOR), badge, "staffing")
        told.add((refused.value.code, tuple(refused.value.facts.items())))
    assert len(told) == 1


def test_no_cell_of_a_file_is_computed(embedded: Agency) -> None:
    embedded.completes(RUIZ, "2027-03-01", "1", "general", '=HYPERLINK("http://x","y")')
    titles = [row[2] for row in rows(transcript(clerk(embedded, RUIZ), RUIZ, "own-copy")) if len(row) > 5]
    assert '\'=HYPERLINK("http://x","y")' in titles
    assert not [title for title in titles if title.startswith("=")]


def test_a_list_is_on_the_record_of_everybody_in_it_in_one_entry(lakemont: Agency) -> None:
    export = standings_list(clerk(lakemont, BRANDT), "staffing")
    (made,) = lakemont.entries("export:made")
    assert made.data[PEOPLE_SHOWN] == sorted(export.people)
    assert len(export.rows) == 47
    for badge in (RUIZ, HALL):
        assert "your line in a file of standings" in lakemont.screen(badge, "who saw my record")


def test_nobody_in_a_protected_assignment_is_in_a_list_and_only_the_custodian_makes_their_transcript(
    lakemont: Agency,
) -> None:
    goes_undercover(lakemont, LEE)
    for badge in (PARK, NAIR):
        assert "Lee" not in as_text(standings_list(clerk(lakemont, badge), "staffing")).decode("utf-8")
        assert lakemont.id_of(LEE) not in analytics(clerk(lakemont, badge), "audit", KEY).people
    with pytest.raises(RollcallError):
        transcript(clerk(lakemont, NAIR), LEE, "audit")
    assert transcript(clerk(lakemont, PARK), LEE, "audit").rows
    assert transcript(clerk(lakemont, LEE), LEE, "own-copy").rows


def test_a_pseudonym_stays_and_says_nothing_without_the_key(lakemont: Agency) -> None:
    first = analytics(clerk(lakemont, NAIR), "audit", KEY)
    again = analytics(clerk(lakemont, PARK), "board-report", KEY)
    other = analytics(clerk(lakemont, PARK), "audit", b"another key")
    assert {row[0] for row in first.rows} == {row[0] for row in again.rows}
    assert not {row[0] for row in first.rows} & {row[0] for row in other.rows}
    assert len({row[0] for row in first.rows}) == len(first.rows) == 47
    body = as_csv(first).decode("utf-8-sig").partition("\r\n\r\n")[2]
    for name in ("Ruiz", "214", "Okafor", str(lakemont.id_of(RUIZ))):
        assert name not in body, name


def test_who_is_behind_a_pseudonym_is_told_to_few_and_shown_to_the_person(lakemont: Agency) -> None:
    word = pseudonym(KEY, lakemont.agency_id, lakemont.id_of(RUIZ))
    for badge in (NAIR, OKAFOR, ATTORNEY, ADMINISTRATOR):
        with pytest.raises(RollcallError):
            re_identify(clerk(lakemont, badge), word, "audit", KEY)
    assert "Officer Ruiz, badge 214." in re_identify(clerk(lakemont, PARK), word.lower(), "audit", KEY)
    assert "your name behind a pseudonym" in lakemont.screen(RUIZ, "who saw my record")
    with pytest.raises(RollcallError):
        re_identify(clerk(lakemont, PARK), word, "audit", b"another key")
    with pytest.raises(RollcallError):
        re_identify(clerk(lakemont, PARK), "P-Ärger\udce9", "audit", KEY)


def test_the_command_writes_the_file_and_says_so(
    sqlite_lakemont: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # The command has the machine's clock, and the demo's roles begin on its own day.
    with working(sqlite_lakemont) as conn:
        set_offset_seconds(conn, YEARS_AHEAD)
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite:///{tmp_path / 'lakemont.sqlite'}")
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path / "data"))
    target = tmp_path / "ruiz.csv"
    asked = ["export", "transcript", RUIZ, "--as", RUIZ, "--purpose", "own-copy", "--output", str(target)]
    assert main(asked) == 0
    assert "Purpose,Own copy" in target.read_text(encoding="utf-8-sig")
    assert main(["export", "analytics", "--as", PARK, "--purpose", "audit", "--output", str(target)]) == 0
    key = tmp_path / "data" / "pseudonym.key"
    assert key.stat().st_mode & 0o077 == 0
    kept = key.read_bytes()
    assert main(["export", "analytics", "--as", RUIZ, "--purpose", "audit", "--output", str(target)]) == 1
    assert "It is not yours to have" in capsys.readouterr().err
    assert key.read_bytes() == kept
    word = target.read_text(encoding="utf-8-sig").partition("P-")[2][:16]
    assert main(["export", "identify", f"P-{word}", "--as", PARK, "--purpose", "audit"]) == 0
    assert "badge" in capsys.readouterr().out
