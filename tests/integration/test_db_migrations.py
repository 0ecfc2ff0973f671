"""The schema's history: it ends where the models are, on both databases, and can be run again at any time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError

import db.migrations
from db.engine import make_engine
from db.errors import UnsupportedDatabaseError
from db.integrity import check_integrity
from db.migrate import newest_revision, revision_of, upgrade
from db.tables import metadata
from db.unit_of_work import reading, working
from tests.integration.record_cast import an_agency

STEPS = sorted((Path(db.migrations.__file__).parent / "versions").glob("*.py"))


def in_words(answer: object) -> object:
    if isinstance(answer, dict):
        return {name: in_words(part) for name, part in answer.items()}
    if isinstance(answer, list):
        return sorted((in_words(part) for part in answer), key=str)
    return str(answer)


def shape(engine: Engine) -> dict[str, Any]:
    """Everything the database says about its tables, in one order."""
    inspector = inspect(engine)
    questions: dict[str, Callable[[str], Any]] = {
        "columns": inspector.get_columns,
        "key": inspector.get_pk_constraint,
        "links": inspector.get_foreign_keys,
        "indexes": inspector.get_indexes,
        "checks": inspector.get_check_constraints,
        "unique": inspector.get_unique_constraints,
    }
    return {
        f"{table} {question}": in_words(answer)
        for table in inspector.get_table_names()
        if table != "alembic_version"
        for question, ask in questions.items()
        for answer in [ask(table)]
    }


def test_the_migrated_schema_is_the_one_the_models_describe(
    database: Engine, request: pytest.FixtureRequest
) -> None:
    described: Engine = request.getfixturevalue(f"empty_{database.dialect.name}")
    metadata.create_all(described)
    assert shape(database) == shape(described)


def test_an_upgrade_may_be_run_again_and_by_two_at_once(empty_database: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, [empty_database, empty_database]))
    upgrade(empty_database)
    an_agency(empty_database)
    assert check_integrity(empty_database) == ()
    with reading(empty_database) as conn:
        assert revision_of(conn) == newest_revision() == STEPS[-1].stem[:4]


def test_a_database_behind_its_release_is_said_to_be(empty_database: Engine) -> None:
    assert [finding.code for finding in check_integrity(empty_database)] == ["revision-differs"]


def test_a_column_that_nobody_planned_is_found(database: Engine) -> None:
    with working(database) as conn:
        conn.execute(text("ALTER TABLE conversation ADD COLUMN mood TEXT"))
    assert [finding.code for finding in check_integrity(database)] == ["schema-differs"]


def test_steps_are_numbered_without_a_gap_and_named() -> None:
    assert [step.stem[:5] for step in STEPS] == [f"{number:04d}_" for number in range(1, len(STEPS) + 1)]
    assert all(len(step.stem) > 8 for step in STEPS)


def test_sqlite_keeps_links_whole_after_an_upgrade(sqlite_database: Engine) -> None:
    # As it is opened outside tests, which do not wait for the disk.
    engine = make_engine(sqlite_database.url.render_as_string(hide_password=False))
    upgrade(engine)
    with reading(engine) as conn:
        settings = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("foreign_keys", "recursive_triggers", "journal_mode", "synchronous")
        }
    engine.dispose()
    assert settings == {"foreign_keys": 1, "recursive_triggers": 1, "journal_mode": "wal", "synchronous": 2}


def test_a_begin_that_fails_gives_its_connection_back(sqlite_database: Engine) -> None:
    def be_impatient(connection: DBAPIConnection, _entry: object) -> None:
        connection.cursor().execute("PRAGMA busy_timeout = 1")

    impatient = make_engine(sqlite_database.url.render_as_string(hide_password=False))
    event.listen(impatient, "connect", be_impatient)
    with working(sqlite_database):
        for _ in range(40):
            with pytest.raises(OperationalError, match="locked"), working(impatient):
                pass
        with reading(impatient) as conn:
            assert revision_of(conn) == newest_revision()
    with working(impatient):
        pass
    impatient.dispose()


def test_a_reader_cannot_write_and_the_next_writer_can(database: Engine) -> None:
    with reading(database) as conn, pytest.raises(DBAPIError, match=r"read-?only"):
        conn.execute(text("DELETE FROM conversation"))
    with working(database) as conn:
        conn.execute(text("DELETE FROM conversation"))


@pytest.mark.parametrize("url", ["mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_cannot_keep_the_record_is_refused_at_once(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        make_engine(url)
