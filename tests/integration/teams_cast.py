"""The agency that the tests of the Teams stand-in share, how they ask it, and an app that checks every token."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt

from tests.fakes.clock import MovableClock
from tests.fakes.teams.delivery import NO_TLS, HttpDoor
from tests.fakes.teams.server import StandIn
from tests.fakes.teams.world import Person, World

Json = dict[str, Any]

NOON = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)


@contextmanager
def lakemont(**given: Any) -> Iterator[StandIn]:
    """Microsoft with the people of Lakemont."""
    with StandIn(clock=MovableClock(NOON), **given) as teams:
        teams.world.add_person("Dana Ruiz")
        teams.world.add_person("Kim Okafor")
        yield teams


def later(teams: StandIn, **passed: float) -> None:
    """Let so much time have passed at Microsoft."""
    assert isinstance(teams.clock, MovableClock)
    teams.clock.at += timedelta(**passed)


def ruiz(teams: StandIn) -> Person:
    """The officer."""
    return somebody(teams.world, "Dana Ruiz")


def okafor(teams: StandIn) -> Person:
    """The sergeant."""
    return somebody(teams.world, "Kim Okafor")


def somebody(world: World, name: str) -> Person:
    """Who has this name."""
    return next(each for each in world.people.values() if each.name == name)


def web(verb: str, url: str, **given: Any) -> httpx.Response:
    """One request over plain HTTP."""
    with httpx.Client(trust_env=False, timeout=30.0, verify=NO_TLS) as client:
        return client.request(verb, url, **given)


def form(teams: StandIn, **given: str) -> dict[str, str]:
    """What is posted for a token of the connector."""
    app = teams.world.app
    return {
        "grant_type": "client_credentials",
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "scope": teams.world.cloud.scope,
    } | given


def for_a_token(teams: StandIn, tenant: str | None = None, **given: str) -> httpx.Response:
    """What Entra answers."""
    url = f"{teams.authority_url}/{tenant or teams.world.tenant}/oauth2/v2.0/token"
    return web("POST", url, data=form(teams, **given))


def token(teams: StandIn, **given: str) -> str:
    """A token of the connector."""
    return str(for_a_token(teams, **given).json()["access_token"])


def ask(teams: StandIn, verb: str, path: str, bearer: str = "", **body: Any) -> httpx.Response:
    """One call of the connector, with a fresh token unless one is given; ``from_`` stands for ``from``."""
    headers = {"Authorization": f"Bearer {bearer or token(teams)}"}
    if verb in ("GET", "DELETE"):
        return web(verb, f"{teams.service_url}v3/{path}", headers=headers, params=body)
    if "from_" in body:
        body["from"] = body.pop("from_")
    return web(verb, f"{teams.service_url}v3/{path}", headers=headers, json=body)


def post(teams: StandIn, person: Person, bearer: str = "", **body: Any) -> httpx.Response:
    """A message to a person."""
    chat = teams.world.personal(person)
    return ask(teams, "POST", f"conversations/{chat.id}/activities", bearer, **{"type": "message", **body})


def a_card(*actions: Json, body: list[Json] | None = None) -> Json:
    """A card with these actions."""
    shown = body or [{"type": "TextBlock", "text": "Range day is Friday.", "wrap": True}]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": shown}
    return card | {"actions": list(actions)} if actions else card


def an_execute(title: str, verb: str = "decide", **data: Any) -> Json:
    """A button that is answered at once."""
    given = {"title": title, "data": data}
    fallback = {"type": "Action.Submit", **given}
    return {"type": "Action.Execute", "verb": verb, **given, "fallback": fallback}


def a_submit(title: str, **data: Any) -> Json:
    """A button that sends a message."""
    return {"type": "Action.Submit", "title": title, "data": data}


def opening(title: str, **data: Any) -> Json:
    """A button that opens a dialog."""
    return a_submit(title, msteams={"type": "task/fetch"}, **data)


def attached(card: Json) -> Json:
    """A card in a message or a dialog."""
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}


def post_card(teams: StandIn, person: Person, card: Json, **more: Any) -> httpx.Response:
    """A message that is a card."""
    return post(teams, person, attachments=[attached(card)], summary="Range day", **more)


@dataclass(slots=True)
class App:
    """An app that refuses whatever is not from Teams, as Microsoft's documents ask for."""

    teams: StandIn
    answer: httpx.Response = field(default_factory=lambda: httpx.Response(200))
    got: list[Json] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """One activity."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        try:
            self.got.append(self._genuine(text if kind == "Bearer" else "", request))
        except (jwt.PyJWTError, LookupError, AssertionError):
            return httpx.Response(401)
        return self.answer

    def _genuine(self, text: str, request: httpx.Request) -> Json:
        world = self.teams.world
        keys = {each["kid"]: each for each in world.keys.document()["keys"]}
        key = keys[jwt.get_unverified_header(text)["kid"]]
        claims = jwt.decode(
            text,
            jwt.PyJWK(key),
            ["RS256"],
            audience=world.app.client_id,
            issuer=world.cloud.issuer,
            leeway=300,
            options={"require": ["exp", "nbf", "aud", "iss"]},
        )
        activity: Json = httpx.Response(200, content=request.content).json()
        assert activity["channelId"] in key["endorsements"]
        assert activity["channelId"] == "msteams"
        assert claims["serviceurl"] == activity["serviceUrl"]
        assert activity["channelData"]["tenant"]["id"] == world.tenant
        return activity

    def door(self, **given: Any) -> HttpDoor:
        """What leads to it."""
        client = httpx.Client(transport=httpx.MockTransport(self))
        return self.teams.door("http://app.lakemont.example/api/messages", client=client, **given)
