"""Shifts from an iCalendar file: whose, when, how often; and files that nobody should open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.tables import ics
from reading.tables.codes import FileCode, RowCode
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import ShiftRow

TODAY = date(2027, 3, 2)
CHICAGO = "TZID=America/Chicago"
NIGHT = (f"DTSTART;{CHICAGO}:20270302T180000", f"DTEND;{CHICAGO}:20270303T060000")


def event(*lines: str, uid: str = "e1", summary: str = "B shift #214") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT"))


def file(*events: str, head: str = "VERSION:2.0") -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", head, *events, "END:VCALENDAR", "")).encode()


def read(*events: str, head: str = "VERSION:2.0") -> Preview:
    preview = read_table(TableKind.SHIFTS, file(*events, head=head), today=TODAY)
    assert preview.ready, preview
    return preview


def told(preview: Preview) -> list[str]:
    """Each row in short."""
    return [
        f"{row.badge_number or row.email} {row.kind} {row.starts:%m-%d %H:%M}-{row.ends:%m-%d %H:%M} {row.time_zone}"
        for _, row in preview.of(ShiftRow)
    ]


def problems(preview: Preview) -> list[RowCode]:
    return [reason.code for rejection in preview.rejections for reason in rejection.reasons]


def test_an_event_is_one_shift_of_each_person_in_it() -> None:
    preview = read(
        event(*NIGHT),
        event(*NIGHT, "X-BADGE-NUMBER:214,231", summary="B shift", uid="e2"),
        event(
            *NIGHT,
            "ATTENDEE;CN=Dana Ruiz:mailto:Dana.Ruiz@lakemont.example.org",
            "ATTENDEE:MAILTO:sam.lee@lakemont.example.org",
            summary="Overtime",
            uid="e3",
        ),
        event(*NIGHT, summary="B shift", uid="e4"),
    )
    when = "03-02 18:00-03-03 06:00 America/Chicago"
    assert told(preview) == [
        f"214 shift {when}",
        f"214 shift {when}",
        f"231 shift {when}",
        f"dana.ruiz@lakemont.example.org overtime {when}",
        f"sam.lee@lakemont.example.org overtime {when}",
    ]
    assert problems(preview) == [RowCode.VALUE_MISSING]


@pytest.mark.parametrize(
    ("lines", "summary", "kind"),
    [
        ((), "Court: State v. Doe #214", "court"),
        ((), "Overtime hearing #214", "court"),
        ((), "Shift swap #214", "swap"),
        (("CATEGORIES:Nights,Day off",), "#214", "off"),
        (("STATUS:CANCELLED",), "B shift #214", "cancelled"),
        (("CATEGORIES:Training",), "Range #214", "shift"),
    ],
)
def test_what_an_event_is_stands_in_its_state_its_categories_or_its_words(
    lines: tuple[str, ...], summary: str, kind: str
) -> None:
    [(_, row)] = read(event(*NIGHT, *lines, summary=summary)).of(ShiftRow)
    assert row.kind == kind
    assert row.name == ("Range #214" if kind == "shift" else summary if kind == "swap" else None)


def test_an_event_whose_words_nobody_knows_is_no_shift() -> None:
    assert problems(read(event(*NIGHT, summary="Dentist #214"), event(*NIGHT, uid="2"))) == [
        RowCode.WORK_UNKNOWN
    ]


def test_a_repetition_is_spelled_out_without_its_exceptions_and_with_what_moved() -> None:
    preview = read(
        event(
            *NIGHT,
            "RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20270311T000000Z",
            f"EXDATE;{CHICAGO}:20270304T180000",
            f"RDATE;{CHICAGO}:20270305T180000",
        ),
        event(
            f"RECURRENCE-ID;{CHICAGO}:20270306T180000",
            f"DTSTART;{CHICAGO}:20270307T120000",
            f"DTEND;{CHICAGO}:20270307T150000",
        ),
    )
    assert [f"{row.starts:%m-%d %H:%M} {row.shift_id}" for _, row in preview.of(ShiftRow)] == [
        "03-02 18:00 e1/20270302T1800",
        "03-05 18:00 e1/20270305T1800",
        "03-08 18:00 e1/20270308T1800",
        "03-10 18:00 e1/20270310T1800",
        "03-07 12:00 e1/20270306T1800",
    ]


def test_a_repetition_keeps_the_clock_of_its_wall_over_a_clock_change() -> None:
    preview = read(event(*NIGHT, "RRULE:FREQ=WEEKLY;BYDAY=TU,SA;COUNT=5"))
    assert {f"{row.starts:%H:%M}-{row.ends:%H:%M}" for _, row in preview.of(ShiftRow)} == {"18:00-06:00"}
    assert [f"{row.starts:%m-%d}" for _, row in preview.of(ShiftRow)] == [
        "03-02", "03-06", "03-09", "03-13", "03-16",
    ]  # fmt: skip


def test_a_rule_without_an_end_goes_a_year_ahead_and_one_that_began_long_ago_a_month_back() -> None:
    preview = read(
        event(
            f"DTSTART;{CHICAGO}:20100105T080000",
            f"DTEND;{CHICAGO}:20100105T160000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        )
    )
    days = [row.starts.date() for _, row in preview.of(ShiftRow)]
    assert (days[0], days[-1]) == (date(2027, 2, 9), date(2028, 2, 22))
    # Still every other Tuesday, counted from the first one.
    assert all((day - date(2010, 1, 5)).days % 14 == 0 for day in days)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;COUNT=1000000",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=NEVER",
        "nonsense",
    ],
)
def test_a_rule_that_no_shift_follows_is_not_followed(rule: str) -> None:
    preview = read(event(*NIGHT, f"RRULE:{rule}"), event(*NIGHT, uid="e2"))
    assert problems(preview) == [RowCode.RECURRENCE_REFUSED]
    assert preview.counts.accepted == 1


def test_whole_days_end_before_the_day_that_the_file_names() -> None:
    preview = read(
        event("DTSTART;VALUE=DATE:20270305", "DTEND;VALUE=DATE:20270308", summary="Off #214"),
        event("DTSTART;VALUE=DATE:20270310", summary="Court #214", uid="e2"),
        event("DTSTART;VALUE=DATE:20270311", summary="B shift #214", uid="e3"),
    )
    assert told(preview) == [
        "214 off 03-05 00:00-03-08 00:00 None",
        "214 court 03-10 00:00-03-11 00:00 None",
    ]
    # Nobody works a whole day by the calendar: when the shift begins is not said.
    assert problems(preview) == [RowCode.VALUE_MISSING]


def test_zones_are_those_that_computers_share() -> None:
    preview = read(
        event("DTSTART:20270302T180000Z", "DURATION:PT12H"),
        event("DTSTART:20270302T180000", "DTEND:20270303T060000", uid="e2"),
        event("DTSTART;TZID=Our own:20270302T180000", "DTEND;TZID=Our own:20270303T060000", uid="e3"),
        "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE",
        head="X-WR-TIMEZONE:America/New_York",
    )
    when = "03-02 18:00-03-03 06:00"
    assert told(preview) == [f"214 shift {when} UTC", f"214 shift {when} America/New_York"]
    assert problems(preview) == [RowCode.EVENT_ZONE_UNKNOWN]


def test_an_event_without_a_beginning_or_of_another_age_is_rejected_and_the_others_are_read() -> None:
    preview = read(
        event("DTSTART:2027"),
        event("DTSTART:99991231T235959Z", "DURATION:P999D", uid="e2"),
        event("DTSTART;VALUE=DATE:99991231", uid="e3"),
        event("DTSTART:20270302T180000Z", "DTEND:99991231T235959Z", "RRULE:FREQ=DAILY", uid="e4"),
        event(*NIGHT, "EXDATE:00010101T000000Z", "RRULE:FREQ=DAILY;COUNT=2", uid="e5"),
        event(*NIGHT, uid="e6"),
    )
    assert problems(preview) == [RowCode.EVENT_UNREADABLE] * 5
    assert len(told(preview)) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", FileCode.CALENDAR_DAMAGED),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", FileCode.CALENDAR_DAMAGED),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3_000, FileCode.CALENDAR_DAMAGED),
        (file("BEGIN:VTIMEZONE"), FileCode.CALENDAR_DAMAGED),
        (file("SUMMARY:" + "a" * ics.LONGEST_LINE), FileCode.CALENDAR_DAMAGED),
        (file("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * (ics.MAX_EVENTS + 1)), FileCode.CALENDAR_TOO_MANY),
        (file("COMMENT:" + "a" * 100 + "\r\n ") + b" " * ics.MAX_BYTES, FileCode.TOO_LARGE),
        (file(), FileCode.NO_ROWS),
    ],
)
def test_a_file_that_is_none_or_is_enormous_is_refused_with_its_reason(data: bytes, code: FileCode) -> None:
    preview = read_table(TableKind.SHIFTS, data, today=TODAY)
    assert preview.refusal is not None
    assert preview.refusal.code is code


def test_more_shifts_than_a_list_may_have_are_refused_while_they_are_counted() -> None:
    people = ",".join(str(number) for number in range(ics.MAX_PEOPLE))
    many = event(*NIGHT, "RRULE:FREQ=DAILY", f"X-BADGE-NUMBER:{people}")
    found = ics.read_calendar(file(many), TODAY, ics.SHIFTS)
    assert getattr(found, "code", None) is FileCode.CALENDAR_TOO_MANY


def test_a_calendar_for_another_kind_of_table_is_a_table_without_its_columns() -> None:
    preview = read_table(TableKind.LEAVE, file(event(*NIGHT)), today=TODAY)
    assert preview.refusal is not None
    assert preview.refusal.code is FileCode.COLUMNS_MISSING


@given(st.data())
def test_a_damaged_calendar_is_refused_or_read_and_never_breaks_the_reader(data: st.DataObject) -> None:
    whole = file(
        event(
            *NIGHT, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE;{CHICAGO}:20270303T180000", "ATTENDEE:mailto:a@b.org"
        )
    )
    at = data.draw(st.integers(16, len(whole) - 1))
    length = data.draw(st.integers(0, 30))
    put = data.draw(
        st.binary(max_size=12) | st.sampled_from([b";", b":", b"\r\n", b"BEGIN:VEVENT\r\n", b"99999999"])
    )
    preview = read_table(TableKind.SHIFTS, whole[:at] + put + whole[at + length :], today=TODAY)
    assert preview.refusal is not None or preview.counts.rows == len(preview.rows) + len(
        preview.rejections
    ) + len(preview.skips)
