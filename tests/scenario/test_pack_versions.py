"""Do past answers keep the version of a pack they were made under, whatever is put beside it or taken away?"""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW
from db.queries import agencies
from db.records.facts import AgencyPack
from rules.errors import PackError
from rules.loader import held_packs, load_pack
from rules.standing import LineState, StandingWord
from tests.scenario.cast import SMS, Agency, agency_in
from tests.scenario.pack_cast import FIRST, SECOND, STATE, rewrite, second_version
from training.log.trail import trail
from training.packs import PackShelf
from training.standings.compliance import tick

LEE, OKAFOR, RUIZ = "231", "77", "214"
APRIL, JULY = date(2027, 4, 1), date(2027, 7, 15)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """The agency's own folder of packs, empty."""
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def lakemont(request: pytest.FixtureRequest, packs: Path) -> Agency:
    """Lakemont with both versions of its own pack at hand, still judged by the first."""
    second_version(packs)
    engine = request.getfixturevalue(f"{request.param}_lakemont")
    return agency_in(engine, NOW, packs)


def takes_up(agency: Agency, name: str, on: date, instead_of: str = FIRST) -> None:
    """As the command does: the earlier version ends the day before."""
    with agency.writing() as writer:
        kept = next(
            each
            for each in agencies.packs(writer.conn, agency.agency_id)
            if each.fact.pack == instead_of and each.fact.ends_on is None
        )
        writer.correct(kept.id, replace(kept.fact, ends_on=on - timedelta(days=1)))
        writer.record(AgencyPack(pack=name, starts_on=on))


def test_an_agency_is_founded_with_the_versions_of_that_day(lakemont: Agency) -> None:
    with lakemont.reading() as conn:
        chosen = agencies.packs(conn, lakemont.agency_id)
    assert [each.fact.pack for each in chosen] == [STATE, FIRST]


def test_a_newer_version_beside_it_changes_nobody(lakemont: Agency, packs: Path) -> None:
    before = {badge: lakemont.standing(badge) for badge in lakemont.badges()}
    assert tick(lakemont.office, lakemont.agency_id, lakemont.today) == 0
    assert {FIRST, SECOND} <= {each.name for each in held_packs(packs)}
    assert all(set(each.packs) <= {STATE, FIRST} for each in before.values())
    assert lakemont.text(LEE, "am i good").startswith("YES")


def test_each_day_is_judged_by_the_version_of_that_day(lakemont: Agency) -> None:
    takes_up(lakemont, SECOND, APRIL)
    last, first = lakemont.standing(LEE, APRIL - timedelta(days=1)), lakemont.standing(LEE, APRIL)
    assert (last.word, first.word) == (StandingWord.YES, StandingWord.OVERDUE)
    assert FIRST in last.packs
    assert SECOND in first.packs
    assert last.line("lkm-de-escalation-2") is not None
    assert first.line("lkm-de-escalation-2") is None
    assert [line.pack for line in first.lines if line.requirement == "lkm-peer-support"] == [SECOND]


def test_the_day_on_which_the_version_turns_is_the_day_the_answer_turns(lakemont: Agency) -> None:
    takes_up(lakemont, SECOND, APRIL)
    tick(lakemont.office, lakemont.agency_id, lakemont.today)
    said = [lakemont.at(f"{day} 09:00").text(LEE, "am i good") for day in ("2027-03-31", "2027-04-01")]
    assert [text.split(",")[0] for text in said] == ["YES", "OVERDUE"]
    assert "TASER" in said[1]


def test_a_past_day_as_known_then_keeps_its_answer_for_ever(lakemont: Agency, packs: Path) -> None:
    known = lakemont.sequence()
    then = lakemont.standing(LEE, known_at=known)
    takes_up(lakemont, SECOND, date(2027, 2, 1))
    again = lakemont.standing(LEE, known_at=known)
    assert again == then
    assert lakemont.standing(LEE).word is StandingWord.NOT_YET
    second_version(packs, "2027.10", "2027-05-01")
    assert lakemont.standing(LEE, known_at=known) == then


def test_an_entry_names_the_version_and_shows_the_rule_it_was_answered_by(lakemont: Agency) -> None:
    lakemont.ask(LEE, "why taser")
    takes_up(lakemont, SECOND, APRIL)
    lakemont.at("2027-04-02 09:00").ask(LEE, "why taser")
    later, earlier = lakemont.entries("question:answered")[:2]
    assert [set(each.data["packs"]) for each in (earlier, later)] == [{STATE, FIRST}, {STATE, SECOND}]
    shown = {
        each.position: [rule.pack for rule in each.rules]
        for each in trail(lakemont.office, lakemont.agency_id).entries
    }
    assert (shown[earlier.position], shown[later.position]) == ([FIRST], [SECOND])


def test_why_cites_the_version_of_the_day(lakemont: Agency) -> None:
    takes_up(lakemont, SECOND, APRIL)
    assert FIRST in lakemont.screen(LEE, "why taser")
    said = lakemont.at("2027-04-02 09:00").screen(LEE, "why taser")
    assert SECOND in said
    assert FIRST not in said


def test_a_version_that_is_no_longer_held_is_unknown_and_named(lakemont: Agency, packs: Path) -> None:
    takes_up(lakemont, SECOND, date(2027, 2, 1))
    shutil.rmtree(packs / "lkm")
    bare = agency_in(lakemont.office.engine, NOW, packs)
    standing = bare.standing(LEE)
    assert standing.word is StandingWord.UNKNOWN
    assert (standing.compliant, standing.percent) == (None, 99)
    assert [line.label for line in standing.in_state(LineState.UNKNOWN)] == [SECOND]
    # What the state asks is still judged, and no other version of the missing pack stands in for it.
    assert standing.line("mn-ce-total-48") is not None
    assert not [line for line in standing.lines if line.pack == FIRST]
    for channel in (SMS, "terminal"):
        message = bare.ask(LEE, "am i good", channel)
        assert message.first_word == "UNKNOWN"
    assert SECOND in bare.text(LEE, "am i good")
    assert "no longer held" in bare.screen(LEE, "am i good")
    assert SECOND in bare.entries("question:answered")[0].data["packs"]


def test_what_is_known_to_be_overdue_stays_so_without_the_other_rules(lakemont: Agency, packs: Path) -> None:
    late = next(each for each in lakemont.badges() if _late(lakemont, each))
    takes_up(lakemont, SECOND, date(2027, 2, 1))
    shutil.rmtree(packs / "lkm")
    assert agency_in(lakemont.office.engine, NOW, packs).standing(late, JULY).word is StandingWord.OVERDUE


def _late(agency: Agency, badge: str) -> bool:
    """Whether the state's own rules say so once the cycle has ended."""
    overdue = agency.standing(badge, JULY).in_state(LineState.OVERDUE)
    return any(line.pack == STATE and line.decides for line in overdue)


def test_every_way_of_asking_survives_a_version_that_is_gone(lakemont: Agency, packs: Path) -> None:
    takes_up(lakemont, SECOND, date(2027, 2, 1))
    shutil.rmtree(packs / "lkm")
    bare = agency_in(lakemont.office.engine, NOW, packs)
    for text in ("why", "why taser", "missing", "deadlines", "hours", "what if i take 4 h autism", "history"):
        assert bare.ask(LEE, text, SMS).body, text
    for text in ("why taser", "taser"):
        assert SECOND in bare.text(LEE, text), text
    assert bare.text(OKAFOR, "my team")
    assert trail(bare.office, bare.agency_id).entries


def test_when_the_folder_is_back_the_tick_judges_everybody_again(lakemont: Agency, packs: Path) -> None:
    takes_up(lakemont, SECOND, date(2027, 2, 1))
    (packs / "lkm").rename(packs.parent / "put-aside")
    bare = agency_in(lakemont.office.engine, NOW, packs)
    tick(bare.office, bare.agency_id, bare.today)
    kept = bare.kept(LEE)
    assert kept is not None
    assert kept.word == "UNKNOWN"
    assert tick(bare.office, bare.agency_id, bare.today) == 0
    (packs.parent / "put-aside").rename(packs / "lkm")
    assert tick(bare.office, bare.agency_id, bare.today) == len(bare.badges())
    kept = bare.kept(LEE)
    assert kept is not None
    assert kept.word == "NOT YET"


def test_a_service_that_runs_finds_the_first_pack_put_beside_its_data(
    sqlite_lakemont: Engine, tmp_path: Path
) -> None:
    running = agency_in(sqlite_lakemont, NOW, tmp_path / "later")
    running.standing(LEE)
    second_version(tmp_path / "later")
    takes_up(running, SECOND, date(2027, 2, 1))
    assert SECOND in running.standing(LEE).packs
    assert running.standing(LEE).word is not StandingWord.UNKNOWN


def test_an_id_without_a_version_is_the_earliest_held_and_stays_it(
    sqlite_lakemont: Engine, packs: Path
) -> None:
    second_version(packs, "2027.10")
    agency = agency_in(sqlite_lakemont, NOW, packs)
    takes_up(agency, "lkm", date(2027, 2, 1))
    assert FIRST in agency.standing(LEE).packs


def test_a_new_version_of_a_base_changes_no_pack_that_is_based_on_it(packs: Path) -> None:
    before = load_pack("mn-demo", packs)
    shutil.copytree(Path(load_pack("mn").folder), packs / "mn-next")
    rewrite(packs / "mn-next" / "pack.yaml", '"2026.1"', '"2031.1"')
    for file in (packs / "mn-next" / "requirements").glob("*ce-total*"):
        rewrite(file, "hours: 48", "hours: 60")
    assert load_pack("mn", packs).version == "2031.1"
    assert load_pack("mn-demo", packs).digest == before.digest


def test_versions_are_in_the_order_of_their_numbers(packs: Path) -> None:
    for version in ("2027.9", "2027.10"):
        second_version(packs, version)
    names = [each.name for each in held_packs(packs) if each.id == "lkm"]
    assert names == [FIRST, "lkm-2027.9", "lkm-2027.10"]
    assert load_pack("lkm", packs).name == "lkm-2027.10"
    assert load_pack("lkm-2027.9", packs).name == "lkm-2027.9"


def test_an_agency_begins_with_the_newest_version_that_is_effective(packs: Path) -> None:
    second_version(packs)
    shelf = PackShelf(packs)
    assert [shelf.named_on("lkm", day) for day in (date(2027, 3, 31), APRIL)] == [FIRST, SECOND]


def test_two_folders_with_one_version_and_a_version_with_a_hyphen_are_refused(packs: Path) -> None:
    second_version(packs)
    shutil.copytree(packs / "lkm" / "2027.2", packs / "twin")
    with pytest.raises(PackError, match=r"no other folder has, found 'lkm-2027\.2'"):
        held_packs(packs)
    rewrite(packs / "twin" / "pack.yaml", '"2027.2"', '"2027-2"')
    with pytest.raises(PackError, match="a version without a hyphen"):
        held_packs(packs)
