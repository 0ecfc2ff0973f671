"""How whole does a history look, year by year: from what is on file, and unknown when it is unknown?"""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import Engine

from db.unit_of_work import reading
from messages.kinds import MessageKind
from messages.model import Message, Paragraph, Table
from tests.scenario.import_cast import Desk, ask, new_desk
from training.completeness import EmploymentSpan, YearLook, completeness, years_of

TODAY = date(2027, 3, 2)
USUAL = {2024: 10.0, 2025: 10.0, 2026: 10.0}
HEADER = (
    "badge_number,name,rank,unit,supervisor_badge,roles,appointed_on,state,position,history_complete_from\n"
)
FAMILIES = ("Able", "Baker", "Clark", "Davis", "Evans", "Foster")
PEOPLE = "".join(
    f"{n},Pat {family},Officer,B shift,,officer,2015-04-01,MN,police-officer,2026-01-01\n"
    for n, family in enumerate(FAMILIES, 1)
)
NAIR = "902,Priya Nair,,Training,,civilian;coordinator,2026-06-01,MN,records,\n"


@pytest.mark.parametrize(
    ("year", "records", "complete_from", "look"),
    [
        (2026, 10, None, YearLook.WHOLE),
        (2026, 5, None, YearLook.WHOLE),
        (2026, 4, None, YearLook.THIN),
        (2026, 4, date(2026, 1, 1), YearLook.WHOLE),
        (2026, 4, date(2026, 1, 2), YearLook.THIN),
        (2026, 0, None, YearLook.EMPTY),
        (2026, 0, date(2020, 1, 1), YearLook.EMPTY),
        (2023, 4, None, YearLook.UNKNOWN),  # nothing is usual in that year: too few people
        (2015, 4, None, YearLook.PART),
        (2027, 0, None, YearLook.PART),
        (2014, 4, None, YearLook.UNKNOWN),  # before the appointment
    ],
)
def test_a_year_looks_as_its_records_and_the_agency_say(
    year: int, records: int, complete_from: date | None, look: YearLook
) -> None:
    span = EmploymentSpan(date(2015, 4, 1), TODAY)
    years = years_of(span, Counter({year: records}), complete_from, USUAL, TODAY)
    assert {each.year: each.look for each in years}[year] is look


def test_without_an_appointment_nothing_is_known_but_what_somebody_said() -> None:
    span = EmploymentSpan(None, TODAY)
    years = years_of(span, Counter({2025: 4, 2026: 4}), date(2026, 1, 1), USUAL, TODAY)
    assert [(each.year, each.look) for each in years] == [
        (2025, YearLook.UNKNOWN), (2026, YearLook.WHOLE), (2027, YearLook.UNKNOWN),
    ]  # fmt: skip
    assert years_of(span, Counter(), None, USUAL, TODAY) == ()


def agency(database: Engine) -> Desk:
    desk = new_desk(database)
    desk.bring("roster", HEADER + PEOPLE + NAIR)
    rows = [f"{n},Class {k},2025-0{k}-01,2" for n in range(1, 6) for k in range(1, 5)]
    rows += ["6,Class 1,2025-01-01,2", "1,Class 1,2026-01-05,2"]
    desk.bring("history", "Badge,Course,Date,Hours\n" + "\n".join(rows) + "\n")
    return desk


def rows_of(message: Message) -> list[tuple[str, ...]]:
    return [row for part in message.body if isinstance(part, Table) for row in part.rows]


def test_the_year_of_everybody_names_only_those_whose_year_is_not_whole(database: Engine) -> None:
    desk = agency(database)
    message = ask(desk, "902", "completeness 2025")
    assert message.kind is MessageKind.COMPLETENESS
    assert rows_of(message) == [("Officer Foster", "looks thin", "1")]
    assert [each.subject_id for each in desk.entries("record:viewed")] == [desk.id_of("6")]


def test_the_last_whole_year_is_meant_when_none_is_named(database: Engine) -> None:
    desk = agency(database)
    assert ask(desk, "902", "completeness").title == "History of 2026"


def test_one_person_is_shown_year_by_year_with_what_was_said(sqlite_database: Engine) -> None:
    desk = agency(sqlite_database)
    message = ask(desk, "902", "completeness Able")
    assert rows_of(message)[-3:] == [
        ("2025", "looks whole", "4"),
        ("2026", "looks whole", "1"),
        ("2027", "part of the year", "0"),
    ]
    head = next(part.text for part in message.body if isinstance(part, Paragraph))
    assert head == "The history of Officer Able is said to be whole from Jan 1 2026."
    assert ask(desk, "902", "completeness Nobody").kind is MessageKind.REFUSED_PERSON


def test_nobody_becomes_short_by_it(sqlite_database: Engine) -> None:
    desk = agency(sqlite_database)
    with reading(desk.office.engine) as conn:
        before = desk.kept_standing(conn, "6")
        completeness(conn, desk.agency_id, TODAY)
        assert desk.kept_standing(conn, "6") == before
