"""Does an answer change on the right day where the agency is, neither a day early nor by the server's own date?"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW
from db.records.facts import AgencyPack
from tests.scenario.cast import LAKEMONT, SMS, Agency, new_agency
from training.standings.compliance import sweep, tick

RUIZ, LEE, NOVAK, WHITMAN, HALL, ITO, MEYER = "214", "231", "240", "611", "205", "604", "209"


def word(agency: Agency, badge: str, wall_clock: str) -> str | None:
    """The first word at a moment."""
    return agency.at(wall_clock).ask(badge, "am i good", SMS).first_word


@pytest.mark.parametrize(
    ("badge", "last_minute", "first_minute", "before"),
    [
        (RUIZ, "2027-06-30 23:59", "2027-07-01 00:00", "NOT YET"),
        (WHITMAN, "2027-03-20 23:59", "2027-03-21 00:00", "NOT YET"),
        (NOVAK, "2027-02-27 23:59", "2027-02-28 00:00", "YES"),
        (ITO, "2027-03-01 23:59", "2027-03-02 00:00", "NOT YET"),
        (HALL, "2027-02-24 23:59", "2027-02-25 00:00", "NOT YET"),
        (MEYER, "2027-02-18 23:59", "2027-02-19 00:00", "NOT YET"),
    ],
)
def test_what_is_due_turns_overdue_at_midnight_in_lakemont(
    embedded: Agency, badge: str, last_minute: str, first_minute: str, before: str
) -> None:
    """Every one of these midnights is five or six hours after the same midnight in UTC."""
    assert word(embedded, badge, last_minute) == before
    assert embedded.clock.at.date() != embedded.today
    assert word(embedded, badge, first_minute) == "OVERDUE"
    # Somebody moved the clock back: the answer of a day is the same whenever it is asked for.
    assert word(embedded, badge, last_minute) == before


def test_the_days_that_are_left_are_counted_to_the_last_one(embedded: Agency) -> None:
    for wall_clock, left in (
        ("2027-03-02 23:59", "120 days left"),
        ("2027-03-03 00:00", "119 days left"),
        ("2027-06-28 12:00", "2 days left"),
        ("2027-06-29 12:00", "1 day left"),
        ("2027-06-30 00:00", "last day today"),
    ):
        said = embedded.at(wall_clock).text(RUIZ, "am i good")
        assert f"{left} (Jun 30)" in said, (wall_clock, said)


def test_the_day_after_says_since_when_and_what(embedded: Agency) -> None:
    said = embedded.at("2027-07-01 00:00").text(RUIZ, "am i good")
    assert said.startswith("OVERDUE, Ruiz. Continuing education 31.5 of 48 h, was due Jun 30 (1 day ago).")


def test_what_was_met_in_the_ended_cycle_is_not_called_open_the_day_after(embedded: Agency) -> None:
    said = embedded.at("2027-07-01 00:00").text(RUIZ, "am i good")
    for met in (
        "Crisis intervention",
        "Conflict management",
        "Diversity and implicit bias",
        "Officer wellness",
    ):
        assert met not in said.partition("Open:")[2], said


def test_a_finished_cycle_without_the_next_one_on_file_is_not_called_yes(embedded: Agency) -> None:
    assert word(embedded, LEE, "2027-06-30 23:59") == "YES"
    message = embedded.at("2027-07-01 00:00").ask(LEE, "am i good", SMS)
    assert message.first_word == "UNKNOWN"
    said = embedded.text(LEE, "am i good")
    assert "days left" not in said
    assert "49.5 of 48 h, 1 day ago" not in said


@pytest.mark.parametrize(
    "wall_clock",
    [
        "2027-03-14 01:59", "2027-03-14 03:00", "2027-03-14 00:00", "2027-03-13 23:59", "2027-11-07 00:30",
        "2027-11-07 01:30", "2027-11-07 23:59", "2027-12-31 23:59", "2028-02-29 12:00",
    ],
)  # fmt: skip
def test_a_day_on_which_the_clocks_change_is_one_day(embedded: Agency, wall_clock: str) -> None:
    day = date.fromisoformat(wall_clock[:10])
    embedded.at(wall_clock).ask(WHITMAN, "am i good")
    assert embedded.standing(WHITMAN).as_of == day
    assert f"{day:%b} {day.day} {day.year}" in embedded.screen(WHITMAN, "am i good")


def test_the_hour_that_happens_twice_belongs_to_one_day(embedded: Agency) -> None:
    first = datetime(2027, 11, 7, 1, 30, tzinfo=LAKEMONT)
    answers = []
    for fold in (0, 1):
        embedded.clock.at = first.replace(fold=fold).astimezone(ZoneInfo("UTC"))
        answers.append(embedded.text(WHITMAN, "am i good"))
    assert answers[0] == answers[1]


def test_the_hour_that_is_left_out_does_not_move_a_deadline(embedded: Agency) -> None:
    """Daylight time begins on 14 March 2027; the card ends with the 20th on both sides of it."""
    for wall_clock, left in (
        ("2027-03-13 23:30", "7 days"),
        ("2027-03-14 00:30", "6 days"),
        ("2027-03-14 23:30", "6 days"),
    ):
        assert f"Mar 20 2027 ({left})" in embedded.at(wall_clock).text(WHITMAN, "am i good")


def test_an_officer_in_another_zone_is_answered_by_the_day_of_that_zone(embedded: Agency) -> None:
    embedded.hires("8001", "Rae", "Pacific", cycle=("2024-07-01", "2027-06-30"), zone="America/Los_Angeles")
    embedded.completes("8001", "2027-01-04", "10", "general")
    for wall_clock, days in (("2027-06-30 23:59", "last day today"), ("2027-07-01 01:59", "last day today")):
        assert days in embedded.at(wall_clock).screen("8001", "how many hours left"), wall_clock
    assert "was due" in embedded.at("2027-07-01 02:00").screen("8001", "am i good")


def test_three_phases_of_the_cycle_are_right_on_one_day_also_at_a_leap_day_and_at_its_end(
    sqlite_database: Engine,
) -> None:
    agency = new_agency(sqlite_database, NOW, ("mn",))
    cycles = {
        "1": ("2024-07-01", "2027-06-30", "120 days left"),
        "2": ("2025-07-01", "2028-06-30", "486 days left"),
        "3": ("2026-07-01", "2029-06-30", "851 days left"),
        "4": ("2025-03-01", "2028-02-29", "364 days left"),
        "5": ("2024-03-03", "2027-03-02", "last day today"),
        "6": ("2024-03-04", "2027-03-03", "1 day left"),
    }
    for badge, (first, last, _) in cycles.items():
        agency.hires(
            badge, "Pat", f"Phase{badge}", cycle=(first, last), appointed="2027-01-04", whole_from=None
        )
        agency.completes(badge, "2027-02-01", "20", "general")
    for badge, (_, last, left) in cycles.items():
        line = agency.standing(badge).line("mn-ce-total-48")
        assert line is not None
        assert (line.due_on, line.hours_counted) == (date.fromisoformat(last), Decimal(20)), badge
        assert left in agency.screen(badge, "am i good"), badge


def test_the_same_pack_gives_two_hires_their_own_cycles(sqlite_database: Engine) -> None:
    """Oregon counts three calendar years from the half-year in which the basic certificate was given."""
    agency = new_agency(sqlite_database, NOW, ("or",))
    for badge, certified in (("1", "2025-03-10"), ("2", "2025-09-10")):
        agency.hires(badge, "Pat", f"Hire{badge}", appointed=certified, certified=certified)
    due = {badge: agency.standing(badge).line("or-police-total-84") for badge in ("1", "2")}
    assert {badge: line.due_on if line else None for badge, line in due.items()} == {
        "1": date(2027, 12, 31),
        "2": date(2028, 12, 31),
    }


def test_a_kept_standing_a_swept_one_and_a_fresh_one_are_equal_for_everybody(lakemont: Agency) -> None:
    office, agency_id = lakemont.office, lakemont.agency_id
    for wall_clock in ("2027-03-21 00:00", "2027-07-01 00:00"):
        lakemont.at(wall_clock)
        fresh = {badge: lakemont.judged(badge).to_keep() for badge in lakemont.badges()}
        tick(office, agency_id, lakemont.today)
        for badge, judged in fresh.items():
            kept = lakemont.kept(badge)
            assert kept is not None
            assert (kept.word, kept.next_change_on) == (judged.word, judged.next_change_on), (
                badge,
                wall_clock,
            )
            assert lakemont.ask(badge, "am i good").first_word == judged.word, (badge, wall_clock)
        sweep(office, agency_id, lakemont.today)
        for badge, judged in fresh.items():
            kept = lakemont.kept(badge)
            assert kept is not None
            assert (kept.body, kept.word, kept.dirty) == (judged.body, judged.word, False), (
                badge,
                wall_clock,
            )


def test_a_second_tick_writes_nothing_new(lakemont: Agency) -> None:
    office, agency_id = lakemont.office, lakemont.agency_id
    with lakemont.writing() as writer:
        writer.record(AgencyPack(pack="mn", starts_on=date(2040, 1, 1)))
    # A pack that is yet to come makes everybody's standing a question again.
    assert tick(office, agency_id, lakemont.today) == len(lakemont.badges())
    kept = {badge: lakemont.kept(badge) for badge in lakemont.badges()}
    before = lakemont.sequence()
    assert tick(office, agency_id, lakemont.today) == 0
    assert {badge: lakemont.kept(badge) for badge in lakemont.badges()} == kept
    assert lakemont.sequence() == before


def test_a_tick_of_a_later_day_judges_only_those_whose_day_has_come(embedded: Agency) -> None:
    later = date(2027, 3, 21)
    due = [
        badge
        for badge in embedded.badges()
        if (kept := embedded.kept(badge)) and kept.next_change_on and kept.next_change_on <= later
    ]
    assert WHITMAN in due
    assert len(due) < len(embedded.badges())
    assert tick(embedded.office, embedded.agency_id, later) == len(due)


def test_a_standing_that_was_kept_before_midnight_is_not_believed_after_it(lakemont: Agency) -> None:
    """Nothing ticks between the two questions: the kept row itself must say until when it holds."""
    for badge, before, after in (
        (WHITMAN, "2027-03-20 23:59", "2027-03-21 00:00"),
        (RUIZ, "2027-06-30 23:59", "2027-07-01 00:00"),
    ):
        assert word(lakemont, badge, before) == "NOT YET"
        assert word(lakemont, badge, after) == "OVERDUE"
        kept = lakemont.kept(badge)
        assert kept is not None
        assert (kept.word, kept.as_of) == ("OVERDUE", lakemont.today)
