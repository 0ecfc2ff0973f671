"""Are headers recognised as agencies write them, and asked about when they are unclear?"""

import pytest

from reading.tables.aliases import TABLES
from reading.tables.codes import FileCode, QuestionCode
from reading.tables.columns import plain
from reading.tables.preview import ColumnUse, TableKind
from tests.unit.tables.sheets import history, history_rows, preview_of, roster_rows


@pytest.mark.parametrize(
    ("header", "alike"),
    [
        ("Badge #", "badge number"),
        ("Badge No. #", "badge number"),
        ("badge_number", "badge number"),
        ("BadgeNumber", "badge number"),
        ("Date Completed (MM/DD/YYYY)", "date completed"),
        ("  HRS.  ", "hrs"),
        ("Last, First", "last first"),
        ("CEU's", "ceus"),
    ],
)
def test_headers_are_compared_without_their_dress(header: str, alike: str) -> None:
    assert plain(header) == alike


@pytest.mark.parametrize("kind", list(TableKind))
def test_the_alias_tables_hold_only_headers_in_plain_form_and_each_once(kind: TableKind) -> None:
    table = TABLES[kind]
    aliases = [alias for names in table.names.values() for alias in names]
    aliases += [*table.either, *table.unsure]
    assert [alias for alias in aliases if plain(alias) != alias] == []
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("kind", list(TableKind))
def test_every_column_answers_to_its_own_name(kind: TableKind) -> None:
    table = TABLES[kind]
    for need in table.needs:
        preview = preview_of(kind, ",".join(need) + "\n" + ",".join("1" for _ in need) + "\n")
        assert preview.refusal is None
    for columns in (*table.either.values(), table.dates, table.unsure.values()):
        assert set(columns) <= set(table.names)


@pytest.mark.parametrize(
    "badge", ["Badge #", "Employee ID", "Emp No", "Shield", "person_id", "DPSST #", "Officer ID"]
)
@pytest.mark.parametrize("course", ["Course", "Class Name", "Training Title", "course_title"])
def test_a_coordinators_own_headers_are_understood(badge: str, course: str) -> None:
    table = history("214,CPR,2027-01-04,4,x", header=f"{badge},{course},Date Completed,Credits,Comments")
    preview = preview_of(TableKind.HISTORY, table)
    assert history_rows(preview)[0].badge_number == "214"
    assert preview.rows[0].extra == (("Comments", "x"),)
    assert preview.extra_headers == ("Comments",)


def test_two_headers_for_one_column_are_asked_about() -> None:
    table = "Badge #,Employee ID,Name\n214,90311,Dana Ruiz\n"
    preview = preview_of(TableKind.ROSTER, table)
    (question,) = preview.questions
    assert question.code is QuestionCode.COLUMN_TWICE
    assert question.options == ("badge_number=Badge #", "badge_number=Employee ID", "badge_number=")
    assert preview.counts.waiting == 1


def test_the_answer_to_two_headers_keeps_the_other_one_verbatim() -> None:
    table = "Badge #,Employee ID,Name\n214,90311,Dana Ruiz\n"
    preview = preview_of(TableKind.ROSTER, table, mapping={"badge_number": "badge #"})
    assert roster_rows(preview)[0].badge_number == "214"
    assert preview.rows[0].extra == (("Employee ID", "90311"),)
    assert ColumnUse("badge_number", "Badge #") in preview.columns


def test_the_same_header_twice_can_be_told_apart_in_the_answer() -> None:
    table = "Badge,Course,Date,Date,Hours\n214,CPR,2027-01-04,2029-01-31,4\n"
    (question,) = preview_of(TableKind.HISTORY, table).questions
    assert "completed_on=Date (2)" in question.options
    (row,) = history_rows(preview_of(TableKind.HISTORY, table, mapping={"completed_on": "Date"}))
    assert row.completed_on is not None
    assert row.completed_on.isoformat() == "2027-01-04"


def test_one_header_that_fits_two_columns_is_asked_about() -> None:
    (question,) = preview_of(TableKind.ROSTER, "Badge,Name,Status\n214,Dana Ruiz,Active\n").questions
    assert question.code is QuestionCode.HEADER_FITS_TWO
    assert question.options[:2] == ("employment_status=Status", "license_status=Status")


def test_a_header_that_fits_two_columns_goes_to_the_one_that_is_free() -> None:
    table = "Badge,Name,Status,License Status\n214,Dana Ruiz,Active,Expired\n"
    preview = preview_of(TableKind.ROSTER, table)
    (row,) = roster_rows(preview)
    assert (row.employment_status, row.license_status) == ("active", "expired")
    assert ColumnUse("employment_status", "Status") in preview.columns


def test_a_post_number_beside_a_badge_number_is_the_course_number() -> None:
    table = history("214,CPR,2027-01-04,4,10223-0042", header="Badge #,Course,Date,Hrs,POST #")
    assert history_rows(preview_of(TableKind.HISTORY, table))[0].course_number == "10223-0042"


def test_ceus_are_never_silently_hours() -> None:
    table = history("214,CPR,2027-01-04,0.8", header="Badge,Course,Date,CEUs")
    (question,) = preview_of(TableKind.HISTORY, table).questions
    assert (question.code, question.options) == (QuestionCode.HEADER_UNSURE, ("hours=CEUs", "hours="))
    (row,) = history_rows(preview_of(TableKind.HISTORY, table, mapping={"hours": ""}))
    assert row.hours is None


def test_a_supervisor_column_may_hold_names_so_it_is_asked_about() -> None:
    (question,) = preview_of(TableKind.ROSTER, "Badge,Name,Supervisor\n214,Dana Ruiz,Okafor\n").questions
    assert question.options == ("supervisor_badge=Supervisor", "supervisor_badge=")


def test_a_roster_given_as_a_history_is_refused_by_what_it_lacks() -> None:
    refusal = preview_of(TableKind.HISTORY, "badge_number,name,rank,unit\n214,Dana Ruiz,officer,B\n").refusal
    assert refusal is not None
    assert refusal.code is FileCode.COLUMNS_MISSING
    facts = dict(refusal.facts)
    assert facts["missing"] == "course_title, completed_on"
    assert facts["found"] == "badge_number, name, rank, unit"


def test_a_history_given_as_a_roster_is_refused_by_what_it_lacks() -> None:
    refusal = preview_of(TableKind.ROSTER, history("214,CPR,2027-01-04,4,Passed")).refusal
    assert refusal is not None
    assert dict(refusal.facts)["missing"] == "name"


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"shoe_size": "Badge"}, FileCode.MAPPING_COLUMN_UNKNOWN),
        ({"rank": "Grade"}, FileCode.MAPPING_HEADER_UNKNOWN),
    ],
)
def test_an_answer_about_a_column_that_is_not_there_is_refused(
    mapping: dict[str, str], code: FileCode
) -> None:
    refusal = preview_of(TableKind.ROSTER, "Badge,Name\n214,Dana Ruiz\n", mapping=mapping).refusal
    assert refusal is not None
    assert refusal.code is code


def test_an_answer_can_name_a_header_that_no_table_knows() -> None:
    table = "Kenteken,Wie\n214,Dana Ruiz\n"
    preview = preview_of(TableKind.ROSTER, table, mapping={"badge_number": "Kenteken", "name": "Wie"})
    assert roster_rows(preview)[0].name.family == "Ruiz"
