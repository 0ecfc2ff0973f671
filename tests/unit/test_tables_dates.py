"""Is the day and month order of a column settled by evidence or asked, and no century guessed?"""

from datetime import date

import pytest

from reading.tables.codes import FileCode, QuestionCode, RowCode
from reading.tables.preview import Order, Preview, SettledBy, TableKind
from tests.unit.tables.sheets import doubts_of, history, history_rows, preview_of, rejected_for

HEADER = "Badge,Course,Date Completed,Hours"


def dated(*cells: str, answer: str | None = None, header: str = HEADER) -> Preview:
    rows = (f'{200 + place},CPR,"{cell}",4' for place, cell in enumerate(cells))
    date_order = {"completed_on": answer} if answer else None
    return preview_of(TableKind.HISTORY, history(*rows, header=header), date_order=date_order)


def days(preview: Preview) -> list[str]:
    return [str(row.completed_on) for row in history_rows(preview)]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-04",
        "2026/3/4",
        "2026-03-04 00:00:00",
        "2026-03-04T00:00:00Z",
        "20260304",
        "March 4, 2026",
        "Mar. 4th, 2026",
        "4 March 2026",
        "04-MAR-2026",
        "04mar2026",
        "Wed, Mar 4 2026",
    ],
)
def test_a_date_that_says_its_month_needs_no_question(cell: str) -> None:
    preview = dated(cell)
    assert days(preview) == ["2026-03-04"]
    assert preview.date_orders[0].order is Order.SELF_EVIDENT


def test_one_day_above_twelve_settles_the_whole_column() -> None:
    preview = dated("3/4/2026", "5/6/2026", "3/14/2026")
    assert days(preview) == ["2026-03-04", "2026-05-06", "2026-03-14"]
    (order,) = preview.date_orders
    assert (order.order, order.by, order.line, order.example) == (
        Order.MONTH_FIRST,
        SettledBy.CELL,
        4,
        "3/14/2026",
    )


def test_a_first_number_above_twelve_means_day_first() -> None:
    assert days(dated("3/4/2026", "14.3.2026", "1-2-2026")) == ["2026-04-03", "2026-03-14", "2026-02-01"]


def test_the_header_may_say_the_order() -> None:
    preview = dated("3/4/2026", header="Badge,Course,Date Completed (DD/MM/YYYY),Hours")
    assert days(preview) == ["2026-04-03"]
    assert preview.date_orders[0].by is SettledBy.HEADER


def test_a_header_that_contradicts_its_cells_is_asked_about() -> None:
    preview = dated("3/14/2026", header="Badge,Course,Date Completed (DD/MM/YYYY),Hours")
    assert preview.questions[0].code is QuestionCode.DATE_ORDER_MIXED


def test_dates_that_all_read_both_ways_are_asked_about_once() -> None:
    preview = dated("3/4/2026", "5/6/2026", "7/7/2026")
    (question,) = preview.questions
    assert question.code is QuestionCode.DATE_ORDER
    assert question.options == ("completed_on=mdy", "completed_on=dmy")
    assert dict(question.facts) == {"column": "completed_on", "line": "2", "example": "3/4/2026"}
    assert preview.counts.waiting == 3


@pytest.mark.parametrize(("answer", "day"), [("mdy", "2026-03-04"), ("dmy", "2026-04-03")])
def test_the_answer_reads_the_column(answer: str, day: str) -> None:
    preview = dated("3/4/2026", answer=answer)
    assert days(preview) == [day]
    assert preview.date_orders[0].by is SettledBy.ANSWER


def test_the_same_day_either_way_is_no_question() -> None:
    assert days(dated("1/1/2026", "5/5/2026")) == ["2026-01-01", "2026-05-05"]


def test_half_american_and_half_iso_is_settled_by_the_american_half() -> None:
    assert days(dated("2026-03-04", "3/4/2026", "12/31/2026")) == ["2026-03-04", "2026-03-04", "2026-12-31"]


def test_both_orders_in_one_column_are_asked_about_and_the_answer_rejects_the_others() -> None:
    (question,) = dated("3/14/2026", "14/3/2026", "3/4/2026").questions
    assert question.code is QuestionCode.DATE_ORDER_MIXED
    facts = dict(question.facts)
    assert (facts["mdy_line"], facts["dmy_line"]) == ("2", "3")
    preview = dated("3/14/2026", "14/3/2026", "3/4/2026", answer="mdy")
    assert days(preview) == ["2026-03-14", "2026-03-04"]
    assert rejected_for(preview) == [(3, (RowCode.DATE_NOT_IN_ORDER,))]


def test_a_column_of_short_years_asks_for_order_and_century_together() -> None:
    (question,) = dated("3/4/27").questions
    assert question.code is QuestionCode.DATE_ORDER
    assert "completed_on=mdy+20xx" in question.options
    (question,) = dated("3/4/27", "12/31/26").questions
    assert question.code is QuestionCode.YEARS_TWO_DIGITS
    assert question.options == ("completed_on=mdy+20xx", "completed_on=mdy+recent")


@pytest.mark.parametrize(
    ("answer", "read"),
    [("mdy+20xx", ["2026-12-31", "2098-01-15"]), ("mdy+recent", ["2026-12-31", "1998-01-15"])],
)
def test_the_century_comes_only_from_an_answer_and_is_shown_as_a_correction(
    answer: str, read: list[str]
) -> None:
    preview = dated("12/31/26", "1/15/98", answer=answer)
    assert days(preview) == read
    assert preview.counts.corrected == 2
    assert preview.rows[0].corrections[0].code is RowCode.CENTURY_FROM_ANSWER


def test_one_short_year_among_full_ones_rejects_its_row() -> None:
    preview = dated("3/14/2026", "3/4/27", "4 Mar 27")
    assert rejected_for(preview) == [(3, (RowCode.YEAR_TWO_DIGITS,)), (4, (RowCode.YEAR_TWO_DIGITS,))]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2/30/2026", RowCode.DATE_IMPOSSIBLE),
        ("2/29/2027", RowCode.DATE_IMPOSSIBLE),
        ("13/13/2026", RowCode.DATE_IMPOSSIBLE),
        ("0/0/0000", RowCode.DATE_IMPOSSIBLE),
        ("2026-13-01", RowCode.DATE_IMPOSSIBLE),
        ("March 2026", RowCode.DATE_INCOMPLETE),
        ("03/2026", RowCode.DATE_INCOMPLETE),
        ("2026", RowCode.DATE_INCOMPLETE),
        ("3/9-3/13/2026", RowCode.DATE_IS_RANGE),
        ("3/9/2026 - 3/13/2026", RowCode.DATE_IS_RANGE),
        ("March 9-13, 2026", RowCode.DATE_IS_RANGE),
        ("yesterday", RowCode.DATE_UNREADABLE),
        ("TBD", RowCode.DATE_UNREADABLE),
        ("8.0 Hours", RowCode.DATE_UNREADABLE),
        ("3/4/202", RowCode.DATE_UNREADABLE),
        ("46085", RowCode.DATE_UNREADABLE),
        ("٣/٤/٢٠٢٦", RowCode.DATE_UNREADABLE),
        ("1" * 60, RowCode.DATE_UNREADABLE),
    ],
)
def test_what_is_no_day_rejects_its_row_with_the_reason(cell: str, code: RowCode) -> None:
    assert rejected_for(dated("3/14/2026", cell)) == [(3, (code,))]


def test_a_leap_day_is_a_day() -> None:
    assert days(dated("2/29/2024")) == ["2024-02-29"]


def test_day_numbers_of_a_spreadsheet_are_asked_about() -> None:
    (question,) = dated("46085", "46100").questions
    assert question.code is QuestionCode.DATE_SERIALS
    assert question.options == ("completed_on=serial", "completed_on=serial-1904")
    preview = dated("46085", "46100.0", answer="serial")
    assert days(preview) == ["2026-03-04", "2026-03-19"]
    assert preview.counts.corrected == 2
    assert days(dated("44623", answer="serial-1904")) == ["2026-03-04"]


def test_a_class_of_1901_is_doubtful_not_taken() -> None:
    preview = dated("12/31/1901", "3/4/2026")
    assert doubts_of(preview.rows[0]) == [RowCode.DATE_TOO_OLD]
    assert preview.counts.doubtful == 1


def test_a_class_that_lies_ahead_is_doubtful() -> None:
    preview = dated("2027-05-06", "2107-05-06")
    assert [doubts_of(row) for row in preview.rows] == [[RowCode.DATE_IN_FUTURE], [RowCode.DATE_FAR_FUTURE]]


def test_an_evening_instant_in_utc_may_be_the_day_before() -> None:
    preview = dated("2026-03-05T01:30:00Z")
    assert doubts_of(preview.rows[0]) == [RowCode.DATE_ZONE_UNCLEAR]


def test_a_missing_date_is_kept_as_doubtful() -> None:
    preview = dated("", "3/14/2026")
    assert history_rows(preview)[0].completed_on is None
    assert doubts_of(preview.rows[0]) == [RowCode.DATE_MISSING]


@pytest.mark.parametrize(
    "date_order",
    [{"completed_on": "ymd"}, {"completed_on": "mdy+dmy"}, {"hours": "mdy"}, {"completed_on": ""}],
)
def test_an_answer_nobody_offered_is_refused(date_order: dict[str, str]) -> None:
    preview = preview_of(TableKind.HISTORY, history("214,CPR,3/4/2026,4,Passed"), date_order=date_order)
    assert preview.refusal is not None
    assert preview.refusal.code is FileCode.ANSWER_UNKNOWN


def test_a_shifted_row_proves_nothing_about_the_order() -> None:
    table = history("214,CPR, 2,14/3/2026,4", "231,CPR,3/4/2026,4", header=HEADER)
    assert preview_of(TableKind.HISTORY, table).questions[0].code is QuestionCode.DATE_ORDER


def test_each_date_column_is_settled_by_itself() -> None:
    table = "Badge,Name,Cycle Start,Cycle End\n214,Dana Ruiz,7/1/2024,6/30/2027\n"
    (question,) = preview_of(TableKind.ROSTER, table).questions
    assert question.column == "cycle_start"


def test_a_window_that_ends_before_it_starts_is_rejected() -> None:
    table = "Badge,Name,Cycle Start,Cycle End\n214,Dana Ruiz,2027-06-30,2024-07-01\n"
    assert rejected_for(preview_of(TableKind.ROSTER, table)) == [(2, (RowCode.WINDOW_REVERSED,))]


def test_the_day_read_is_a_date() -> None:
    assert history_rows(dated("3/14/2026"))[0].completed_on == date(2026, 3, 14)
