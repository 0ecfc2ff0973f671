"""What judging takes: whole batches in a handful of statements, and the sweep's stream."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.queries.evaluation import STREAM_COLUMNS, completions_for, facts_for, stream_completions
from db.queries.imports import source_keys
from db.records.facts import (
    AgencyId,
    Assignment,
    Card,
    Completion,
    Credential,
    Credit,
    Exemption,
    ExemptionKind,
    Leave,
)
from db.types import canonical_json
from db.unit_of_work import reading, writing
from tests.integration.record_cast import NOON, a_course, an_agency, an_officer
from tests.integration.statements import statements


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


def test_everything_about_a_batch_of_people_takes_six_statements(
    database: Engine, lakemont: AgencyId
) -> None:
    people = [an_officer(database, lakemont, badge=str(badge)) for badge in range(3)]
    ruiz = people[0]
    credential = Credential(person_id=ruiz, kind="licence", state="MN", cycle_end=date(2027, 6, 30))
    card = Card(person_id=ruiz, covers=("first-aid", "cpr"), valid_to=date(2027, 1, 1))
    assignment = Assignment(person_id=ruiz, kind="school-resource-officer", details={"earlier": False})
    leave = Leave(person_id=ruiz, kind="military", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 1))
    exemption = Exemption(
        person_id=ruiz,
        requirement="mn-evoc",
        kind=ExemptionKind.WAIVER,
        reason="injury",
        approved_by=people[1],
    )
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(credential, card, assignment, leave, exemption)
        before = writer.head_seq
    with reading(database) as conn, statements(database) as asked:
        found = facts_for(conn, lakemont, people)
        assert len(asked) == 6
        assert facts_for(conn, lakemont) == found
    assert list(found) == people
    facts = found[ruiz]
    assert [kept.fact for kept in facts.credentials] == [credential]
    assert [kept.fact for kept in facts.cards] == [card]
    assert [kept.fact for kept in facts.assignments] == [assignment]
    assert [kept.fact for kept in facts.leaves] == [leave]
    assert [kept.fact for kept in facts.exemptions] == [exemption]
    with writing(database, lakemont, at=NOON) as writer:
        writer.correct(facts.cards[0].id, replace(card, valid_to=date(2029, 1, 1)))
    with reading(database) as conn:
        assert facts_for(conn, lakemont, [ruiz])[ruiz].cards[0].fact.valid_to == date(2029, 1, 1)
        assert facts_for(conn, lakemont, [ruiz], known_at=before) == {ruiz: facts}


def test_a_completion_comes_back_exactly_as_it_was_given(database: Engine, lakemont: AgencyId) -> None:
    ruiz = an_officer(database, lakemont)
    full = Completion(
        person_id=ruiz,
        completed_on=date(2026, 2, 28),
        hours=Decimal("1.10"),
        topics=("use-of-force", "evoc"),
        topic_hours={"use-of-force": Decimal("0.1"), "evoc": Decimal("1.00")},
        title="Señor \N{SNOWMAN} 100%",
        course_number="10001-0042",
        provider="BCA",
        delivery="online",
        board_approved=False,
        credit=Credit.DOUBTFUL,
        credit_reason="hours-unclear",
        score=Decimal("92.5"),
        passed=True,
        evidence={"firearm_type": "handgun", "minutes": 66},
        topic_reasons={"evoc": "title"},
        source_key="oregon:1",
    )
    with writing(database, lakemont, at=NOON) as writer:
        writer.record(full)
    with reading(database) as conn:
        kept = completions_for(conn, lakemont, [ruiz])[ruiz][0]
        [row] = stream_completions(conn, lakemont)
    streamed = dict(zip(STREAM_COLUMNS, row, strict=True))
    assert kept.fact == full
    assert str(kept.fact.hours) == "1.10"
    assert streamed == {
        "person_id": ruiz,
        "id": kept.id,
        "completed_on": "2026-02-28",
        "hours": "1.10",
        "topics": canonical_json(full.topics),
        "topic_hours": '{"evoc":"1.00","use-of-force":"0.1"}',
        "title": full.title,
        "board_approved": "false",
        "credit": "doubtful",
        "delivery": "online",
        "passed": "true",
        "evidence": canonical_json(full.evidence),
        "course_number": "10001-0042",
        "provider": "BCA",
        "score": "92.5",
        "credit_reason": "hours-unclear",
    }


def test_ten_thousand_completions_are_taken_in_at_once_and_streamed_in_order(
    database: Engine, lakemont: AgencyId
) -> None:
    people = [an_officer(database, lakemont, badge=str(badge)) for badge in range(20)]
    first_day = date(2020, 1, 1)
    rows = [
        replace(a_course(people[number % 20]), completed_on=first_day + timedelta(days=number % 1009))
        for number in range(10_000)
    ]
    with writing(database, lakemont, at=NOON) as writer:
        ids = writer.record(*rows, source="import")
        writer.correct(ids[0], rows[0])
        writer.withdraw(ids[1], Completion)
    with reading(database) as conn:
        streamed = list(stream_completions(conn, lakemont))
    assert len(streamed) == 9_999
    keys = [(row[0], row[2], row[1]) for row in streamed]
    assert keys == sorted(keys)
    assert {type(part) for part in streamed[0]} == {int, str, type(None)}


def test_a_row_that_was_imported_is_known_again_even_when_corrected_or_withdrawn(
    database: Engine, lakemont: AgencyId
) -> None:
    ruiz = an_officer(database, lakemont)
    rows = [replace(a_course(ruiz), source_key=f"history:{number}") for number in range(3)]
    with writing(database, lakemont, at=NOON) as writer:
        ids = writer.record(*rows, source="import")
        writer.correct(ids[0], replace(rows[0], hours=Decimal(3)))
        writer.withdraw(ids[1], Completion)
    with reading(database) as conn:
        assert source_keys(conn, lakemont, Completion) == {"history:0", "history:1", "history:2"}
        assert source_keys(conn, lakemont, Completion, [ruiz + 1]) == frozenset()
        assert source_keys(conn, lakemont, Card) == frozenset()
