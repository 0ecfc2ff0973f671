"""Whoever runs Rollcall in Slack: what the doctor finds, what can be measured, and whether the line is open."""

import re

import httpx
import yaml

from bot.doctor import slack as doctor
from bot.doctor import traffic
from bot.doctor.model import CheckFinding, Patient, State
from config.settings import Settings
from db.state import DatabaseState
from tests.fakes.slack.manifest import register
from tests.fakes.slack.server import StandIn
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import COORDINATOR, OFFICER, in_slack, settings_for
from tests.structure.checkout import ROOT

MANIFEST = yaml.safe_load((ROOT / "docs" / "slack-manifest.yaml").read_text("utf-8"))


def patient(agency: Agency, settings: Settings) -> Patient:
    return Patient(settings, (), agency.office, DatabaseState.CURRENT)


def said(agency: Agency, finding: CheckFinding) -> str:
    return finding.line(agency.words)


def test_with_the_manifest_as_it_is_shipped_everything_is_answered(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        register(desk.slack.world, MANIFEST)
        assert desk.ask(OFFICER, "am i good?").text.startswith("NOT YET")
        assert "31.5" in desk.home(OFFICER)
        assert "missing_scope" not in str(desk.slack.calls)
        looked = patient(embedded, settings_for(desk.slack))
        for check in (doctor.token, doctor.scopes, doctor.door):
            assert check(looked).state is State.OK, said(embedded, check(looked))
        assert said(embedded, doctor.token(looked)) == "Slack takes the token, in the workspace Lakemont PD."


def test_each_thing_that_is_wrong_has_its_line(embedded: Agency) -> None:
    with StandIn() as slack:
        looked = patient(embedded, settings_for(slack))
        assert said(embedded, doctor.door(looked)).startswith("No agency has this workspace yet.")
        slack.world.bot.scopes = slack.world.bot.scopes - {"im:history"}
        assert said(embedded, doctor.scopes(looked)).startswith("The token lacks im:history.")
        slack.world.bot.revoked = "token_revoked"
        found = doctor.token(looked)
        assert (found.state, "token_revoked" in said(embedded, found)) == (State.FAILED, True)
        assert doctor.scopes(looked).state is State.NOT_CHECKED
    assert said(embedded, doctor.token(looked)).startswith("Slack did not answer.")


def test_a_way_in_that_slack_cannot_reach_is_named(embedded: Agency) -> None:
    with StandIn() as slack:
        by_http = settings_for(slack).model_copy(update={"public_url": "http://localhost:8000"})
        assert doctor.way_in(patient(embedded, by_http)).state is State.FAILED
        public = by_http.model_copy(update={"public_url": "https://rollcall.example.gov/"})
        found = doctor.way_in(patient(embedded, public))
        assert said(embedded, found) == "Events come to https://rollcall.example.gov/slack/events."
        assert doctor.way_in(patient(embedded, settings_for(slack, sockets=True))).code == "slack-socket"


def test_traffic_is_told_in_numbers(embedded: Agency) -> None:
    with in_slack(embedded) as desk:
        desk.ask(COORDINATOR, "hello")
        looked = patient(embedded, settings_for(desk.slack))
        assert traffic.came_in(looked).state is State.OK
        assert traffic.goes_out(looked).state is State.OK
        assert "have no chat account linked yet" in said(embedded, traffic.linked(looked))


def test_ready_says_whether_the_line_is_open_and_metrics_what_waits(embedded: Agency) -> None:
    with in_slack(embedded, sockets=True) as desk:
        desk.ask(OFFICER, "hello")
        checks = httpx.get(f"{desk.service.url}/health/ready").json()["checks"]
        line = next(each for each in checks if each["name"] == "slack-line")
        assert line["state"] == "ok"
        assert re.fullmatch(r"It is open; the last event came \d+ seconds? ago\.", line["line"])
        assert "rollcall_tick_seconds" in httpx.get(f"{desk.service.url}/metrics").text
    with in_slack(embedded) as desk:
        checks = httpx.get(f"{desk.service.url}/health/ready").json()["checks"]
        assert "slack-line" not in {each["name"] for each in checks}
