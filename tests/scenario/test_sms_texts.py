"""What became of a text, in the words of one table; and what carriers said of texts that are not ours."""

from datetime import UTC, datetime
from itertools import product

import pytest

from db.records.ledger import Delivery, Destination, QueueState, Receipt, Waits
from messages.texts import state_in_words
from messages.words import load
from tests.fakes.twilio import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import kept_events, words_of
from tests.scenario.sms_cast import PHONES, PUBLIC, by_text, by_text_and_in_slack
from training.phones.texts import state_of

OFFICER, OTHER, SERGEANT, COORDINATOR = "214", "231", "77", "902"
A_MOMENT = datetime(2027, 3, 2, 20, 10, tzinfo=UTC)


def test_a_text_is_said_to_be_no_further_than_the_carrier_said(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        seen = []
        sent = desk.sent_to(number)[-1]
        while True:
            said = words_of(slack.ask(OFFICER, "texts"))
            seen.append([each for each in WORDS if each in said])
            parcel = desk.twilio.step(sent.sid)
            if parcel is None:
                break
            desk.send_all(parcel)
        assert "31.5" not in said
        assert "ending in 0142" in said
        # The introduction stays handed over; nothing was said of it.
        handed, has_it, arrived = "Handed over", "A carrier has it", "Arrived, says the carrier"
        assert [handed] in seen
        assert seen[0] == [handed]
        assert [handed, has_it] in seen
        assert seen[-1] == [handed, arrived]


WORDS = ("Handed over", "A carrier has it", "Arrived, says the carrier", "Did not arrive", "Nobody can tell")


def test_what_did_not_arrive_has_its_code_and_what_waits_its_reason(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        desk.send_all(desk.twilio.requests.status(desk.sent_to(number)[-1], "undelivered", 30003))
        said = words_of(slack.ask(OFFICER, "texts"))
        assert "Did not arrive, says the carrier (the carrier's reason 30003)" in said
        assert "Held for later (the last try did not arrive)" in said
        desk.twilio.faults.next("messages.create", faults.dropped(after=True))
        desk.text(number, "why")
        assert "Nobody can tell whether it was sent" in words_of(slack.ask(OFFICER, "texts"))
        desk.text(number, "STOP")
        desk.later(hours=2)
        desk.service.tick()
        assert "Not sent (no texts are wanted there)" in words_of(slack.ask(OFFICER, "texts"))


def test_by_text_it_is_said_in_two_segments(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        for _ in range(4):
            desk.ask(OFFICER, "am i good?")
        assert "Handed over" in desk.ask(OFFICER, "texts")
        assert "Handed over" in desk.ask(OFFICER, "more")


def test_somebody_elses_texts_are_listed_to_the_coordinator_alone_without_their_words(
    embedded: Agency,
) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        listed = words_of(slack.ask(COORDINATOR, "texts of 214"))
        assert "2 texts to Officer Ruiz" in listed
        assert "31.5" not in listed
        assert "NOT YET" not in listed
        for badge in (SERGEANT, OTHER):
            assert "to Officer Ruiz" not in words_of(slack.ask(badge, "texts of 214"))
        assert "I have sent you no text." in words_of(slack.ask(OTHER, "texts"))
        # That somebody looked is on the record.
        assert "Nair" in words_of(slack.ask(OFFICER, "who saw my record"))


@pytest.mark.parametrize("waits", [None, *Waits])
def test_every_state_of_an_attempt_has_its_words(waits: Waits | None) -> None:
    words = load()
    for state, receipt in product(QueueState, (None, *Receipt)):
        delivery = Delivery(
            attempt_id="a",
            message_id="m",
            person_id=1,
            kind="status",
            about="",
            route=Destination(channel="sms", address="", place=""),
            state=state,
            receipt=receipt,
            ref="",
            sent_in="",
            error="30003",
            tries=1,
            created_at=A_MOMENT,
            waits=waits,
            due_at=A_MOMENT,
            ended_at=None,
        )
        said = state_of(delivery)
        assert state_in_words(said, "", words)
        arrived = said in (Receipt.DELIVERED.value, Receipt.ANSWERED.value)
        assert arrived == (state is QueueState.DONE and receipt in (Receipt.DELIVERED, Receipt.ANSWERED))


# What is not ours


def test_statuses_of_nothing_of_ours_are_counted_for_the_coordinator(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.service.tick()
        assert "did not send" not in words_of(slack.ask(COORDINATOR, "undelivered"))
        for _ in range(2):
            desk.send_all(desk.twilio.requests.status_of_stranger(f"{PUBLIC}/sms/status?ref=nobody"))
            for minutes in (1, 2, 6, 10):
                desk.later(minutes=minutes)
                desk.service.tick()
        assert kept_events(embedded)["failed"] == 2
        said = words_of(slack.ask(COORDINATOR, "undelivered"))
        assert "Carriers reported 2 times on texts that I did not send" in said
        assert "Mar 2 2027 14:10" in said
        assert not any(each in said for each in PHONES.values())
        assert "did not send" not in words_of(slack.ask(OFFICER, "undelivered"))
