"""Who would move under another version of a pack, and how does an agency move to it from a day?"""

import argparse
import shutil
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.cli import main
from bot.commands import pack_change
from bot.demo.agency import NOW
from db.engine import make_engine
from db.queries import agencies
from db.records.facts import AgencyPack
from messages.pack_preview import Moved, PackChangeReason, PackPreview
from rules.loader import SHIPPED
from rules.standing import StandingWord
from tests.scenario.cast import Agency, agency_in, counted
from tests.scenario.pack_cast import FIRST, SECOND, STATE, rewrite, second_version
from training.agency_setup import SINCE_EVER, agency_called, found
from training.errors import ErrorCode, RollcallError
from training.pack_adoption import Adoption, adopt, planned
from training.pack_preview import moved_people, preview
from training.packs import taken_up
from training.standings.compliance import tick

LEE, MEYER = "231", "209"
APRIL = date(2027, 4, 1)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    second_version(folder)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def lakemont(request: pytest.FixtureRequest, packs: Path) -> Agency:
    """Lakemont with both versions of its own pack at hand, judged by the first."""
    return agency_in(request.getfixturevalue(f"{request.param}_lakemont"), NOW, packs)


def plan(agency: Agency, named: str, on: date) -> Adoption:
    with agency.reading() as conn:
        return planned(conn, agency.office.shelf, agency.agency_id, named, on)


def take_up(agency: Agency, named: str, on: date) -> None:
    adopt(agency.office, agency.agency_id, plan(agency, named, on), channel="terminal")


def previewed(agency: Agency, named: str, on: date) -> tuple[PackPreview, list[Moved]]:
    with agency.reading() as conn:
        shelf, adoption = agency.office.shelf, plan(agency, named, on)
        seen = preview(conn, shelf, agency.agency_id, adoption, agency.today)
        return seen, list(moved_people(conn, shelf, agency.agency_id, adoption, seen))


def rows(agency: Agency) -> list[tuple[str, date, date | None]]:
    """The versions of Lakemont's own pack with their days."""
    with agency.reading() as conn:
        every = taken_up(conn, agency.agency_id)
    return [(each.pack, each.starts_on, each.ends_on) for each in every if each.pack.startswith("lkm")]


def refused(agency: Agency, named: str, on: date) -> ErrorCode:
    with pytest.raises(RollcallError) as error:
        plan(agency, named, on)
    return error.value.code


def test_the_earlier_version_ends_the_day_before_and_the_past_stays_known(lakemont: Agency) -> None:
    known = lakemont.sequence()
    take_up(lakemont, SECOND, APRIL)
    assert rows(lakemont) == [(FIRST, SINCE_EVER, date(2027, 3, 31)), (SECOND, APRIL, None)]
    with lakemont.reading() as conn:
        before = taken_up(conn, lakemont.agency_id, known)
    assert [(each.pack, each.ends_on) for each in before] == [(STATE, None), (FIRST, None)]


def test_it_is_written_down_with_the_version_the_day_and_what_it_replaces(lakemont: Agency) -> None:
    take_up(lakemont, SECOND, APRIL)
    entry = lakemont.entries("agency:packs-chosen")[0]
    digest = lakemont.office.shelf.pack(SECOND).digest
    assert entry.data == {"packs": [SECOND], "as_of": "2027-04-01", "instead_of": FIRST, "digest": digest}
    assert entry.channel == "terminal"


def test_everybody_is_judged_again_once(lakemont: Agency) -> None:
    take_up(lakemont, SECOND, lakemont.today)
    assert tick(lakemont.office, lakemont.agency_id, lakemont.today) == len(lakemont.badges())
    assert tick(lakemont.office, lakemont.agency_id, lakemont.today) == 0
    kept = lakemont.kept(LEE)
    assert kept is not None
    assert SECOND in (kept.body or "")


def test_the_preview_is_what_the_record_says_afterwards(lakemont: Agency) -> None:
    before = {badge: lakemont.standing(badge, APRIL).word for badge in lakemont.badges()}
    seen, people = previewed(lakemont, SECOND, APRIL)
    sequence = lakemont.sequence()
    take_up(lakemont, SECOND, APRIL)
    after = {badge: lakemont.standing(badge, APRIL).word for badge in before}
    told = {each.badge: (each.change.before, each.change.after) for each in people}
    assert {badge: words for badge, words in told.items() if words[0] is not words[1]} == {
        badge: (before[badge], after[badge]) for badge in before if before[badge] is not after[badge]
    }
    assert sum(seen.words.values()) == len(before)
    assert lakemont.sequence() > sequence, "the preview itself wrote nothing"


def test_the_preview_writes_nothing(lakemont: Agency) -> None:
    sequence = lakemont.sequence()
    with counted(lakemont.office.engine) as heard:
        previewed(lakemont, SECOND, APRIL)
    assert heard.writes == []
    assert lakemont.sequence() == sequence


def test_each_person_is_told_with_the_rule_that_moves_them(lakemont: Agency) -> None:
    seen, people = previewed(lakemont, SECOND, APRIL)
    assert seen.reasons == {
        "lkm-peer-support": PackChangeReason.ADDED,
        "lkm-de-escalation-2": PackChangeReason.REMOVED,
        "lkm-taser": PackChangeReason.CHANGED,
    }
    lee = next(each for each in people if each.badge == LEE)
    assert (lee.change.before, lee.change.after) == (StandingWord.YES, StandingWord.OVERDUE)
    assert {each.line.requirement for each in lee.change.lines} == {"lkm-taser", "lkm-peer-support"}
    taser = next(each for each in lee.change.lines if each.line.requirement == "lkm-taser")
    assert taser.before is not None
    assert taser.after is not None
    assert (taser.before.due_on, taser.after.due_on) == (date(2027, 9, 23), date(2027, 3, 23))


def test_a_version_that_says_the_same_moves_nobody(lakemont: Agency, packs: Path) -> None:
    shutil.copytree(SHIPPED / "demo" / "lkm", packs / "same")
    rewrite(packs / "same" / "pack.yaml", '"2027.1"', '"2027.3"')
    seen, people = previewed(lakemont, "lkm-2027.3", APRIL)
    assert (seen.moved, people, dict(seen.reasons)) == ((), [], {})


def test_a_day_too_early_for_the_version_is_pointed_out_and_not_forbidden(lakemont: Agency) -> None:
    assert plan(lakemont, SECOND, date(2027, 3, 31)).too_early
    assert not plan(lakemont, SECOND, APRIL).too_early


def test_a_date_that_was_wrong_is_moved_by_saying_it_again(lakemont: Agency) -> None:
    take_up(lakemont, SECOND, APRIL)
    for day in (date(2027, 5, 1), date(2027, 3, 20)):
        take_up(lakemont, SECOND, day)
        assert rows(lakemont) == [(FIRST, SINCE_EVER, day - timedelta(days=1)), (SECOND, day, None)]


def test_an_agency_may_go_back_to_the_earlier_version(lakemont: Agency) -> None:
    take_up(lakemont, SECOND, APRIL)
    take_up(lakemont, FIRST, date(2027, 6, 1))
    assert rows(lakemont)[1:] == [(SECOND, APRIL, date(2027, 5, 31)), (FIRST, date(2027, 6, 1), None)]


def test_what_cannot_be_taken_up_is_refused(lakemont: Agency, packs: Path) -> None:
    assert refused(lakemont, "atlantis", APRIL) is ErrorCode.PACK_UNKNOWN
    assert refused(lakemont, "lkm-2031.1", APRIL) is ErrorCode.PACK_UNKNOWN
    assert refused(lakemont, "or", APRIL) is ErrorCode.PACK_OTHER_STATE
    assert refused(lakemont, FIRST, APRIL) is ErrorCode.PACK_ALREADY_CHOSEN
    # Minnesota's own pack has the duties that the demo's already judges.
    assert refused(lakemont, "mn", APRIL) is ErrorCode.PACK_OVERLAPS
    take_up(lakemont, SECOND, APRIL)
    assert refused(lakemont, SECOND, APRIL) is ErrorCode.PACK_ALREADY_CHOSEN
    second_version(packs, "2027.3")
    assert refused(lakemont, "lkm-2027.3", date(2027, 3, 1)) is ErrorCode.PACK_OVERLAPS


def test_packs_that_changed_since_the_preview_are_not_written_over(lakemont: Agency) -> None:
    adoption = plan(lakemont, SECOND, APRIL)
    with lakemont.writing() as writer:
        writer.record(AgencyPack(pack="or-2026.1", starts_on=date(2030, 1, 1)))
    before = lakemont.sequence()
    with pytest.raises(RollcallError) as error:
        adopt(lakemont.office, lakemont.agency_id, adoption, channel="terminal")
    assert error.value.code is ErrorCode.PACKS_MOVED
    assert lakemont.sequence() == before


def test_a_neighbor_is_neither_judged_nor_moved(lakemont: Agency) -> None:
    other = found(lakemont.office, "Ashby Sheriff", "MN", "America/Chicago", ("mn-demo", "lkm-2027.1"))
    ashby = Agency(lakemont.office, lakemont.clock, other)
    ashby.hires("1", "Pat", "Quill", cycle=("2024-07-01", "2027-06-30"))
    seen, people = previewed(lakemont, SECOND, APRIL)
    assert "Quill" not in {each.family for each in people}
    take_up(lakemont, SECOND, APRIL)
    with ashby.reading() as conn:
        assert [each.pack for each in taken_up(conn, other)] == [STATE, FIRST]
    assert sum(seen.words.values()) == len(lakemont.badges())
    assert agency_called(lakemont.office, "ashby") == other
    for name, code in ((None, ErrorCode.AGENCY_NOT_NAMED), ("Nowhere PD", ErrorCode.AGENCY_UNKNOWN)):
        with pytest.raises(RollcallError) as error:
            agency_called(lakemont.office, name)
        assert error.value.code is code


@pytest.fixture
def installed(
    sqlite_lakemont: Engine, packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Agency:
    """An installation whose record is Lakemont's, for whole commands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", sqlite_lakemont.url.render_as_string(hide_password=False))
    return agency_in(make_engine(sqlite_lakemont.url.render_as_string(hide_password=False)), NOW, packs)


def test_the_preview_command_counts_names_and_ends_as_diff_does(
    installed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "preview", SECOND, "--from", "2027-04-01"]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{SECOND} in place of {FIRST} at Lakemont PD from Apr 1 2027. A preview")
    assert "(231): YES before, now OVERDUE" in said
    assert "TASER: Done, due Sep 23 2027 -> Overdue, due Mar 23 2027 [lkm-taser is changed]" in said
    assert main(["rules", "preview", "or"]) == 2
    assert "or-2026.1 is for OR" in capsys.readouterr().err


def test_adopt_shows_the_same_and_writes_only_with_yes(
    installed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    before = installed.sequence()
    main(["rules", "preview", SECOND, "--from", "2027-03-20"])
    shown = capsys.readouterr().out
    assert "is meant for Apr 1 2027 and later" in shown
    assert main(["rules", "adopt", SECOND, "--from", "2027-03-20"]) == 0
    assert (
        capsys.readouterr().out
        == shown + "Nothing was written. To take it up, run the same again with --yes.\n"
    )
    assert installed.sequence() == before
    assert main(["rules", "adopt", SECOND, "--from", "2027-03-20", "--yes", "--agency", "lakemont"]) == 0
    assert rows(installed)[-1] == (SECOND, date(2027, 3, 20), None)
    assert main(["rules", "adopt", SECOND, "--from", "2027-03-20", "--yes"]) == 1


def test_a_whole_agency_is_previewed_in_ranges(installed: Agency) -> None:
    """What is asked of the database depends on the number of batches and not on the number of people."""
    arguments = argparse.Namespace(pack=SECOND, starts_on=APRIL, agency=None)
    with counted(installed.office.engine) as few:
        pack_change.show(installed.office, arguments, installed.words, StringIO())
    for number in range(40):
        installed.hires(f"9{number:03}", "Pat", f"Newcomer {number}", cycle=("2024-07-01", "2027-06-30"))
    with counted(installed.office.engine) as many:
        pack_change.show(installed.office, arguments, installed.words, StringIO())
    assert len(many.reads) == len(few.reads)
    with installed.reading() as conn:
        assert len(agencies.packs(conn, installed.agency_id)) == 2
