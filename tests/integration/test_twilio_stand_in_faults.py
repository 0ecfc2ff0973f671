"""Does the Twilio stand-in fail on demand, as the official client then sees it?"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.fakes.twilio import faults
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.server import StandIn
from tests.integration.twilio_cast import (
    CALLBACK,
    DESK,
    OLD_WAY,
    RUIZ,
    App,
    by_sdk,
    lakemont,
    plainly,
    post,
    refused,
    send,
)

pytestmark = OLD_WAY


@pytest.fixture
def twilio() -> Iterator[StandIn]:
    """An account with one number, and two officers' phones."""
    with lakemont() as stand_in:
        yield stand_in


def test_each_call_fails_as_it_was_told_and_the_next_does_not(twilio: StandIn) -> None:
    twilio.faults.next(
        "messages.create", faults.rate_limited(7), None, faults.refused(21610), faults.refused(20003, 401)
    )
    assert refused(twilio).code == 20429
    assert send(twilio).status == "queued"
    assert refused(twilio).code == 21610
    error = refused(twilio)
    assert (error.status, error.code) == (401, 20003)
    assert send(twilio).status == "queued"
    assert [(call.status, call.done) for call in twilio.calls_of("messages.create")] == [
        (429, False),
        (201, True),
        (400, False),
        (401, False),
        (201, True),
    ]
    twilio.faults.next("messages.create", faults.rate_limited(7))
    assert post(twilio, To=RUIZ, From=DESK, Body="hello").headers["Retry-After"] == "7"


@pytest.mark.parametrize("after", [False, True])
def test_a_server_error_leaves_it_open_whether_it_was_taken(twilio: StandIn, after: bool) -> None:
    twilio.faults.next("messages.create", faults.failed(after=after, status=503))
    error = refused(twilio)
    assert (error.status, error.code) == (503, 20503)
    assert len(twilio.world.sent_to(RUIZ)) == after


@pytest.mark.parametrize("after", [False, True])
def test_a_line_that_breaks_leaves_it_open_and_the_list_tells(twilio: StandIn, after: bool) -> None:
    twilio.faults.next("messages.create", faults.dropped(after=after))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        send(twilio)
    found = by_sdk(twilio, lambda client: client.messages.list_async(to=RUIZ))
    assert [each.body for each in found] == ["Range day is Friday."] * after
    (call,) = twilio.calls_of("messages.create")
    assert (call.status, call.done, call.fault) == (0, after, f"dropped_{'after' if after else 'before'}")


def test_a_gateway_page_and_half_an_answer(twilio: StandIn) -> None:
    twilio.faults.next("messages.create", faults.page(), faults.malformed())
    error = refused(twilio)
    assert (error.status, error.code) == (502, 502)
    assert twilio.world.messages == {}
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        send(twilio)
    assert len(twilio.world.messages) == 1


def test_callbacks_come_before_the_call_returned(twilio: StandIn) -> None:
    app = App(twilio.world.account.auth_token)
    slow = faults.held(after=True)
    twilio.faults.next("messages.create", slow)
    with ThreadPoolExecutor(1) as caller:
        made = caller.submit(send, twilio, status_callback=CALLBACK)
        slow.gate.wait_reached()
        (message,) = twilio.world.sent_to(RUIZ)
        door = twilio.door("http://10.0.0.7:8000", client=app.client())
        assert all(each.to(door).ok for each in twilio.deliver(message.sid))
        assert app.got[-1]["MessageStatus"] == "delivered"
        assert not made.done()
        slow.gate.release()
        assert made.result(faults.PATIENCE).status == "queued"


def test_the_official_client_waits_for_ever_unless_it_is_stopped(twilio: StandIn) -> None:
    silent = faults.held(after=False)
    twilio.faults.next("messages.create", silent)

    async def ask(client: Client) -> None:
        call = asyncio.ensure_future(client.messages.create_async(to=RUIZ, from_=DESK, body="hello"))
        await asyncio.to_thread(silent.gate.wait_reached)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    by_sdk(twilio, ask)
    assert twilio.world.messages == {}


def test_calls_that_wait_count_against_the_limit(twilio: StandIn) -> None:
    twilio.limits = Limits(requests_at_once=1)
    slow = faults.held(after=False)
    twilio.faults.next("messages.list", slow)
    with ThreadPoolExecutor(1) as caller:
        listed = caller.submit(by_sdk, twilio, lambda client: client.messages.list_async())
        try:
            slow.gate.wait_reached()
            assert refused(twilio).code == 20429
        finally:
            # Whatever went wrong, nobody waits for it for ever.
            slow.gate.release()
        assert listed.result(faults.PATIENCE) == []
    assert send(twilio).status == "queued"


def test_every_kind_of_call_can_fail(twilio: StandIn) -> None:
    twilio.faults.always(faults.ANY, faults.failed(after=False))
    made = twilio.text(RUIZ, "", (b"picture", "image/png"))
    sid, url = made.fields["MessageSid"], made.fields["MediaUrl0"]

    async def ask(client: Client) -> None:
        one = client.messages(sid)
        for asked in (
            one.fetch_async(),
            one.update_async(body=""),
            one.delete_async(),
            one.media.list_async(),
            client.api.accounts(twilio.world.account.sid).fetch_async(),
        ):
            with pytest.raises(Exception, match="500"):
                await asked

    by_sdk(twilio, ask)
    twilio.faults.clear()
    twilio.faults.next("media.content", faults.page(503), faults.dropped(after=False))
    auth = (twilio.world.account.sid, twilio.world.account.auth_token)
    with plainly() as client:
        assert (
            client.get(url, auth=auth, follow_redirects=True).status_code == httpx.codes.SERVICE_UNAVAILABLE
        )
        with pytest.raises(httpx.RemoteProtocolError):
            client.get(url, auth=auth, follow_redirects=True)
        assert client.get(url, auth=auth, follow_redirects=True).content == b"picture"
    assert [call.method for call in twilio.calls[-2:]] == ["media.download", "media.content"]


def test_registrations_are_told_and_felt(twilio: StandIn) -> None:
    free = twilio.world.add_number("+18885550100", "toll_free", registered=False)
    service = twilio.world.add_service(DESK, campaign="IN_PROGRESS")

    async def ask(client: Client) -> None:
        asked = client.messaging.v1.services(service.sid)
        assert not (await asked.fetch_async()).us_app_to_person_registered
        assert [each.phone_number for each in await asked.phone_numbers.list_async()] == [DESK]
        assert [each.campaign_status for each in await asked.us_app_to_person.list_async()] == ["IN_PROGRESS"]
        (told,) = await client.messaging.v1.tollfree_verifications.list_async()
        assert (told.tollfree_phone_number, told.status) == (free.number, "PENDING_REVIEW")
        with pytest.raises(TwilioRestException, match="was not found"):
            await client.messaging.v1.services(f"MG{'0' * 32}").fetch_async()

    by_sdk(twilio, ask)
    made = send(twilio, from_=None, messaging_service_sid=service.sid, status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["ErrorCode"] == "30034"
    made = send(twilio, from_=free.number, status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["ErrorCode"] == "30032"
    service.campaign = "VERIFIED"
    made = send(twilio, from_=None, messaging_service_sid=service.sid, status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["MessageStatus"] == "delivered"
