"""Shifts on file decide when something of our own reaches somebody: a rotation, a swap, court and a leave."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.queries import shifts as on_file
from db.records.facts import Leave
from db.records.ledger import QueueState, Waits
from db.records.reminders import ReminderWish
from db.records.shifts import WorkKind
from tests.scenario.cast import LAKEMONT, Agency
from tests.scenario.duty_cast import (
    RUIZ,
    Everything,
    all_of,
    every_night,
    nobodys_shifts_are_known,
    span,
    tells,
    ticks,
)
from training.ledger.duty import Due, due

OKAFOR, BRANDT = "77", "1"


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LAKEMONT)


def due_at(agency: Agency, badge: str, at: str, *, urgent: bool = False) -> Due:
    with agency.reading() as conn:
        return due(conn, agency.agency_id, agency.id_of(badge), wall(at), urgent=urgent)


def test_a_question_to_the_night_shift_waits_for_the_evening(embedded: Agency) -> None:
    channel = Everything()
    with embedded.writing() as writer:
        writer.record(every_night(embedded))
    asked = tells(embedded.at("2027-03-02 09:00"), own_question=True)
    assert (asked.state, asked.waits) == (QueueState.READY, Waits.OFF_DUTY)
    assert ticks(embedded.at("2027-03-02 17:59"), channel) == 0
    assert ticks(embedded.at("2027-03-02 18:00"), channel) == 1
    # The chief's unit stands above, keeps the hours of the office, and the nights are none of it.
    assert due_at(embedded, BRANDT, "2027-03-02 09:00").waits is None


def test_what_is_due_in_a_while_waits_for_the_shift_after_that(embedded: Agency) -> None:
    channel = Everything()
    with embedded.writing() as writer:
        writer.record(every_night(embedded))
    # Planned in the night for the next morning, when nobody is on duty any more.
    embedded.at("2027-03-02 20:00")
    asked = tells(embedded, own_question=True, due_at=wall("2027-03-03 09:00"))
    assert asked.waits is Waits.OFF_DUTY
    assert ticks(embedded.at("2027-03-03 17:59"), channel) == 0
    assert ticks(embedded.at("2027-03-03 18:00"), channel) == 1


def test_what_changes_while_it_waits_is_asked_again_when_it_is_due(lakemont: Agency) -> None:
    channel = Everything()
    with lakemont.writing() as writer:
        writer.record(every_night(lakemont))
    tells(lakemont.at("2027-03-02 09:00"), own_question=True)
    with lakemont.writing() as writer:
        [court] = writer.record(span(lakemont, RUIZ, WorkKind.COURT, "2027-03-02 17:00", "2027-03-02 20:00"))
    assert ticks(lakemont.at("2027-03-02 18:00"), channel) == 0
    assert all_of(lakemont)[-1].waits is Waits.IN_COURT
    # The hearing is put off: what was on file of it stays, and counts no more.
    with lakemont.writing() as writer:
        kept = on_file.spans(writer.conn, lakemont.agency_id, [lakemont.id_of(RUIZ)])[0]
        assert kept.id == court
        writer.correct(court, replace(kept.fact, kind=WorkKind.CANCELLED))
    assert ticks(lakemont.at("2027-03-02 20:00"), channel) == 1


@pytest.mark.parametrize(
    ("at", "expected", "waits"),
    [
        ("2027-03-02 09:00", "2027-03-02 12:00", Waits.OFF_DUTY),  # a swap to the afternoon
        ("2027-03-02 18:00", "2027-03-03 18:00", Waits.OFF_DUTY),  # so the night is not theirs
        ("2027-03-04 20:00", "2027-03-07 18:00", Waits.ON_LEAVE),
    ],
)
def test_swaps_and_leaves_of_one_person_go_before_the_rotation_of_the_unit(
    embedded: Agency, at: str, expected: str, waits: Waits
) -> None:
    with embedded.writing() as writer:
        writer.record(
            every_night(embedded, "Patrol"),
            span(embedded, RUIZ, WorkKind.SWAP, "2027-03-02 12:00", "2027-03-02 18:00"),
            Leave(
                person_id=embedded.id_of(RUIZ),
                kind="leave",
                starts_on=date(2027, 3, 4),
                ends_on=date(2027, 3, 6),
            ),
        )
    assert due_at(embedded, RUIZ, at) == Due(wall(expected), waits)


def test_whoever_has_no_known_shift_has_their_own_hours_inside_the_agency_s(embedded: Agency) -> None:
    nobodys_shifts_are_known(embedded)
    ruiz = embedded.id_of(RUIZ)
    with embedded.writing() as writer:
        writer.record(ReminderWish(person_id=ruiz, begins="10:00", ends="12:00"))
    assert due_at(embedded, RUIZ, "2027-03-02 08:30") == Due(wall("2027-03-02 10:00"), Waits.OFF_DUTY)
    with embedded.writing() as writer:
        writer.record(ReminderWish(person_id=ruiz, begins="14:00", ends=""))
    assert due_at(embedded, RUIZ, "2027-03-02 10:00") == Due(wall("2027-03-02 14:00"), Waits.OFF_DUTY)
    assert due_at(embedded, OKAFOR, "2027-03-02 08:30").waits is None


def test_what_is_urgent_goes_at_once_and_what_is_held_too_long_says_so(embedded: Agency) -> None:
    rare = replace(every_night(embedded), cycle_days=28)
    with embedded.writing() as writer:
        writer.record(rare)
    asked = wall("2027-03-02 09:00")
    held = due_at(embedded, RUIZ, "2027-03-02 09:00")
    assert held == Due(wall("2027-03-29 18:00"), Waits.OFF_DUTY, over_cap=True)
    assert due_at(embedded, RUIZ, "2027-03-02 09:00", urgent=True) == Due(asked, passed=True)
    with embedded.reading() as conn:
        later = due(
            conn,
            embedded.agency_id,
            embedded.id_of(RUIZ),
            asked,
            not_before=wall("2027-03-29 12:00"),
        )
    assert later == Due(wall("2027-03-29 18:00"), Waits.OFF_DUTY)
