"""The account that the tests of the Twilio stand-in share, how they ask it, and an app that checks signatures."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.request_validator import SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm
from twilio.rest import Client

from tests.fakes import loop
from tests.fakes.clock import MovableClock
from tests.fakes.twilio.delivery import NO_TLS, SharedKey
from tests.fakes.twilio.server import StandIn

DESK = "+16125550100"
RUIZ, OKAFOR = "+16125550111", "+16125550112"
CALLBACK = "https://rollcall.lakemont.example/sms/status?ref=17"
OLD_WAY = pytest.mark.filterwarnings("ignore:.*will be removed in (aiohttp 4|v4):DeprecationWarning")
"""The official client still names its credentials in the way that aiohttp 4 will not know."""
NOON = datetime(2027, 3, 2, 18, 0, tzinfo=UTC)


@contextmanager
def lakemont(clock: MovableClock | None = None, **given: Any) -> Iterator[StandIn]:
    """An account with one number, and two officers' phones."""
    with StandIn(clock=clock or MovableClock(NOON), **given) as twilio:
        twilio.world.add_phone(RUIZ, city="MINNEAPOLIS", state="MN", zip="55401")
        twilio.world.add_phone(OKAFOR)
        yield twilio


def by_sdk(twilio: StandIn, story: Callable[[Client], Awaitable[Any]], **given: str) -> Any:
    """What the official client, pointed at the stand-in, makes of it."""

    async def told() -> Any:
        transport = AsyncTwilioHttpClient()
        account = twilio.world.account
        client = Client(
            given.get("user", account.sid),
            given.get("secret", account.auth_token),
            account.sid,
            http_client=transport,
        )
        client.api.base_url = client.messaging.base_url = twilio.api_url
        try:
            return await story(client)
        finally:
            await transport.close()

    return loop.run(told())


def send(twilio: StandIn, **given: Any) -> Any:
    """One message by the official client."""
    wanted = {"to": RUIZ, "from_": DESK, "body": "Range day is Friday."} | given
    return by_sdk(twilio, lambda client: client.messages.create_async(**wanted))


def refused(twilio: StandIn, **given: Any) -> TwilioRestException:
    """The refusal that the official client raises."""
    try:
        send(twilio, **given)
    except TwilioRestException as error:
        return error
    raise AssertionError("it was taken")


def plainly(patience: float = 30.0) -> httpx.Client:
    """A client that knows nothing of Twilio."""
    return httpx.Client(trust_env=False, timeout=patience, verify=NO_TLS)


def post(twilio: StandIn, **given: Any) -> httpx.Response:
    """One message over plain HTTP, with just these fields."""
    account = twilio.world.account
    with plainly() as client:
        return client.post(
            f"{twilio.api_url}/2010-04-01/Accounts/{account.sid}/Messages.json",
            data=given,
            auth=(account.sid, account.auth_token),
        )


@dataclass(slots=True)
class App:
    """An app behind a proxy that checks every signature as the official library does."""

    token: str
    shared: SharedKey | None = None
    answer: httpx.Response = field(default_factory=lambda: httpx.Response(204))
    answers: list[httpx.Response] = field(default_factory=list)
    """What it answers first, one each; afterwards ``answer``."""
    got: list[dict[str, str]] = field(default_factory=list)
    headers: list[httpx.Headers] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    public: str = "https://rollcall.lakemont.example"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """One request, refused unless it is genuine."""
        path = request.url.raw_path.decode()
        is_json = request.headers["Content-Type"].startswith("application/json")
        form = dict(parse_qsl(request.content.decode(), keep_blank_values=True))
        settings = request.headers.get(SIGNATURE_SETTINGS_HEADER)
        secret = self.shared.secret if settings and self.shared else self.token
        genuine = RequestValidator(secret).validate(
            self.public + path,
            request.content.decode() if is_json else form,
            request.headers.get("X-Twilio-Signature", ""),
            get_signature_algorithm(settings),
        )
        if not genuine:
            return httpx.Response(403)
        self.got.append(form)
        self.headers.append(request.headers)
        self.paths.append(path)
        return self.answers.pop(0) if self.answers else self.answer

    def client(self) -> httpx.Client:
        """What leads to it."""
        return httpx.Client(transport=httpx.MockTransport(self))


def xml(text: str, content_type: str = "text/xml") -> httpx.Response:
    """An answer of the app."""
    return httpx.Response(200, content=text.encode(), headers={"Content-Type": content_type})
