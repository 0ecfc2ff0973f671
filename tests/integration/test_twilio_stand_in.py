"""Does the Twilio stand-in take, refuse, list and deliver messages as the official client expects of Twilio?"""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from twilio.rest import Client

from tests.fakes.clock import MovableClock
from tests.fakes.twilio import segments
from tests.fakes.twilio.limits import Limits
from tests.fakes.twilio.server import StandIn
from tests.fakes.twilio.world import Fate
from tests.integration.twilio_cast import (
    CALLBACK,
    DESK,
    NOON,
    OLD_WAY,
    RUIZ,
    by_sdk,
    lakemont,
    plainly,
    post,
    refused,
    send,
)

pytestmark = OLD_WAY


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock(NOON)


@pytest.fixture
def twilio(clock: MovableClock) -> Iterator[StandIn]:
    """An account with one number, and two officers' phones."""
    with lakemont(clock) as stand_in:
        yield stand_in


def test_a_message_is_taken_and_goes_its_way_step_by_step(twilio: StandIn) -> None:
    made = send(twilio, status_callback=CALLBACK)
    assert (made.status, made.num_segments, made.from_, made.date_sent) == ("queued", "1", DESK, None)
    assert made.date_created == NOON
    seen = []
    while parcel := twilio.step(made.sid):
        seen.append(parcel.fields["MessageStatus"])
    assert seen == ["sending", "sent", "delivered"]
    assert [each.body for each in twilio.world.seen_by(RUIZ)] == ["Range day is Friday."]
    told = by_sdk(twilio, lambda client: client.messages(made.sid).fetch_async())
    assert (told.status, told.date_sent, told.error_code) == ("delivered", NOON, None)
    assert twilio.step(made.sid) is None


def test_a_service_chooses_its_sender_only_when_it_sends(twilio: StandIn) -> None:
    other = twilio.world.add_number("+16125550101")
    service = twilio.world.add_service(other.number, DESK)
    made = send(twilio, from_=None, messaging_service_sid=service.sid)
    assert (made.status, made.num_segments, made.from_) == ("accepted", "0", None)
    twilio.deliver(made.sid)
    told = by_sdk(twilio, lambda client: client.messages(made.sid).fetch_async())
    assert (told.status, told.num_segments, told.from_) == ("delivered", "1", other.number)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": ""}, 21602),
        ({"from_": ""}, 21603),
        ({"to": ""}, 21604),
        ({"to": "612-555-0111"}, 21211),
        ({"to": "+1612555"}, 21211),
        ({"to": "+11125550111"}, 21211),
        ({"to": DESK}, 21266),
        ({"from_": "+1612"}, 21212),
        ({"from_": "+16125550999"}, 21606),
        ({"from_": None, "messaging_service_sid": f"MG{'0' * 32}"}, 21701),
        ({"to": "+442079460000"}, 21408),
        ({"body": "x" * 1601}, 21617),
        ({"body": "\N{POLICE OFFICER}" * 801}, 21617),
        ({"validity_period": 36_001}, 21624),
        ({"validity_period": 0}, 21624),
        ({"from_": None, "messaging_service_sid": "MG1"}, 21705),
        ({"status_callback": "https://roll_call.example/status"}, 21609),
        ({"status_callback": "http://localhost:8000/status"}, 21609),
        ({"status_callback": f"https://rollcall.example/?ref={'x' * 4000}"}, 21609),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    twilio: StandIn, given: dict[str, str], code: int
) -> None:
    error = refused(twilio, **given)
    assert (error.status, error.code) == (400, code)
    assert not twilio.world.messages


def test_a_refusal_says_where_more_is_written(twilio: StandIn) -> None:
    assert post(twilio, From=DESK, Body="hello").json() == {
        "code": 21604,
        "message": "A 'To' phone number is required.",
        "more_info": "https://www.twilio.com/docs/errors/21604",
        "status": 400,
    }


@pytest.mark.parametrize("code", [21211, 21612, 21614])
def test_some_phones_are_refused_at_once(twilio: StandIn, code: int) -> None:
    twilio.world.phones[RUIZ].refusal = code
    assert refused(twilio).code == code


def test_numbers_that_are_not_ours_or_take_no_texts_do_not_send(twilio: StandIn) -> None:
    twilio.world.add_number("+16125550101", ours=False)
    twilio.world.add_number("+16125550102", sms=False)
    assert refused(twilio, from_="+16125550101").code == 21660
    assert refused(twilio, from_="+16125550102").code == 21606


def test_a_full_queue_and_too_many_requests_are_refused(twilio: StandIn) -> None:
    twilio.limits = Limits(queued_segments=2)
    send(twilio, body="x" * 200)
    assert refused(twilio).code == 21611
    twilio.deliver_all()
    send(twilio)
    twilio.limits = Limits(requests_at_once=0)
    error = refused(twilio)
    assert (error.status, error.code) == (429, 20429)


@pytest.mark.parametrize(
    ("fate", "code"),
    [
        (Fate.UNREACHABLE, 30003),
        (Fate.BLOCKED, 30004),
        (Fate.LANDLINE, 30006),
        (Fate.FILTERED, 30007),
        (Fate.UNEXPLAINED, 30008),
    ],
)
def test_what_cannot_arrive_is_told_by_callback(twilio: StandIn, fate: Fate, code: int) -> None:
    twilio.world.phones[RUIZ].fate = fate
    made = send(twilio, status_callback=CALLBACK)
    last = twilio.deliver(made.sid)[-1].fields
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", str(code))
    assert twilio.world.seen_by(RUIZ) == []


def test_a_number_that_nobody_has_is_an_unknown_handset(twilio: StandIn) -> None:
    made = send(twilio, to="+16125550777", status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["ErrorCode"] == "30005"


def test_some_carriers_never_say_that_it_arrived(twilio: StandIn) -> None:
    twilio.world.phones[RUIZ].fate = Fate.SILENT
    made = send(twilio, status_callback=CALLBACK)
    assert [each.fields["MessageStatus"] for each in twilio.deliver(made.sid)] == ["sending", "sent"]
    assert twilio.deliver(made.sid) == []
    assert len(twilio.world.seen_by(RUIZ)) == 1


def test_unregistered_suspended_and_too_late(twilio: StandIn, clock: MovableClock) -> None:
    late = send(twilio, validity_period=60, status_callback=CALLBACK)
    clock.at += timedelta(seconds=60)
    assert twilio.deliver(late.sid)[-1].fields["ErrorCode"] == "30036"
    twilio.world.number.registered = False
    made = send(twilio, status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["ErrorCode"] == "30034"
    twilio.world.account.status = "suspended"
    made = send(twilio, status_callback=CALLBACK)
    assert twilio.deliver(made.sid)[-1].fields["ErrorCode"] == "30002"


def test_a_test_may_choose_the_end(twilio: StandIn) -> None:
    made = send(twilio, status_callback=CALLBACK)
    parcel = twilio.end(made.sid, "failed", 30001)
    assert parcel is not None
    assert (parcel.fields["MessageStatus"], parcel.fields["ErrorCode"]) == ("failed", "30001")
    told = by_sdk(twilio, lambda client: client.messages(made.sid).fetch_async())
    assert (told.error_code, told.error_message) == (30001, "Queue overflow")
    assert twilio.deliver(made.sid) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("x" * 159 + "€", 2),
        ("x" * 152 + "€" + "x" * 152, 3),
        ("\N{EM DASH}" * 70, 1),
        ("\N{EM DASH}" * 71, 2),
        ("`" + "x" * 70, 2),
        ("\N{POLICE OFFICER}" * 35, 1),
        ("\N{POLICE OFFICER}" * 67, 3),
    ],
)
def test_segments_are_counted_as_they_are_billed(text: str, expected: int) -> None:
    assert segments.count(text) == expected


def test_smart_encoding_spares_segments(twilio: StandIn) -> None:
    assert send(twilio, body="\N{RIGHT SINGLE QUOTATION MARK}" * 100).num_segments == "2"
    assert send(twilio, body="\N{RIGHT SINGLE QUOTATION MARK}" * 100, smart_encoded=True).num_segments == "1"


def test_an_api_key_opens_and_anything_else_does_not(twilio: StandIn) -> None:
    async def ask(client: Client) -> object:
        return await client.messages.list_async()

    ((key, secret),) = twilio.world.account.api_keys.items()
    assert by_sdk(twilio, ask, user=key, secret=secret) == []
    with plainly() as client:
        path = f"{twilio.api_url}/2010-04-01/Accounts/{twilio.world.account.sid}/Messages.json"
        wrong = [
            client.get(path),
            client.get(path, auth=(key, "wrong")),
            client.get(path, auth=("AC1", secret)),
        ]
        assert {(each.status_code, each.json()["code"]) for each in wrong} == {(401, 20003)}
        other = path.replace(twilio.world.account.sid, f"AC{'9' * 32}")
        assert client.get(other, auth=(key, secret)).json()["code"] == 20404
        assert client.put(path, auth=(key, secret)).json()["code"] == 20004


def test_messages_are_listed_by_whom_when_and_page(twilio: StandIn, clock: MovableClock) -> None:
    early = send(twilio)
    twilio.deliver_all()
    clock.at += timedelta(hours=2)
    others = [send(twilio, body=str(n)) for n in range(3)]
    twilio.deliver_all()
    waiting = send(twilio, to="+16125550112", body="not sent yet")

    async def ask(client: Client) -> None:
        def sids(found: list[object]) -> list[str]:
            return [each.sid for each in found]  # type: ignore[attr-defined]  # the kit ships no types

        newest = [each.sid for each in reversed(others)]
        assert sids(await client.messages.list_async()) == [waiting.sid, *newest, early.sid]
        assert sids(await client.messages.list_async(page_size=2)) == [waiting.sid, *newest, early.sid]
        assert sids(await client.messages.list_async(to=RUIZ, limit=2)) == newest[:2]
        assert sids(await client.messages.list_async(from_="+16125550999")) == []
        after = NOON + timedelta(hours=1)
        assert sids(await client.messages.list_async(date_sent_after=after)) == newest
        assert sids(await client.messages.list_async(date_sent_before=after)) == [early.sid]
        assert sids(await client.messages.list_async(to="+16125550112", date_sent_after=NOON)) == []

    by_sdk(twilio, ask)


def test_a_finished_message_is_redacted_and_deleted(twilio: StandIn) -> None:
    made = send(twilio)

    async def ask(client: Client) -> None:
        one = client.messages(made.sid)
        for early in (one.update_async(body=""), one.delete_async()):
            with pytest.raises(Exception, match="before it is complete"):
                await early
        twilio.deliver_all()
        with pytest.raises(Exception, match="not valid"):
            await one.update_async(body="something else")
        assert (await one.update_async(body="")).body == ""
        assert await one.delete_async()
        with pytest.raises(Exception, match="was not found"):
            await one.fetch_async()
        assert await client.messages.list_async() == []

    by_sdk(twilio, ask)
    assert twilio.world.sent_to(RUIZ)[0].deleted


def test_the_numbers_of_the_account_are_told(twilio: StandIn) -> None:
    async def ask(client: Client) -> object:
        return await client.incoming_phone_numbers.list_async(phone_number=DESK)

    (told,) = by_sdk(twilio, ask)
    assert (told.phone_number, told.sms_url) == (DESK, "https://rollcall.lakemont.example/sms/messages")


def test_media_need_credentials_and_their_host_takes_none(twilio: StandIn) -> None:
    parcel = twilio.text(RUIZ, "my card", (b"\xff\xd8\xff picture", "image/jpeg"))
    url, auth = parcel.fields["MediaUrl0"], (twilio.world.account.sid, twilio.world.account.auth_token)
    with plainly() as client:
        assert client.get(url).status_code == 401
        sent_on = client.get(url, auth=auth)
        assert (sent_on.status_code, sent_on.headers["Location"].startswith(twilio.media_host)) == (307, True)
        assert client.get(url, auth=auth, follow_redirects=True).content == b"\xff\xd8\xff picture"
        assert not twilio.calls[-1].has_credentials
        leaked = client.get(sent_on.headers["Location"], auth=auth)
        assert (leaked.status_code, twilio.calls[-1].has_credentials) == (400, True)

    async def ask(client: Client) -> None:
        files = client.messages(parcel.fields["MessageSid"])
        (told,) = await files.media.list_async()
        assert told.content_type == "image/jpeg"
        assert (await files.media(told.sid).fetch_async()).parent_sid == parcel.fields["MessageSid"]
        assert await files.media(told.sid).delete_async()
        assert await files.media.list_async() == []

    by_sdk(twilio, ask)
    with plainly() as client:
        assert client.get(url, auth=auth).status_code == 404
        assert client.get(sent_on.headers["Location"]).status_code == 403


def test_a_picture_message_of_ours_is_one_segment(twilio: StandIn) -> None:
    made = send(twilio, body="", media_url=["https://rollcall.lakemont.example/pictures/1.png"])
    assert (made.sid[:2], made.num_media, made.num_segments) == ("MM", "1", "1")
    assert refused(twilio, media_url=["https://rollcall.lakemont.example/p.png"] * 11).code == 21623
    assert refused(twilio, media_url=["pictures/1.png"]).code == 21620


def test_what_the_service_lets_pass_is_remarked(twilio: StandIn) -> None:
    assert post(twilio, To=RUIZ, From=DESK, Body="hello", Colour="red").status_code == httpx.codes.CREATED
    assert twilio.world.remarks == ["messages.create knows no Colour"]
