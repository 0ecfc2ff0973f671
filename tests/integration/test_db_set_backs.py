"""Where was a clock set back? The record itself says so: each place is named, and so is an instant that came twice."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from bot.commands.setup import check_database
from db.integrity import check_integrity
from db.queries.set_backs import SetBack, came_again, set_backs
from db.records.facts import AgencyId
from db.triggers import expected_triggers
from db.unit_of_work import reading, working, writing
from messages.words import load
from tests.integration.record_cast import NOON, a_course, an_agency, an_officer

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    return an_agency(database)


@pytest.fixture
def ruiz(database: Engine, lakemont: AgencyId) -> int:
    return an_officer(database, lakemont)


def records(database: Engine, agency_id: AgencyId, person_id: int, *minutes: float) -> list[int]:
    """A course at each of these minutes after noon; the place of the entry that closes each transaction."""
    places = []
    for minute in minutes:
        with writing(database, agency_id, at=NOON + minute * MINUTE) as writer:
            writer.record(a_course(person_id))
        places.append(writer.head_seq)
    return places


def found(database: Engine, agency_id: AgencyId) -> tuple[SetBack, ...]:
    with reading(database) as conn:
        return set_backs(conn, agency_id)


def doubtful(database: Engine, agency_id: AgencyId, *minutes: float) -> list[bool]:
    with reading(database) as conn:
        return [came_again(conn, agency_id, NOON + minute * MINUTE) for minute in minutes]


def test_a_clock_that_goes_on_is_nothing_to_name(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    records(database, lakemont, ruiz, 1, 1, 5, 600)
    assert found(database, lakemont) == ()
    assert doubtful(database, lakemont, -5, 0, 1, 3, 600, 900) == [False] * 6


def test_a_write_that_waited_for_another_is_no_clock_that_was_set_back(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    records(database, lakemont, ruiz, 10, 9)
    assert found(database, lakemont) == ()
    assert doubtful(database, lakemont, 9.5) == [False]


def test_each_place_is_named_with_both_numbers_and_instants(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    _, ahead, back, again, behind = records(database, lakemont, ruiz, 1, 60, 5, 70, 6)
    assert found(database, lakemont) == (
        SetBack(ahead, NOON + 60 * MINUTE, back, NOON + 5 * MINUTE),
        SetBack(again, NOON + 70 * MINUTE, behind, NOON + 6 * MINUTE),
    )


def test_only_what_lies_between_the_two_instants_is_in_doubt(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    records(database, lakemont, ruiz, 1, 60, 5, 90)
    assert doubtful(database, lakemont, 1, 4, 5, 30, 58, 60, 90) == [
        False, False, True, True, True, False, False
    ]  # fmt: skip


def test_a_clock_that_was_ahead_for_a_while_leaves_the_same_doubt(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    records(database, lakemont, ruiz, 1, 600, 2, 3, 4)
    assert doubtful(database, lakemont, 1, 3, 4, 300, 700) == [False, True, True, True, False]


def test_another_agency_s_clock_is_no_part_of_it(database: Engine, lakemont: AgencyId, ruiz: int) -> None:
    other = an_agency(database, "Fairview PD")
    neighbor = an_officer(database, other)
    records(database, lakemont, ruiz, 60)
    records(database, other, neighbor, 5)
    records(database, lakemont, ruiz, 90)
    assert found(database, lakemont) == found(database, other) == ()
    assert doubtful(database, lakemont, 30) == doubtful(database, other, 30) == [False]


def test_the_check_names_it_and_calls_nothing_damaged(
    database: Engine, lakemont: AgencyId, ruiz: int
) -> None:
    ahead, back = records(database, lakemont, ruiz, 60, 5)
    assert check_integrity(database) == ()
    said = StringIO()
    assert check_database(database, load(), said) == 0
    before = f"Agency {lakemont}: number {ahead} of the record is of 2027-03-02 19:00:00.000000 UTC, "
    after = f"number {back} after it of 2027-03-02 18:05:00.000000 UTC. A clock was set back."
    assert before + after in said.getvalue()


def test_an_instant_that_somebody_made_unreadable_is_a_finding_and_stops_nothing(
    sqlite_database: Engine,
) -> None:
    agency_id = an_agency(sqlite_database)
    records(sqlite_database, agency_id, an_officer(sqlite_database, agency_id), 1, 2)
    with working(sqlite_database) as conn:
        for trigger in expected_triggers(conn):
            if trigger.table == "audit_entry":
                conn.execute(text(f"DROP TRIGGER {trigger.name}"))
        conn.execute(text("UPDATE audit_entry SET at = 'noon' WHERE position = 2"))
    said = StringIO()
    assert check_database(sqlite_database, load(), said) == 1
    assert "audit entry 2" in said.getvalue()


def test_no_entry_is_read_for_it_but_an_index_of_instants(sqlite_database: Engine) -> None:
    agency_id = an_agency(sqlite_database)
    records(sqlite_database, agency_id, an_officer(sqlite_database, agency_id), 9)
    plans: list[str] = []

    def explained(conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        rows = conn.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[3] for row in rows)

    with reading(sqlite_database) as conn:
        event.listen(conn, "before_cursor_execute", explained)
        came_again(conn, agency_id, NOON)
        event.remove(conn, "before_cursor_execute", explained)
    index = "COVERING INDEX ix_audit_entry_agency_id_position_at"
    assert f"SEARCH audit_entry USING {index} (agency_id=? AND position<?)" in plans
    assert [plan for plan in plans if plan.startswith(("SCAN audit", "USE TEMP"))] == []
