"""Microsoft's playground, which signs nothing: let in on this machine alone, where somebody said so at the command."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from bot.doors import open_doors
from bot.service.doors import Door
from bot.teams import playground
from bot.teams.door import DOOR, MESSAGES
from config.settings import Settings
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import RUIZ, a_service, kept_events

USER = "user-id-214"
AAD = "00000000-0000-0000-0000-0000000000214"


class Playground(ThreadingHTTPServer):
    """The connector as the playground has it: everybody in it is a member, and nobody is asked for a token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connector)
        self.said: list[str] = []
        self.tokens: list[str] = []

    @property
    def service_url(self) -> str:
        """Where answers go."""
        return f"http://localhost:{self.server_port}/_connector"


class _Connector(BaseHTTPRequestHandler):
    server: Playground

    def do_GET(self) -> None:
        # As version 0.2.28 answers.
        member = {
            "id": USER,
            "aadObjectId": AAD,
            "name": "Dana Ruiz",
            "email": "dana.ruiz@lakemont.example.org",
        }
        named = {"userPrincipalName": "dana.ruiz@lakemont.example.org", "tenantId": playground.TENANT}
        self._answer(200, {**member, **named, "userRole": "user"})

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["content-length"])).decode()
        if json.loads(said)["type"] == "message":
            self.server.said.append(said)
        self._answer(201, {"id": "1"})

    def _answer(self, status: int, body: Mapping[str, str]) -> None:
        self.server.tokens.extend(self.headers.get_all("authorization", []))
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Nothing is said of it."""


@contextmanager
def a_playground() -> Iterator[Playground]:
    """It, for as long as a story lasts."""
    with Playground() as connector:
        thread = Thread(target=connector.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield connector
        finally:
            connector.shutdown()
            thread.join()


def asked(service_url: str, tenant: str = playground.TENANT) -> dict[str, Any]:
    """What the playground sends when its user writes something."""
    return {
        "type": "message",
        "id": f"1{tenant[-1]}{len(service_url)}",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": USER, "name": "Dana Ruiz", "aadObjectId": AAD},
        "recipient": {"id": playground.BOT, "name": "Rollcall"},
        "conversation": {"id": "personal-chat-id", "conversationType": "personal", "tenantId": tenant},
        "channelData": {"tenant": {"id": tenant}},
        "text": "am i good?",
    }


def _doors(settings: Settings) -> tuple[Door, ...]:
    return tuple(playground.unguarded(door) for door in open_doors(settings))


def test_what_nobody_signed_is_answered_without_a_token_and_the_service_says_that_it_is_open(
    embedded: Agency,
) -> None:
    settings = playground.settings_for(Settings.model_construct())
    with (
        a_playground() as teams,
        a_service(embedded, settings, doors=_doors(settings)) as service,
        httpx.Client(base_url=service.url) as client,
    ):
        checks = {each["name"]: each for each in client.get("/health/ready").json()["checks"]}
        assert checks["teams-knock"]["state"] == "attention"
        assert "unsigned" in checks["teams-knock"]["line"]
        for wrong in (
            asked("https://smba.trafficmanager.net/teams"),
            asked("http://10.0.0.7:56150/_connector"),
            asked(teams.service_url, tenant="00000000-0000-0000-0000-000000000002"),
            asked(teams.service_url) | {"channelId": "emulator"},
        ):
            assert client.post(MESSAGES, json=wrong).status_code == 401
        assert kept_events(embedded) == {}
        assert client.post(MESSAGES, json=asked(teams.service_url)).status_code == 200
        until(lambda: len(teams.said) == 2, "an introduction and an answer")
        assert RUIZ in teams.said[1]
        assert teams.tokens == []


@pytest.mark.parametrize("said", ["", "Bearer a.b.c"])
def test_no_setting_opens_it(said: str, embedded: Agency) -> None:
    settings = playground.settings_for(Settings.model_construct())
    assert DOOR in open_doors(settings)
    with a_service(embedded, settings) as service:
        knocked = httpx.post(
            service.url + MESSAGES, json=asked("http://localhost:1/"), headers={"authorization": said}
        )
        assert knocked.status_code == 401
        assert "teams-knock" not in httpx.get(f"{service.url}/health/ready").text
