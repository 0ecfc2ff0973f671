"""What had been recorded at a wall-clock instant: an instant becomes a place in the agency's sequence."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, event

from db.errors import UnknownAgencyError
from db.queries.agencies import head_seq, seq_at
from db.records.audit import AuditDraft
from db.records.facts import AgencyId
from db.tables.base import IDS_PER_AGENCY
from db.unit_of_work import reading, writing
from tests.integration.record_cast import NOON, a_course, an_agency, an_officer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.fixture
def ruiz(database: Engine, lakemont: AgencyId) -> int:
    return an_officer(database, lakemont)


def record_a_course(database: Engine, agency_id: AgencyId, person_id: int, at: datetime) -> int:
    """The place in the sequence at which a course was recorded."""
    with writing(database, agency_id, at=at) as writer:
        writer.record(a_course(person_id))
        return writer.head_seq


def look(database: Engine, agency_id: AgencyId, actor_id: int, at: datetime) -> None:
    """Somebody only looked: an entry, and no fact."""
    with writing(database, agency_id, at=at) as writer:
        writer.audit(AuditDraft(tag="question:answered", actor_id=actor_id))


def known(database: Engine, agency_id: AgencyId, at: datetime) -> int:
    with reading(database) as conn:
        return seq_at(conn, agency_id, at)


def test_between_two_transactions_the_first_is_known_and_the_second_is_not(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    first = record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    second = record_a_course(database, lakemont, ruiz, NOON + 3 * MINUTE)
    assert known(database, lakemont, NOON + 2 * MINUTE) == first
    assert known(database, lakemont, NOON + 9 * MINUTE) == second


def test_at_the_very_instant_all_of_its_rows_are_known(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    with writing(database, lakemont, at=NOON + MINUTE) as writer:
        first, _ = writer.record(a_course(ruiz), a_course(ruiz, hours="3"))
        last = writer.head_seq
    assert known(database, lakemont, NOON + MINUTE) == last
    before = known(database, lakemont, NOON + MINUTE - timedelta(microseconds=1))
    assert before < first - lakemont * IDS_PER_AGENCY


def test_two_transactions_of_one_instant_are_both_known(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    second = record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    assert known(database, lakemont, NOON + MINUTE) == second


def test_before_the_first_row_nothing_is_known(database: Engine, lakemont: AgencyId) -> None:
    assert known(database, lakemont, NOON - MINUTE) == 0


def test_a_look_by_another_clock_tells_nothing_early(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    before = known(database, lakemont, NOON)
    record_a_course(database, lakemont, ruiz, NOON + 3 * MINUTE)
    look(database, lakemont, ruiz, NOON - MINUTE)
    assert known(database, lakemont, NOON + 2 * MINUTE) == before


def test_of_a_clock_that_was_set_back_the_later_sequence_wins(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    early = record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    record_a_course(database, lakemont, ruiz, NOON + 60 * MINUTE)
    set_back = record_a_course(database, lakemont, ruiz, NOON + 5 * MINUTE)
    assert known(database, lakemont, NOON + 4 * MINUTE) == early
    assert known(database, lakemont, NOON + 5 * MINUTE) == set_back
    assert known(database, lakemont, NOON + 60 * MINUTE) == set_back


def test_an_instant_means_the_same_in_every_zone(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    first = record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    record_a_course(database, lakemont, ruiz, NOON + 3 * MINUTE)
    chicago = timezone(timedelta(hours=-6))
    assert known(database, lakemont, (NOON + 2 * MINUTE).astimezone(chicago)) == first


def test_another_agency_s_rows_are_no_part_of_it(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    mine = record_a_course(database, lakemont, ruiz, NOON + MINUTE)
    other = an_agency(database, "Fairview PD")
    neighbor = an_officer(database, other)
    record_a_course(database, other, neighbor, NOON + MINUTE)
    record_a_course(database, other, neighbor, NOON + MINUTE)
    with reading(database) as conn:
        assert seq_at(conn, lakemont, NOON + MINUTE) == mine < head_seq(conn, lakemont)
        assert mine < seq_at(conn, other, NOON + MINUTE) < head_seq(conn, other)


def test_an_agency_that_is_not_there_is_an_error(database: Engine) -> None:
    with reading(database) as conn, pytest.raises(UnknownAgencyError):
        seq_at(conn, AgencyId(99), datetime(2027, 1, 1, tzinfo=UTC))


def test_no_table_is_read_from_end_to_end(sqlite_database: Engine) -> None:
    agency_id = an_agency(sqlite_database)
    plans: list[str] = []

    def explained(conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        rows = conn.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[3] for row in rows)

    with reading(sqlite_database) as conn:
        event.listen(conn, "before_cursor_execute", explained)
        seq_at(conn, agency_id, NOON)
        event.remove(conn, "before_cursor_execute", explained)
    assert [plan for plan in plans if plan.startswith("SEARCH")]
    assert [plan for plan in plans if plan.startswith(("SCAN", "USE TEMP"))] == []
