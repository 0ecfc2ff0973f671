"""An auditor that trusts no other job: what was due and did not move is written down once, with its cause."""

from collections.abc import Sequence
from datetime import date

import pytest

from db.queries import reminders
from db.records.ledger import Receipt
from db.records.reminders import CaseKey, ReminderCase
from db.unit_of_work import working
from messages.plain import plain_text
from scheduler.jobs import Work
from scheduler.reminders import check_reminders
from tests.fakes.carrier import REFUSED, UNCLEAR_AFTER
from tests.scenario.cast import Agency
from tests.scenario.turns_cast import COORDINATOR, RUIZ, Ways
from training.ledger.parcels import Trace
from training.log.register import unattended
from training.reminders import rules
from training.reminders.cases import terms_json, terms_of


@pytest.fixture
def ways(embedded: Agency) -> Ways:
    """The coordinator has Slack."""
    return Ways(embedded.at("2027-03-03 10:00")).link("slack", badge=COORDINATOR)


@pytest.fixture
def on_both(lakemont: Agency) -> Ways:
    """The same, on each database."""
    return Ways(lakemont.at("2027-03-03 10:00")).link("slack", badge=COORDINATOR)


def check(ways: Ways) -> int:
    """The auditor looks."""
    return check_reminders(Work(unattended(ways.agency.office), lambda: False))


def causes(ways: Ways) -> list[str]:
    """What was written down, the oldest first."""
    entries = ways.agency.entries("reminder:missed")
    return [str(each.data["cause"]) for each in reversed(entries)]


def told(ways: Ways) -> Sequence[str]:
    """What the coordinator was told by the auditor."""
    ways.tick()
    return [
        plain_text(each.message, "slack")
        for each in ways.carriers["slack"].effects
        if each.message.kind == "self-check"
    ]


def a_case(ways: Ways, next_on: str) -> None:
    """A duty of Ruiz's, to be looked at on a day."""
    key = CaseKey(
        agency_id=ways.agency.agency_id,
        person_id=ways.agency.id_of(RUIZ),
        subject="mn-mlo-autism-4",
        window="",
        due_on=date(2027, 6, 30),
    )
    terms = terms_json(terms_of(rules.shipped(), "mn-mlo-autism-4"), rules.shipped())
    case = ReminderCase(key=key, terms=terms, opened_on=date(2027, 1, 1), next_on=date.fromisoformat(next_on))
    with working(ways.agency.office.engine) as conn:
        reminders.keep(conn, ways.agency.agency_id, [case])


def test_nothing_missed_is_nothing_written_down(ways: Ways) -> None:
    ways.link("slack")
    ways.remind()
    ways.tick()
    a_case(ways, "2027-03-03")
    assert check(ways) == 0
    assert causes(ways) == []


def test_a_step_whose_day_came_and_that_nothing_planned_is_written_down_once(ways: Ways) -> None:
    a_case(ways, "2027-03-02")
    assert [check(ways), check(ways)] == [1, 0]
    [entry] = ways.agency.entries("reminder:missed", about=RUIZ)
    assert entry.data["what"] == "mn-mlo-autism-4 2027-03-02"
    assert entry.data["cause"] in ("not-planned", "not-judged")
    assert entry.actor_id is None
    [said] = [each for each in told(ways) if "did not go as it should" in each]
    assert "nobody is to blame" in said
    assert "Ruiz" not in said


def test_a_message_that_was_due_for_hours_and_has_no_end_is_written_down(ways: Ways) -> None:
    ways.link("slack")
    ways.remind()
    ways.agency.at("2027-03-03 13:59")
    assert check(ways) == 0
    ways.agency.at("2027-03-03 14:01")
    assert check(ways) == 1
    assert causes(ways) == ["stuck"]


def test_what_waits_for_the_morning_or_for_a_word_is_not_stuck(ways: Ways) -> None:
    ways.link("slack")
    ways.agency.at("2027-03-03 19:00")
    ways.remind()
    ways.agency.ask(COORDINATOR, "pause reminders because the roster is wrong")
    ways.after("2027-03-04 08:00").after("2027-03-04 09:00")
    ways.agency.at("2027-03-05 12:00")
    assert check(ways) == 0


def test_what_no_way_took_and_what_nobody_can_tell_are_two_causes(on_both: Ways) -> None:
    on_both.link("slack")
    on_both.carriers["slack"].script.append(REFUSED)
    on_both.remind()
    on_both.tick()
    assert check(on_both) == 1
    on_both.tick()
    on_both.carriers["slack"].looking.append(Trace.CANNOT_TELL)
    on_both.carriers["slack"].script.append(UNCLEAR_AFTER)
    on_both.agency.at("2027-03-04 10:00")
    on_both.remind()
    on_both.tick()
    on_both.after("2027-03-04 10:01")
    assert on_both.said()[-1][1] == Receipt.UNKNOWN.value
    assert check(on_both) == 1
    assert causes(on_both) == ["not-taken", "doubt"]


def test_the_week_is_counted_once_when_it_is_over(on_both: Ways) -> None:
    on_both.link("slack")
    for _ in range(2):
        on_both.remind()
        on_both.tick()
    on_both.carriers["slack"].script.append(REFUSED)
    on_both.remind()
    on_both.tick()
    before = len(told(on_both))
    on_both.agency.at("2027-03-07 12:00")
    check(on_both)
    on_both.agency.at("2027-03-08 09:00")
    check(on_both)
    check(on_both)
    week = told(on_both)[before:]
    [report] = [each for each in week if "were due" in each]
    assert "3 reminders were due, and 1 was taken by no channel." in report
    assert "Taken: 2, of which 0 are known to have arrived or were answered." in report
