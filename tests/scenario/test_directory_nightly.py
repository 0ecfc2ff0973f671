"""Who hears of what waits in the directory, how often, and does anything else wait for it?"""

from dataclasses import dataclass, field
from threading import Event

import pytest

from bot.doctor.directory import answers, knocked
from bot.doctor.model import Patient
from bot.graph.aside import Aside
from config.settings import Graph, Settings
from db.queries import accounts
from db.records.facts import DirectoryEntry, MatchedBy
from messages.words import load
from scheduler.jobs import Work
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.directory_cast import CannedDirectory, entry, somebody
from tests.scenario.turns_cast import COORDINATOR, RUIZ, Ways
from training.accounts.account_questions import by_directory, takes_away
from training.accounts.accounts import Account, Linked, link
from training.directory.model import DirectoryReading
from training.directory.waiting import tell_what_waits
from training.errors import ErrorCode, RollcallError
from training.log.register import unattended

NIGHT, MORNING, NEXT_NIGHT = "2027-03-03 03:05", "2027-03-03 08:00", "2027-03-04 03:05"
TENANT = "00000000-0000-0000-0000-000000000002"
ACCOUNT = Account("teams", TENANT, entry(214))


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    return Ways(embedded.at(NIGHT)).link("slack", badge=COORDINATOR)


@pytest.fixture
def found() -> CannedDirectory:
    return CannedDirectory([somebody(9901, "New", "Hire"), somebody(9902, "Newer", "Hire")])


def looked(ways: Ways, directory: CannedDirectory) -> int:
    return tell_what_waits(ways.agency.office, ways.agency.agency_id, directory, load())


def test_the_coordinator_hears_once_that_changes_wait_and_nothing_is_written(
    ways: Ways, found: CannedDirectory
) -> None:
    badges = ways.agency.badges
    assert looked(ways, found) == 1
    [told] = [each for each in ways.all() if each.kind == "directory"]
    assert told.person_id == ways.agency.id_of(COORDINATOR)
    assert looked(ways, found) == 0
    ways.agency.at(NEXT_NIGHT)
    assert looked(ways, found) == 0
    assert found.asked == ["everybody", "everybody"]
    assert ways.agency.badges == badges
    found.people.append(somebody(9903, "Newest", "Hire"))
    ways.agency.at("2027-03-05 03:05")
    assert looked(ways, found) == 1


def test_by_day_nobody_looks(ways: Ways, found: CannedDirectory) -> None:
    ways.agency.at(MORNING)
    assert looked(ways, found) == 0
    assert not found.asked


def test_a_directory_that_says_nothing_new_is_not_spoken_of(ways: Ways) -> None:
    nobody_new = CannedDirectory([somebody(214, "Dana", "Ruiz")], speaks_for=())
    with ways.agency.writing() as writer:
        writer.record(DirectoryEntry(person_id=ways.agency.id_of(RUIZ), object_id=entry(214)))
    assert looked(ways, nobody_new) == 0


@dataclass
class Refusing(CannedDirectory):
    """A directory that gives nothing."""

    code: ErrorCode = ErrorCode.DIRECTORY_UNREACHABLE
    facts: dict[str, str] = field(default_factory=lambda: {"why": "503"})

    def everybody(self) -> DirectoryReading:
        self.asked.append("everybody")
        raise RollcallError(self.code, **self.facts)


@pytest.mark.parametrize(
    ("refusing", "times"),
    [
        (Refusing(), 2),
        (Refusing(code=ErrorCode.DIRECTORY_PERMISSION, facts={"permission": "User.Read.All"}), 1),
    ],
)
def test_what_time_mends_is_tried_again_the_same_night_and_the_rest_the_next(
    refusing: Refusing, times: int, ways: Ways, found: CannedDirectory
) -> None:
    assert looked(ways, refusing) == 0
    assert looked(ways, refusing) == 0
    assert len(refusing.asked) == times
    ways.agency.at(NEXT_NIGHT)
    assert looked(ways, found) == 1


@dataclass
class Slow(CannedDirectory):
    """A directory that takes its time."""

    gate: Event = field(default_factory=Event)

    def everybody(self) -> DirectoryReading:
        assert self.gate.wait(10)
        return super().everybody()


def test_nothing_else_waits_for_a_slow_directory(ways: Ways, found: CannedDirectory) -> None:
    slow = Slow(found.people)
    look = Aside(TENANT, lambda work, agency_id: tell_what_waits(work.office, agency_id, slow, load()))
    work = Work(unattended(ways.agency.office), lambda: False)
    assert look(work) == 0
    assert look(work) == 0
    assert slow.asked == []
    slow.gate.set()
    until(lambda: look(work) == 1, "the coordinator was told")
    until(lambda: look(work) == 0 and slow.asked == ["everybody"], "the next look finds the night done")


def test_an_account_is_theirs_whose_entry_the_roster_confirmed_without_any_address(embedded: Agency) -> None:
    office, agency_id, words = embedded.office, embedded.agency_id, load()
    assert by_directory(office, agency_id, ACCOUNT, words) is None
    with embedded.writing() as writer:
        writer.record(DirectoryEntry(person_id=embedded.id_of(RUIZ), object_id=entry(214)))
    linked = by_directory(office, agency_id, ACCOUNT, words)
    assert linked is not None
    assert linked.person_id == embedded.id_of(RUIZ)
    assert linked.introduction is not None
    [said] = embedded.entries("account:linked")
    assert said.data["matched_by"] == "coordinator"


def test_somebody_who_has_another_account_there_is_asked_about_and_not_guessed(embedded: Agency) -> None:
    office, agency_id, words = embedded.office, embedded.agency_id, load()
    ruiz = embedded.id_of(RUIZ)
    with embedded.writing() as writer:
        writer.record(DirectoryEntry(person_id=ruiz, object_id=entry(214)))
    other = Account("teams", TENANT, entry(999))
    assert isinstance(link(office, agency_id, other, ruiz, MatchedBy.EMAIL, words), Linked)
    assert by_directory(office, agency_id, ACCOUNT, words) is None


def test_what_a_coordinator_took_away_the_directory_does_not_bring_back(embedded: Agency) -> None:
    office, agency_id, words = embedded.office, embedded.agency_id, load()
    ruiz = embedded.id_of(RUIZ)
    with embedded.writing() as writer:
        writer.record(DirectoryEntry(person_id=ruiz, object_id=entry(214)))
    assert by_directory(office, agency_id, ACCOUNT, words) is not None
    with embedded.reading() as conn:
        [held] = accounts.of_person(conn, agency_id, ruiz)
    with embedded.writing() as writer:
        writer.audit(*takes_away(held.id, ACCOUNT, ruiz)(writer))
    assert by_directory(office, agency_id, ACCOUNT, words) is None


@pytest.mark.parametrize(
    ("stops", "found"),
    [
        (None, "directory"),
        (RollcallError(ErrorCode.DIRECTORY_NO_TOKEN, why="invalid_client"), "directory-no-token"),
        (RollcallError(ErrorCode.DIRECTORY_PERMISSION, permission="x"), "directory-permission"),
        (RollcallError(ErrorCode.DIRECTORY_GROUP, group="x"), "directory-group"),
        (RollcallError(ErrorCode.DIRECTORY_UNCLEAR, why="502"), "directory-unreachable"),
    ],
)
def test_the_doctor_says_what_stands_in_the_way(stops: RollcallError | None, found: str) -> None:
    assert knocked(CannedDirectory(stops=stops)).code == found


def test_the_doctor_asks_no_directory_that_nobody_switched_on() -> None:
    off = Patient(settings=Settings.model_construct(), problems=(), office=None, database=None)
    assert answers(off).code == "directory-off"
    without_bot = Settings.model_construct(graph=Graph(roster=True))
    assert (
        answers(Patient(settings=without_bot, problems=(), office=None, database=None)).code
        == "directory-no-bot"
    )
