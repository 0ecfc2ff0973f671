"""Whom nothing reaches: told to whoever coordinates on its day, and on the list of whoever answers for them."""

import pytest

from db.records.ledger import Receipt
from db.records.phones import ConsentBy
from messages.plain import plain_text
from scheduler.jobs import Work
from scheduler.reminders import roll_of_reach
from tests.fakes.carrier import REFUSED
from tests.scenario.cast import Agency
from tests.scenario.turns_cast import COORDINATOR, RUIZ, THEIRS, Ways
from training.log.register import unattended
from training.phones import phones
from training.phones.phones import TextsWord

SERGEANT = "77"
LOST, SILENT = "A reminder that no way took", "A reminder of which nothing says that it arrived"


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    """The coordinator has Slack."""
    return Ways(embedded.at("2027-03-03 10:00")).link("slack", badge=COORDINATOR)


@pytest.fixture
def on_both(lakemont: Agency) -> Ways:
    """The same, on each database."""
    return Ways(lakemont.at("2027-03-03 10:00")).link("slack", badge=COORDINATOR)


def listed(ways: Ways, badge: str = COORDINATOR) -> str:
    """Every page of the list, as somebody is shown it."""
    pages = [plain_text(ways.agency.ask(badge, "unreached"), "terminal")]
    while "[More]" in pages[-1]:
        pages.append(plain_text(ways.agency.ask(badge, "more"), "terminal"))
    return "\n".join(pages)


def told(ways: Ways) -> int:
    """How often the coordinator was told by now; the scheduler looks once more."""
    roll_of_reach(Work(unattended(ways.agency.office), lambda: False))
    return sum(each.kind == "unreached" for each in ways.all())


def test_a_reminder_that_no_way_took_is_told_the_same_day_and_once(ways: Ways) -> None:
    assert told(ways) == 1
    ways.link("slack")
    ways.carriers["slack"].habit = REFUSED
    ways.remind()
    ways.tick()
    assert told(ways) == 2
    assert told(ways) == 2
    ways.agency.at("2027-03-03 16:00")
    assert told(ways) == 2
    assert f"Officer Ruiz | {LOST} | Mar 3 2027 10:00" in listed(ways)


def test_a_reminder_to_somebody_whom_no_way_reaches_is_on_the_list_at_once(ways: Ways) -> None:
    ways.remind()
    assert f"Officer Ruiz | {LOST}" in listed(ways)
    assert "Officer Ruiz | No way leads to them" in listed(ways)


def test_a_text_without_a_receipt_is_on_the_list_after_the_hours_of_the_rules(on_both: Ways) -> None:
    on_both.link("sms", "slack")
    on_both.remind()
    on_both.tick()
    on_both.after("2027-03-03 10:05")
    assert on_both.said()[-1] == ("slack", "handed-over")
    on_both.agency.at("2027-03-04 10:00")
    assert SILENT not in listed(on_both)
    on_both.agency.at("2027-03-04 10:06")
    assert f"Officer Ruiz | {SILENT}" in listed(on_both)
    on_both.agency.ask(RUIZ, "am I good?")
    assert SILENT not in listed(on_both)


def test_what_chat_took_first_or_a_carrier_delivered_is_on_no_list(ways: Ways) -> None:
    ways.link("slack")
    ways.remind()
    ways.tick()
    ways.link("sms")
    ways.wishes("sms")
    ways.remind()
    ways.tick()
    ways.carrier_says(Receipt.DELIVERED)
    ways.agency.at("2027-03-05 10:00")
    assert "Officer Ruiz | A reminder" not in listed(ways)


def test_a_supervisor_sees_their_own_people_and_nobody_elses(ways: Ways) -> None:
    assert "Officer Ruiz" in listed(ways, SERGEANT)
    own = len(listed(ways, SERGEANT).splitlines())
    assert own < len(listed(ways).splitlines())
    assert "Officer Ruiz" not in listed(ways, RUIZ)


def test_whoever_wants_no_texts_and_has_nothing_else_is_listed_as_such(ways: Ways) -> None:
    ways.link("sms")
    word = TextsWord(
        number=THEIRS["sms"], person_id=ways.agency.id_of(RUIZ), how=ConsentBy.KEYWORD, shown="STOP"
    )
    with ways.agency.writing() as writer:
        phones.refuse(writer, ways.agency.office, word, ways.agency.words)
    assert "Officer Ruiz | Wants no texts, and no other way leads to them" in listed(ways)


def test_whose_only_way_failed_last_is_listed_until_something_gets_there(on_both: Ways) -> None:
    on_both.link("sms")
    on_both.remind()
    on_both.tick()
    on_both.carrier_says(Receipt.UNDELIVERED, "30003")
    only = "Officer Ruiz | The last that was sent on each of their ways failed"
    assert only in listed(on_both)
    on_both.agency.at("2027-03-04 10:00")
    on_both.remind()
    on_both.tick()
    assert only not in listed(on_both)


def test_the_roll_of_a_day_is_told_once_a_day(ways: Ways) -> None:
    assert [told(ways), told(ways)] == [1, 1]
    ways.agency.at("2027-03-04 09:00")
    assert [told(ways), told(ways)] == [2, 2]
