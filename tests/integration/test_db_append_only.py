"""Can anything that was once recorded be changed or lost? Not through us, and not by raw SQL."""

import sqlite3

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from db.chain import SEALED
from db.errors import NotInAgencyError
from db.integrity import check_integrity
from db.migrate import upgrade
from db.queries.audit import entries
from db.records.audit import AuditDraft
from db.records.facts import AgencyId, Completion
from db.tables.base import append_only_tables
from db.triggers import REFUSAL
from db.unit_of_work import reading, working, writing
from tests.integration.record_cast import NOON, a_completion, an_agency, an_officer

TABLES = [table.name for table in append_only_tables()]


@pytest.fixture
def lakemont(database: Engine) -> AgencyId:
    agency_id = an_agency(database)
    a_completion(database, agency_id, an_officer(database, agency_id))
    with writing(database, agency_id, at=NOON) as writer:
        writer.audit(AuditDraft(tag="completion:recorded"))
    return agency_id


@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 1", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["completion", "audit_entry", "person"])
def test_recorded_rows_cannot_be_changed_or_deleted_by_raw_sql(
    database: Engine, lakemont: AgencyId, table: str, statement: str
) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL), working(database) as conn:
        conn.execute(text(statement.format(table)))


def test_every_table_of_facts_is_guarded(database: Engine) -> None:
    assert check_integrity(database) == ()
    assert {"completion", "audit_entry", "role_grant", "agency", "import_batch"} <= set(TABLES)


def test_a_row_cannot_be_replaced_under_its_id_on_sqlite(sqlite_database: Engine) -> None:
    agency_id = an_agency(sqlite_database)
    completion_id = a_completion(sqlite_database, agency_id, an_officer(sqlite_database, agency_id))
    copy = text("INSERT OR REPLACE INTO completion SELECT * FROM completion WHERE id = :id")
    with pytest.raises(IntegrityError, match=REFUSAL), working(sqlite_database) as conn:
        conn.execute(copy, {"id": completion_id})


def test_a_stranger_who_opens_the_file_without_our_settings_cannot_replace_a_row_either(
    sqlite_database: Engine,
) -> None:
    agency_id = an_agency(sqlite_database)
    completion_id = a_completion(sqlite_database, agency_id, an_officer(sqlite_database, agency_id))
    stranger = sqlite3.connect(str(sqlite_database.url.database))
    try:
        with pytest.raises(sqlite3.IntegrityError, match=REFUSAL):
            stranger.execute(
                "INSERT OR REPLACE INTO completion SELECT * FROM completion WHERE id = ?", (completion_id,)
            )
    finally:
        stranger.close()


@pytest.mark.parametrize("table", ["completion", "audit_entry", "import_batch"])
def test_a_table_of_facts_cannot_be_emptied_on_postgresql(postgresql_database: Engine, table: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL), working(postgresql_database) as conn:
        conn.execute(text(f"TRUNCATE {table} CASCADE"))


def test_a_session_that_plays_replica_is_refused_too_on_postgresql(postgresql_database: Engine) -> None:
    agency_id = an_agency(postgresql_database)
    a_completion(postgresql_database, agency_id, an_officer(postgresql_database, agency_id))
    with working(postgresql_database) as conn:
        conn.execute(text("SET LOCAL session_replication_role = replica"))
        with pytest.raises(IntegrityError, match=REFUSAL):
            conn.execute(text("DELETE FROM completion"))


def test_a_dropped_guard_is_found_and_the_next_upgrade_puts_it_back(database: Engine) -> None:
    drop = {
        "sqlite": "DROP TRIGGER completion_refuses_delete",
        "postgresql": "DROP TRIGGER completion_refuses_change ON completion",
    }
    with working(database) as conn:
        conn.execute(text(drop[database.dialect.name]))
    assert [finding.code for finding in check_integrity(database)] == ["trigger-missing"]
    upgrade(database)
    assert check_integrity(database) == ()


def test_a_guard_that_was_switched_off_is_found_on_postgresql(postgresql_database: Engine) -> None:
    with working(postgresql_database) as conn:
        conn.execute(text("ALTER TABLE completion DISABLE TRIGGER completion_refuses_change"))
    assert [finding.code for finding in check_integrity(postgresql_database)] == ["trigger-changed"]


def test_a_guard_that_was_hollowed_out_is_found_on_sqlite(sqlite_database: Engine) -> None:
    with working(sqlite_database) as conn:
        conn.execute(text("DROP TRIGGER completion_refuses_delete"))
        conn.execute(
            text("CREATE TRIGGER completion_refuses_delete BEFORE DELETE ON completion BEGIN SELECT 1; END")
        )
    assert [finding.code for finding in check_integrity(sqlite_database)] == ["trigger-changed"]


def test_nothing_is_kept_of_a_write_that_failed_half_way(database: Engine) -> None:
    agency_id = an_agency(database)

    def fail_half_way() -> None:
        with writing(database, agency_id, at=NOON) as writer:
            writer.audit(AuditDraft(tag="roster:imported"))
            writer.withdraw(agency_id, Completion)

    with pytest.raises(NotInAgencyError):
        fail_half_way()
    with reading(database) as conn:
        assert [each.tag for each in entries(conn, agency_id)] == [SEALED]
    assert check_integrity(database) == ()
