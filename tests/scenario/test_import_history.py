"""Does a history say in the record what it says on paper, once, with every later change as a correction?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.records.audit import AuditDraft
from db.records.facts import Completion, Credit
from db.records.imports import RowFate
from db.unit_of_work import writing
from tests.scenario.import_cast import TUESDAY, WEDNESDAY, Desk, fates, notes, reasons, staffed_desk
from training.audit import AuditTag
from training.errors import RollcallError
from training.imports.model import Change
from training.imports.writing import write

HEAD = "badge_number,course_title,completed_on,hours,topics,course_number,status\n"
ETHICS = "214,Ethics,5/24/2026,2,ethics,PDP1,Passed\n"
AUTISM = "214,Autism Response,5/26/2026,4,,PDP2,Passed\n"


def only(desk: Desk, badge: str = "214") -> Completion:
    (kept,) = desk.classes(badge)
    return kept.fact


def test_a_history_that_comes_twice_doubles_no_class(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, _ = desk.bring("history", HEAD + ETHICS + AUTISM)
    assert fates(planned) == {RowFate.ACCEPTED: 2}
    before = desk.sequence()
    again, written = desk.at(TUESDAY).bring("history", HEAD + ETHICS + AUTISM)
    assert fates(again) == {RowFate.UNCHANGED: 2}
    assert written.at is None
    assert desk.sequence() == before
    assert len(desk.classes("214")) == 2


def test_a_changed_hour_is_a_correction_and_the_old_value_stays_known(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    before = desk.sequence()
    planned, _ = desk.at(TUESDAY).bring("history", HEAD + ETHICS.replace(",2,", ",3.5,"))
    assert planned.of(RowFate.CORRECTED)[0].changes == (Change("hours", "2", "3.5"),)
    assert only(desk).hours == Decimal("3.5")
    (then,) = desk.classes("214", known_at=before)
    assert then.fact.hours == Decimal(2)


def test_an_older_file_does_not_undo_a_correction(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    desk.at(TUESDAY).bring("history", HEAD + ETHICS.replace(",2,", ",3.5,"))
    planned, written = desk.at(WEDNESDAY).bring("history", HEAD + ETHICS)
    assert notes(planned) == {2: ("corrected-since",)}
    assert written.at is None
    assert only(desk).hours == Decimal("3.5")


def test_a_file_does_not_undo_what_a_person_corrected(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    (kept,) = desk.classes("214")
    with writing(database, desk.agency_id, at=TUESDAY, actor_id=desk.id_of("77")) as writer:
        writer.correct(kept.id, replace(kept.fact, hours=Decimal(8)))
    planned, _ = desk.at(WEDNESDAY).bring("history", HEAD + ETHICS.replace(",2,", ",3,"))
    assert reasons(planned) == {2: ("corrected-by-hand",)}
    assert only(desk).hours == Decimal(8)


def test_a_rejected_row_goes_in_once_it_is_mended(database: Engine) -> None:
    desk = staffed_desk(database)
    planned, _ = desk.bring("history", HEAD + ETHICS + AUTISM.replace("5/26", "2/30"))
    assert reasons(planned) == {3: ("date-impossible",)}
    mended, _ = desk.at(TUESDAY).bring("history", HEAD + AUTISM)
    assert fates(mended) == {RowFate.ACCEPTED: 1}
    assert len(desk.classes("214")) == 2


def test_a_badge_that_nobody_has_is_given_back_with_the_reason(database: Engine) -> None:
    desk = staffed_desk(database)
    planned = desk.plan("history", HEAD + ETHICS.replace("214", "2140"))
    assert reasons(planned) == {2: ("badge-unknown",)}


def test_a_class_without_a_day_is_given_back(database: Engine) -> None:
    planned = staffed_desk(database).plan("history", HEAD + ETHICS.replace("5/24/2026", "") + AUTISM)
    assert reasons(planned) == {2: ("date-needed",)}


def test_a_second_session_of_one_class_is_a_second_class(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    second = ETHICS.replace(",2,", ",1.5,")
    planned, _ = desk.at(TUESDAY).bring("history", HEAD + ETHICS + second)
    assert fates(planned) == {RowFate.ACCEPTED: 1, RowFate.UNCHANGED: 1}
    assert sorted(kept.fact.hours or 0 for kept in desk.classes("214")) == [Decimal("1.5"), Decimal(2)]


def test_nobody_guesses_which_of_two_sessions_was_changed(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    planned = desk.plan("history", HEAD + ETHICS.replace(",2,", ",3,") + ETHICS.replace(",2,", ",4,"))
    assert reasons(planned) == {2: ("corrects-unclear",), 3: ("corrects-unclear",)}


def test_topics_are_kept_as_given_and_read_from_the_title_where_there_are_none(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS + AUTISM + "214,Block C,5/27/2026,1,,PDP3,Passed\n")
    given, read, untold = (kept.fact for kept in desk.classes("214"))
    assert (given.topics, given.topic_reasons) == (("ethics",), {})
    assert read.topics == ("autism",)
    assert read.topic_reasons["autism"]["written"] == "Autism"
    assert untold.topics == ()


def test_statuses_decide_whether_a_row_may_count(database: Engine) -> None:
    desk = staffed_desk(database)
    rows = [
        "214,Ethics,5/24/2026,2,ethics,P1,Passed",
        "214,Ethics,5/25/2026,2,ethics,P1,Failed",
        "214,Ethics,5/26/2026,2,ethics,P1,Registered",
        "214,Ethics,5/27/2026,2,ethics,P1,Perhaps",
        "214,2023 LE Annual Maintenance,12/31/2023,0,,MISCMAIN,Completed",
    ]
    desk.bring("history", HEAD + "\n".join(rows))
    kept = {each.fact.completed_on: each.fact for each in desk.classes("214")}
    assert {day: (fact.credit, fact.credit_reason) for day, fact in kept.items()} == {
        date(2026, 5, 24): (Credit.YES, None),
        date(2026, 5, 25): (Credit.NO, "not-passed"),
        date(2026, 5, 26): (Credit.NO, "status-not-finished"),
        date(2026, 5, 27): (Credit.DOUBTFUL, "status-unknown"),
        date(2023, 12, 31): (Credit.NO, "bookkeeping"),
    }
    assert (kept[date(2026, 5, 24)].passed, kept[date(2026, 5, 25)].passed) == (True, False)


def test_who_taught_is_kept_as_the_instructor_and_the_rules_decide(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + "214,CPR,5/24/2026,4,cpr,P9,Instructed\n214,CPR,5/24/2026,4,cpr,P9,Passed\n")
    taught, taken = sorted(
        (kept.fact for kept in desk.classes("214")), key=lambda fact: "role" not in fact.evidence
    )
    assert (taught.credit, taught.evidence["role"]) == (Credit.YES, "instructor")
    assert (taken.credit, "role" in taken.evidence) == (Credit.YES, False)


def test_hours_that_nobody_wrote_are_not_invented(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring(
        "history",
        "badge_number,course_title,completed_on,firearm_type,score,passed\n"
        "214,Handgun Qualification,2026-05-04,handgun,92,Yes\n",
    )
    fact = only(desk)
    assert (fact.hours, fact.score, fact.passed) == (None, Decimal(92), True)
    assert fact.evidence["firearm_type"] == "handgun"


def test_a_class_entered_again_from_another_file_is_taken_both_ways(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    planned, _ = desk.at(TUESDAY).bring(
        "history", HEAD + ETHICS.replace("5/24", "5/25").replace("PDP1", "LKM7")
    )
    assert notes(planned)[2][0] == "duplicate-on-file"
    assert [kept.fact.credit for kept in desk.classes("214")] == [Credit.YES, Credit.DOUBTFUL]


def test_a_file_without_a_column_leaves_what_is_kept(database: Engine) -> None:
    desk = staffed_desk(database)
    desk.bring("history", HEAD + ETHICS)
    less = "badge_number,course_title,completed_on,course_number\n214,Ethics,5/24/2026,PDP1\n"
    planned, _ = desk.at(TUESDAY).bring("history", less)
    assert fates(planned) == {RowFate.UNCHANGED: 1}


def test_completeness_is_told_for_each_person_and_year(database: Engine) -> None:
    rows = "214,Ethics,5/24/2024,2,ethics,P1,Passed\n214,Block C,5/24/2026,,,P2,Passed\n"
    planned = staffed_desk(database).plan("history", HEAD + rows)
    assert [(year.year, year.records, year.complete_percent) for year in planned.years] == [
        (2024, 1, 100),
        (2025, 0, None),
        (2026, 1, 33),
    ]


def test_a_plan_holds_while_people_only_ask_and_not_once_the_record_says_otherwise(database: Engine) -> None:
    desk = staffed_desk(database)
    planned = desk.plan("history", HEAD + ETHICS + AUTISM)
    with writing(database, desk.agency_id, at=TUESDAY) as writer:
        writer.audit(AuditDraft(tag=AuditTag.QUESTION_ANSWERED))
    write(desk.office, desk.agency_id, planned, file_name="h.csv", file_hash="1")
    assert len(desk.classes("214")) == 2
    corrected = desk.plan("history", HEAD + ETHICS.replace(",2,", ",3,"))
    desk.bring("history", HEAD + ETHICS.replace(",2,", ",4,"))
    with pytest.raises(RollcallError):
        write(desk.office, desk.agency_id, corrected, file_name="h.csv", file_hash="2")
    assert [kept.fact.hours for kept in desk.classes("214")] == [Decimal(4), Decimal(4)]
