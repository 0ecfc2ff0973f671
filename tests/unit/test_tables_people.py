"""Are people, certificates, cards, leave and employment read as agencies and states write them?"""

import pytest

from reading.tables.codes import RowCode
from reading.tables.names import read_name
from reading.tables.preview import TableKind
from reading.tables.rows import (
    Action,
    AssignmentRow,
    CardRow,
    CertificationRow,
    CycleRow,
    EmploymentRow,
    LeaveRow,
)
from tests.unit.tables.sheets import doubts_of, notes_of, preview_of, rejected_for, roster_rows


@pytest.mark.parametrize(
    ("printed", "display", "family", "given", "suffix"),
    [
        ("Ruiz, Dana", "Dana Ruiz", "Ruiz", "Dana", ""),
        ("Ruiz, Dana M., Jr.", "Dana M. Ruiz Jr.", "Ruiz", "Dana", "Jr."),
        ("Ruiz Jr, Dana", "Dana Ruiz Jr.", "Ruiz", "Dana", "Jr."),
        ("Marsh, Tove P., III", "Tove P. Marsh III", "Marsh", "Tove", "III"),
        ("Dana Ruiz", "Dana Ruiz", "Ruiz", "Dana", ""),
        ("Dana Ruiz, Jr.", "Dana Ruiz Jr.", "Ruiz", "Dana", "Jr."),
        ("Dana M. de la Cruz", "Dana M. de la Cruz", "de la Cruz", "Dana", ""),
        ("O'Neil-Hart, Zoë", "Zoë O'Neil-Hart", "O'Neil-Hart", "Zoë", ""),
        ("Sgt. Kim Okafor", "Kim Okafor", "Okafor", "Kim", ""),
        ("Prince", "Prince", "Prince", "", ""),
    ],
)
def test_a_printed_name_is_taken_apart(
    printed: str, display: str, family: str, given: str, suffix: str
) -> None:
    reading = read_name(printed)
    assert reading is not None
    name = reading.name
    assert (name.display, name.family, name.given, name.suffix) == (display, family, given, suffix)


@pytest.mark.parametrize("text", ["", "1234", "=HYPERLINK(1)", "<script>", "a@b.org", ",", "Ruiz;DROP"])
def test_what_is_no_name_is_not_made_one(text: str) -> None:
    assert read_name(text) is None


def test_a_whole_roster_row_is_read() -> None:
    table = (
        "badge_number,name,email,mobile_phone,rank,unit,supervisor_badge,roles,employment_status,"
        "appointed_on,state,license_number,license_status,cycle_start,cycle_end,position,assignments,time_zone\n"
        "214,Dana Ruiz,Dana.Ruiz@Lakemont.example,(612) 555-0142,Officer,B shift,77,officer,Active,"
        "2015-04-01,Minnesota,10223,Active,2024-07-01,2027-06-30,Police Officer,SRO; FTO,America/Chicago\n"
    )
    (row,) = roster_rows(preview_of(TableKind.ROSTER, table))
    assert (row.email, row.mobile_phone) == ("dana.ruiz@lakemont.example", "+16125550142")
    assert (row.supervisor_badge, row.roles, row.assignments) == ("77", ("officer",), ("sro", "fto"))
    assert (row.state, row.position, row.time_zone) == ("MN", "police-officer", "America/Chicago")
    assert row.history_whole is False


def test_a_name_in_two_columns_is_one_name() -> None:
    table = "Badge,Last Name,First Name,MI\n214,Ruiz,Dana,M\n"
    assert roster_rows(preview_of(TableKind.ROSTER, table))[0].name.display == "Dana M Ruiz"


def test_a_rank_before_the_name_is_taken_as_the_rank_and_shown() -> None:
    preview = preview_of(TableKind.ROSTER, "Badge,Name\n77,Sgt. Kim Okafor\n")
    (row,) = roster_rows(preview)
    assert (row.name.display, row.rank) == ("Kim Okafor", "Sergeant")
    assert preview.rows[0].corrections[0].code is RowCode.RANK_TAKEN_FROM_NAME


@pytest.mark.parametrize(
    ("cell", "badge"),
    [("#214", "214"), ("214.0", "214"), ("Badge 214", "214"), ("007", "007"), ("K9-1", "K9-1")],
)
def test_a_badge_number_is_text_and_keeps_its_zeros(cell: str, badge: str) -> None:
    preview = preview_of(TableKind.ROSTER, f"Badge,Name\n{cell},Dana Ruiz\n")
    assert roster_rows(preview)[0].badge_number == badge
    assert bool(preview.rows[0].corrections) is (cell != badge)


@pytest.mark.parametrize("cell", ["1.23E+05", "=1+1", "@214", "Dana", "2" * 40, "-"])
def test_what_is_no_badge_number_rejects_the_row(cell: str) -> None:
    assert rejected_for(preview_of(TableKind.ROSTER, f"Badge,Name\n{cell},Dana Ruiz\n"))[0][1] == (
        RowCode.BADGE_UNREADABLE,
    )


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("E-mail", "dana at lakemont", RowCode.EMAIL_LEFT_OUT),
        ("E-mail", "a@b@c.org", RowCode.EMAIL_LEFT_OUT),
        ("Cell", "555-0142", RowCode.PHONE_LEFT_OUT),
        ("Cell", "6.12555E+09", RowCode.PHONE_LEFT_OUT),
        ("Cell", "612-555-0142 x12", RowCode.PHONE_LEFT_OUT),
        ("Roles", "emperor", RowCode.ROLE_LEFT_OUT),
        ("State", "Freedonia", RowCode.STATE_LEFT_OUT),
        ("Time Zone", "../../etc/passwd", RowCode.TIME_ZONE_LEFT_OUT),
        ("Time Zone", "America", RowCode.TIME_ZONE_LEFT_OUT),
        ("Time Zone", "Central", RowCode.TIME_ZONE_LEFT_OUT),
        ("Supervisor ID", "214", RowCode.SUPERVISOR_LEFT_OUT),
    ],
)
def test_a_detail_that_cannot_be_used_is_left_out_and_shown(header: str, cell: str, code: RowCode) -> None:
    preview = preview_of(TableKind.ROSTER, f"Badge,Name,{header}\n214,Dana Ruiz,{cell}\n")
    (correction,) = preview.rows[0].corrections
    assert (correction.code, correction.new) == (code, "")


def test_an_empty_history_complete_from_means_the_whole_history() -> None:
    table = "Badge,Name,training_complete_from\n214,Dana Ruiz,\n231,Sam Lee,2021-01-01\n"
    whole, part = roster_rows(preview_of(TableKind.ROSTER, table))
    assert (whole.history_whole, whole.history_complete_from) == (True, None)
    assert (part.history_whole, str(part.history_complete_from)) == (False, "2021-01-01")


def test_one_badge_is_one_person() -> None:
    preview = preview_of(
        TableKind.ROSTER, "Badge,Name\n214,Dana Ruiz\n214,Dana Ruiz\n214,Sam Lee\n231,Sam Lee\n"
    )
    assert [row.badge_number for row in roster_rows(preview)] == ["214", "231"]
    assert preview.skips[0].reason.code is RowCode.ROW_REPEATED
    assert rejected_for(preview) == [(4, (RowCode.BADGE_REPEATED,))]


def test_a_certificate_is_held_only_when_its_status_says_so() -> None:
    table = (
        "badge_number,certificate,level,status,date,expires_on\n"
        "214,Police Officer,Basic,Granted,2016-03-01,\n"
        "214,Police Officer,Advanced,Required,,\n"
        "214,Telecommunicator,Basic,Lapsed,2010-03-01,05/2028\n"
        "214,Police Officer,Executive,Reactivate,2016-03-01,\n"
    )
    preview = preview_of(TableKind.CERTIFICATIONS, table)
    rows = [row for _accepted, row in preview.of(CertificationRow)]
    assert [row.held for row in rows] == [True, False, False, None]
    assert str(rows[2].expires_on) == "2028-05-31"
    assert preview.rows[2].corrections[0].code is RowCode.EXPIRY_AT_MONTH_END
    assert doubts_of(preview.rows[3]) == [RowCode.CERTIFICATE_STATUS_UNCLEAR]


STATE_CARDS = "person_id,topic,value,effective_date,expiration_date\n"


def test_a_states_list_holds_cards_windows_and_signatures() -> None:
    table = (
        f"{STATE_CARDS}"
        "S1,Certification Cards,First Aid and CPR,3/9/2026,3/9/2028\n"
        "S1,Maintenance Requirements,LE Basic 3 Year,1/1/2023,12/31/2026\n"
        "S1,Maintenance Requirements,LE Annual,1/1/2024,1/1/1950\n"
        "S1,Code of Ethics,Law Enforcement Signed,2/17/2026,\n"
    )
    preview = preview_of(TableKind.CARDS, table)
    ((_card, card),) = preview.of(CardRow)
    assert (card.covers, str(card.expires_on)) == (("first-aid", "cpr"), "2028-03-09")
    (_basic, basic), (closed_row, closed) = preview.of(CycleRow)
    assert (basic.track, basic.years, str(basic.cycle_end), basic.closed) == ("basic", 3, "2026-12-31", False)
    assert (closed.years, closed.cycle_end, closed.closed) == (1, None, True)
    assert closed_row.corrections[0].code is RowCode.WINDOW_END_CLOSED
    assert [skip.reason.code for skip in preview.skips] == [RowCode.NOT_A_CARD]


def test_a_card_that_starts_and_ends_on_one_day_ahead_is_doubtful() -> None:
    preview = preview_of(
        TableKind.CARDS, f"{STATE_CARDS}S1,Certification Cards,First Aid and CPR,5/16/2027,5/16/2027\n"
    )
    assert doubts_of(preview.rows[0]) == [RowCode.DATE_IN_FUTURE, RowCode.CARD_DATES_DOUBTFUL]


def test_an_agencys_own_list_of_cards_is_read() -> None:
    preview = preview_of(
        TableKind.CARDS,
        "Badge,Card,Expires\n214,BLS Provider,02/2028\n231,Bee keeping,2028-01-31\n240,CPR,\n",
    )
    first, second = (row for _accepted, row in preview.of(CardRow))
    assert (first.covers, str(first.expires_on)) == (("cpr",), "2028-02-29")
    assert (second.covers, notes_of(preview.rows[1])) == (("bee-keeping",), [RowCode.CARD_UNKNOWN])
    assert rejected_for(preview) == [(4, (RowCode.VALUE_MISSING,))]


EVENTS = (
    "person_id,date,agency,action,rank\n"
    "S1,2026-02-11,Lakemont,Return LOA,Officer\n"
    "S1,2025-09-05,Lakemont,LOA,Officer\n"
    "S1,2011-05-16,Lakemont,Hired,Officer\n"
    "S2,2026-07-09,Lakemont,Mil-LOA,Officer\n"
    "S3,2025-03-03,Lakemont,LOA,Officer\n"
    "S3,2025-08-21,Lakemont,Resigned,Officer\n"
    "S4,2025-12-14,Lakemont,Return LOA,Officer\n"
    "S5,2025-12-14,Lakemont,LOA,Officer\n"
    "S5,2025-01-14,Lakemont,LOA,Officer\n"
    "S6,2025-01-14,Lakemont,Knighted,Officer\n"
)


def test_leave_is_made_of_its_beginning_and_its_return() -> None:
    preview = preview_of(TableKind.LEAVE, EVENTS)
    leaves = {(row.badge_number, str(row.starts_on)): row for _accepted, row in preview.of(LeaveRow)}
    returned = leaves["S1", "2025-09-05"]
    assert (str(returned.ends_on), str(returned.returned_on)) == ("2026-02-10", "2026-02-11")
    still_away = leaves["S2", "2026-07-09"]
    assert (still_away.returned_on, still_away.separated_on, still_away.military) == (None, None, True)
    assert str(leaves["S3", "2025-03-03"].separated_on) == "2025-08-21"
    assert rejected_for(preview) == [(8, (RowCode.RETURN_WITHOUT_LEAVE,))]
    codes = [skip.reason.code for skip in preview.skips]
    assert codes.count(RowCode.LEAVE_RETURN_USED) == 1
    assert codes.count(RowCode.NOT_LEAVE) == 3
    doubtful = [accepted.line for accepted in preview.rows if accepted.doubts]
    assert doubtful == [10]


def test_the_same_table_is_also_an_employment_table() -> None:
    preview = preview_of(TableKind.EMPLOYMENT, EVENTS)
    rows = [row for _accepted, row in preview.of(EmploymentRow)]
    assert [row.action for row in rows[:4]] == [
        Action.RETURNED,
        Action.LEAVE,
        Action.HIRED,
        Action.MILITARY_LEAVE,
    ]
    assert (rows[-1].action, rows[-1].action_text) == (Action.OTHER, "Knighted")
    assert doubts_of(preview.rows[-1]) == [RowCode.ACTION_UNKNOWN]


def test_an_agencys_own_list_of_leave_is_read() -> None:
    table = "Badge,Leave Start,Leave End,Return Date,Type\n214,2026-01-04,2026-06-30,,Military\n"
    ((_accepted, row),) = preview_of(TableKind.LEAVE, table).of(LeaveRow)
    assert (str(row.ends_on), row.returned_on, row.military) == ("2026-06-30", None, True)


def test_the_reason_of_a_leave_is_not_kept() -> None:
    table = "Badge,Leave Start,Type,Diagnosis\n214,2026-01-04,Medical,broken wrist\n"
    preview = preview_of(TableKind.LEAVE, table)
    assert "wrist" not in repr(preview.rows)
    assert "Medical" not in repr(preview.rows)
    assert preview.noticed[0].facts == (("headers", "Diagnosis"),)


def test_assignments_are_read() -> None:
    table = "Badge,Assignment,Start,End\n214,School Resource Officer,2026-01-04,\n"
    ((_accepted, row),) = preview_of(TableKind.ASSIGNMENTS, table).of(AssignmentRow)
    assert (row.assignment, str(row.starts_on), row.ends_on) == (
        "school-resource-officer",
        "2026-01-04",
        None,
    )
