"""Does a history keep what does not count without counting it, and doubt what is unclear?"""

import pytest

from reading.tables.codes import RowCode
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.rows import HistoryRow, PartTaken, RowCredit
from tests.unit.tables.sheets import (
    doubts_of,
    history,
    history_row,
    history_rows,
    notes_of,
    preview_of,
    rejected_for,
)

NUMBERED = "Badge,Date,Course Number,Title,Status,Hours"


def numbered(*rows: str) -> Preview:
    return preview_of(TableKind.HISTORY, history(*rows, header=NUMBERED))


def kept(preview: Preview) -> list[tuple[AcceptedRow, HistoryRow]]:
    return list(preview.of(HistoryRow))


@pytest.mark.parametrize("status", ["Passed", "COMPLETED", "Complete", "Pass", "attended"])
def test_a_finished_class_is_credit(status: str) -> None:
    assert history_row(f"214,CPR,2027-01-04,4,{status}").credit is RowCredit.YES


@pytest.mark.parametrize("status", ["Failed", "No Show", "Cancelled", "canceled", "Withdrawn"])
def test_a_class_that_was_not_passed_is_kept_without_credit(status: str) -> None:
    preview = preview_of(TableKind.HISTORY, history(f"214,CPR,2027-01-04,4,{status}"))
    assert history_rows(preview)[0].credit is RowCredit.NO
    assert notes_of(preview.rows[0]) == [RowCode.NOT_PASSED]


@pytest.mark.parametrize("status", ["Incomplete", "Registered", "Required", "In Progress"])
def test_a_class_that_is_only_due_may_lie_ahead(status: str) -> None:
    preview = preview_of(TableKind.HISTORY, history(f"214,Radio manual,2029-10-08,6,{status}"))
    assert history_rows(preview)[0].credit is RowCredit.NO
    assert (notes_of(preview.rows[0]), doubts_of(preview.rows[0])) == ([RowCode.NOT_FINISHED], [])


def test_teaching_is_kept_as_teaching_and_gives_no_credit() -> None:
    row = history_row("214,CPR,2027-01-04,4,Instructed")
    assert (row.part, row.credit) == (PartTaken.INSTRUCTOR, RowCredit.NO)


def test_an_empty_status_in_a_column_of_statuses_is_doubtful() -> None:
    preview = preview_of(TableKind.HISTORY, history("214,Radio,2027-01-04,1,", "231,CPR,2027-01-04,4,Passed"))
    assert doubts_of(preview.rows[0]) == [RowCode.STATUS_MISSING]
    assert history_rows(preview)[0].credit is RowCredit.DOUBTFUL


def test_a_list_without_statuses_is_a_list_of_finished_classes() -> None:
    assert history_row("214,CPR,2027-01-04,4", header="Badge,Course,Date,Hours").credit is RowCredit.YES


def test_a_status_nobody_knows_is_doubtful() -> None:
    preview = preview_of(TableKind.HISTORY, history("214,CPR,2027-01-04,4,Zq"))
    assert doubts_of(preview.rows[0]) == [RowCode.STATUS_UNKNOWN]


def test_the_states_own_bookkeeping_is_no_training() -> None:
    preview = numbered(
        "214,2026-12-31,MISCMAIN,2026 LE Annual Maintenance,Completed,0.00",
        "214,2020-12-31,20-CVDL1,2020 Annual Maint-Not Met,Incomplete,0.00",
    )
    assert [row.credit for row in history_rows(preview)] == [RowCredit.NO, RowCredit.NO]
    assert all(RowCode.BOOKKEEPING in notes_of(accepted) for accepted in preview.rows)


def test_a_row_the_state_means_to_delete_is_taken_both_ways() -> None:
    preview = numbered("214,2026-09-02,XDELETE,Pending for Deletion,Passed,2.00")
    assert history_rows(preview)[0].credit is RowCredit.DOUBTFUL
    assert doubts_of(preview.rows[0]) == [RowCode.MARKED_FOR_DELETION]


def test_the_second_entry_of_one_class_under_another_number_is_doubtful() -> None:
    preview = numbered(
        "214,2026-09-16,ABC1,De-escalation,Passed,8",
        "214,2026-09-16,XYZ2,De-escalation,Passed,8",
        "231,2026-09-16,XYZ2,De-escalation,Passed,8",
    )
    assert [row.credit for row in history_rows(preview)] == [RowCredit.YES, RowCredit.DOUBTFUL, RowCredit.YES]
    assert preview.rows[1].doubts[0].facts == (("line", "2"),)


@pytest.mark.parametrize(
    "second",
    [
        "2026-09-16,XYZ1,Night Search Dogs,Passed,10",
        "2026-09-17,XYZ1,Night  Search Dogs,Passed,10",
        "2026-09-14,XYZ1,night search dogs training,Passed,10",
    ],
)
def test_one_class_reported_by_two_providers_is_recognised_within_two_days(second: str) -> None:
    preview = numbered("214,2026-09-16,ABC1,Night Search Dogs Inservice,Passed,10", f"214,{second}")
    assert doubts_of(preview.rows[1]) == [RowCode.DUPLICATE_SUSPECTED]


@pytest.mark.parametrize(
    "second",
    [
        "2026-09-17,ABC2,Night Search Dogs,Passed,10",  # the second day of a series
        "2026-09-16,ABC2,Night Search Dogs,Passed,10",  # another name by the same provider
        "2026-09-17,XYZ1,Night Search Dogs,Passed,8",
        "2026-09-17,XYZ1,Night Firearms,Passed,10",
        "2026-09-21,XYZ1,Night Search Dogs,Passed,10",
        "2026-09-16,XYZ1,Night Search Dogs,Instructed,10",
    ],
)
def test_real_second_sessions_are_not_doubted(second: str) -> None:
    preview = numbered("214,2026-09-16,ABC1,Night Search Dogs Inservice,Passed,10", f"214,{second}")
    assert doubts_of(preview.rows[1]) == []


def test_one_title_with_and_without_its_ampersand_is_one_class() -> None:
    preview = numbered("214,2026-09-16,A1,Rope & Knot,Passed,1", "214,2026-09-16,A2,Rope  Knot,Passed,1")
    assert doubts_of(preview.rows[1]) == [RowCode.DUPLICATE_SUSPECTED]
    assert history_rows(preview)[1].course_title == "Rope  Knot"


def test_taking_and_teaching_on_one_day_are_two_records() -> None:
    preview = numbered("214,2026-09-16,A1,CPR,Passed,4", "214,2026-09-16,A1,CPR,Instructed,4")
    assert [row.credit for row in history_rows(preview)] == [RowCredit.YES, RowCredit.NO]
    assert notes_of(preview.rows[1]) == [RowCode.TAUGHT, RowCode.TOOK_AND_TAUGHT]


def test_titles_and_numbers_are_kept_as_they_came() -> None:
    title = "The\\Long  Way Home and Bac"
    row = history_row(f"214,2027-01-04,00817,{title},Passed,4", header=NUMBERED)
    assert (row.course_title, row.course_number) == (title, "00817")


def test_topics_are_split_and_written_one_way() -> None:
    header = "Badge,Course,Date,Hours,Topics,Board Approved,Delivery"
    row = history_row('214,CPR,2027-01-04,4,"Use of Force; use_of_force, Ethics",Y,Roll Call', header=header)
    assert (row.topics, row.board_approved, row.delivery) == (("use-of-force", "ethics"), True, "roll-call")


def test_an_approval_that_is_neither_yes_nor_no_is_left_out_and_shown() -> None:
    preview = preview_of(
        TableKind.HISTORY,
        history("214,CPR,2027-01-04,4,pending", header="Badge,Course,Date,Hours,Board Approved"),
    )
    assert history_rows(preview)[0].board_approved is None
    assert preview.rows[0].corrections[0].code is RowCode.APPROVAL_LEFT_OUT


def test_a_passed_class_scored_zero_has_no_score() -> None:
    header = "Badge,Course,Date,Hours,Status,Score"
    assert history_row("214,CPR,2027-01-04,4,Passed,0.0", header=header).score is None
    assert history_row("214,CPR,2027-01-04,4,Failed,0", header=header).score == "0"
    assert history_row("214,CPR,2027-01-04,4,Passed,92%", header=header).score == "92%"


def test_a_row_without_a_person_or_a_class_is_rejected_with_every_reason() -> None:
    preview = preview_of(TableKind.HISTORY, history(",,2/30/2026,x,Passed", "214,CPR,3/14/2026,4,Passed"))
    assert rejected_for(preview) == [
        (
            2,
            (
                RowCode.VALUE_MISSING,
                RowCode.VALUE_MISSING,
                RowCode.DATE_IMPOSSIBLE,
                RowCode.HOURS_UNREADABLE,
            ),
        )
    ]


def test_a_person_with_thousands_of_rows_on_one_day_is_read_all_the_same() -> None:
    rows = [f"214,2026-09-16,A{'BCDEFGH'[n % 7]}{n},Class {n} of a long day,Passed,1" for n in range(3000)]
    assert len(numbered(*rows).rows) == 3000


@pytest.mark.parametrize("status", ["Claimed", "self-reported", "Unverified", "No certificate"])
def test_a_claim_without_evidence_is_taken_both_ways(status: str) -> None:
    preview = preview_of(TableKind.HISTORY, history(f"214,CPR,2027-01-04,4,{status}"))
    assert history_rows(preview)[0].credit is RowCredit.DOUBTFUL
    assert doubts_of(preview.rows[0]) == [RowCode.CLAIMED]
