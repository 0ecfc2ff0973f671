"""Do lists of shifts and of rotations become the calendar? Once, with what changed in the place of what it was."""

from datetime import datetime

from sqlalchemy import Engine

from db.queries import shifts
from db.records.imports import RowFate
from db.records.shifts import WorkKind, WorkSpan
from db.unit_of_work import reading
from tests.scenario.cast import LAKEMONT
from tests.scenario.import_cast import TUESDAY, WEDNESDAY, Desk, fates, reasons, staffed_desk
from training.imports.model import Change
from training.ledger.duty import due

HEADER = "badge_number,date,starts,ends,kind,shift_id\n"
NIGHT = "214,2027-03-02,18:00,06:00,shift,\n"
PATTERNS = "unit,badge_number,pattern,first_day,cycle_days,works,starts,ends\n"


def spans(desk: Desk, badge: str = "214") -> list[WorkSpan]:
    with reading(desk.office.engine) as conn:
        return [kept.fact for kept in shifts.spans(conn, desk.agency_id, [desk.id_of(badge)])]


def due_at(desk: Desk, badge: str, at: str) -> str:
    """When something may be said to somebody, on the wall."""
    moment = datetime.fromisoformat(at).replace(tzinfo=LAKEMONT)
    with reading(desk.office.engine) as conn:
        found = due(conn, desk.agency_id, desk.id_of(badge), moment)
    return f"{found.at.astimezone(LAKEMONT):%Y-%m-%d %H:%M}"


def test_a_list_of_shifts_comes_in_once_and_what_changed_takes_its_place(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, written = desk.bring("shifts", HEADER + NIGHT)
    assert (fates(planned), written.facts) == ({RowFate.ACCEPTED: 1}, 1)
    assert due_at(desk, "214", "2027-03-02 09:00") == "2027-03-02 18:00"
    assert fates(desk.at(TUESDAY).plan("shifts", HEADER + NIGHT)) == {RowFate.UNCHANGED: 1}
    moved = NIGHT.replace("18:00", "16:00")
    planned, _ = desk.at(TUESDAY).bring("shifts", HEADER + moved)
    assert planned.of(RowFate.CORRECTED)[0].changes == (
        Change("starts_at", "2027-03-02 18:00", "2027-03-02 16:00"),
    )
    assert due_at(desk, "214", "2027-03-02 09:00") == "2027-03-02 16:00"
    # Put back to what it was: what the newest list says holds.
    planned, _ = desk.at(WEDNESDAY).bring("shifts", HEADER + NIGHT)
    assert fates(planned) == {RowFate.CORRECTED: 1}
    assert due_at(desk, "214", "2027-03-02 09:00") == "2027-03-02 18:00"
    assert len(spans(desk)) == 1


def test_a_shift_that_came_back_beside_its_successor_is_new(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    desk.bring("shifts", HEADER + NIGHT)
    morning = "214,2027-03-02,06:00,10:00,shift,\n"
    desk.at(TUESDAY).bring("shifts", HEADER + morning)
    planned, _ = desk.at(WEDNESDAY).bring("shifts", HEADER + morning + NIGHT)
    assert fates(planned) == {RowFate.UNCHANGED: 1, RowFate.ACCEPTED: 1}
    assert len(spans(desk)) == 2


def test_what_the_calendar_has_a_number_for_is_the_same_on_another_day(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    desk.bring(
        "shifts", HEADER + "214,2027-03-02,18:00,06:00,shift,E-1\n214,2027-03-09,09:00,11:00,court,E-2\n"
    )
    planned, _ = desk.at(TUESDAY).bring(
        "shifts", HEADER + "214,2027-03-20,18:00,06:00,swap,E-1\n214,2027-03-09,09:00,11:00,cancelled,E-2\n"
    )
    assert fates(planned) == {RowFate.CORRECTED: 2}
    assert [(each.kind, f"{each.starts_at:%m-%d}") for each in spans(desk)] == [
        (WorkKind.CANCELLED, "03-09"),
        (WorkKind.SWAP, "03-20"),
    ]


def test_a_shift_may_name_its_person_by_e_mail_and_nobody_is_guessed(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    planned, _ = desk.bring(
        "shifts",
        "email,date,starts,ends\n"
        "Dana.Ruiz@lakemont.example.org,2027-03-02,18:00,06:00\n"
        "dana@elsewhere.example.org,2027-03-02,18:00,06:00\n",
    )
    assert reasons(planned) == {3: ("email-unknown",)}
    assert len(spans(desk)) == 1


def test_the_clock_of_a_list_is_the_person_s_own_unless_it_names_another(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    desk.bring(
        "shifts",
        "badge_number,date,starts,ends,time_zone\n"
        "214,2027-03-02,18:00,23:00,\n214,2027-03-03,18:00,23:00,America/New_York\n"
        # The night of the clock change begins with the first instant there is.
        "214,2027-03-14,02:30,10:00,\n",
    )
    assert [f"{each.starts_at:%d %H:%M}" for each in spans(desk)] == ["03 00:00", "03 23:00", "14 08:00"]


def test_a_rotation_of_a_unit_is_everybody_s_there_and_one_s_own_goes_before_it(
    sqlite_database: Engine,
) -> None:
    desk = staffed_desk(sqlite_database)
    nights = "B shift,,Nights,2027-03-01,4,1-2,18:00,06:00\n"
    office = ",77,Office,,,Mon-Fri,08:00,16:00\n"
    planned, _ = desk.bring("patterns", PATTERNS + nights + office + "C shift,,Nights,,,daily,18:00,06:00\n")
    assert (fates(planned), reasons(planned)) == (
        {RowFate.ACCEPTED: 2, RowFate.REJECTED: 1},
        {4: ("unit-unknown",)},
    )
    assert due_at(desk, "214", "2027-03-03 09:00") == "2027-03-05 18:00"
    assert due_at(desk, "77", "2027-03-03 09:00") == "2027-03-03 09:00"
    assert fates(desk.at(TUESDAY).plan("patterns", PATTERNS + nights + office)) == {RowFate.UNCHANGED: 2}
    planned, _ = desk.at(TUESDAY).bring("patterns", PATTERNS + nights.replace("1-2", "3-4"))
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("works", "1, 2", "3, 4"),)
    assert due_at(desk, "214", "2027-03-03 09:00") == "2027-03-03 18:00"


def calendar_file(*events: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""))


def nights(rule: str, *lines: str) -> str:
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            "UID:nights",
            "SUMMARY:B shift",
            "ATTENDEE:mailto:dana.ruiz@lakemont.example.org",
            "DTSTART;TZID=America/Chicago:20270302T180000",
            "DTEND;TZID=America/Chicago:20270303T060000",
            f"RRULE:FREQ=DAILY;INTERVAL={rule}",
            *lines,
            "END:VEVENT",
        )
    )


def test_a_calendar_is_imported_like_a_list_and_what_it_no_longer_repeats_is_over(database: Engine) -> None:
    desk = staffed_desk(database)
    first = calendar_file(nights("2;COUNT=4"))
    planned, _ = desk.bring("shifts", first)
    assert fates(planned) == {RowFate.ACCEPTED: 4}
    assert due_at(desk, "214", "2027-03-05 09:00") == "2027-03-06 18:00"
    assert fates(desk.at(TUESDAY).plan("shifts", first)) == {RowFate.UNCHANGED: 4}
    # March 6 is left out, and March 8 is the last: what the series does not have any more is called off.
    fewer = nights("2;COUNT=4", "EXDATE;TZID=America/Chicago:20270306T180000")
    planned, _ = desk.at(TUESDAY).bring("shifts", calendar_file(fewer))
    assert fates(planned) == {RowFate.CORRECTED: 1, RowFate.UNCHANGED: 2}
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("2027-03-06 18:00", "shift", "cancelled"),)
    assert due_at(desk, "214", "2027-03-05 09:00") == "2027-03-08 18:00"
    assert fates(desk.at(WEDNESDAY).plan("shifts", calendar_file(fewer))) == {RowFate.UNCHANGED: 3}
    # It comes back.
    planned, _ = desk.at(WEDNESDAY).bring("shifts", first)
    assert fates(planned) == {RowFate.CORRECTED: 1, RowFate.UNCHANGED: 3}
    assert due_at(desk, "214", "2027-03-05 09:00") == "2027-03-06 18:00"
