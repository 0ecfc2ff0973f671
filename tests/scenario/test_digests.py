"""Summaries come by the calendar, once each: the coordinator's always, the others not where an agency wants none that
is empty; each says no more than its reader may see."""

from datetime import date

import pytest

from db.records.facts import Leave
from db.records.ledger import Destination
from messages.reminder import Reminded, ReminderFacts, reminder
from scheduler.delivery import deliver_what_is_due
from scheduler.jobs import Work
from scheduler.table import JOBS
from tests.fakes.carrier import REFUSED, ScriptedCarrier
from tests.scenario.cast import NOVAK, OKAFOR, RUIZ, WHITMAN, Agency
from tests.scenario.digest_cast import Calendar, a_shift, read, told, wall, with_panes
from tests.scenario.reminder_cast import Desk
from tests.scenario.upload_cast import NAIR
from training.digests.by_the_calendar import say_what_is_due
from training.ledger.saying import ToSay, plan
from training.log.register import unattended
from training.office import shared_now

TORRES, BRANDT = "31", "1"


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont in the morning."""
    return with_panes(lakemont).at("2027-03-03 08:00")


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_panes(embedded).at("2027-03-03 08:00")


def said(agency: Agency, calendar: Calendar | None = None) -> dict[str, str]:
    """What becomes due to be said now, by the badge of its reader."""
    say_what_is_due(unattended(agency.office), agency.words, calendar or Calendar(), agency.agency_id)
    return {place: read(message) for place, message in told(agency)}


def test_the_coordinators_day_comes_once_at_the_agencys_hour(agency: Agency) -> None:
    assert said(agency.at("2027-03-03 07:59")) == {}
    text = said(agency.at("2027-03-03 08:00"))[NAIR]
    assert text.startswith("Your day\nLakemont PD, Wed Mar 3")
    assert said(agency.at("2027-03-03 08:01")) == {}
    agency.text(NAIR, "reminder rules coordinator at 6:30 am because I begin early.")
    assert NAIR in said(agency.at("2027-03-04 06:30"))


def test_it_says_what_became_overdue_since_the_last_one_and_nobody_on_track(agency: Agency) -> None:
    said(agency)
    # Novak's CPR ran out days before; nobody else's did since.
    assert "Novak" not in said(agency.at("2027-03-04 08:00"))[NAIR]
    agency.at("2027-07-01 08:00")
    text = said(agency)[NAIR]
    assert "Newly overdue" in text
    assert "Lee (" not in text
    assert "and 31 more." in text
    (entry, *_) = agency.entries("list:told")
    assert entry.actor_id == agency.id_of(NAIR)


def test_a_day_without_exceptions_is_one_line_not_none(small: Agency) -> None:
    said(small)
    text = said(small.at("2027-03-04 08:00"))[NAIR]
    assert text.splitlines()[1:] == [small.words.say("day-empty", agency="Lakemont PD", day="Thu Mar 4")]


def test_a_reminder_that_reached_nobody_is_named_the_next_morning(small: Agency) -> None:
    said(small)
    facts = ReminderFacts("Lakemont PD", small.today, (Reminded("CPR", small.today),))
    to_say = ToSay(
        person_id=small.id_of(RUIZ),
        message=reminder(facts, small.words),
        routes=(Destination(channel="desk", address="local-desk", place=RUIZ),),
        in_turn=60,
    )
    with small.writing() as writer:
        plan(writer, small.office.keys, to_say, now=shared_now(small.office, writer.conn))
    carrier = ScriptedCarrier(habit=REFUSED)
    deliver_what_is_due(Work(small.office, lambda: False, {"desk": carrier}))
    assert "A reminder reached nobody: Officer Ruiz." in said(small.at("2027-03-04 08:00"))[NAIR]
    assert "reached nobody" not in said(small.at("2027-03-05 08:00"))[NAIR]


def test_what_is_held_longer_than_the_agency_holds_anything_is_told_once_and_stays_on_the_list(
    small: Agency,
) -> None:
    for badge, ends in ((OKAFOR, date(2027, 3, 8)), (NOVAK, None), (WHITMAN, date(2027, 3, 4))):
        with small.writing() as writer:
            writer.record(
                Leave(person_id=small.id_of(badge), kind="family", starts_on=date(2027, 3, 1), ends_on=ends)
            )
    said(small)
    desk = Desk(small.at("2027-03-03 09:00"))
    desk.tick()
    text = said(small.at("2027-03-04 08:00"))[NAIR]
    (line,) = [each for each in text.splitlines() if "held longer" in each]
    # Nobody knows when Novak comes back; Whitman does tomorrow.
    assert "Sergeant Okafor (on leave until Mar 9)" in line
    assert "Officer Novak (on leave, no end is known)" in line
    assert "Whitman" not in line
    assert "Tell them in person" in line
    desk.until("2027-03-05 08:00", hours=6)
    # What is put off for a day is planned anew.
    small.at("2027-03-05 08:01")
    desk.tick()
    assert "held longer" not in said(small)[NAIR]
    listed = small.screen(NAIR, "unreached")
    assert "A reminder held until Mar 9 2027 08:00: on leave" in listed
    assert "no end of it is known" in listed


def test_a_missed_roll_call_is_reported_the_next_morning(small: Agency) -> None:
    calendar = Calendar([a_shift(at=wall("2027-03-03 18:00"), name="B", on=(small.id_of(RUIZ),))])
    said(small, calendar)
    text = said(small.at("2027-03-04 08:00"), calendar)[NAIR]
    assert "No roll call was sent before a shift: B Mar 3 2027 18:00." in text
    assert "No roll call" not in said(small.at("2027-03-05 08:00"), calendar)[NAIR]


def test_the_lieutenants_week_names_only_the_lieutenants_own_people(small: Agency) -> None:
    found = said(small.at("2027-03-08 08:00"))
    text = found[TORRES]
    assert text.startswith("Your week\n")
    assert "have nothing open (" in text
    assert "Novak (CPR, Feb 27)" in text
    with small.reading() as conn:
        everybody = small.office.walls.roster(conn, small.agency_id)
    dispatch = [each for each in everybody if each.employment.fact.kind == "civilian"]
    assert dispatch
    assert not any(f"{each.family} (" in text for each in dispatch)
    # A sergeant leads no sergeant.
    assert OKAFOR not in found
    assert TORRES not in said(small.at("2027-03-09 08:00"))


def test_the_chiefs_month_has_figures_and_names_nobody(small: Agency) -> None:
    found = said(small.at("2027-04-01 08:00"))
    text = found[BRANDT]
    assert text.startswith("Your month\nLakemont PD, Apr 1 2027 08:00, packs ")
    assert "Not counted:" in text
    with small.reading() as conn:
        everybody = small.office.walls.roster(conn, small.agency_id)
    assert not [each.family for each in everybody if each.family in text]
    assert "Change since" not in text
    later = said(small.at("2027-05-01 08:00"))[BRANDT]
    assert "Change since Apr 1:" in later


def test_a_day_that_was_slept_through_is_made_up_for(small: Agency) -> None:
    said(small.at("2027-03-08 08:00"))
    # Monday passes; on Wednesday the service is there again.
    found = said(small.at("2027-03-17 09:00"))
    assert TORRES in found
    assert TORRES not in said(small.at("2027-03-18 09:00"))


def test_an_empty_summary_stays_away_where_the_agency_wants_that_and_the_coordinators_never_does(
    small: Agency,
) -> None:
    small.text(NAIR, "reminder rules only if not empty chief, lieutenant, roll call because Less is more.")
    found = said(small.at("2027-04-01 08:00"))
    assert NAIR in found
    # Somebody has something open, so it is not empty.
    assert BRANDT in found


def test_the_jobs_are_in_the_table() -> None:
    assert {"rollcalls", "digests"} <= {each.name for each in JOBS}
