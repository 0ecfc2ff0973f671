"""What does the doctor say of Teams? The token, the keys, the tenant's cloud, the way in and whose door it is."""

from typing import Any

import pytest
from pydantic import SecretStr

from bot.doctor import teams as doctor
from bot.doctor.model import CheckFinding, Patient, State
from config.settings import Settings, TeamsCloud
from db.state import DatabaseState
from tests.fakes.teams import faults
from tests.fakes.teams.server import StandIn
from tests.scenario.cast import Agency
from tests.scenario.teams_cast import OFFICER, in_teams, settings_for

PUBLIC = "https://rollcall.example.gov"


def patient(agency: Agency, settings: Settings) -> Patient:
    return Patient(settings, (), agency.office, DatabaseState.CURRENT)


def said(agency: Agency, finding: CheckFinding) -> str:
    return finding.line(agency.words)


def test_all_is_well_and_nobody_is_asked_for_anything_but_a_token_and_keys(embedded: Agency) -> None:
    with in_teams(embedded) as desk:
        settings = settings_for(desk.teams).model_copy(update={"public_url": PUBLIC})
        looked = patient(embedded, settings)
        assert said(embedded, doctor.door(looked)).startswith("No agency has this tenant yet.")
        desk.ask(OFFICER, "hello")
        for check in (doctor.token, doctor.keys, doctor.way_in, doctor.door):
            assert check(looked).state is State.OK, said(embedded, check(looked))
        assert said(embedded, doctor.way_in(looked)) == f"Messages come to {PUBLIC}/api/messages."
        # The stand-in says nothing of its tenant's cloud, and that is no fault.
        assert doctor.cloud(looked).state is State.NOT_CHECKED
        moved = settings.teams.model_copy(update={"tenant_id": "00000000-0000-0000-0000-00000000000f"})
        other = patient(embedded, settings.model_copy(update={"teams": moved}))
        assert said(embedded, doctor.door(other)).startswith(
            "The settings name a tenant that no agency has; 1 "
        )


def test_each_thing_that_is_wrong_has_its_line(embedded: Agency) -> None:
    with StandIn() as teams:
        settings = settings_for(teams).model_copy(update={"public_url": "http://localhost:8000"})
        looked = patient(embedded, settings)
        assert said(embedded, doctor.way_in(looked)).startswith("Microsoft cannot send messages to http://")
        secret = settings.teams.model_copy(update={"client_secret": SecretStr("geheim")})
        found = doctor.token(patient(embedded, settings.model_copy(update={"teams": secret})))
        line = said(embedded, found)
        assert (found.state, "AADSTS7000215" in line, "geheim" in line) == (State.FAILED, True, False)
        teams.faults.always(faults.TOKEN, faults.failed(after=False, status=503))
        assert said(embedded, doctor.token(looked)).startswith("Microsoft did not answer at http://")
        for wrong in (faults.failed(after=False, status=503), faults.page()):
            teams.faults.always(faults.KEYS, wrong)
            assert said(embedded, doctor.keys(looked)).startswith("Microsoft's signing keys cannot be had")
    assert doctor.token(looked).code == "teams-unreachable"
    assert doctor.keys(looked).state is State.FAILED


def test_what_is_off_is_not_asked_for(embedded: Agency) -> None:
    looked = patient(embedded, Settings.model_construct())
    for check in (doctor.token, doctor.keys, doctor.cloud, doctor.way_in, doctor.door):
        assert check(looked).state is State.NOT_SET


@pytest.mark.parametrize(
    ("told", "cloud"),
    [
        ({"issuer": "x", "tenant_region_scope": "NA"}, TeamsCloud.PUBLIC),
        ({"issuer": "x", "tenant_region_sub_scope": "GCC"}, TeamsCloud.GCC),
        ({"issuer": "x", "tenant_region_sub_scope": "DODCON"}, TeamsCloud.GCC_HIGH),
        ({"issuer": "x", "tenant_region_sub_scope": "DOD"}, TeamsCloud.DOD),
        ({"issuer": "x", "tenant_region_sub_scope": "MOON"}, None),
        ({"error": "invalid_tenant"}, None),
    ],
)
def test_the_cloud_of_a_tenant_is_what_microsoft_says_of_it(
    told: dict[str, Any], cloud: TeamsCloud | None
) -> None:
    assert doctor.cloud_in(told) is cloud
