"""With what does Rollcall show itself to Twilio? The account's token, or an API key that can be taken back alone."""

from typing import Any

import pytest
from pydantic import SecretStr

from config.settings import Twilio
from db.records.ledger import QueueState
from tests.fakes.twilio import faults
from tests.scenario.cast import Agency
from tests.scenario.sms_cast import PHONES, by_text

OFFICER = "214"
KEY = f"SK{'0' * 31}1"
SECRET = SecretStr("made-up-api-key-secret")
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 2000


def test_with_an_api_key_the_token_goes_nowhere_and_still_proves_what_comes_in(lakemont: Agency) -> None:
    with by_text(lakemont, api_key=KEY, api_key_secret=SECRET) as desk:
        number = desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        desk.send_all(desk.twilio.text(number, "", (JPEG, "image/jpeg")))
        desk.twilio.faults.next("messages.create", faults.dropped(after=True))
        desk.text(number, "am i good?")
        desk.later(minutes=4)
        desk.service.tick()
        asked = {each.method: each.user for each in desk.twilio.calls if each.has_credentials}
        assert asked == {"messages.create": KEY, "messages.list": KEY, "media.download": KEY}
        assert desk.send(desk.twilio.text(number, "am i good?").forged()).status == 403


def test_without_one_the_account_shows_its_token(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        assert {each.user for each in desk.twilio.calls} == {desk.twilio.world.account.sid}


@pytest.mark.parametrize(
    "wrong",
    [
        {"api_key": KEY, "api_key_secret": SecretStr("somebody-elses")},
        {"api_key": f"SK{'9' * 32}", "api_key_secret": SECRET},
        {"auth_token": SecretStr("0" * 32)},
    ],
)
def test_a_wrong_key_sends_nothing_and_what_was_to_be_said_waits(
    embedded: Agency, wrong: dict[str, Any]
) -> None:
    with by_text(embedded) as other:
        other.link(OFFICER)
    with by_text(embedded, **wrong) as desk:
        if "auth_token" in wrong:
            # Whoever has the token signs with it: nothing of what comes in is believed.
            assert desk.send(desk.twilio.text(PHONES[OFFICER], "am i good?")).status == 403
            return
        desk.text(PHONES[OFFICER], "am i good?")
        [delivery] = desk.answers()
        assert (delivery.state, delivery.error) == (QueueState.READY, "20003")
        assert desk.said_to(PHONES[OFFICER]) == []


def test_no_secret_is_shown_with_the_settings() -> None:
    twilio = Twilio(
        account_sid="AC1",
        auth_token=SecretStr("token-made-up"),
        from_number="+16125550100",
        api_key=KEY,
        api_key_secret=SECRET,
    )
    assert "made-up" not in f"{twilio!r} {twilio}"
