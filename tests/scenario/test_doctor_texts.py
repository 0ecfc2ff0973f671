"""What does the doctor say of texts and e-mail? One line for each thing: Twilio, the way in, the mail server."""

import socket
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from pydantic import SecretStr

from bot.doctor.examination import CHECKS, finding_of
from bot.doctor.model import Patient, State
from bot.sms.door import INBOUND
from config.settings import Settings, Twilio
from db.records.phones import ConsentBy
from db.state import DatabaseState
from messages.words import load
from tests.fakes.mail.server import MailServer
from tests.fakes.twilio.server import StandIn
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import a_service, kept_events
from tests.scenario.sms_cast import OURS, PHONES, SmsDesk, by_text, settings_for
from training.phones import phones
from training.phones.phones import TextsWord

KEY = f"SK{'0' * 31}1"
SECRET = SecretStr("made-up-api-key-secret")
PUBLIC = "https://desk.lakemont.example"


def looked(settings: Settings, agency: Agency | None = None) -> Mapping[str, tuple[State, str]]:
    """By name of the check its state and its line."""
    office = None if agency is None else agency.office
    patient = Patient(settings, (), office, None if office is None else DatabaseState.CURRENT)
    found = {check.name: finding_of(check, patient) for check in CHECKS}
    words = load()
    return {
        name: (each.state, each.line(words))
        for name, each in found.items()
        if name.startswith(("sms-", "email"))
    }


def at(twilio: StandIn, public: str = PUBLIC, **given: Any) -> Settings:
    """What an agency sets, pointed at the stand-in."""
    return settings_for(twilio, None, public, **given)


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])


def test_all_is_well(embedded: Agency) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    with StandIn(public=public) as twilio:
        twilio.world.number.sms_url = f"{public}{INBOUND}#rc=2&rp=5xx,ct,rt"
        twilio.world.add_service(campaign="VERIFIED")
        settings = at(twilio, public, api_key=KEY, api_key_secret=SECRET, monthly_segments=5000)
        with a_service(embedded, settings, port) as service:
            SmsDesk(embedded, twilio, service).link("214")
            before, sent = kept_events(embedded), len(twilio.world.messages)
            found = looked(settings, embedded)
            # The doctor's own requests leave nothing behind.
            assert kept_events(embedded) == before
        states = {name: state for name, (state, _) in found.items()}
        assert states == {
            **dict.fromkeys(states, State.OK),
            "email": State.NOT_SET,
        }
        assert "Phones linked: 1" in found["sms-consent"][1]
        assert "5000" in found["sms-guard"][1]
        assert len(twilio.world.messages) == sent
        assert not any(secret in str(found) for secret in (SECRET.get_secret_value(), OURS, PHONES["214"]))


def test_a_token_that_is_wrong_and_an_account_that_is_closed() -> None:
    with StandIn() as twilio:
        state, line = looked(at(twilio, auth_token=SecretStr("0" * 32)))["sms-token"]
        assert state is State.FAILED
        assert "ROLLCALL_TWILIO_AUTH_TOKEN" in line
        twilio.world.account.status = "suspended"
        state, line = looked(at(twilio))["sms-token"]
        assert (state, "suspended" in line) == (State.FAILED, True)


def test_a_key_is_tried_on_messages_because_it_may_not_ask_for_the_account() -> None:
    with StandIn() as twilio:
        found = looked(at(twilio, api_key=KEY, api_key_secret=SECRET))
        assert (found["sms-token"][0], found["sms-key"][0]) == (State.OK, State.OK)
        assert {each.user for each in twilio.calls_of("accounts.fetch")} == {twilio.world.account.sid}
        wrong = looked(at(twilio, api_key=KEY, api_key_secret=SecretStr("somebody-elses")))
        assert (wrong["sms-token"][0], wrong["sms-key"][0]) == (State.OK, State.FAILED)


def test_nobody_at_twilio_is_said_once_and_the_rest_is_not_checked() -> None:
    with StandIn() as twilio:
        settings = at(twilio)
    found = looked(settings)
    assert found["sms-token"][0] is State.FAILED
    assert {found[name][0] for name in ("sms-sender", "sms-registration", "sms-webhook")} == {
        State.NOT_CHECKED
    }


@pytest.mark.parametrize(
    ("change", "check", "state"),
    [
        ({"sms": False}, "sms-sender", State.FAILED),
        ({"mms": False}, "sms-sender", State.ATTENTION),
        ({"ours": False}, "sms-sender", State.FAILED),
        ({"sms_url": ""}, "sms-webhook", State.FAILED),
        ({"sms_url": "https://elsewhere.example/sms/inbound"}, "sms-webhook", State.FAILED),
        ({"sms_url": f"{PUBLIC}{INBOUND}", "sms_method": "GET"}, "sms-webhook", State.FAILED),
        ({"sms_url": f"{PUBLIC}{INBOUND}"}, "sms-webhook", State.OK),
    ],
)
def test_the_number_as_the_account_has_it(change: dict[str, Any], check: str, state: State) -> None:
    with StandIn() as twilio:
        for name, value in change.items():
            setattr(twilio.world.number, name, value)
        assert looked(at(twilio))[check][0] is state


@pytest.mark.parametrize(
    ("campaign", "state"),
    [
        ("VERIFIED", State.OK),
        ("PENDING", State.ATTENTION),
        ("IN_PROGRESS", State.ATTENTION),
        ("FAILED", State.FAILED),
        ("", State.FAILED),
    ],
)
@pytest.mark.parametrize("by_service", [True, False])
def test_the_campaign_of_a_long_code(campaign: Any, state: State, by_service: bool) -> None:
    with StandIn() as twilio:
        service = twilio.world.add_service(campaign=campaign)
        given: dict[str, Any] = (
            {"from_number": None, "messaging_service_sid": service.sid} if by_service else {}
        )
        assert looked(at(twilio, **given))["sms-registration"][0] is state


def test_a_long_code_in_no_service_has_no_campaign() -> None:
    with StandIn() as twilio:
        state, line = looked(at(twilio))["sms-registration"]
        assert state is State.FAILED
        assert "10DLC" in line


@pytest.mark.parametrize(("registered", "state"), [(True, State.OK), (False, State.ATTENTION)])
def test_the_verification_of_a_toll_free_number(registered: bool, state: State) -> None:
    with StandIn() as twilio:
        twilio.world.add_number("+18885550100", "toll_free", registered=registered)
        found = looked(at(twilio, from_number="+18885550100"))
        assert found["sms-registration"][0] is state


def test_what_the_interface_cannot_tell_is_said_plainly() -> None:
    with StandIn() as twilio:
        state, line = looked(at(twilio, from_number="55512"))["sms-sender"]
        assert (state, line.startswith("Not checked")) == (State.NOT_CHECKED, True)
        twilio.world.add_number("+447700900100")
        state, line = looked(at(twilio, from_number="+447700900100"))["sms-registration"]
        assert (state, line.startswith("Not checked")) == (State.NOT_CHECKED, True)


def test_a_service_hears_where_it_says_or_where_its_numbers_say() -> None:
    with StandIn() as twilio:
        service = twilio.world.add_service(sms_url=f"{PUBLIC}{INBOUND}")
        given: dict[str, Any] = {"from_number": None, "messaging_service_sid": service.sid}
        assert looked(at(twilio, **given))["sms-webhook"][0] is State.OK
        # The service decides for its numbers.
        assert looked(at(twilio))["sms-webhook"][0] is State.OK
        service.sms_url = ""
        twilio.world.number.sms_url = f"{PUBLIC}{INBOUND}"
        assert looked(at(twilio, **given))["sms-webhook"][0] is State.OK
        twilio.world.number.sms_url = "https://elsewhere.example/"
        assert looked(at(twilio, **given))["sms-webhook"][0] is State.FAILED


def test_the_way_in_is_tried_with_and_without_a_signature(embedded: Agency) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    with StandIn(public=public) as twilio:
        settings = at(twilio, public)
        state, line = looked(settings)["sms-way"]
        assert (state, "Nothing answers" in line) == (State.FAILED, True)
        other = settings.twilio.model_copy(update={"auth_token": SecretStr("another")})
        with a_service(embedded, settings, port):
            assert looked(settings)["sms-way"][0] is State.OK
            state, line = looked(_with(settings, twilio=other))["sms-way"]
            assert (state, "turned away" in line) == (State.FAILED, True)
        moved = _with(settings, public_url=f"http://localhost:{port}")
        with a_service(embedded, settings, port):
            # The same place by another name: the signature is over the name.
            assert looked(moved)["sms-way"][0] is State.FAILED


def _with(settings: Settings, **change: Any) -> Settings:
    return settings.model_copy(update=change)


@pytest.mark.parametrize(
    ("answers", "said"),
    [((200, 200), "was taken"), ((200, 404), "not Rollcall"), ((404, 403), "not Rollcall")],
)
def test_whatever_else_answers_there_is_not_taken_for_ours(answers: tuple[int, int], said: str) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answers[0])
            self.end_headers()

        def do_POST(self) -> None:
            self.send_response(answers[1])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is said of it."""

    with HTTPServer(("127.0.0.1", 0), Other) as server, StandIn() as twilio:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        state, line = looked(at(twilio, f"http://127.0.0.1:{server.server_port}"))["sms-way"]
        server.shutdown()
        thread.join()
        assert (state, said in line) == (State.FAILED, True)


def test_consent_and_guard(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link("214")
        word = TextsWord(number=number, person_id=embedded.id_of("214"), how=ConsentBy.KEYWORD, shown="STOP")
        with embedded.writing() as writer:
            phones.refuse(writer, embedded.office, word, embedded.words)
        found = looked(at(desk.twilio), embedded)
        assert "no texts: 1" in found["sms-consent"][1]
        assert found["sms-guard"][0] is State.ATTENTION
        trying = looked(at(desk.twilio, only_to=number, monthly_segments=10), embedded)
        assert "trying out" in trying["sms-guard"][1]


def test_without_texts_nothing_is_asked() -> None:
    found = looked(Settings.model_construct(twilio=Twilio()))
    assert {state for state, _ in found.values()} == {State.NOT_SET}


def test_the_mail_server_is_knocked_at_and_gets_no_letter() -> None:
    with MailServer(starttls=False) as mail:
        assert _mail(mail.url)[0] is State.OK
        state, line = _mail(mail.url.replace("ss%2Fword", "other"))
        assert (state, "refuses the user" in line) == (State.FAILED, True)
        assert mail.letters.taken == []
    assert _mail(mail.url)[0] is State.FAILED
    with MailServer() as shy:
        state, line = _mail(shy.url)
        assert (state, "certificate" in line) == (State.FAILED, True)
        assert "made up" not in line


def _mail(url: str) -> tuple[State, str]:
    settings = Settings.model_construct(
        smtp_url=SecretStr(url), mail_from="training@lakemont.example", twilio=Twilio()
    )
    return looked(settings)["email"]
