"""What keeps reminders back: a word of a person, too many at once, enough in a day, what texts may cost."""

import pytest

from db.queries.context import ByBadge
from db.records.ledger import Receipt, Waits
from db.records.switches import SwitchWord
from messages.plain import plain_text
from tests.scenario.cast import Agency
from tests.scenario.turns_cast import COORDINATOR, RUIZ, Ways
from training.asking import OvertakenError, asking
from training.ledger.delivering import Worker
from training.reminders import limits, switch

CHIEF, SERGEANT = "1", "77"


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    """Ruiz has Slack, and so has the coordinator."""
    ways = Ways(embedded.at("2027-03-03 10:00")).link("slack")
    return ways.link("slack", badge=COORDINATOR)


@pytest.fixture
def on_both(lakemont: Agency) -> Ways:
    """The same, on each database."""
    ways = Ways(lakemont.at("2027-03-03 10:00")).link("slack")
    return ways.link("slack", badge=COORDINATOR)


def says(ways: Ways, text: str, badge: str = COORDINATOR) -> str:
    return plain_text(ways.agency.ask(badge, text), "terminal")


def held(ways: Ways) -> list[tuple[str, Waits | None]]:
    """What waits, and for what."""
    return [(str(each.state), each.waits) for each in ways.all() if each.receipt is None]


def test_a_pause_holds_every_reminder_and_answers_go_on(ways: Ways) -> None:
    assert "Reminders are paused." in says(ways, "PAUSE REMINDERS because the roster is wrong")
    ways.remind()
    ways.tick()
    assert held(ways) == [("ready", Waits.PAUSED)]
    assert "NOT YET" in says(ways, "am I good?", RUIZ)
    ways.after("2027-03-03 17:00")
    assert ways.sent() == {}
    [entry] = ways.agency.entries("message:held", about=RUIZ)
    assert entry.data["why"] == "paused"
    assert "until" not in entry.data


def test_after_a_pause_what_waited_goes_once_in_the_hours_of_its_person(ways: Ways) -> None:
    says(ways, "pause reminders because the roster is wrong")
    ways.remind()
    ways.tick()
    ways.agency.at("2027-03-03 19:00")
    assert "1 waits." in says(ways, "resume reminders because it is right again")
    ways.after("2027-03-03 19:01")
    assert held(ways) == [("ready", Waits.OFF_DUTY)]
    ways.after("2027-03-04 08:00").after("2027-03-04 08:01")
    assert ways.sent() == {"slack": 1}


def test_a_pause_needs_a_reason_and_somebody_who_enters_the_rules(ways: Ways) -> None:
    assert "Say why" in says(ways, "pause reminders")
    for badge in (RUIZ, SERGEANT):
        assert "are paused" not in says(ways, "pause reminders because I want quiet", badge)
    assert ways.agency.entries("reminders:paused") == ()
    says(ways, "pause reminders because the roster is wrong")
    [entry] = ways.agency.entries("reminders:paused")
    assert (entry.actor_id, bool(entry.data["why"])) == (ways.agency.id_of(COORDINATOR), True)
    assert "paused since Mar 3 2027 10:00, by P. Nair" in says(ways, "pause reminders because of it", CHIEF)


def test_too_many_at_once_wait_and_the_coordinator_is_told_once(ways: Ways) -> None:
    ways.rules(burst=2)
    for number in range(4):
        ways.remind(f"duty {number}")
    ways.tick()
    ways.tick()
    assert {each for _, each in held(ways)} == {Waits.BURST}
    told = [each for each in ways.all() if each.kind == "reminders-held"]
    assert [each.receipt for each in told] == [Receipt.HANDED_OVER]
    [entry] = ways.agency.entries("reminders:paused")
    assert (entry.actor_id, entry.data["due"], entry.data["most"]) == (None, 4, 2)


def test_go_ahead_lets_them_go_and_the_next_ones_too(on_both: Ways) -> None:
    on_both.rules(burst=2, daily_cap=20)
    for number in range(4):
        on_both.remind(f"duty {number}")
    on_both.tick()
    assert "They go out" in says(on_both, "GO AHEAD")
    on_both.after("2027-03-03 10:01")
    assert on_both.sent()["slack"] == 5
    on_both.remind("one more")
    on_both.after("2027-03-03 10:02")
    assert on_both.sent()["slack"] == 6


def test_go_ahead_does_not_lift_the_pause_of_a_person(ways: Ways) -> None:
    says(ways, "pause reminders because the roster is wrong")
    ways.remind()
    assert "RESUME REMINDERS" in says(ways, "go ahead", CHIEF)
    ways.tick()
    assert ways.sent() == {}


def test_as_many_as_the_agency_allows_at_once_go_without_a_word(ways: Ways) -> None:
    ways.rules(burst=4, daily_cap=20)
    for number in range(4):
        ways.remind(f"duty {number}")
    ways.tick()
    assert ways.sent() == {"slack": 4}


def test_what_is_over_a_days_cap_goes_the_next_day(ways: Ways) -> None:
    ways.rules(daily_cap=2)
    for number in range(3):
        ways.remind(f"duty {number}")
    ways.tick()
    assert ways.sent() == {"slack": 2}
    assert held(ways) == [("ready", Waits.DAILY_CAP)]
    ways.after("2027-03-04 07:59")
    assert ways.sent() == {"slack": 2}
    ways.after("2027-03-04 08:00")
    assert ways.sent() == {"slack": 3}


def test_what_was_put_off_to_a_day_goes_one_after_the_other_whoever_has_it_in_hand(on_both: Ways) -> None:
    on_both.rules(daily_cap=1)
    for number in range(4):
        on_both.remind(f"duty {number}")
    on_both.tick()
    on_both.agency.at("2027-03-04 08:00")
    first, second = (Worker(on_both.agency.office).claim() for _ in range(2))
    # All three are due; two processes that had one each would say two on a day for one.
    assert ([each.waited for each in first], second) == ([Waits.DAILY_CAP], ())


def test_reminders_have_a_limit_of_texts_of_their_own_and_go_on_elsewhere(ways: Ways) -> None:
    ways.rules(monthly_segments=3)
    office, agency_id, words = ways.agency.office, ways.agency.agency_id, ways.agency.words
    assert limits.may_be_spent(office, agency_id, 2, words)
    assert not limits.may_be_spent(office, agency_id, 2, words)
    assert not limits.may_be_spent(office, agency_id, 2, words)
    # The coordinator is told once, and a text that was surely not sent costs nothing.
    assert [each.kind for each in ways.all()] == ["texts-used-up"]
    limits.give_back(office, agency_id, 2)
    assert limits.may_be_spent(office, agency_id, 2, words)
    ways.agency.at("2027-04-01 10:00")
    assert limits.may_be_spent(office, agency_id, 3, words)


def test_another_great_many_waits_for_another_word(ways: Ways) -> None:
    ways.rules(burst=2, daily_cap=20)
    for number in range(3):
        ways.remind(f"duty {number}")
    ways.tick()
    says(ways, "GO AHEAD")
    ways.after("2027-03-03 10:01")
    ways.agency.at("2027-03-03 11:00")
    for number in range(4):
        ways.remind(f"other duty {number}")
    ways.tick()
    paused = ways.agency.entries("reminders:paused")
    assert [each.data["due"] for each in reversed(paused)] == [3, 4]


def test_of_two_words_at_once_the_second_is_asked_again(ways: Ways) -> None:
    office, agency_id = ways.agency.office, ways.agency.agency_id
    with asking(office, agency_id, ByBadge(COORDINATOR), "desk") as question:
        assert question is not None
        pauses = switch.says(question, SwitchWord.PAUSED, "the roster is wrong", None)
        with ways.agency.writing() as writer:
            assert [each.tag for each in pauses(writer)] == ["reminders:paused"]
        with pytest.raises(OvertakenError), ways.agency.writing() as writer:
            list(pauses(writer))
