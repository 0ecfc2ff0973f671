"""Does the roster follow the agency's directory, and never without somebody who has looked?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from db.queries import agencies, directory, people, reporting
from db.unit_of_work import reading
from tests.scenario.directory_cast import CannedDirectory, entry, follow, somebody
from tests.scenario.import_cast import TUESDAY, WEDNESDAY, Desk, staffed_desk
from training.directory import following
from training.directory.model import DirectoryPerson
from training.errors import ErrorCode, RollcallError
from training.imports.planning import plan

OKAFOR = somebody(
    77,
    "Kim",
    "Okafor",
    email="Kim.Okafor@lakemont.example.org",
    job_title="Sergeant",
    unit="B shift",
    supervisor_badge="31",
)
RUIZ = somebody(
    214,
    "Dana",
    "Ruiz",
    email="dana.ruiz@lakemont.example.org",
    job_title="Officer",
    unit="B shift",
    supervisor_badge="77",
)
TORRES = somebody(
    31, "Ray", "Torres", job_title="Lieutenant", unit="Patrol", email="ray.torres@lakemont.example.org"
)


@pytest.fixture
def desk(sqlite_database: Engine) -> Desk:
    return staffed_desk(sqlite_database).at(TUESDAY)


@pytest.fixture
def lakemont() -> CannedDirectory:
    return CannedDirectory([OKAFOR, RUIZ, TORRES])


def refused(run: Callable[[], object]) -> RollcallError:
    with pytest.raises(RollcallError) as caught:
        run()
    return caught.value


def link(desk: Desk) -> str:
    with reading(desk.office.engine) as conn:
        return directory.state(conn, desk.agency_id).link


def test_nothing_is_written_before_somebody_has_looked(database: Engine, lakemont: CannedDirectory) -> None:
    desk = staffed_desk(database).at(TUESDAY)
    before = desk.sequence()
    code, said = follow(desk, lakemont)
    assert code == 0
    assert "The directory was read as a whole: 3 people with a badge." in said
    assert "To write this, run the same command with --yes." in said
    assert (desk.sequence(), link(desk)) == (before, "")
    code, said = follow(desk, lakemont, "--yes")
    assert code == 0
    with reading(database) as conn:
        owners = {number: directory.owner(conn, desk.agency_id, entry(number)) for number in (31, 77, 214)}
    assert owners == {number: desk.id_of(str(number)) for number in owners}
    assert link(desk) == "link-2"
    [imported] = [each for each in desk.entries("import:written") if each.at == TUESDAY]
    assert imported.data["kind"] == "roster"


def test_what_changed_since_it_was_looked_at_is_shown_and_not_written(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    follow(desk, lakemont)
    lakemont.people[1] = replace(RUIZ, unit="A shift")
    before = desk.sequence()
    assert refused(lambda: follow(desk, lakemont, "--yes")).code == ErrorCode.DIRECTORY_MOVED
    assert desk.sequence() == before
    # Now somebody has seen it.
    assert follow(desk, lakemont, "--yes")[0] == 0
    assert desk.sequence() > before


def test_a_transfer_in_the_directory_is_one_in_the_roster(desk: Desk, lakemont: CannedDirectory) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    lakemont.changed = [replace(RUIZ, family="Vance", badge="1214", unit="A shift", supervisor_badge="71")]
    later = desk.at(WEDNESDAY)
    follow(later, lakemont)
    _, said = follow(later, lakemont, "--yes")
    assert "What changed in the directory was read: 1 person with a badge." in said
    assert "not in this roster" not in said
    assert lakemont.asked == ["everybody", "everybody", "link-2", "link-2"]
    ruiz = later.id_of("1214")
    with reading(later.office.engine) as conn:
        assert directory.owner(conn, later.agency_id, entry(214)) == ruiz
        line = reporting.lines_at(conn, later.agency_id, WEDNESDAY)[ruiz].fact
        units = {each.fact.unit_id: each.fact.name for each in agencies.units(conn, later.agency_id)}
        assert people.names(conn, later.agency_id, ruiz)[0].fact.family == "Vance"
    assert (line.supervisor_id, units[line.unit_id]) == (later.id_of("71"), "A shift")


def test_when_nothing_changed_nothing_is_asked_and_the_next_look_goes_on(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    code, said = follow(desk, lakemont)
    assert code == 0
    assert "Nothing in the directory asks for a change of the roster." in said
    assert link(desk) == "link-3"


@pytest.mark.parametrize("options", [(), ("--whole",)])
def test_it_is_read_whole_when_the_link_leads_nowhere_or_somebody_says_so(
    options: tuple[str, ...], desk: Desk, lakemont: CannedDirectory
) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    lakemont.stale = not options
    follow(desk, lakemont, *options)
    assert lakemont.asked[-1] == "everybody"


def test_a_link_is_not_followed_once_it_is_a_week_old(desk: Desk, lakemont: CannedDirectory) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    follow(desk.at(TUESDAY + timedelta(days=6)), lakemont)
    assert lakemont.asked[-1] == "everybody"


def test_guests_disabled_accounts_and_those_without_a_badge_are_no_rows(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    lakemont.people += [
        somebody(950, "Sam", "Guest", guest=True),
        somebody(951, "Old", "Account", enabled=False),
        somebody(952, "City", "Clerk", badge=""),
        somebody(953, "Public", "Works", outside=True),
    ]
    _, said = follow(desk, lakemont)
    for line in (
        "Left out: 1 guest.",
        "Left out: 1 account that is disabled.",
        "Left out: 1 account without a badge.",
        "Left out: 1 account outside the agency's group.",
    ):
        assert line in said
    follow(desk, lakemont, "--yes")
    with reading(desk.office.engine) as conn:
        assert len(people.roster(conn, desk.agency_id)) == 5


@pytest.mark.parametrize(
    ("away", "why"),
    [
        (replace(RUIZ, enabled=False), "the account is disabled"),
        (replace(RUIZ, outside=True), "the account is outside the agency's group"),
        (None, "the account was removed"),
    ],
)
def test_whose_account_is_gone_is_named_and_stays_as_they_are(
    away: DirectoryPerson | None, why: str, desk: Desk, lakemont: CannedDirectory
) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    lakemont.people = [OKAFOR, TORRES] + ([] if away is None else [away])
    for options in (("--whole",), ("--whole", "--yes")):
        _, said = follow(desk, lakemont, *options)
        assert f"Dana Ruiz (214): {why}" in said
    kept = desk.facts("214").employment.fact
    assert (kept.status, kept.ended_on) == ("active", None)


def test_an_account_that_was_removed_is_named_among_the_changes(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    lakemont.removed = [entry(214), entry(999)]
    _, said = follow(desk, lakemont)
    assert "Dana Ruiz (214): the account was removed" in said
    # Until somebody has said so, the next look shows it again.
    assert link(desk) == "link-2"
    follow(desk, lakemont, "--yes")
    assert link(desk) == "link-4"


def test_far_fewer_people_than_before_stop_it_until_somebody_says_that_it_is_right(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    many = [somebody(number, "Pat", f"Number{chr(number - 335)}") for number in range(400, 410)]
    lakemont.people += many
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    lakemont.people = lakemont.people[:10]
    error = refused(lambda: follow(desk, lakemont, "--whole"))
    assert (error.code, error.facts) == (ErrorCode.DIRECTORY_FEWER, {"now": 10, "before": 13})
    assert follow(desk, lakemont, "--whole", "--fewer")[0] == 0
    lakemont.people += many[7:8]
    assert follow(desk, lakemont, "--whole")[0] == 0


def test_a_directory_in_which_nobody_has_a_badge_changes_nothing(desk: Desk) -> None:
    empty = CannedDirectory([somebody(952, "City", "Clerk", badge="")])
    assert refused(lambda: follow(desk, empty)).code == ErrorCode.DIRECTORY_NOBODY


def test_it_speaks_only_for_the_columns_of_the_settings(desk: Desk, lakemont: CannedDirectory) -> None:
    lakemont.speaks_for = ("unit",)
    lakemont.people = [replace(RUIZ, unit="A shift", job_title="Chief", email="", supervisor_badge="")]
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    ruiz = desk.id_of("214")
    with reading(desk.office.engine) as conn:
        values = {each.fact.value for each in people.contact_points(conn, desk.agency_id, [ruiz])}
        line = reporting.lines_at(conn, desk.agency_id, TUESDAY)[ruiz].fact
    assert values == {"dana.ruiz@lakemont.example.org", "+16125550142"}
    assert line.supervisor_id == desk.id_of("77")
    assert desk.facts("214").employment.fact.rank == "Officer"


def test_of_somebody_new_it_says_more_than_of_those_whom_the_roster_knows(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    lakemont.speaks_for = ("rank", "appointed_on")
    hired = date(2026, 11, 2)
    lakemont.people = [
        replace(RUIZ, hired_on=hired),
        somebody(700, "Lee", "Novak", job_title="Dispatcher II", hired_on=hired),
        somebody(701, "Ana", "Silva", job_title="Police Officer", hired_on=hired),
    ]
    follow(desk, lakemont)
    follow(desk, lakemont, "--yes")
    said = {
        badge: (kept.kind, kept.position, kept.appointed_on)
        for badge in ("214", "700", "701")
        for kept in [desk.facts(badge).employment.fact]
    }
    assert said == {
        "214": ("officer", "police-officer", date(2015, 4, 1)),
        "700": ("civilian", "dispatcher-ii", hired),
        "701": ("officer", "police-officer", hired),
    }


def test_a_directory_that_says_what_the_roster_says_changes_nothing_but_the_ids(
    desk: Desk, lakemont: CannedDirectory
) -> None:
    look = following.look(desk.office, desk.agency_id, lakemont, desk.today, whole=True)
    with reading(desk.office.engine) as conn:
        planned = plan(conn, desk.agency_id, look.file.preview, desk.today)
    assert {each.field for row in planned.rows for each in row.changes} == {"directory_id"}
    assert [each.badge_number for each in planned.rows] == ["214", "31", "77"]
