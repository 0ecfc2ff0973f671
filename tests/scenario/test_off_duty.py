"""Off duty nobody is put to work: answers go at once, and what Rollcall itself asks waits and says so.

Here nobody's shifts are known, so that the hours of the day decide; with shifts, see ``test_shift_calendar.py``.
"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from db.queries import evaluation
from db.records.facts import Leave
from db.records.ledger import QueueState, Receipt, Waits
from tests.scenario.cast import Agency
from tests.scenario.duty_cast import Everything, all_of, nobodys_shifts_are_known, tells, ticks
from training.ledger.duty import due
from training.ledger.parcels import Fate, Parcel, TryOutcome

RUIZ = "214"
LAKEMONT = ZoneInfo("America/Chicago")


class SaysOnLeave(Everything):
    """A channel that cannot take the first thing it is given, and says so in a word of ours."""

    def send(self, parcel: Parcel) -> TryOutcome:
        took = super().send(parcel)
        return took if len(self.given) > 1 else TryOutcome(fate=Fate.NOT_NOW, error=Waits.ON_LEAVE.value)


def is_away(agency: Agency, starts: str, ends: str | None, returned: str | None = None) -> None:
    person_id = agency.id_of(RUIZ)
    with agency.writing() as writer:
        writer.record(
            Leave(
                person_id=person_id,
                kind="family",
                starts_on=date.fromisoformat(starts),
                ends_on=None if ends is None else date.fromisoformat(ends),
                returned_on=None if returned is None else date.fromisoformat(returned),
            )
        )


def test_a_question_at_night_waits_for_the_morning_and_holds_up_nothing_else(embedded: Agency) -> None:
    nobodys_shifts_are_known(embedded)
    channel = Everything()
    embedded.at("2027-03-02 22:15")
    asked = tells(embedded, own_question=True)
    assert (asked.state, asked.waits, asked.error) == (QueueState.READY, Waits.OFF_DUTY, "")
    assert embedded.entries("message:planned")[0].data["waits"] == "off-duty"
    assert ticks(embedded, channel) == 0
    # What belongs to an answer goes at once, to the same place.
    answer = tells(embedded, own_question=False)
    assert ticks(embedded, channel) == 1
    assert channel.given == [answer.attempt_id]
    assert ticks(embedded.at("2027-03-03 07:59"), channel) == 1
    assert ticks(embedded.at("2027-03-03 08:00"), channel) == 2
    assert all_of(embedded)[0].receipt is Receipt.HANDED_OVER


def test_a_carrier_s_word_for_a_failure_is_no_reason_of_ours_to_wait(embedded: Agency) -> None:
    nobodys_shifts_are_known(embedded)
    channel = SaysOnLeave()
    first = tells(embedded.at("2027-03-02 10:00"), own_question=False)
    assert ticks(embedded, channel) == 1
    [failed] = all_of(embedded)
    assert (failed.state, failed.waits, failed.error) == (QueueState.READY, None, "on-leave")
    second = tells(embedded, own_question=False)
    # In one conversation what was said first is read first.
    assert ticks(embedded, channel) == 1
    ticks(embedded.at("2027-03-02 10:01"), channel)
    ticks(embedded, channel)
    assert channel.given == [first.attempt_id, first.attempt_id, second.attempt_id]


def test_somebody_on_leave_is_asked_on_the_first_day_back(embedded: Agency) -> None:
    nobodys_shifts_are_known(embedded)
    channel = Everything()
    is_away(embedded, "2027-03-01", "2027-03-14")
    assert tells(embedded, own_question=True).waits is Waits.ON_LEAVE
    assert ticks(embedded.at("2027-03-14 12:00"), channel) == 0
    assert ticks(embedded.at("2027-03-15 08:00"), channel) == 1


def test_a_leave_without_an_end_is_looked_at_again_until_it_has_one(embedded: Agency) -> None:
    nobodys_shifts_are_known(embedded)
    channel = Everything()
    is_away(embedded, "2027-03-01", None)
    tells(embedded, own_question=True)
    for day in ("2027-03-03", "2027-03-04", "2027-03-20"):
        assert ticks(embedded.at(f"{day} 09:00"), channel) == 0
    with embedded.writing() as writer:
        leaves = evaluation.facts_for(writer.conn, embedded.agency_id)[embedded.id_of(RUIZ)].leaves
        kept = next(each for each in leaves if each.fact.starts_on == date(2027, 3, 1))
        writer.correct(kept.id, replace(kept.fact, returned_on=date(2027, 3, 22)))
    assert ticks(embedded.at("2027-03-21 09:00"), channel) == 0
    assert ticks(embedded.at("2027-03-22 09:00"), channel) == 1


@pytest.mark.parametrize(
    ("now", "at", "waits"),
    [
        ("2027-03-02 07:59", "2027-03-02 08:00", Waits.OFF_DUTY),
        ("2027-03-02 08:00", "2027-03-02 08:00", None),
        ("2027-03-02 17:59", "2027-03-02 17:59", None),
        ("2027-03-02 18:00", "2027-03-03 08:00", Waits.OFF_DUTY),
        # The clocks go forward in the night to March 14.
        ("2027-03-13 20:00", "2027-03-14 08:00", Waits.OFF_DUTY),
    ],
)
def test_the_hours_are_those_where_the_person_is(
    embedded: Agency, now: str, at: str, waits: Waits | None
) -> None:
    nobodys_shifts_are_known(embedded)
    moment, expected = (datetime.fromisoformat(each).replace(tzinfo=LAKEMONT) for each in (now, at))
    with embedded.reading() as conn:
        found = due(conn, embedded.agency_id, embedded.id_of(RUIZ), moment)
    assert (found.at, found.waits) == (expected, waits)
