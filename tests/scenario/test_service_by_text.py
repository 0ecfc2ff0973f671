"""`rollcall serve` with nothing set but Twilio: a question by text is answered by the process itself."""

from pathlib import Path
from urllib.parse import quote

import pytest

from bot.sms.door import INBOUND
from db.records.facts import ChannelAccount, Door, MatchedBy
from tests.fakes.mail.server import PASSWORD, MailServer
from tests.fakes.twilio.server import StandIn
from tests.integration.service_process import running, until
from tests.scenario.cast import Agency
from tests.scenario.sms_cast import OURS, PHONES, STRANGER

# What the settings say when nobody has set it.
PUBLIC = "http://localhost:8000"


@pytest.mark.long
def test_an_agency_can_run_on_text_alone(embedded: Agency, tmp_path: Path) -> None:
    number = PHONES["214"]
    with embedded.writing() as writer:
        writer.record(
            Door(channel="sms", address=OURS),
            ChannelAccount(
                person_id=embedded.id_of("214"),
                channel="sms",
                address=OURS,
                account=number,
                matched_by=MatchedBy.CODE,
            ),
        )
    embedded.office.engine.dispose()
    with StandIn(public=PUBLIC) as twilio, MailServer(starttls=False) as mail:
        twilio.world.number.sms_url = f"{PUBLIC}{INBOUND}"
        account = twilio.world.account
        with running(
            tmp_path,
            embedded.office.engine,
            "serve",
            TWILIO_ACCOUNT_SID=account.sid,
            TWILIO_AUTH_TOKEN=account.auth_token,
            TWILIO_FROM_NUMBER=OURS,
            TWILIO_API_URL=twilio.api_url,
            TWILIO_API_KEY=next(iter(account.api_keys)),
            TWILIO_API_KEY_SECRET=next(iter(account.api_keys.values())),
            SMTP_URL=mail.url,
            MAIL_FROM="training@lakemont.example",
        ) as service:
            door = twilio.door(service.address)
            assert twilio.text(number, "am i good?").to(door).ok
            assert twilio.text(STRANGER, "am i good?").to(door).ok
            assert twilio.text(number, "am i good?").forged().to(door).status == 403
            sent = twilio.world.sent_to
            until(lambda: bool(sent(number)) and bool(sent(STRANGER)), "two answers")
            assert {each.user for each in twilio.calls_of("messages.create")} == set(account.api_keys)
            assert ", Ruiz." in sent(number)[0].body
            assert "Ruiz" not in sent(STRANGER)[0].body
            assert service.stop() == 0
            said = service.said
        for secret in (account.auth_token, *account.api_keys.values(), PASSWORD, quote(PASSWORD, safe="")):
            assert secret not in said
        assert number not in said
        assert "am i good" not in said
