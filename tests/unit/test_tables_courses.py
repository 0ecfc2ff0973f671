"""A calendar of classes as a table or as iCalendar: days and hours, seats, cost, and what is asked or refused."""

from datetime import date
from decimal import Decimal

import pytest

from reading.tables.codes import QuestionCode, RowCode
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import CourseRow, ReadSession, RowClassStatus
from reading.text.courses import course_command, names_class, words_for_class

TODAY = date(2027, 3, 2)


def read(text: str) -> Preview:
    return read_table(TableKind.COURSES, text.encode(), today=TODAY)


def the_row(text: str) -> CourseRow:
    preview = read(text)
    assert preview.ready, preview
    ((_, row),) = preview.of(CourseRow)
    return row


def problems(text: str) -> list[RowCode]:
    return [reason.code for rejection in read(text).rejections for reason in rejection.reasons]


def test_the_headers_of_other_programs_are_understood() -> None:
    row = the_row(
        "Class Name,Start Date,Start Time,End Time,Location,Sponsor,POST Number,Credit Hours,Open Seats,Tuition,"
        "Registration Deadline,POST Approved,URL\n"
        'Autism Response,2027-03-18,8:00 AM,noon,Station 2,Prairie Rivers,0093-1,4,6 left,"$1,250.50",2027-03-15,Y,'
        "https://example.org/a\n"
    )
    assert row == CourseRow(
        title="Autism Response",
        starts_on=date(2027, 3, 18),
        ends_on=date(2027, 3, 18),
        sessions=(ReadSession(date(2027, 3, 18), "08:00", "12:00"),),
        time_zone=None,
        place="Station 2",
        provider="Prairie Rivers",
        course_number="0093-1",
        topics=(),
        hours=Decimal(4),
        delivery=None,
        seats=6,
        cost=Decimal("1250.50"),
        register_by=date(2027, 3, 15),
        board_approved=True,
        link="https://example.org/a",
        status=RowClassStatus.OPEN,
        course_id=None,
    )


def test_a_class_of_several_days_is_held_on_each_or_on_its_sessions() -> None:
    row = the_row("title,starts_on,ends_on,begins,ends\nNegotiation,2027-04-12,2027-04-14,0800,1700\n")
    assert [(each.day.day, each.begins, each.ends) for each in row.sessions] == [
        (12, "08:00", "17:00"), (13, "08:00", "17:00"), (14, "08:00", "17:00"),
    ]  # fmt: skip
    row = the_row("title,sessions\nNegotiation,2027-04-16 0800-1200; 2027-04-12 1300-1700\n")
    assert (row.starts_on, row.ends_on) == (date(2027, 4, 12), date(2027, 4, 16))
    assert [(each.day.day, each.begins) for each in row.sessions] == [(12, "13:00"), (16, "08:00")]
    assert the_row("title,starts_on,ends_on\nNegotiation,2027-04-12,2027-04-14\n").sessions == ()


def test_dates_that_read_both_ways_are_asked_about() -> None:
    preview = read("title,starts_on\nAutism,04/05/2027\nEthics,05/06/2027\n")
    assert [each.code for each in preview.questions] == [QuestionCode.DATE_ORDER]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Autism,,,", RowCode.VALUE_MISSING),
        (",2027-03-18,,", RowCode.VALUE_MISSING),
        ("Autism,2027-03-18,2027-03-17,", RowCode.WINDOW_REVERSED),
        ("Autism,2027-03-18,2028-09-01,", RowCode.CLASS_TOO_LONG),
        ("Autism,2027-03-18,,maybe", RowCode.CLASS_STATUS_UNKNOWN),
    ],
)
def test_a_row_that_cannot_be_a_class_is_rejected_with_its_reason(row: str, code: RowCode) -> None:
    assert problems(f"title,starts_on,ends_on,status\n{row}\n") == [code]


def test_sessions_are_read_wholly_or_not_at_all() -> None:
    head = "title,starts_on,sessions\n"
    assert problems(f"{head}Autism,2027-03-18,3/18 8-12\n") == [RowCode.SESSIONS_UNREADABLE]
    assert problems(f"{head}Autism,2027-03-18,2027-03-18 2500-2600\n") == [RowCode.SESSIONS_UNREADABLE]
    head = "title,starts_on,ends_on,sessions\n"
    assert problems(f"{head}Autism,2027-03-18,2027-03-19,2027-03-25\n") == [RowCode.SESSION_OUTSIDE]


def test_hours_are_split_by_topic_wholly_or_not_at_all() -> None:
    head = "title,starts_on,hours,topics,topic_hours\n"
    row = the_row(f'{head}Response,2027-03-18,4,Autism,"Autism: 2.5 h; Use of Force 1,5"\n')
    assert row.topic_hours == (("autism", Decimal("2.5")), ("use-of-force", Decimal("1.5")))
    # What has hours is a topic of the class, and the hours of a class of which nobody said more are those.
    assert row.topics == ("autism", "use-of-force")
    assert the_row(f'{head}Response,2027-03-18,,,"autism 2, ethics 1"\n').hours == Decimal(3)
    for split in ("autism", "4", "autism 2; 2", "autism 1; Autism 2", "autism 0"):
        assert problems(f"{head}Response,2027-03-18,4,,{split}\n") == [RowCode.TOPIC_HOURS_UNREADABLE], split
    assert problems(f"{head}Response,2027-03-18,4,,autism 3; ethics 2\n") == [RowCode.TOPIC_HOURS_TOO_MANY]


def test_how_far_a_class_is_comes_with_who_says_so() -> None:
    head = "title,starts_on,distance,miles_source\n"
    row = the_row(f"{head}Autism,2027-03-18,142 miles,county map\n")
    assert (row.miles, row.miles_source) == (142, "county map")
    ((accepted, row),) = read(f"{head}Autism,2027-03-18,far,\n").of(CourseRow)
    assert (row.miles, [each.code for each in accepted.corrections]) == (None, [RowCode.MILES_LEFT_OUT])


def test_what_is_no_number_is_left_out_and_said_and_words_for_nothing_are_nothing() -> None:
    preview = read("title,starts_on,seats,cost,link\nAutism,2027-03-18,some,call us,www.example.org\n")
    ((accepted, row),) = preview.of(CourseRow)
    assert (row.seats, row.cost, row.link) == (None, None, None)
    assert [each.code for each in accepted.corrections] == [
        RowCode.SEATS_LEFT_OUT, RowCode.COST_LEFT_OUT, RowCode.LINK_LEFT_OUT,
    ]  # fmt: skip
    free = the_row("title,starts_on,seats,cost,status\nAutism,2027-03-18,full,No charge,Sold out\n")
    assert (free.seats, free.cost, free.status) == (0, Decimal(0), RowClassStatus.FULL)


def test_a_class_that_is_over_is_skipped() -> None:
    (skip,) = read("title,starts_on\nAutism,2027-03-01\n").skips
    assert skip.reason.code is RowCode.CLASS_OVER
    assert the_row("title,starts_on,ends_on\nAutism,2027-03-01,2027-03-02\n").ends_on == TODAY


def calendar(*lines: str) -> bytes:
    event = ("BEGIN:VEVENT", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", "")).encode()


def test_an_event_is_a_class_with_our_own_properties_beside_it() -> None:
    data = calendar(
        "UID:a-1",
        "SUMMARY:Autism Response",
        "LOCATION:Station 2",
        "DTSTART;TZID=America/Chicago:20270318T080000",
        "DTEND;TZID=America/Chicago:20270318T120000",
        "X-SEATS:6",
        "X-HOURS:4",
        "X-TOPIC-HOURS:autism 4",
        "X-REGISTER-BY:2027-03-15",
    )
    preview = read_table(TableKind.COURSES, data, today=TODAY)
    ((_, row),) = preview.of(CourseRow)
    assert (row.title, row.place, row.seats, row.hours, row.course_id) == (
        "Autism Response", "Station 2", 6, Decimal(4), "a-1",
    )  # fmt: skip
    assert row.topic_hours == (("autism", Decimal(4)),)
    assert (row.register_by, row.time_zone) == (date(2027, 3, 15), "America/Chicago")
    assert row.sessions == (ReadSession(date(2027, 3, 18), "08:00", "12:00"),)


def test_a_cancelled_event_is_a_cancelled_class_and_whole_days_have_no_hours() -> None:
    data = calendar(
        "UID:a-1",
        "SUMMARY:Negotiation",
        "STATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20270412",
        "DTEND;VALUE=DATE:20270417",
    )
    ((_, row),) = read_table(TableKind.COURSES, data, today=TODAY).of(CourseRow)
    assert (row.status, row.ends_on, row.sessions) == (RowClassStatus.CANCELLED, date(2027, 4, 16), ())


@pytest.mark.parametrize(
    ("text", "command", "number"),
    [
        ("add a class", "class-new", None),
        ("New class", "class-new", None),
        ("change C-12", "class-change", "12"),
        ("Cancel class c12.", "class-cancel", "12"),
        ("C-12", "class", "12"),
        ("which class should i take?", "next", None),
    ],
)
def test_words_about_one_class_are_exact(text: str, command: str, number: str | None) -> None:
    found = course_command(text)
    assert found is not None
    assert (found.command, found.slots.get("number")) == (command, number)


@pytest.mark.parametrize("text", ["cancel my class", "class", "add my class to the record", "c", "u-12"])
def test_other_words_are_no_word_about_a_class(text: str) -> None:
    assert course_command(text) is None


def test_the_words_of_a_request_name_a_class_by_title_place_or_a_slip_of_the_thumb() -> None:
    said = "Basic Crisis Negotiation St. Cloud"
    assert names_class(words_for_class("request crisis negotiation school"), said)
    assert names_class(words_for_class("any classes near st cloud in april?"), said)
    assert names_class(words_for_class("negotiaton"), said)
    assert not names_class(words_for_class("autism classes"), said)
    assert words_for_class("what classes are there for me next week") == ()
