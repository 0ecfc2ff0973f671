"""Who gets the app in Teams without asking for it, and what stays of that?"""

import argparse
from collections.abc import Sequence

import pytest

from bot.commands import teams_install
from bot.teams.package import app_id
from config.settings import Settings
from db.queries.context import ByBadge
from db.records.accounts import PilotMember
from db.records.facts import DirectoryEntry
from db.records.work import ChatReference
from messages.words import load
from tests.fakes.graph.login import CLIENT, TENANT, settings
from tests.scenario.cast import Agency
from tests.scenario.directory_cast import CannedDirectory, entry
from training.accounts import references
from training.directory.model import InstallOutcome
from training.errors import ErrorCode, RollcallError
from training.transcripts.exports import Clerk

COORDINATOR, RUIZ, OKAFOR = "902", "214", "77"


@pytest.fixture
def known(embedded: Agency) -> Agency:
    """Two of the roster are known by their entries."""
    with embedded.writing() as writer:
        writer.record(
            *(
                DirectoryEntry(person_id=embedded.id_of(each), object_id=entry(int(each)))
                for each in (RUIZ, OKAFOR)
            )
        )
    return embedded


def install(
    agency: Agency, directory: CannedDirectory, *options: str, badge: str = COORDINATOR
) -> Sequence[str]:
    parser = argparse.ArgumentParser()
    teams_install.add_arguments(parser)
    by = Clerk(agency.office, agency.agency_id, ByBadge(badge), "terminal", load())
    given = parser.parse_args([*options, "--as", badge])
    return teams_install.installed(given, by, directory, Settings.model_construct(teams=settings()))


def test_nothing_is_installed_before_somebody_says_so(known: Agency) -> None:
    directory = CannedDirectory()
    assert install(known, directory) == [
        "It would be installed for 2 people. To install it, run the same command with --yes."
    ]
    assert not directory.asked


def test_whoever_got_it_is_written_down_and_who_had_it_is_not(known: Agency) -> None:
    directory = CannedDirectory(outcomes={entry(77): InstallOutcome.THERE})
    assert install(known, directory, "--yes") == ["Installed for 1 person.", "1 person had it already."]
    assert directory.asked == [app_id(CLIENT)]
    [said] = known.entries("app:installed")
    assert said.subject_id == known.id_of(RUIZ)


def test_what_was_done_is_written_down_when_the_rest_is_refused(known: Agency) -> None:
    stop = RollcallError(ErrorCode.DIRECTORY_PERMISSION, permission="x")
    directory = CannedDirectory(outcomes={entry(214): InstallOutcome.INSTALLED}, stops=stop)
    with pytest.raises(RollcallError):
        install(known, directory, "--yes")
    assert len(known.entries("app:installed")) == 1


def test_whoever_has_it_or_took_it_away_is_left_alone(known: Agency) -> None:
    here = ChatReference(
        channel="teams",
        address=TENANT,
        conversation="a:1",
        service_url="https://smba.example",
        account=entry(214),
    )
    references.keep(known.office, known.agency_id, here)
    assert install(known, CannedDirectory(), RUIZ)[0].startswith("Nobody is without it")
    references.lose(known.office, known.agency_id, "teams", TENANT, entry(214), "uninstalled")
    assert install(known, CannedDirectory(), RUIZ)[0].startswith("Nobody is without it")


def test_in_a_pilot_only_its_members_get_it(known: Agency) -> None:
    with known.writing() as writer:
        writer.record(PilotMember(person_id=known.id_of(OKAFOR)))
    assert install(known, CannedDirectory())[0].startswith("It would be installed for 1 person.")


def test_an_officer_installs_nothing_and_a_badge_of_nobody_is_said(known: Agency) -> None:
    with pytest.raises(RollcallError) as caught:
        install(known, CannedDirectory(), badge=RUIZ)
    assert caught.value.code == ErrorCode.ACCESS_REFUSED
    with pytest.raises(RollcallError) as caught:
        install(known, CannedDirectory(), "4711")
    assert caught.value.code == ErrorCode.BADGE_UNKNOWN
