"""Officers talk to Rollcall by text: what is answered, what comes again, and who is nobody there."""

import pytest
from pydantic import SecretStr

from bot.sms.door import EMPTY
from bot.sms.render import segments
from db.queries import phones
from db.records.ledger import QueueState, Receipt
from tests.fakes.twilio import faults
from tests.fakes.twilio.delivery import Parcel, SharedKey
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import kept_events, words_of
from tests.scenario.sms_cast import OURS, PHONES, PUBLIC, STRANGER, SmsDesk, by_text, by_text_and_in_slack

OFFICER, SERVICE = "214", "MG" + "0" * 31 + "2"
D_1 = (
    "NOT YET, Ruiz. 31.5 of 48 h (65%), 120 days left (Jun 30). Open: Autism 4 h, Bias crimes 1 h, elective 1 h; "
    "rest any topic. If missed: license cannot renew. Reply NEXT, WHY or MENU."
)
WHY = (
    "Rule CE-48 (mn-demo-2026.2): 14 recorded completions since Jul 1 2024 = 31.5 h. 48 - 31.5 = 16.5 h left, of which "
    "topics 6 h. Reply LIST for the 14 lines."
)

# What is answered


def test_an_officer_asks_from_the_patrol_car(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?") == D_1
        assert desk.ask(OFFICER, "why") == WHY
        assert desk.ask(OFFICER, "k thx") == "Anytime. Stay safe."
        desk.link("231")
        assert desk.ask("231", "am i good?").startswith("YES, Lee.")
        assert all(each.isascii() and segments(each) <= 2 for each in desk.said_to(number))
        sent = desk.sent_to(number)[0]
        [first] = [each for each in desk.answers() if each.ref == sent.sid]
        assert first.receipt is Receipt.HANDED_OVER
        assert (sent.sender, sent.validity) == (OURS, 14_400)
        assert sent.status_callback == f"{PUBLIC}/sms/status?ref={first.attempt_id}"


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
        answer = desk.send(desk.twilio.text(desk.link(OFFICER), "am i good?"))
        assert (answer.body.decode(), answer.replies) == (EMPTY, ())
        desk.until_quiet()


def test_the_same_text_again_is_answered_once(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        parcel = desk.twilio.text(number, "am i good?")
        desk.send_all(parcel, parcel, parcel.again())
        assert desk.said_to(number) == [D_1]
        assert kept_events(embedded) == {"done": 1}


def test_a_service_sends_in_the_place_of_a_number(embedded: Agency) -> None:
    with by_text(embedded, from_number=None, messaging_service_sid=SERVICE) as desk:
        service = desk.twilio.world.add_service()
        service.sid = SERVICE
        desk.twilio.world.services[SERVICE] = service
        desk.text(STRANGER, "am i good?")
        [sent] = desk.sent_to(STRANGER)
        assert sent.service == service.sid
        assert sent.sender is None


def test_without_a_public_address_texts_go_out_and_nobody_is_asked_to_call_back(embedded: Agency) -> None:
    with by_text(embedded, public="http://localhost:8000") as desk:
        number = desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?") == D_1
        assert {each.status_callback for each in desk.sent_to(number)} == {""}


def test_no_more_is_spent_in_a_month_than_was_set(lakemont: Agency) -> None:
    with by_text(lakemont, monthly_segments=6) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        desk.ask(OFFICER, "why")
        desk.text(number, "am i good?")
        with lakemont.reading() as conn:
            assert phones.segments_sent(conn, lakemont.agency_id, "2027-03") == 5
        assert len(desk.said_to(number)) == 2
        [delivery] = [each for each in desk.answers() if each.receipt is Receipt.SKIPPED]
        assert delivery.error == "used-up"
        assert "911" in desk.ask(OFFICER, "officer down shots fired")
        desk.later(days=30)
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")


def test_what_was_surely_not_sent_costs_nothing(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        with embedded.reading() as conn:
            before = phones.segments_sent(conn, embedded.agency_id, "2027-03")
        desk.twilio.faults.next("messages.create", faults.refused(21614))
        desk.text(number, "am i good?")
        with embedded.reading() as conn:
            assert phones.segments_sent(conn, embedded.agency_id, "2027-03") == before
        desk.ask(OFFICER, "am i good?")
        with embedded.reading() as conn:
            assert phones.segments_sent(conn, embedded.agency_id, "2027-03") == before + 2


def test_the_coordinator_is_told_once_that_no_texts_are_left(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded, monthly_segments=1) as (desk, slack):
        slack.ask("902", "hi")
        before = len(slack.said_to("902"))
        for _ in range(3):
            desk.text(STRANGER, "hello")
            desk.text(PHONES[OFFICER], "hello")
        desk.service.tick()
        assert len(desk.said_to(STRANGER)) + len(desk.said_to(PHONES[OFFICER])) <= 1
        [said] = slack.said_to("902")[before:]
        assert "rest of the month" in words_of(said)


def test_while_it_is_tried_out_no_other_phone_rings(embedded: Agency) -> None:
    with by_text(embedded, only_to=f"{PHONES['231']},{PHONES[OFFICER]}") as desk:
        desk.text(STRANGER, "officer down")
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.error) == (Receipt.SKIPPED, "trying-out")
        assert desk.twilio.calls_of("messages.create") == []
        desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?") == D_1


def test_a_number_that_is_in_a_service_too_stays_the_one_that_was_set(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        service = desk.twilio.world.add_service()
        service.sms_url = desk.twilio.world.number.sms_url
        desk.link(OFFICER)
        assert desk.ask(OFFICER, "am i good?") == D_1
        assert desk.sent_to(PHONES[OFFICER])[0].sender == OURS


# Who is nobody


def test_an_unknown_number_learns_nothing_and_once_a_day(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        said = desk.ask_from(STRANGER, "is Ruiz good?")
        assert "do not know this sender" in said
        assert "Ruiz" not in said
        for _ in range(2):
            desk.text(STRANGER, "hello?")
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


@pytest.mark.parametrize("sender", ["whatsapp:+16125550142", "LAKEMONT", "", OURS])
def test_whoever_has_no_telephone_is_left_alone(embedded: Agency, sender: str) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.send_all(desk.twilio.text(number, "am i good?").with_fields(From=sender))
        assert desk.answers() == []


# Who knocks


def _refused(desk: SmsDesk, parcel: Parcel) -> None:
    assert desk.send(parcel).status == 403
    assert kept_events(desk.agency) == {}


def test_whatever_is_not_signed_is_refused_before_the_record_is_asked(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        parcel = desk.twilio.text(PHONES[OFFICER], "am i good?")
        _refused(desk, parcel.unsigned())
        _refused(desk, parcel.forged())
        _refused(desk, parcel.altered("am+i+good", "is+Lee+good"))
        _refused(desk, parcel.signed_for(f"{desk.service.url}/sms/inbound"))
        _refused(desk, parcel.signed_for(f"{PUBLIC}/sms/inbound?a=b"))
        evil = parcel.signed_for("https://evil.example/sms/inbound")
        _refused(desk, evil.with_header("X-Forwarded-Host", "evil.example"))
        _refused(desk, parcel.labelled("application/json"))
        _refused(desk, parcel.as_json().altered("am i good", "am I good"))


def test_a_signature_is_over_every_field_whatever_is_in_it(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        parcel = desk.twilio.text(number, "caf\u00e9 & 100% + \U0001f44d ").with_fields(
            Empty="", Later="added"
        )
        desk.send_all(parcel.with_header("X-Forwarded-Proto", "http"))
        assert len(desk.said_to(number)) == 1


def test_a_body_that_is_no_form_is_signed_by_its_hash(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.send_all(desk.twilio.text(desk.link(OFFICER), "am i good?").as_json())
        assert desk.said_to(PHONES[OFFICER]) == [D_1]


def test_a_shared_key_signs_where_one_is_set(embedded: Agency) -> None:
    key = SharedKey("webhooks_sharedkey_1", "a-shared-secret-of-the-webhooks", "HMAC_SHA256")
    with by_text(embedded, shared_key=key, webhook_secret=SecretStr(key.secret)) as desk:
        desk.ask_from(STRANGER, "hello")
        desk.shared_key = None
        desk.ask_from(STRANGER, "officer down")
    with by_text(embedded, shared_key=key) as desk:
        assert desk.send(desk.twilio.text(STRANGER, "hello")).status == 403


# What goes wrong on the way out


@pytest.mark.parametrize(
    "fault",
    [
        faults.failed(after=True),
        faults.dropped(after=True),
        faults.malformed(),
    ],
    ids=lambda fault: fault.kind.value,
)
def test_what_was_taken_behind_a_failure_is_found_and_not_repeated(
    lakemont: Agency, fault: faults.Fault
) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        desk.twilio.faults.next("messages.create", fault)
        desk.text(number, "am i good?")
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.state) == (Receipt.UNKNOWN, QueueState.READY)
        desk.service.tick()
        assert desk.twilio.calls_of("messages.list") == []
        desk.later(minutes=4)
        desk.service.tick()
        [delivery] = desk.answers()
        [sent] = desk.sent_to(number)
        assert (delivery.receipt, delivery.ref, sent.body) == (Receipt.HANDED_OVER, sent.sid, D_1)


def test_a_text_whose_words_twilio_does_not_keep_is_left_in_doubt_and_not_repeated(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        for each in desk.sent_to(number):
            each.body = ""
        desk.twilio.faults.next("messages.create", faults.dropped(after=False))
        desk.text(number, "am i good?")
        desk.later(minutes=4)
        desk.service.tick()
        # The wordless one that is there is another's: this one was never taken.
        assert desk.said_to(number) == ["", D_1]
        desk.twilio.faults.next("messages.create", faults.dropped(after=True))
        desk.text(number, "am i good?")
        desk.sent_to(number)[-1].body = ""
        for _ in range(3):
            desk.later(minutes=4)
            desk.service.tick()
        assert len(desk.sent_to(number)) == 3
        assert desk.answers()[-1].receipt is Receipt.UNKNOWN


@pytest.mark.parametrize(
    "fault",
    [faults.failed(after=False), faults.dropped(after=False), faults.page()],
    ids=lambda fault: fault.kind.value,
)
def test_what_was_lost_behind_a_failure_is_sent_again_once_it_is_missed(
    embedded: Agency, fault: faults.Fault
) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        # The same words again: the first ones are no proof of the second.
        desk.ask(OFFICER, "am i good?")
        desk.twilio.faults.next("messages.create", fault)
        desk.text(number, "am i good?")
        assert desk.said_to(number) == [D_1]
        desk.later(minutes=4)
        desk.service.tick()
        assert desk.said_to(number) == [D_1, D_1]
        assert {each.receipt for each in desk.answers()} == {Receipt.HANDED_OVER}


@pytest.mark.parametrize(
    ("code", "status", "receipt", "state"),
    [
        (21211, 400, Receipt.FAILED, QueueState.DONE),
        (21614, 400, Receipt.FAILED, QueueState.DONE),
        (21617, 400, Receipt.FAILED, QueueState.DONE),
        (21610, 400, Receipt.SKIPPED, QueueState.DONE),
        (21999, 400, Receipt.FAILED, QueueState.DONE),
        (20003, 401, None, QueueState.READY),
        (21611, 429, None, QueueState.READY),
    ],
)
def test_a_refusal_is_read_from_one_table(
    embedded: Agency, code: int, status: int, receipt: Receipt | None, state: QueueState
) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.twilio.faults.next("messages.create", faults.refused(code, status))
        desk.text(number, "am i good?")
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.state) == (receipt, state)
        desk.later(minutes=2)
        desk.service.tick()
        assert desk.said_to(number) == ([D_1] if state is QueueState.READY else [])
