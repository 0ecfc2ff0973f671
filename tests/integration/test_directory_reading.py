"""Is the agency's directory read whole, and by no more calls, hosts and permissions than it takes?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from bot.graph.directory import GraphDirectory
from bot.microsoft.clouds import cloud_of
from bot.microsoft.tokens import MicrosoftTokens
from tests.fakes.graph.tenant import CATALOGUE, INSTALL, MEMBERS, Tenant, object_id, refused
from training.directory.model import DirectoryPerson, InstallOutcome
from training.errors import ErrorCode, RollcallError

CITY, PATROL, NIGHTS = object_id(901), object_id(902), object_id(903)


class Pauses:
    """What is waited, without waiting."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    okafor = made.hire(77, "Kim", "Okafor", jobTitle="Sergeant", department="B shift")
    ruiz = made.hire(
        214,
        "Dana",
        "Ruiz",
        jobTitle="Officer",
        department="B shift",
        mobilePhone="612-555-0142",
        employeeHireDate="2015-04-01T00:00:00Z",
        onPremisesExtensionAttributes={"extensionAttribute7": "007"},
        onPremisesSamAccountName="druiz",
    )
    made.hire(611, "Jo", "Whitman", accountEnabled=False)
    made.hire(950, "Sam", "Guest", userType="Guest", employeeId=None)
    made.managers[ruiz] = okafor
    return made


@pytest.fixture
def opened(tenant: Tenant, pauses: Pauses) -> Iterator[Any]:
    """A directory with the settings that a test gives."""
    made: list[MicrosoftTokens] = []

    def open_it(**graph: Any) -> GraphDirectory:
        settings = tenant.settings(**graph)
        tokens = MicrosoftTokens(
            settings.teams, cloud_of(settings.teams, settings.graph), transport=tenant.login.transport()
        )
        made.append(tokens)
        return GraphDirectory(settings, tokens=tokens, transport=tenant.transport(), pause=pauses)

    yield open_it
    assert not tenant.broken
    for each in made:
        each.close()


def people(found: Any) -> dict[str, DirectoryPerson]:
    return {each.given: each for each in found.people}


def refusal(directory: GraphDirectory) -> RollcallError:
    with pytest.raises(RollcallError) as caught:
        directory.everybody()
    return caught.value


def test_everybody_is_read_over_all_pages_with_badge_unit_and_manager(tenant: Tenant, opened: Any) -> None:
    found = opened().everybody()
    assert found.whole
    assert people(found)["Dana"] == DirectoryPerson(
        object_id=object_id(214),
        badge="0214",
        given="Dana",
        family="Ruiz",
        email="Dana.Ruiz@lakemont.example.org",
        mobile_phone="612-555-0142",
        job_title="Officer",
        unit="B shift",
        supervisor_badge="0077",
        hired_on=date(2015, 4, 1),
    )
    assert not people(found)["Jo"].enabled
    assert people(found)["Sam"].guest
    assert people(found)["Sam"].badge == ""
    # Where to go on is asked for before anything is read.
    assert tenant.paths() == ["/users/delta()", "/users", "/users"]
    assert len(tenant.login.asked) == 1


@pytest.mark.parametrize(
    ("badge", "held"), [("extensionAttribute7", "007"), ("onPremisesSamAccountName", "druiz")]
)
def test_the_badge_stands_where_the_settings_say(badge: str, held: str, opened: Any) -> None:
    found = people(opened(badge=badge).everybody())
    assert found["Dana"].badge == held
    assert found["Kim"].badge == ""


def test_groups_are_units_and_one_group_says_who_is_the_agencys(tenant: Tenant, opened: Any) -> None:
    tenant.groups = {
        CITY: ("Police", [NIGHTS, object_id(77)]),
        PATROL: ("Patrol", [object_id(77), object_id(214), object_id(611)]),
        NIGHTS: ("Night shift", [object_id(214)]),
    }
    found = people(opened(group=CITY, unit_groups=f"{NIGHTS},{PATROL}").everybody())
    assert {name: each.unit for name, each in found.items()} == {
        "Kim": "Patrol",
        "Dana": "Night shift",
        "Jo": "Patrol",
        "Sam": "",
    }
    assert {name for name, each in found.items() if each.outside} == {"Jo", "Sam"}


def test_only_who_changed_is_read_again_and_as_they_are_now(tenant: Tenant, opened: Any) -> None:
    directory = opened()
    link = directory.everybody().link
    tenant.asked.clear()
    tenant.managers[object_id(214)] = object_id(611)
    tenant.change(object_id(214), jobTitle="Detective")
    tenant.change(object_id(214), surname="Vance")
    tenant.hire(300, "New", "Person")
    tenant.remove(object_id(611))
    tenant.remove(object_id(300))
    found = directory.changes(link)
    assert not found.whole
    assert [(each.family, each.job_title) for each in found.people] == [("Vance", "Detective")]
    assert sorted(found.removed) == [object_id(300), object_id(611)]
    assert tenant.paths() == ["/users/delta()"] * 3 + [f"/users/{object_id(214)}"]
    assert directory.changes(found.link).people == ()


def test_a_link_that_is_too_old_leads_nowhere(tenant: Tenant, opened: Any) -> None:
    directory = opened()
    link = directory.everybody().link
    tenant.oldest = 99
    assert directory.changes(link) is None
    tenant.failing["/users/delta"].append(refused(410, "resyncRequired"))
    assert directory.changes(link) is None


def test_more_changes_than_are_read_one_by_one_mean_to_read_it_whole(tenant: Tenant, opened: Any) -> None:
    directory = opened()
    link = directory.everybody().link
    tenant.per_page = 999
    for number in range(1000, 1051):
        tenant.hire(number, "Many", "Hired")
    assert directory.changes(link) is None


def test_a_busy_directory_is_waited_for_as_it_asks(tenant: Tenant, opened: Any, pauses: Pauses) -> None:
    tenant.failing["/users"] += [
        refused(429, "TooManyRequests", **{"retry-after": "7"}),
        refused(503, "serviceNotAvailable", **{"retry-after": "3600"}),
        httpx.Response(502, text="<html>bad gateway</html>"),
        httpx.ReadError("cut"),
    ]
    assert len(opened().everybody().people) == 4
    assert pauses.seconds == [7, 60, 5, 5]


@pytest.mark.parametrize(
    ("failure", "code", "tries"),
    [
        (refused(429, "TooManyRequests"), ErrorCode.DIRECTORY_UNREACHABLE, 5),
        (httpx.ConnectError("no line"), ErrorCode.DIRECTORY_UNREACHABLE, 5),
        (refused(500, "InternalServerError"), ErrorCode.DIRECTORY_UNCLEAR, 1),
        (httpx.Response(200, html="<p>Sign in to the network"), ErrorCode.DIRECTORY_UNCLEAR, 1),
        (
            httpx.Response(200, content=b'{"value": [{"id"', headers={"content-type": "application/json"}),
            ErrorCode.DIRECTORY_UNCLEAR,
            1,
        ),
        (httpx.Response(200, json={"status": "ok"}), ErrorCode.DIRECTORY_UNCLEAR, 1),
        (httpx.Response(302, headers={"location": "http://elsewhere.test/"}), ErrorCode.DIRECTORY_UNCLEAR, 1),
    ],
)
def test_what_never_comes_is_said_and_not_tried_for_ever(
    failure: Any, code: ErrorCode, tries: int, tenant: Tenant, opened: Any
) -> None:
    tenant.failing["/users"] += [failure] * 9
    assert refusal(opened()).code == code
    assert len(tenant.asked) == tries


def test_a_missing_permission_is_named_and_not_tried_again(tenant: Tenant, opened: Any) -> None:
    tenant.groups = {CITY: ("Police", [])}
    tenant.granted.discard(MEMBERS)
    error = refusal(opened(group=CITY))
    assert (error.code, error.facts) == (ErrorCode.DIRECTORY_PERMISSION, {"permission": MEMBERS})
    tenant.granted.clear()
    tenant.asked.clear()
    assert refusal(opened()).facts == {"permission": "User.Read.All"}
    assert len(tenant.asked) == 1


def test_a_group_of_the_settings_that_is_not_there_is_named(opened: Any) -> None:
    error = refusal(opened(unit_groups=PATROL))
    assert (error.code, error.facts) == (ErrorCode.DIRECTORY_GROUP, {"group": PATROL})


def test_a_token_that_is_taken_back_is_renewed_once(tenant: Tenant, opened: Any) -> None:
    directory = opened()
    directory.everybody()
    tenant.login.given.clear()
    assert len(directory.everybody().people) == 4
    tenant.failing["/users"] += [refused(401, "InvalidAuthenticationToken")] * 9
    assert refusal(directory).code == ErrorCode.DIRECTORY_UNCLEAR


def test_a_secret_that_is_not_taken_is_said(tenant: Tenant, opened: Any) -> None:
    tenant.login.failing.append(httpx.Response(401, json={"error": "invalid_client"}))
    error = refusal(opened())
    assert (error.code, error.facts) == (ErrorCode.DIRECTORY_NO_TOKEN, {"why": "invalid_client"})
    assert not tenant.asked


@pytest.mark.parametrize("kind", ["next", "delta"])
def test_a_link_to_another_host_is_not_followed_and_gets_no_token(
    kind: str, tenant: Tenant, opened: Any
) -> None:
    tenant.lies = {kind: "http://graph.test.elsewhere.test/v1.0"}
    assert refusal(opened()).code == ErrorCode.DIRECTORY_UNCLEAR


APP = "11111111-2222-5333-8444-555555555555"


def test_the_app_is_installed_once_for_whoever_has_an_account(tenant: Tenant, opened: Any) -> None:
    tenant.granted |= {CATALOGUE, INSTALL}
    tenant.apps[APP] = "tenant-app-1"
    ruiz, okafor, nobody = object_id(214), object_id(77), object_id(999)
    tenant.has_app.append(okafor)
    tenant.failing[f"/users/{ruiz}"].append(refused(503, "serviceNotAvailable"))
    found = {each.object_id: each.outcome for each in opened().install(APP, [ruiz, okafor, nobody])}
    assert found == {
        ruiz: InstallOutcome.INSTALLED,
        okafor: InstallOutcome.THERE,
        nobody: InstallOutcome.NO_ACCOUNT,
    }
    assert tenant.has_app == [okafor, ruiz]


def test_what_was_installed_is_told_before_what_stopped_it(tenant: Tenant, opened: Any) -> None:
    tenant.granted |= {CATALOGUE, INSTALL}
    tenant.apps[APP] = "tenant-app-1"
    ruiz, okafor = object_id(214), object_id(77)
    tenant.failing[f"/users/{okafor}"].append(refused(403, "Forbidden"))
    going = opened().install(APP, [ruiz, okafor])
    assert next(going).object_id == ruiz
    with pytest.raises(RollcallError) as caught:
        next(going)
    assert caught.value.facts == {"permission": INSTALL}


def test_an_app_that_nobody_uploaded_is_said(tenant: Tenant, opened: Any) -> None:
    with pytest.raises(RollcallError) as caught:
        list(opened().install(APP, [object_id(214)]))
    assert caught.value.facts == {"permission": CATALOGUE}
    tenant.granted.add(CATALOGUE)
    with pytest.raises(RollcallError) as caught:
        list(opened().install(APP, [object_id(214)]))
    assert caught.value.code == ErrorCode.DIRECTORY_APP


def test_one_question_shows_what_stands_in_the_way_and_waits_for_nothing(
    tenant: Tenant, opened: Any, pauses: Pauses
) -> None:
    opened().knock()
    assert tenant.paths() == ["/users"]
    tenant.groups = {CITY: ("Police", [])}
    opened(group=CITY).knock()
    with pytest.raises(RollcallError) as caught:
        opened(group=CITY, unit_groups=PATROL).knock()
    assert caught.value.facts == {"group": PATROL}
    tenant.failing["/users"].append(refused(429, "TooManyRequests"))
    with pytest.raises(RollcallError) as caught:
        opened().knock()
    assert caught.value.code == ErrorCode.DIRECTORY_UNREACHABLE
    assert not pauses.seconds
