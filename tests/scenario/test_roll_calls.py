"""Half an hour before a shift its supervisor hears what can be read aloud and who owes something. What was covered is
noted, and hours come of it only when somebody else says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.queries import reporting
from db.queries import roll_calls as kept
from messages.model import Message
from tests.scenario.cast import NOVAK, OKAFOR, RUIZ, Agency
from tests.scenario.digest_cast import Calendar, a_shift, read, told, wall, with_panes
from tests.scenario.upload_cast import LEE, NAIR
from training.digests import roll_call
from training.digests.shifts import ShiftCalendar
from training.log.register import unattended
from training.people import display_name


@pytest.fixture
def agency(lakemont: Agency) -> Agency:
    """Lakemont, half an hour before B shift."""
    return with_panes(lakemont).at("2027-03-02 17:30")


@pytest.fixture
def small(embedded: Agency) -> Agency:
    """The same on SQLite alone, where the database is not the matter."""
    return with_panes(embedded).at("2027-03-02 17:30")


def b_shift(agency: Agency) -> Calendar:
    """Okafor's squad tonight; one of them is on leave."""
    with agency.reading() as conn:
        below = reporting.people_below(conn, agency.agency_id, agency.id_of(OKAFOR), agency.clock.at)
    on = sorted(below)
    away = next(each for each in on if each not in {agency.id_of(RUIZ), agency.id_of(NOVAK)})
    shift = a_shift(
        at=wall("2027-03-02 18:00"),
        name="B shift",
        on=tuple(each for each in on if each != away),
        away=(away,),
        on_leave=(away,),
    )
    return Calendar([shift], supervisor=agency.id_of(OKAFOR))


def prepared(agency: Agency, calendar: Calendar) -> int:
    return roll_call.prepare(unattended(agency.office), agency.words, calendar, agency.agency_id)


def the_one(agency: Agency) -> Message:
    [(place, message)] = told(agency)
    assert place == OKAFOR
    return message


def test_it_is_said_half_an_hour_before_the_shift_and_once(agency: Agency) -> None:
    calendar = b_shift(agency)
    assert prepared(agency.at("2027-03-02 17:29"), calendar) == 0
    assert prepared(agency.at("2027-03-02 17:30"), calendar) == 1
    assert prepared(agency.at("2027-03-02 17:31"), calendar) == 0
    text = read(the_one(agency))
    size = len(calendar.shifts[0].on) + 1
    assert text.startswith(
        f"Roll call\nB shift roll call, Tue Mar 2, 18:00. {size} assigned, {size - 1} on tonight (1 leave)."
    )
    # A shift that has begun is too late for a briefing.
    late = replace(calendar.shifts[0], name="C", at=wall("2027-03-02 17:45"))
    assert prepared(agency.at("2027-03-02 17:46"), Calendar([late], agency.id_of(OKAFOR))) == 0


def test_the_agencys_own_calendar_says_whose_shift_begins(small: Agency) -> None:
    assert roll_call.prepare(small.office, small.words, ShiftCalendar(), small.agency_id) >= 1
    texts = dict(told(small))
    assert "B shift roll call, Tue Mar 2, 18:00. 8 assigned, 7 on tonight (1 leave)." in read(texts[OKAFOR])


def test_the_private_part_names_who_owes_and_the_part_to_read_aloud_names_nobody(agency: Agency) -> None:
    calendar = b_shift(agency)
    prepared(agency, calendar)
    lines = read(the_one(agency)).splitlines()
    (aloud,) = [each for each in lines if each.startswith("READ ALOUD:")]
    assert aloud.startswith("READ ALOUD: Autism class Mar 18 has 6 seats. Due within 30 days: ")
    private = [each for each in lines if each.startswith("PRIVATE:")]
    assert any(each.startswith("PRIVATE: Novak: CPR") for each in private), private
    assert (
        "PRIVATE: Ruiz: 16.5 h and 2 topics + 1 elective by Jun 30. On pace if Autism is taken by May 18."
        in private
    )
    assert len(private) <= 5
    with agency.reading() as conn:
        everybody = agency.office.walls.roster(conn, agency.agency_id)
    for each in everybody:
        assert each.family not in aloud
        assert display_name(each) not in aloud
    (rest,) = [each for each in lines if "nothing to do" in each]
    size = len(calendar.shifts[0].on) + 1
    assert f"{size - len(private)} others: nothing to do." in rest

    # Whoever is named was shown, and reads so.
    (entry,) = agency.entries("list:told")
    assert entry.actor_id == agency.id_of(OKAFOR)
    assert agency.id_of(NOVAK) in entry.data["people_shown"]


def test_somebody_on_leave_is_counted_and_nobody_learns_why(agency: Agency) -> None:
    calendar = b_shift(agency)
    shift = calendar.shifts[0]
    ruiz = agency.id_of(RUIZ)
    on = tuple(each for each in (*shift.on, *shift.away) if each != ruiz)
    calendar.shifts = [replace(shift, on=on, away=(ruiz,), on_leave=(), in_court=(ruiz,))]
    prepared(agency, calendar)
    assert "(1 court)" in read(the_one(agency))


def test_a_shift_with_nothing_to_say_is_one_line_or_none_where_the_agency_wants_none(agency: Agency) -> None:
    lee = agency.id_of(LEE)
    calendar = Calendar(
        [a_shift(at=wall("2027-03-02 18:00"), name="B shift", on=(lee,))], supervisor=agency.id_of(OKAFOR)
    )
    prepared(agency, calendar)
    text = read(the_one(agency))
    assert text.splitlines()[1:] == [
        "B shift roll call, Tue Mar 2, 18:00. 1 assigned, 1 on tonight. Nothing to read aloud, and nothing waits."
    ]

    agency.text(NAIR, "reminder rules only if not empty roll call because It is quiet.")
    calendar.shifts = [replace(calendar.shifts[0], at=wall("2027-03-03 18:00"))]
    agency.at("2027-03-03 17:30")
    assert prepared(agency, calendar) == 1
    assert len(agency.entries("message:planned")) == 1
    assert len(agency.entries("roll-call:prepared")) == 2


def test_a_sergeant_who_was_swapped_away_does_not_receive_it(agency: Agency) -> None:
    calendar = b_shift(agency)
    calendar.supervisor = agency.id_of("31")
    prepared(agency, calendar)
    [(place, _)] = told(agency)
    assert place == "31"


def test_a_shift_that_nobody_supervises_is_told_to_whoever_is_above(agency: Agency) -> None:
    calendar = b_shift(agency)
    calendar.supervisor = None
    prepared(agency, calendar)
    [(place, _)] = told(agency)
    assert place != OKAFOR


def test_what_was_covered_is_noted_once_and_gives_nobody_hours(agency: Agency) -> None:
    calendar = b_shift(agency)
    prepared(agency, calendar)
    present = len(calendar.shifts[0].on)
    agency.at("2027-03-02 18:20")
    before = len(agency.completions(RUIZ))
    said = agency.screen(OKAFOR, "covered")
    assert f"Noted: 2 items covered at roll call, Mar 2 18:00, for the {present} on the roster." in said
    assert "No hours credited" in said
    assert "Add hours?" in said
    assert "It is noted already" in agency.screen(OKAFOR, "covered")
    assert len(agency.completions(RUIZ)) == before
    (entry,) = agency.entries("roll-call:covered")
    assert entry.actor_id == agency.id_of(OKAFOR)
    assert agency.text(RUIZ, "covered") != said


def test_hours_are_a_draft_until_somebody_else_records_them(agency: Agency) -> None:
    calendar = b_shift(agency)
    prepared(agency, calendar)
    present = len(calendar.shifts[0].on)
    assert "Say COVERED first" in agency.screen(OKAFOR, "10 min pursuit policy, me")
    agency.screen(OKAFOR, "covered")
    said = agency.screen(OKAFOR, "10 min pursuit policy, me")
    assert "Draft roll-call training, Pursuit policy, 10 min (0.17 h), instructor Sergeant Okafor," in said
    assert f"{present} people. P. Nair reviews it; the absent officer is listed for make-up." in said

    with agency.reading() as conn:
        (draft,) = kept.waiting(conn, agency.agency_id)
    number = draft.asked.id % 10_000_000_000
    listed = agency.screen(NAIR, "roll calls")
    assert f"{number}: Pursuit policy, 10 min (0.17 h)" in listed
    assert "To make up:" in listed
    before = agency.completions(RUIZ)
    assert "Recorded: Pursuit policy, 10 min (0.17 h)" in agency.screen(NAIR, f"record roll call {number}")
    (added,) = [each for each in agency.completions(RUIZ) if each not in before]
    assert (str(added.fact.hours), added.fact.title) == ("0.17", "Pursuit policy")
    assert added.fact.evidence == {"minutes": 10, "instructor": "Sergeant Okafor"}
    assert len(agency.entries("roll-call:recorded")) == present
    assert "No roll-call hours with that number" in agency.screen(NAIR, f"refuse roll call {number}")


def test_nobody_decides_about_hours_of_their_own(agency: Agency) -> None:
    calendar = b_shift(agency)
    shift = calendar.shifts[0]
    calendar.shifts = [replace(shift, on=(*shift.on, agency.id_of(NAIR)))]
    prepared(agency, calendar)
    agency.screen(OKAFOR, "covered")
    agency.screen(OKAFOR, "15 minutes of report writing, Lt. Torres")
    with agency.reading() as conn:
        (draft,) = kept.waiting(conn, agency.agency_id)
    assert draft.asked.fact.instructor == "Lt. Torres"
    number = draft.asked.id % 10_000_000_000
    assert "somebody else decides" in agency.screen(NAIR, f"record roll call {number}")


def test_a_roll_call_of_yesterday_is_spoken_of_no_more(agency: Agency) -> None:
    prepared(agency, b_shift(agency))
    agency.clock.at += timedelta(hours=20)
    assert "No roll call was sent to you" in agency.screen(OKAFOR, "covered")
