"""A carrier says that a text did not arrive this time: it is said once more, later, elsewhere, or left to a person."""

import pytest
from sqlalchemy import func, select

from db.records.ledger import Delivery, Destination, QueueState, Receipt, Waits
from db.tables import message
from messages.elsewhere import which_file
from scheduler.jobs import Work
from scheduler.keeping import forget_words
from tests.fakes.twilio import faults
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import deliveries, words_of
from tests.scenario.sms_cast import CAR, OURS, PHONES, STRANGER, SmsDesk, by_text, by_text_and_in_slack
from training.ledger.saying import ToSay, plan
from training.office import shared_now

OFFICER, COORDINATOR = "214", "902"
UNREACHABLE, UNEXPLAINED, QUIET_HOURS, FILTERED = 30003, 30008, 30047, 30007
WORDS = "Choose a message with a file"


def _fails(desk: SmsDesk, code: int, number: str = PHONES[OFFICER]) -> None:
    """The carrier says that the last text to a phone did not arrive, and says it twice."""
    sent = desk.sent_to(number)[-1]
    status = desk.twilio.requests.status(sent, "undelivered", code)
    desk.send_all(status, status.again())


def _plan(desk: SmsDesk) -> str:
    """Something that Rollcall says by itself."""
    agency, number = desk.agency, PHONES[OFFICER]
    with agency.writing() as writer:
        said = ToSay(
            person_id=agency.id_of(OFFICER),
            message=which_file(agency.words),
            routes=(Destination(channel="sms", address=OURS, place=number, account=number),),
            about="a story",
        )
        planned = plan(writer, agency.office.keys, said, now=shared_now(agency.office, writer.conn))
    assert planned is not None
    desk.service.tick()
    return planned


def _attempts(desk: SmsDesk, message_id: str = "") -> list[Delivery]:
    found = [each for each in deliveries(desk.agency) if each.kind != "introduction"]
    return [each for each in found if not message_id or each.message_id == message_id]


def _kept_words(agency: Agency) -> int:
    with agency.reading() as conn:
        kept = select(func.count()).select_from(message).where(message.c.body.is_not(None))
        return int(conn.execute(kept).scalar_one())


def _hours(desk: SmsDesk, *hours: float) -> list[int]:
    """How many texts there are after each of these further hours."""
    counts = []
    for each in hours:
        desk.later(minutes=round(each * 60))
        desk.service.tick()
        counts.append(len(desk.sent_to(PHONES[OFFICER])))
    return counts


def test_a_phone_that_was_off_is_tried_twice_more_hours_apart_and_then_a_person_sees_it(
    lakemont: Agency,
) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        desk.link(OFFICER)
        planned = _plan(desk)
        _fails(desk, UNREACHABLE)
        assert _hours(desk, 0.98, 0.05) == [1, 2]
        _fails(desk, UNREACHABLE)
        assert _hours(desk, 2.9, 0.2) == [2, 3]
        assert "Everything arrived" in words_of(slack.ask(COORDINATOR, "undelivered"))
        _fails(desk, UNREACHABLE)
        assert _hours(desk, 12) == [3]
        found = _attempts(desk, planned)
        assert [each.receipt for each in found] == [Receipt.UNDELIVERED] * 3
        assert len({each.ref for each in found}) == 3
        assert "1 message did not arrive" in words_of(slack.ask(COORDINATOR, "undelivered"))
        assert _kept_words(lakemont) == 1  # the introduction's, of which nothing was heard


def test_what_arrives_at_last_is_not_said_again_and_its_words_are_gone(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        number = desk.link(OFFICER)
        said = desk.ask(OFFICER, "am i good?")
        _fails(desk, UNREACHABLE)
        assert _hours(desk, 1.1) == [2]
        assert desk.said_to(number) == [said, said]
        desk.send_all(*desk.twilio.deliver(desk.sent_to(number)[-1].sid))
        assert [each.receipt for each in _attempts(desk)] == [Receipt.UNDELIVERED, Receipt.DELIVERED]
        assert _hours(desk, 24) == [2]
        assert _kept_words(lakemont) == 1  # the introduction's, of which nothing was heard
        assert forget_words(Work(lakemont.office, lambda: False)) == 1
        assert _kept_words(lakemont) == 0


def test_an_answer_is_not_said_once_it_is_too_old_to_be_one(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        _fails(desk, UNREACHABLE)
        assert _hours(desk, 1.1) == [2]
        _fails(desk, UNREACHABLE)
        # The next would be three hours later: more than four after the question.
        assert _hours(desk, 3.1, 10) == [2, 2]


def test_what_failed_for_no_reason_goes_once_more_and_then_to_chat(lakemont: Agency) -> None:
    with by_text_and_in_slack(lakemont) as (desk, slack):
        desk.link(OFFICER)
        slack.ask(OFFICER, "hi")
        before = len(slack.said_to(OFFICER))
        desk.ask(OFFICER, "am i good?")
        _fails(desk, UNEXPLAINED)
        assert len(slack.said_to(OFFICER)) == before
        assert _hours(desk, 0.2, 0.1) == [1, 2]
        _fails(desk, UNEXPLAINED)
        assert _hours(desk, 0, 5) == [2, 2]
        [said] = slack.said_to(OFFICER)[before:]
        assert words_of(said).startswith("NOT YET, Ruiz.")
        last = _attempts(desk)[-1]
        assert (last.route.channel, last.receipt) == ("slack", Receipt.HANDED_OVER)
        assert _kept_words(lakemont) <= 1
        # It reached them: nothing is left for anybody to look at.
        assert "Everything arrived" in words_of(slack.ask(COORDINATOR, "undelivered"))


def test_quiet_hours_are_waited_for(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        _plan(desk)
        for count in (1, 2, 3):
            _fails(desk, QUIET_HOURS)
            assert _hours(desk, 2.9, 0.2) == [count, count + 1]
        _fails(desk, QUIET_HOURS)
        assert _hours(desk, 12) == [4]


@pytest.mark.parametrize("code", [FILTERED, 30004, 30036, 31999])
def test_what_would_fail_again_is_not_repeated_and_its_words_go(embedded: Agency, code: int) -> None:
    with by_text(embedded) as desk:
        desk.link(OFFICER)
        kept = _kept_words(embedded)
        _plan(desk)
        _fails(desk, code)
        assert _hours(desk, 24) == [1]
        assert _kept_words(embedded) == kept


def test_a_try_that_waits_keeps_nothing_else_from_the_phone(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        first = _plan(desk)
        _fails(desk, UNREACHABLE)
        _plan(desk)
        assert len(desk.sent_to(number)) == 2
        assert desk.ask(OFFICER, "am i good?").startswith("NOT YET, Ruiz.")
        [waits] = [each for each in _attempts(desk, first) if each.state is QueueState.READY]
        assert waits.waits is Waits.ANOTHER_TRY


def test_another_try_asks_again_whether_texts_are_wanted(embedded: Agency) -> None:
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        _fails(desk, UNREACHABLE)
        desk.text(number, "STOP")
        assert _hours(desk, 1.1) == [1]
        last = _attempts(desk)[-1]
        assert (last.receipt, last.error) == (Receipt.SKIPPED, "opted-out")


def test_another_try_that_may_have_been_sent_is_looked_up(embedded: Agency) -> None:
    """The same words went out before: that is no proof of the second."""
    with by_text(embedded) as desk:
        number = desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        _fails(desk, UNREACHABLE)
        desk.twilio.faults.next("messages.create", faults.dropped(after=True))
        assert _hours(desk, 1.1, 0.1, 0.1) == [2, 2, 2]
        refs = [each.ref for each in _attempts(desk)]
        assert refs == [each.sid for each in desk.sent_to(number)]


def test_nothing_is_said_again_to_a_stranger_or_to_a_phone_that_many_share(embedded: Agency) -> None:
    with by_text_and_in_slack(embedded) as (desk, slack):
        desk.service.tick()
        slack.ask(COORDINATOR, f"share phone {CAR} Car 12")
        for number in (STRANGER, CAR):
            desk.ask_from(number, "hello")
            _fails(desk, UNREACHABLE, number)
        desk.later(hours=2)
        desk.service.tick()
        assert len(desk.sent_to(STRANGER)) == len(desk.sent_to(CAR)) == 1


def test_the_carriers_silence_is_not_taken_for_an_answer(lakemont: Agency) -> None:
    with by_text(lakemont) as desk:
        desk.link(OFFICER)
        desk.ask(OFFICER, "am i good?")
        assert _kept_words(lakemont) == 2
        desk.later(hours=4)
        assert forget_words(Work(lakemont.office, lambda: False)) == 1
        assert [each.receipt for each in _attempts(desk)] == [Receipt.NONE]
        # Later than anybody waits for it, and still the truth.
        [sent] = desk.sent_to(PHONES[OFFICER])
        desk.send_all(desk.twilio.requests.status(sent, "delivered"))
        assert [each.receipt for each in _attempts(desk)] == [Receipt.DELIVERED]
