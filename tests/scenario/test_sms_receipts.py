"""What carriers say of our texts: in any order, twice, late, about nothing of ours, or never."""

from itertools import permutations

import pytest

from db.records.ledger import QueueState, Receipt
from tests.fakes.twilio import faults
from tests.fakes.twilio.world import Fate
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import kept_events
from tests.scenario.sms_cast import PHONES, PUBLIC, SmsDesk, by_text, by_text_and_in_slack

OFFICER, COORDINATOR = "214", "902"
OTHERS = tuple(permutations(("sending", "sent", "delivered")))


def _receipt(desk: SmsDesk) -> Receipt | None:
    [delivery] = desk.answers()
    return delivery.receipt


def _tags(desk: SmsDesk, of: str = "message:") -> list[str]:
    return [each.tag for each in desk.agency.entries() if each.tag.startswith(of)]


def test_a_receipt_goes_from_taken_to_arrived(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        [sent] = desk.sent_to(number)
        found = []
        while (parcel := desk.twilio.step(sent.sid)) is not None:
            desk.send_all(parcel)
            found.append(_receipt(desk))
        assert found == [Receipt.HANDED_OVER, Receipt.ACCEPTED, Receipt.DELIVERED]
        assert _tags(desk)[:2] == ["message:delivered", "message:handed-over"]


@pytest.mark.parametrize("order", OTHERS, ids="-".join)
def test_a_receipt_never_goes_back(embedded: Agency, order: tuple[str, ...]) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        [sent] = desk.sent_to(number)
        parcels = [desk.twilio.requests.status(sent, word) for word in order]
        desk.send_all(*parcels, *parcels, *(each.again() for each in parcels))
        assert _receipt(desk) is Receipt.DELIVERED
        assert _tags(desk).count("message:delivered") == 1
        desk.send_all(desk.twilio.requests.status(sent, "undelivered", 30008))
        assert _receipt(desk) is Receipt.DELIVERED


def test_what_nobody_confirms_is_handed_over_and_no_more(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.twilio.world.phone(number).fate = Fate.SILENT
        desk.ask(OFFICER, "am i good?")
        desk.send_all(*desk.twilio.deliver_all())
        assert _receipt(desk) is Receipt.ACCEPTED
        assert "message:delivered" not in _tags(desk)


def test_a_status_proves_what_an_answer_did_not(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        desk.twilio.faults.next("messages.create", faults.dropped(after=True))
        desk.text(number, "am i good?")
        assert _receipt(desk) is Receipt.UNKNOWN
        [sent] = desk.sent_to(number)
        parcel = desk.twilio.step(sent.sid)
        assert parcel is not None
        desk.send_all(parcel)
        [delivery] = desk.answers()
        assert (delivery.receipt, delivery.ref, delivery.state) == (
            Receipt.HANDED_OVER,
            sent.sid,
            QueueState.DONE,
        )
        desk.later(minutes=10)
        desk.service.tick()
        assert desk.twilio.calls_of("messages.list") == []
        assert len(desk.sent_to(number)) == 1


def test_a_status_may_come_before_the_answer_to_the_call(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        slow = faults.held(after=True)
        desk.twilio.faults.next("messages.create", slow)
        assert desk.send(desk.twilio.text(number, "am i good?")).ok
        slow.gate.wait_reached()
        [sent] = desk.sent_to(number)
        for parcel in desk.twilio.deliver(sent.sid):
            assert desk.send(parcel).ok
        slow.gate.release()
        desk.until_quiet()
        assert _receipt(desk) is Receipt.DELIVERED
        assert _tags(desk).count("message:handed-over") == 2  # the introduction's, and this one's


def test_a_status_of_nothing_of_ours_is_kept_for_somebody_to_look_at(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        parcel = desk.twilio.requests.status_of_stranger(f"{PUBLIC}/sms/status?ref=nobody")
        desk.send_all(parcel)
        for minutes in (1, 2, 6, 10):
            desk.later(minutes=minutes)
            desk.service.tick()
        assert kept_events(embedded) == {"failed": 1}


def test_a_status_that_is_not_signed_changes_nothing(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        [sent] = desk.sent_to(number)
        status = desk.twilio.requests.status(sent, "delivered")
        assert desk.send(status.forged()).status == 403
        assert desk.send(status.altered("delivered", "undelivered")).status == 403
        assert _receipt(desk) is Receipt.HANDED_OVER


@pytest.mark.parametrize(
    ("fate", "asked"),
    [(Fate.UNREACHABLE, 0), (Fate.FILTERED, 0), (Fate.LANDLINE, 1), (Fate.UNKNOWN, 1)],
)
def test_a_number_that_takes_no_texts_is_asked_for_again_once(
    embedded: Agency, fate: Fate, asked: int
) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        slack.ask(COORDINATOR, "hi")
        before = len(slack.said_to(COORDINATOR))
        number = desk.link(OFFICER)
        desk.twilio.world.phone(number).fate = fate
        for _ in range(2):
            desk.ask(OFFICER, "am i good?")
            desk.send_all(*desk.twilio.deliver(desk.sent_to(number)[-1].sid))
        desk.service.tick()
        over = [each for each in desk.answers() if each.state is QueueState.DONE]
        assert {each.receipt for each in over} == {Receipt.UNDELIVERED}
        assert len(slack.said_to(COORDINATOR)) == before + asked


def test_many_texts_with_faults_end_explained_and_none_is_doubled(embedded: Agency) -> None:
    """Every fault in turn, and every status twice and backwards."""
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        script = [
            faults.dropped(after=True),
            None,
            faults.failed(after=True),
            faults.dropped(after=False),
            faults.page(),
            faults.rate_limited(1),
            faults.malformed(),
            None,
        ]
        desk.twilio.faults.next("messages.create", *script)
        for question in range(8):
            desk.text(number, "am i good?" if question % 2 else "why")
            desk.later(seconds=20)
        for _ in range(8):
            desk.later(minutes=4)
            desk.service.tick()
        parcels = desk.twilio.deliver_all()
        desk.send_all(*reversed(parcels), *parcels)
        assert len(desk.answers()) == len(desk.sent_to(number)) == 8
        assert {each.receipt for each in desk.answers()} == {Receipt.DELIVERED}
        assert {each.ref for each in desk.answers()} == {each.sid for each in desk.sent_to(number)}
        assert number == PHONES[OFFICER]
