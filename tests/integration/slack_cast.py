"""The workspace that the tests of the Slack stand-in share, and how they ask it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.fakes.clock import MovableClock
from tests.fakes.slack.delivery import NO_TLS
from tests.fakes.slack.server import StandIn

Json = dict[str, Any]

RUIZ, OKAFOR, GONE, GUEST = "U0RUIZ", "W0OKAFOR", "U0GONE", "U0GUEST"
OPEN, OTHER, PRIVATE = "C0OPEN", "C0OTHER", "G0PRIVATE"


@contextmanager
def lakemont(clock: MovableClock) -> Iterator[StandIn]:
    """A workspace with a few people and channels."""
    with StandIn(clock=clock) as stand_in:
        world = stand_in.world
        world.add_user(RUIZ, "Dana Ruiz", "ruiz@lakemont.example")
        world.add_user(OKAFOR, "Kim Okafor", "okafor@lakemont.example")
        world.add_user(GONE, "Left", "left@lakemont.example", deleted=True)
        world.add_user(GUEST, "Guest", "guest@lakemont.example", is_ultra_restricted=True)
        world.add_channel(OPEN, RUIZ)
        world.add_channel(OTHER, RUIZ, with_bot=False)
        world.add_channel(PRIVATE, RUIZ, with_bot=False)
        world.add_channel("C0OLD", RUIZ, is_archived=True)
        yield stand_in


def plainly(patience: float = 30.0) -> httpx.Client:
    """A client that knows nothing of Slack."""
    return httpx.Client(trust_env=False, timeout=patience, verify=NO_TLS)


def web(verb: str, url: str, **given: Any) -> httpx.Response:
    """One request over plain HTTP."""
    with plainly() as client:
        return client.request(verb, url, **given)


def bearer(slack: StandIn) -> dict[str, str]:
    """The bot's token."""
    return {"Authorization": f"Bearer {slack.world.bot.token}"}


def ask(slack: StandIn, method: str, token: str | None = "", **given: Any) -> Json:
    """One call with a JSON body; without a token when it is None."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if token is not None:
        headers |= {"Authorization": f"Bearer {token}"} if token else bearer(slack)
    got = web("POST", slack.api_url + method, content=json.dumps(given), headers=headers)
    return {"status": got.status_code, "retry": got.headers.get("retry-after"), **got.json()}


def read(slack: StandIn, method: str, **given: Any) -> Json:
    """One call with a form, as the reading methods want it."""
    answer: Json = web("POST", slack.api_url + method, data=given, headers=bearer(slack)).json()
    return answer
