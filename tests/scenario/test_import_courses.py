"""Does a calendar of classes come in once, under numbers that stay, with what changed in the place of what it was?"""

from decimal import Decimal

from sqlalchemy import Engine

from db.queries import courses
from db.records.courses import CourseOffering, OfferingStatus
from db.records.imports import RowFate
from db.unit_of_work import reading
from tests.scenario.import_cast import TUESDAY, WEDNESDAY, Desk, fates, reasons, staffed_desk
from training.imports.model import Change

HEAD = "title,starts_on,begins,ends,place,seats,cost,course_id\n"
AUTISM = "Autism Response,2027-03-18,0800,1200,Station 2,6,0,\n"
ETHICS = "Ethics,2027-04-20,0900,1000,,,,E-7\n"


def on_calendar(desk: Desk) -> list[CourseOffering]:
    with reading(desk.office.engine) as conn:
        return [each.fact for each in courses.ending_from(conn, desk.agency_id, desk.today)]


def test_classes_come_in_once_and_a_correction_keeps_the_number(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, written = desk.bring("courses", HEAD + AUTISM + ETHICS)
    assert (fates(planned), written.facts) == ({RowFate.ACCEPTED: 2}, 2)
    assert [(each.number, each.title, each.topics) for each in on_calendar(desk)] == [
        (1, "Autism Response", ("autism",)),
        (2, "Ethics", ("ethics",)),
    ]
    assert fates(desk.at(TUESDAY).plan("courses", HEAD + AUTISM + ETHICS)) == {RowFate.UNCHANGED: 2}
    fewer = AUTISM.replace(",6,", ",4,")
    planned, _ = desk.at(TUESDAY).bring("courses", HEAD + fewer + ETHICS)
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("seats", "6", "4"),)
    # Put back to what it was: what the newest list says holds.
    desk.at(WEDNESDAY).bring("courses", HEAD + AUTISM + ETHICS)
    assert [(each.number, each.seats) for each in on_calendar(desk)] == [(1, 6), (2, None)]


def test_a_class_with_a_number_of_its_calendar_moves_and_is_called_off(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    desk.bring("courses", HEAD + ETHICS)
    desk.at(TUESDAY).bring("courses", HEAD + ETHICS.replace("04-20", "05-04"))
    assert [(each.number, f"{each.starts_on:%m-%d}") for each in on_calendar(desk)] == [(1, "05-04")]
    head = HEAD.replace("course_id", "course_id,status")
    desk.at(WEDNESDAY).bring(
        "courses", head + ETHICS.replace("04-20", "05-04").replace("E-7", "E-7,Canceled")
    )
    assert [(each.number, each.status) for each in on_calendar(desk)] == [(1, OfferingStatus.CANCELLED)]


def test_a_file_that_says_nothing_about_seats_takes_none_away(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    desk.bring("courses", HEAD + AUTISM)
    short = "title,starts_on,begins,ends,place,seats\nAutism Response,2027-03-18,0800,1200,Station 3,\n"
    desk.at(TUESDAY).bring("courses", short)
    (offering,) = on_calendar(desk)
    assert (offering.place, offering.seats, offering.cost) == ("Station 3", 6, Decimal(0))


def test_a_split_of_the_hours_comes_in_and_goes_once_it_is_none_any_more(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    head = "title,starts_on,hours,topic_hours\n"
    whole = f"{head}Autism Response,2027-03-18,4,autism 3; ethics 1\n"
    desk.bring("courses", whole)
    (offering,) = on_calendar(desk)
    assert (offering.topics, dict(offering.topic_hours)) == (
        ("autism", "ethics"), {"autism": Decimal(3), "ethics": Decimal(1)},
    )  # fmt: skip
    assert fates(desk.at(TUESDAY).plan("courses", whole)) == {RowFate.UNCHANGED: 1}
    planned, _ = desk.at(TUESDAY).bring("courses", whole.replace("3; ethics 1", "2; ethics 2"))
    assert planned.of(RowFate.CORRECTED)[0].changes == (
        Change("autism", "3", "2"), Change("ethics", "1", "2"),
    )  # fmt: skip
    # A file that has no such column says nothing about it, until the hours are others.
    bare = "title,starts_on,hours\nAutism Response,2027-03-18,4\n"
    assert fates(desk.at(WEDNESDAY).plan("courses", bare)) == {RowFate.UNCHANGED: 1}
    desk.at(WEDNESDAY).bring("courses", bare.replace(",4", ",3"))
    (offering,) = on_calendar(desk)
    assert (offering.hours, dict(offering.topic_hours)) == (Decimal(3), {})


def test_that_a_class_is_cancelled_which_was_never_there_is_nothing_to_keep(sqlite_database: Engine) -> None:
    desk = staffed_desk(sqlite_database)
    planned, written = desk.bring("courses", "title,starts_on,status\nAutism,2027-03-18,cancelled\n")
    assert (fates(planned), written.facts) == ({RowFate.SKIPPED: 1}, 0)
    assert reasons(planned) == {2: ("class-not-on-file",)}


def test_two_sections_of_a_day_are_two_classes_and_a_class_without_a_topic_says_so(
    sqlite_database: Engine,
) -> None:
    desk = staffed_desk(sqlite_database)
    twice = AUTISM + AUTISM.replace("0800,1200", "1300,1700") + "Potluck,2027-03-19,,,,,,\n"
    planned, _ = desk.bring("courses", HEAD + twice)
    assert fates(planned) == {RowFate.ACCEPTED: 3}
    assert [note.code for note in planned.rows[2].notes] == ["class-without-topic"]
    assert fates(desk.at(TUESDAY).plan("courses", HEAD + twice)) == {RowFate.UNCHANGED: 3}
