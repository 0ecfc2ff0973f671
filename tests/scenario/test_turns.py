"""Ways one after the other: the next when nothing says that the last one arrived, never two where one was enough."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db.records.ledger import Delivery, Destination, Receipt, Waits
from db.records.phones import ConsentBy
from db.unit_of_work import Writer
from messages.kinds import MessageKind
from messages.plain import plain_text
from scheduler.jobs import Work
from scheduler.reminders import plan_reminders
from scheduler.standings import judge_again
from tests.fakes.carrier import REFUSED, UNREACHABLE
from tests.scenario.cast import Agency
from tests.scenario.turns_cast import OURS, RUIZ, THEIRS, Ways
from training.ledger import another
from training.log.register import unattended
from training.phones import phones
from training.phones.phones import TextsWord
from training.reminders import turns


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    """Ruiz has a linked phone and Slack."""
    return Ways(embedded.at("2027-03-02 10:00")).link("sms", "slack")


def test_ways_go_by_the_wish_of_the_person_then_by_the_agencys_order(ways: Ways) -> None:
    assert ways.ways() == ["sms", "slack"]
    ways.wishes("slack")
    assert ways.ways() == ["slack", "sms"]
    ways.rules(order=("slack",))
    ways.wishes("sms", "slack")
    assert ways.ways() == ["slack"]


def test_whoever_wants_no_texts_has_no_texts_among_their_ways(ways: Ways) -> None:
    word = TextsWord(
        number=THEIRS["sms"], person_id=ways.agency.id_of(RUIZ), how=ConsentBy.KEYWORD, shown="STOP"
    )
    with ways.agency.writing() as writer:
        phones.refuse(writer, ways.agency.office, word, ways.agency.words)
    assert ways.ways() == ["slack"]


def test_only_the_first_way_is_used_while_the_carrier_may_still_say_that_it_arrived(ways: Ways) -> None:
    ways.remind()
    ways.tick()
    assert ways.said() == [("sms", "handed-over")]
    ways.after("2027-03-02 10:04")
    assert ways.sent() == {"sms": 1}


def test_after_five_minutes_without_a_receipt_it_is_said_in_chat_once(ways: Ways) -> None:
    message = ways.remind()
    ways.tick()
    for minute in ("10:05", "10:06", "10:20", "15:00"):
        ways.after(f"2027-03-02 {minute}")
    assert ways.said() == [("sms", "handed-over"), ("slack", "handed-over")]
    assert ways.sent() == {"sms": 1, "slack": 1}
    [entry] = ways.agency.entries("message:next-way", about=RUIZ)
    assert entry.data["message"] == message
    assert (entry.data["channel"], entry.data["because"]) == ("slack", "no-receipt")


def test_what_arrived_says_the_carrier_is_said_nowhere_else(ways: Ways) -> None:
    ways.remind()
    ways.tick()
    ways.carrier_says(Receipt.DELIVERED)
    ways.after("2027-03-02 10:06").after("2027-03-02 17:00")
    assert ways.said() == [("sms", "delivered")]


def test_what_was_handed_over_where_no_receipt_ever_comes_is_said_nowhere_else(ways: Ways) -> None:
    ways.wishes("slack")
    ways.remind()
    ways.tick()
    ways.after("2027-03-02 10:06").after("2027-03-02 17:00").after("2027-03-03 10:00")
    assert ways.said() == [("slack", "handed-over")]


def test_the_next_way_has_its_turn_at_once_when_one_did_not_arrive(ways: Ways) -> None:
    ways.remind()
    ways.tick()
    ways.carrier_says(Receipt.UNDELIVERED, "30003")
    ways.after("2027-03-02 10:01")
    assert ways.said() == [("sms", "undelivered"), ("slack", "handed-over")]


def test_the_next_way_has_its_turn_at_once_when_one_is_refused(ways: Ways) -> None:
    ways.carriers["sms"].habit = REFUSED
    ways.remind()
    ways.tick()
    assert ways.said() == [("sms", "failed"), ("slack", "handed-over")]


def test_a_way_that_is_out_of_order_loses_its_turn_and_sends_nothing_when_it_is_back(ways: Ways) -> None:
    ways.carriers["sms"].script.extend([UNREACHABLE] * 5)
    ways.remind()
    for minute in ("10:00", "10:01", "10:02", "10:05", "10:06", "11:00", "12:00"):
        ways.after(f"2027-03-02 {minute}")
    assert ways.said() == [("sms", "cancelled"), ("slack", "handed-over")]
    assert ways.sent() == {"slack": 1}


def test_the_next_way_keeps_the_hours_of_its_person(ways: Ways) -> None:
    ways.agency.at("2027-03-02 17:58")
    ways.remind()
    ways.tick()
    ways.after("2027-03-02 18:03").after("2027-03-03 07:59")
    assert ways.said() == [("sms", "handed-over"), ("slack", "ready")]
    assert ways.all()[1].waits is Waits.OFF_DUTY
    ways.after("2027-03-03 08:00")
    assert ways.sent() == {"sms": 1, "slack": 1}


def test_a_receipt_that_comes_while_the_next_way_waits_stops_it(ways: Ways) -> None:
    ways.agency.at("2027-03-02 17:58")
    ways.remind()
    ways.tick()
    ways.after("2027-03-02 18:03")
    ways.carrier_says(Receipt.DELIVERED)
    ways.after("2027-03-03 08:00")
    assert ways.said() == [("sms", "delivered"), ("slack", "cancelled")]
    assert [each.data["why"] for each in ways.agency.entries("message:cancelled")] == ["delivered"]


def test_an_answer_anywhere_answers_what_was_said_and_stops_every_copy(ways: Ways) -> None:
    ways.agency.at("2027-03-02 17:58")
    ways.remind()
    ways.tick()
    ways.after("2027-03-02 18:03")
    ways.agency.ask(RUIZ, "am I good?")
    ways.after("2027-03-03 08:00")
    assert ways.said() == [("sms", "answered"), ("slack", "cancelled")]
    assert len(ways.agency.entries("message:answered", about=RUIZ)) == 1
    ways.agency.ask(RUIZ, "why")
    assert len(ways.agency.entries("message:answered", about=RUIZ)) == 1


def test_whoever_speaks_before_the_reminder_went_out_has_not_answered_it(ways: Ways) -> None:
    ways.agency.at("2027-03-02 07:00")
    ways.remind()
    ways.agency.ask(RUIZ, "am I good?")
    ways.after("2027-03-02 08:00")
    assert ways.said() == [("sms", "handed-over")]


def test_a_text_that_never_arrived_is_not_answered_by_an_answer_elsewhere(ways: Ways) -> None:
    ways.remind()
    ways.tick()
    ways.carrier_says(Receipt.UNDELIVERED, "30003")
    ways.after("2027-03-02 10:01")
    ways.agency.ask(RUIZ, "am I good?")
    assert ways.said() == [("sms", "undelivered"), ("slack", "answered")]


def test_a_way_that_somebody_gets_later_that_day_is_used(embedded: Agency) -> None:
    ways = Ways(embedded.at("2027-03-02 10:00"))
    ways.remind()
    ways.after("2027-03-02 10:05")
    assert ways.said() == []
    ways.link("slack")
    ways.after("2027-03-02 11:06")
    assert ways.said() == [("slack", "handed-over")]


def test_three_processes_that_look_at_the_same_instant_go_on_once(lakemont: Agency) -> None:
    ways = Ways(lakemont.at("2027-03-02 10:00")).link("sms", "slack")
    ways.remind()
    ways.tick()
    lakemont.at("2027-03-02 10:05")
    with ThreadPoolExecutor(3) as processes:
        went = list(processes.map(lambda _: turns.go_on(lakemont.office, limit=10), range(3)))
    assert sorted(went) == [0, 0, 1]
    assert ways.said() == [("sms", "handed-over"), ("slack", "ready")]
    lakemont.ask(RUIZ, "am I good?")
    assert ways.said() == [("sms", "answered"), ("slack", "cancelled")]


def test_one_message_for_several_duties_is_planned_for_those_that_were_not(ways: Ways) -> None:
    assert ways.remind("firearms", "cpr")
    assert not ways.remind("firearms", "cpr")
    assert ways.remind("cpr", "taser")
    assert not ways.remind("taser")


def test_the_next_way_is_sooner_than_another_try_on_the_same(ways: Ways) -> None:
    def again(writer: Writer, delivery: Delivery) -> None:
        slack = [Destination(channel="slack", address=OURS["slack"], place=THEIRS["slack"])]
        assert not another.try_again(writer, delivery, [timedelta(minutes=5)], slack)

    ways.remind()
    ways.tick()
    ways.carrier_says(Receipt.UNDELIVERED, "30003", again)
    ways.after("2027-03-02 10:01").after("2027-03-02 11:00")
    assert ways.said() == [("sms", "undelivered"), ("slack", "handed-over")]


def test_what_was_tried_in_vain_into_the_evening_waits_for_the_morning(embedded: Agency) -> None:
    ways = Ways(embedded.at("2027-03-02 17:58")).link("slack")
    ways.carriers["slack"].script.extend([UNREACHABLE] * 2)
    ways.remind()
    for minute in ("17:58", "17:59", "18:01", "18:05", "18:30", "23:00"):
        ways.after(f"2027-03-02 {minute}")
    assert ways.sent() == {}
    ways.after("2027-03-03 08:00")
    assert ways.sent() == {"slack": 1}


def test_the_next_way_of_another_day_says_how_it_stands_that_day(embedded: Agency) -> None:
    ways = Ways(embedded.at("2027-04-01 17:50")).link("sms", "slack")
    for minute in ("04-01 17:56", "04-01 18:10", "04-02 08:00"):
        embedded.at(f"2027-{minute}")
        work = Work(unattended(embedded.office), lambda: False)
        judge_again(work)
        plan_reminders(work)
        ways.tick()
        ways.tick()
    [by_text], [in_chat] = (ways.carriers[each].effects for each in ("sms", "slack"))
    assert "(90 days)" in plain_text(by_text.message, "sms")
    assert "(89 days)" in plain_text(in_chat.message, "slack")
    assert by_text.message.kind == in_chat.message.kind == MessageKind.REMINDER
