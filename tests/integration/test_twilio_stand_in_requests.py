"""Does the Twilio stand-in post what Twilio posts, sign it as Twilio does, and read answers as strictly?"""

from collections.abc import Iterator

import httpx
import pytest
from twilio.twiml.messaging_response import MessagingResponse

from tests.fakes.twilio import keywords
from tests.fakes.twilio.delivery import SIGNATURE, TOKEN, HttpDoor, SharedKey
from tests.fakes.twilio.server import StandIn
from tests.integration.twilio_cast import CALLBACK, DESK, OKAFOR, RUIZ, App, lakemont, post, xml


@pytest.fixture
def twilio() -> Iterator[StandIn]:
    """An account with one number, and two officers' phones."""
    with lakemont() as stand_in:
        yield stand_in


@pytest.fixture
def app(twilio: StandIn) -> App:
    """The app behind its proxy."""
    return App(twilio.world.account.auth_token)


@pytest.fixture
def door(twilio: StandIn, app: App) -> HttpDoor:
    """The way to it: it listens elsewhere than the world believes."""
    return twilio.door("http://10.0.0.7:8000", client=app.client())


def create(twilio: StandIn, to: str = RUIZ, **given: str) -> str:
    """The sid of a message that the app sent."""
    told = post(
        twilio, To=to, From=DESK, Body="Range day is Friday.", StatusCallback=CALLBACK, **given
    ).json()
    return str(told["sid"])


def test_a_text_is_posted_with_all_its_fields_and_the_empty_ones(
    twilio: StandIn, app: App, door: HttpDoor
) -> None:
    words = "Bin ich gut? äöü & + = \N{POLICE OFFICER}"
    assert twilio.text(RUIZ, words).to(door).ok
    (got,) = app.got
    assert got["MessageSid"] == got["SmsSid"] == got["SmsMessageSid"]
    assert (got["From"], got["To"], got["Body"]) == (RUIZ, DESK, words)
    assert (got["NumMedia"], got["NumSegments"], got["SmsStatus"]) == ("0", "1", "received")
    assert (got["FromCity"], got["ToCity"], got["Unannounced"]) == ("MINNEAPOLIS", "", "")
    assert "OptOutType" not in got
    assert app.paths == ["/sms/messages"]


def test_a_picture_message_names_its_files(twilio: StandIn, app: App, door: HttpDoor) -> None:
    twilio.text(RUIZ, "", (b"one", "image/jpeg"), (b"two", "application/pdf")).to(door)
    (got,) = app.got
    assert (got["NumMedia"], got["MediaContentType1"], got["MessageSid"][:2]) == (
        "2",
        "application/pdf",
        "MM",
    )
    assert got["MediaUrl0"].startswith(f"{twilio.api_url}/2010-04-01/Accounts/{twilio.world.account.sid}/")


def test_what_is_not_genuine_is_refused(twilio: StandIn, app: App, door: HttpDoor) -> None:
    parcel = twilio.text(RUIZ, "am i good?")
    bad = [
        parcel.forged(),
        parcel.unsigned(),
        parcel.altered("good", "bad"),
        parcel.signed_for("http://10.0.0.7:8000/sms/messages"),
        parcel.with_header(SIGNATURE, "bm90aGluZw=="),
        parcel.with_body(b"From=%2B16125550111"),
        parcel.as_json().with_body(b"{}").signed_for("https://rollcall.lakemont.example/sms/messages"),
        parcel.as_json().altered("good", "bad"),
    ]
    assert [each.to(door).status for each in bad] == [403] * len(bad)
    assert app.got == []
    assert {each.code for each in twilio.world.alerts} == {11200}


def test_json_is_signed_by_its_address(twilio: StandIn, app: App, door: HttpDoor) -> None:
    assert twilio.text(RUIZ, "am i good?").as_json().to(door).status == httpx.codes.NO_CONTENT
    assert app.paths[0].startswith("/sms/messages?bodySHA256=")


def test_a_shared_key_signs_in_place_of_the_token(twilio: StandIn, app: App) -> None:
    key = SharedKey()
    door = twilio.door("http://10.0.0.7:8000", shared_key=key, client=app.client())
    assert twilio.text(RUIZ, "am i good?").to(door).status == httpx.codes.FORBIDDEN
    app.shared = key
    assert twilio.text(RUIZ, "am i good?").to(door).ok
    assert app.headers[0]["X-Twilio-Webhooks-Signature-Settings"] == f"key={key.id},algorithm=HMAC_SHA256"


def test_only_who_asks_for_it_is_called_again_and_with_the_same_token(
    twilio: StandIn, app: App, door: HttpDoor
) -> None:
    app.answers = [httpx.Response(500)] * 2
    assert [each.status for each in twilio.text(RUIZ, "hello").insist(door)] == [500]
    twilio.world.number.sms_url += "#rc=2&rp=5xx,rt"
    app.answers = [httpx.Response(500)] * 2
    parcel = twilio.text(RUIZ, "hello")
    assert [each.status for each in parcel.insist(door)] == [500, 500, 204]
    assert len({each[TOKEN] for each in app.headers[1:]}) == 1
    parcel.again().to(door)
    assert app.headers[-1][TOKEN] != app.headers[-2][TOKEN]
    assert app.got[-1] == app.got[-2]


def test_a_request_can_be_too_large_or_of_another_type(twilio: StandIn, app: App, door: HttpDoor) -> None:
    parcel = twilio.text(RUIZ, "hello").oversized(300_000)
    assert len(parcel.body()) == 300_000
    assert parcel.to(door).ok
    assert twilio.text(RUIZ, "hello").labelled("text/plain").to(door).ok
    assert app.headers[-1]["Content-Type"] == "text/plain"


def test_callbacks_come_in_any_order_twice_and_about_strangers(
    twilio: StandIn, app: App, door: HttpDoor
) -> None:
    sid = create(twilio)
    sending, sent, delivered = twilio.deliver(sid)
    for each in (delivered, sending, sent, delivered, twilio.requests.status_of_stranger(CALLBACK)):
        assert each.to(door).ok
    assert [each["MessageStatus"] for each in app.got] == [
        "delivered",
        "sending",
        "sent",
        "delivered",
        "delivered",
    ]
    assert app.paths == ["/sms/status?ref=17"] * 5
    assert {each["MessageSid"] for each in app.got[:4]} == {sid}
    assert app.got[4]["MessageSid"] not in twilio.world.messages
    assert "RawDlrDoneDate" in app.got[0]
    assert app.got[0]["Unannounced"] == ""


def test_an_answer_in_twiml_is_sent_and_arrives(twilio: StandIn, app: App, door: HttpDoor) -> None:
    told = MessagingResponse()
    told.message("Yes & more: your card holds.")
    told.message("Second.")
    app.answer = xml(str(told))
    answer = twilio.text(RUIZ, "am i good?").to(door)
    assert [(each.body, each.direction) for each in answer.replies] == [
        ("Yes & more: your card holds.", "outbound-reply"),
        ("Second.", "outbound-reply"),
    ]
    assert twilio.deliver_all() == [], "nobody asked for callbacks"
    assert [each.body for each in twilio.world.seen_by(RUIZ)] == ["Yes & more: your card holds.", "Second."]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (xml("<Response><Message>Yes & more</Message></Response>"), 12100),
        (xml(' <?xml version="1.0"?><Response/>'), 12100),
        (xml("<Responses/>"), 12102),
        (xml('<!DOCTYPE a [<!ENTITY b "c">]><Response/>'), 12100),
        (xml("<Response/>", "application/json"), 12300),
        (xml("<Response/>", ""), 12300),
        (xml("<Response><message>Yes</message></Response>"), 12200),
        (xml("<Response><Message colour='red'>Yes</Message></Response>"), 12200),
        (xml("<Response><Message></Message></Response>"), 14103),
        (xml(f"<Response><Message>{'x' * 1601}</Message></Response>"), 14103),
        (xml(f"<Response><Message>{'x' * 65_536}</Message></Response>"), 11750),
        (xml("<Response><Message><Media>card.png</Media></Message></Response>"), 14104),
        (httpx.Response(302), 11200),
        (httpx.Response(500), 11200),
    ],
)
def test_an_answer_of_no_use_is_in_the_debugger(
    twilio: StandIn, app: App, door: HttpDoor, answer: httpx.Response, code: int
) -> None:
    app.answer = answer
    got = twilio.text(RUIZ, "am i good?").to(door)
    assert [each.code for each in got.alerts] == [code]
    assert twilio.world.alerts == list(got.alerts)


@pytest.mark.parametrize("answer", [xml("<Response/>"), httpx.Response(204), xml("", "text/xml")])
def test_an_empty_answer_says_nothing(
    twilio: StandIn, app: App, door: HttpDoor, answer: httpx.Response
) -> None:
    app.answer = answer
    assert twilio.text(RUIZ, "hello").to(door).ok
    assert twilio.world.sent_to(RUIZ) == []


def test_an_app_that_cannot_be_reached_is_a_failure(twilio: StandIn) -> None:
    answer = twilio.text(RUIZ, "hello").to(twilio.door("http://127.0.0.1:9"))
    assert (answer.failure, answer.alerts[0].code) == ("ct", 11200)


def test_stop_is_kept_and_answered_by_twilio_once(twilio: StandIn, app: App, door: HttpDoor) -> None:
    app.answer = xml("<Response><Message>As you like.</Message></Response>")
    answer = twilio.text(RUIZ, " Stop ").to(door)
    assert [each.code for each in answer.alerts] == [21610]
    assert app.got[0]["Body"] == " Stop "
    twilio.text(RUIZ, "STOP").to(door)
    assert [(each.body, each.automatic) for each in twilio.world.seen_by(RUIZ)] == [(keywords.STOPPED, True)]
    assert post(twilio, To=RUIZ, From=DESK, Body="hello").json()["code"] == 21610
    assert "sid" in post(twilio, To=OKAFOR, From=DESK, Body="hello").json()
    assert twilio.text(RUIZ, "start").to(door).ok
    assert twilio.world.seen_by(RUIZ)[-1].body == keywords.STARTED
    assert "sid" in post(twilio, To=RUIZ, From=DESK, Body="hello").json()


@pytest.mark.parametrize(
    "words", ["STOP please", "please stop", "STOP.", "stop all", "start", "yes", "unstop"]
)
def test_what_is_not_the_word_alone_changes_nothing(twilio: StandIn, door: HttpDoor, words: str) -> None:
    assert twilio.text(RUIZ, words).to(door).ok
    assert twilio.world.opted_out == set()
    assert twilio.world.seen_by(RUIZ) == []


@pytest.mark.parametrize("word", sorted(keywords.STOP))
def test_every_word_for_stop_stops(twilio: StandIn, door: HttpDoor, word: str) -> None:
    assert twilio.text(RUIZ, word.lower()).to(door).ok
    assert twilio.world.is_opted_out(DESK, RUIZ)


def test_help_is_answered_by_twilio_and_reaches_the_app(twilio: StandIn, app: App, door: HttpDoor) -> None:
    twilio.text(RUIZ, "help").to(door)
    assert [each.body for each in twilio.world.seen_by(RUIZ)] == [keywords.HELPED]
    assert app.got[0]["Body"] == "help"


def test_a_service_keeps_one_list_for_all_its_numbers(twilio: StandIn, app: App, door: HttpDoor) -> None:
    other = twilio.world.add_number("+16125550101")
    service = twilio.world.add_service(DESK, other.number, advanced_opt_out=True)
    twilio.text(RUIZ, "stop").to(door)
    assert (app.got[0]["OptOutType"], app.got[0]["MessagingServiceSid"]) == ("STOP", service.sid)
    assert twilio.world.seen_by(RUIZ)[0].body == service.stop_text
    for given in ({"From": DESK}, {"From": other.number}, {"MessagingServiceSid": service.sid}):
        assert post(twilio, To=RUIZ, Body="hello", **given).json()["code"] == 21610
    twilio.text(RUIZ, "yes", to=other.number).to(door)
    assert app.got[1]["OptOutType"] == "START"
    assert "sid" in post(twilio, To=RUIZ, From=DESK, Body="hello").json()


def test_toll_free_is_stopped_by_the_carrier_and_short_codes_by_nobody(
    twilio: StandIn, door: HttpDoor
) -> None:
    free = twilio.world.add_number("+18885550100", "toll_free")
    short = twilio.world.add_number("55501", "short_code")
    for word in ("stop", "yes", "unstop"):
        twilio.text(RUIZ, word, to=free.number).to(door)
    assert [each.body for each in twilio.world.seen_by(RUIZ)] == [
        keywords.CARRIER_STOPPED,
        keywords.CARRIER_STARTED.format("unstop"),
    ]
    twilio.text(RUIZ, "stop", to=short.number).to(door)
    assert not twilio.world.is_opted_out(short.number, RUIZ)
