"""Who may knock where? Every address of the service says whom it lets in, and a stranger gets past none of them."""

from collections.abc import Iterator, Mapping, Sequence

import httpx
import pytest
from fastapi import APIRouter
from pydantic import SecretStr
from sqlalchemy import Table, func, select
from starlette.routing import BaseRoute, Route

from bot.doors import DOORS
from bot.service.doors import staffed
from bot.service.hall import Hall
from bot.service.metrics import Metrics
from bot.web import routes_of
from config.settings import Settings, Slack, Teams, Twilio
from db.tables import chain_head, content_item, inbox
from db.unit_of_work import reading
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import a_service

BY_SLACK, BY_TWILIO = "signed by Slack with the shared secret", "signed by Twilio with the account's token"
BY_MICROSOFT = "signed by Microsoft for our own bot and tenant; what is no activity is not even looked at"
BY_LINK = "one-time link, of which there are as many as there are numbers of 256 bits"
BY_ADDRESS = "an address that is somebody's own, as long as a one-time link, and ends when they say so"
TO_ALL = "whoever runs the service asks; it says nothing about anybody"
GUARDS: Mapping[tuple[str, str], str] = {
    ("POST", "/slack/events"): BY_SLACK,
    ("POST", "/api/messages"): BY_MICROSOFT,
    ("POST", "/sms/inbound"): BY_TWILIO,
    ("POST", "/sms/status"): BY_TWILIO,
    ("GET", "/u/{token}"): BY_LINK,
    ("HEAD", "/u/{token}"): BY_LINK,
    ("POST", "/u/{token}"): BY_LINK,
    ("GET", "/f/{token}"): BY_LINK,
    ("HEAD", "/f/{token}"): BY_LINK,
    ("POST", "/f/{token}"): BY_LINK,
    ("GET", "/calendar/{token}.ics"): BY_ADDRESS,
    ("HEAD", "/calendar/{token}.ics"): BY_ADDRESS,
    ("GET", "/health/live"): TO_ALL,
    ("GET", "/health/ready"): TO_ALL,
    ("GET", "/metrics"): TO_ALL,
}
TURNED_AWAY = {BY_SLACK: 401, BY_MICROSOFT: 400, BY_TWILIO: 403, BY_LINK: 404, BY_ADDRESS: 404}
SOMETHING = b"text=am+i+good&From=%2B15035550100&MessageSid=SM1"
SETTINGS = Settings.model_construct(
    public_url="https://rollcall.test",
    smtp_url=SecretStr("smtp://mail.test"),
    mail_from="training@rollcall.test",
    teams=Teams(
        client_id="00000000-0000-4000-8000-000000000001",
        client_secret=SecretStr("example~secret"),
        tenant_id="00000000-0000-4000-8000-000000000002",
        # Nobody is there: no key is ever had.
        openid_url="http://127.0.0.1:9/v1/.well-known/openidconfiguration",
    ),
    slack=Slack(bot_token=SecretStr("xoxb-1"), signing_secret=SecretStr("8f742231b10e8888abcd99yyyzzz85a5")),
    twilio=Twilio(account_sid="AC" + "0" * 32, auth_token=SecretStr("1" * 32), from_number="+15035550199"),
)


def hall_of(agency: Agency) -> Hall:
    return Hall(agency.office, SETTINGS, agency.words, Metrics(), None, staffed(DOORS))


def addresses(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(included := getattr(route, "original_router", None), APIRouter):
            yield from addresses(included.routes)
        else:
            assert isinstance(route, Route), f"{route} is no plain address: say here who may knock there"
            yield from ((method, route.path) for method in route.methods or ())


def rows(agency: Agency, table: Table) -> int:
    with reading(agency.office.engine) as conn:
        return conn.scalar(select(func.count()).select_from(table)) or 0


def test_every_address_says_whom_it_lets_in(embedded: Agency) -> None:
    assert set(addresses(routes_of(hall_of(embedded), DOORS).routes)) == set(GUARDS)


@pytest.mark.parametrize(("method", "path"), [each for each, guard in GUARDS.items() if guard != TO_ALL])
def test_a_stranger_is_turned_away_and_nothing_is_kept(embedded: Agency, method: str, path: str) -> None:
    before = [rows(embedded, table) for table in (inbox, content_item, chain_head)]
    with a_service(embedded, SETTINGS) as service:
        answer = httpx.request(
            method,
            service.url + path.replace("{token}", "A" * 43),
            content=SOMETHING,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
    assert answer.status_code == TURNED_AWAY[GUARDS[method, path]]
    assert [rows(embedded, table) for table in (inbox, content_item, chain_head)] == before
