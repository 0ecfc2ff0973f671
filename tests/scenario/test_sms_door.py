"""Officers talk to Rollcall by text: what is answered, what comes again, and who is nobody there."""

import json
from hashlib import sha256

import pytest
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from bot.sms.door import EMPTY, INBOUND
from bot.sms.render import segments
from db.records.ledger import QueueState, Receipt
from tests.integration.service_process import until
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import kept_events
from tests.scenario.sms_cast import ACCOUNT, OURS, PHONES, PUBLIC, STRANGER, TOKEN, SmsDesk, by_text

OFFICER = "214"
D_1 = (
    "NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30). Open: Autism 4 h, Bias crimes 1 h, elective 1 h; "
    "rest any topic. If missed: license cannot renew. Reply NEXT, WHY or MENU."
)
WHY = (
    "Rule CE-48 (mn-demo-2026.2): 14 recorded completions since Jul 1 2024 = 31.5 h. 48 - 31.5 = 16.5 h left, of "
    "which topics 6 h. Reply LIST for the 14 lines."
)

# What is answered


def test_an_officer_asks_from_the_patrol_car(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?") == D_1
        assert desk.ask(OFFICER, "why") == WHY
        assert desk.ask(OFFICER, "k thx") == "Anytime. Stay safe."
        desk.link("231")
        assert desk.ask("231", "am i good?").startswith("YES, Lee.")
        assert all(each.isascii() and segments(each) <= 2 for each in desk.said_to(PHONES[OFFICER]))
        sent = desk.provider.sent[0]
        assert (sent["From"], sent["ValidityPeriod"]) == (OURS, "14400")
        [first] = [each for each in desk.answers() if each.ref == sent["sid"]]
        assert sent["StatusCallback"] == f"{PUBLIC}/sms/status?ref={first.attempt_id}"
        assert first.receipt is Receipt.HANDED_OVER


@pytest.mark.parametrize("word", ["list", "menu", "human", "more"])
def test_the_words_of_an_answer_are_answered(embedded: Agency, word: str) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        desk.ask(OFFICER, "why")
        said = desk.ask(OFFICER, word)
        assert said
        assert said.isascii()
        assert segments(said) <= 2


def test_the_request_is_acknowledged_with_nothing(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        answer = desk.text(desk.link(OFFICER), "am i good?")
        assert (answer.text, answer.headers["content-type"].partition(";")[0]) == (EMPTY, "text/xml")
        assert "<Response" in answer.text
        desk.until_quiet()


def test_the_same_text_again_is_answered_once(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        for _ in range(3):
            assert desk.text(number, "am i good?", MessageSid="SM" + "a" * 32).status_code == 200
            desk.until_quiet()
        assert len(desk.said_to(number)) == 1
        assert kept_events(embedded) == {"done": 1}


# Who is nobody


def test_an_unknown_number_learns_nothing_and_once_a_day(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        said = desk.ask_from(STRANGER, "is Ruiz good?")
        assert "do not know this sender" in said
        assert "Ruiz" not in said
        for _ in range(2):
            assert desk.text(STRANGER, "hello?").status_code == 200
            desk.until_quiet()
        assert len(desk.said_to(STRANGER)) == 1
        desk.later(days=1, minutes=1)
        desk.ask_from(STRANGER, "hello?")


def test_danger_is_answered_whoever_writes_and_however_often(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.ask_from(STRANGER, "hello")
        for _ in range(2):
            assert "911" in desk.ask_from(STRANGER, "officer down shots fired")


def test_a_number_on_the_roster_is_not_enough(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        # Ruiz's own number, as the roster has it; nobody has confirmed it.
        assert "do not know this sender" in desk.ask(OFFICER, "am i good?")


def test_whoever_has_no_telephone_is_left_alone(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        for sender in ("whatsapp:+16125550142", "LAKEMONT", "", OURS):
            assert desk.text(sender, "am i good?").status_code == 200
        desk.until_quiet()
        assert desk.provider.sent == []


# Who knocks


def _fields(**given: str) -> dict[str, str]:
    return {
        "MessageSid": "SM" + "b" * 32,
        "AccountSid": ACCOUNT,
        "From": PHONES[OFFICER],
        "To": OURS,
        "Body": "am i good?",
        **given,
    }


@pytest.mark.parametrize("signature", ["", "bm9ib2R5"])
def test_whatever_is_not_signed_is_refused_before_the_record_is_asked(
    embedded: Agency, signature: str
) -> None:
    with by_text(embedded) as desk:
        embedded.office.engine.dispose()
        answer = desk.post(INBOUND, _fields(), signature=signature)
        assert answer.status_code == 403
        assert kept_events(embedded) == {}


def test_a_signature_is_over_the_public_address_and_every_field(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        fields = _fields(Body="caf\u00e9 & 100% + \U0001f44d ", Empty="", Later="added")
        headers = {"content-type": "application/x-www-form-urlencoded"}

        def signed(url: str) -> dict[str, str]:
            said = RequestValidator(TOKEN).compute_signature(url, fields)
            return {**headers, "x-twilio-signature": said, "x-forwarded-host": "evil.example"}

        body = "&".join(f"{name}={_percent(value)}" for name, value in fields.items()).encode()
        wrong = f"{desk.service.url}{INBOUND}", "https://evil.example/sms/inbound", f"{PUBLIC}{INBOUND}?a=b"
        for url in wrong:
            assert desk.raw(INBOUND, body, signed(url)).status_code == 403
        assert desk.raw(INBOUND, body + b"&More=1", signed(f"{PUBLIC}{INBOUND}")).status_code == 403
        assert desk.raw(INBOUND, body, signed(f"{PUBLIC}{INBOUND}")).status_code == 200
        assert desk.raw(f"{INBOUND}?a=b%20c", body, signed(f"{PUBLIC}{INBOUND}?a=b%20c")).status_code == 200
        desk.until_quiet()


def test_a_body_that_is_no_form_is_signed_by_its_hash(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        body = json.dumps(_fields())
        query = f"bodySHA256={sha256(body.encode()).hexdigest()}"
        signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{INBOUND}?{query}", {})
        headers = {"content-type": "application/json", "x-twilio-signature": signed}
        assert desk.raw(f"{INBOUND}?{query}", body.encode() + b" ", headers).status_code == 403
        unhashed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{INBOUND}", {})
        bare = headers | {"x-twilio-signature": unhashed}
        assert desk.raw(INBOUND, body.encode(), bare).status_code == 403
        assert desk.raw(f"{INBOUND}?{query}", body.encode(), headers).status_code == 200
        until(lambda: len(desk.said_to(number)) == 1, "the answer")
        desk.until_quiet()


def test_a_shared_key_signs_where_one_is_set(embedded: Agency) -> None:
    key = "a-shared-secret-of-the-webhooks"
    fields = _fields()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
        "x-twilio-signature": RequestValidator(key).compute_signature(
            f"{PUBLIC}{INBOUND}", fields, "HMAC_SHA256"
        ),
    }
    body = "&".join(f"{name}={_percent(value)}" for name, value in fields.items()).encode()
    with by_text(embedded, webhook_secret=SecretStr(key)) as desk:
        assert desk.raw(INBOUND, body, headers).status_code == 200
        desk.until_quiet()
        assert desk.text(STRANGER, "hello").status_code == 200
        desk.until_quiet()
    with by_text(embedded) as desk:
        assert desk.raw(INBOUND, body, headers).status_code == 403


# What goes wrong on the way out


def _unclear(desk: SmsDesk) -> None:
    [delivery] = desk.answers()
    assert (delivery.receipt, delivery.state) == (Receipt.UNKNOWN, QueueState.READY)


def test_what_was_taken_behind_a_failure_is_found_and_not_repeated(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        desk.provider.answers = [(502, "<html>Bad gateway</html>")]
        desk.ask(OFFICER, "am i good?")
        _unclear(desk)
        desk.service.tick()
        assert desk.provider.listings == 0
        desk.later(minutes=4)
        desk.service.tick()
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.ref) == (Receipt.HANDED_OVER, desk.provider.sent[0]["sid"])
        assert desk.said_to(number) == [D_1]


def test_what_was_lost_behind_a_failure_is_sent_again_once_it_is_missed(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.provider.answers = [(500, {"code": 20500, "message": "trouble", "status": 500})]
        desk.ask(OFFICER, "am i good?")
        _unclear(desk)
        desk.provider.sent.clear()
        desk.later(minutes=4)
        desk.service.tick()
        assert desk.said_to(number) == [D_1]


@pytest.mark.parametrize(
    ("status", "code", "receipt", "state"),
    [
        (400, 21211, Receipt.FAILED, QueueState.DONE),
        (400, 21614, Receipt.FAILED, QueueState.DONE),
        (400, 21617, Receipt.FAILED, QueueState.DONE),
        (400, 99999, Receipt.FAILED, QueueState.DONE),
        (401, 20003, None, QueueState.READY),
        (429, 20429, None, QueueState.READY),
        (400, 21611, None, QueueState.READY),
    ],
)
def test_a_refusal_is_read_from_one_table(
    embedded: Agency, status: int, code: int, receipt: Receipt | None, state: QueueState
) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.provider.answers = [(status, {"code": code, "message": "no", "status": status})]
        assert desk.text(number, "am i good?").status_code == 200
        desk.until_quiet()
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.state) == (receipt, state)
        assert desk.said_to(number) == []
        desk.later(minutes=2)
        desk.service.tick()
        assert desk.said_to(number) == ([D_1] if state is QueueState.READY else [])


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
