"""A byte of the file is not what it was: it is named, or it lies where nothing lies."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import DatabaseError

from db import tables
from db.engine import make_engine
from db.integrity import check_integrity
from db.kept_rows import Row, bytes_that_are_no_text, kept_rows
from db.queries import standings
from db.queries.agencies import agencies
from db.records.work import NewStanding
from db.tables.base import append_only_tables
from db.unit_of_work import reading, working
from tests.integration.record_cast import NOON, an_agency, an_officer

FLIPS = 60


def content(engine: Engine) -> dict[str, list[Row]]:
    """Everything that is a fact, an entry or a kept standing."""
    with reading(engine) as conn, bytes_that_are_no_text(conn):
        return {
            table.name: list(kept_rows(conn, table)) for table in (*append_only_tables(), tables.standing)
        }


def a_standing(person_id: int) -> NewStanding:
    return NewStanding(
        person_id=person_id,
        as_of=NOON.date(),
        word="NOT YET",
        next_change_on=None,
        fact_seq=1,
        pack_hash="p",
        engine="e",
        body='{"word": "NOT YET"}',
    )


@pytest.fixture
def whole_file(sqlite_everything: Engine) -> Path:
    """A record with everything in it, all of it in the one file."""
    with reading(sqlite_everything) as conn:
        (agency_id,) = agencies(conn)
    person_id = an_officer(sqlite_everything, agency_id)
    with working(sqlite_everything) as conn:
        standings.keep(conn, agency_id, [a_standing(person_id)])
    path = Path(sqlite_everything.url.database or "")
    sqlite_everything.dispose()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def test_no_flipped_byte_changes_anything_unnoticed(whole_file: Path, tmp_path: Path) -> None:
    before = make_engine(f"sqlite:///{whole_file}")
    kept = content(before)
    assert check_integrity(before) == ()
    before.dispose()
    whole = whole_file.read_bytes()
    chance = random.Random(2027)  # noqa: S311 the same bytes in every run, and nothing is protected by them
    filled = [place for place in range(len(whole)) if whole[place]]
    unnoticed = []
    for number, place in enumerate(chance.sample(filled, FLIPS)):
        path = tmp_path / f"{number}.sqlite"
        path.write_bytes(
            whole[:place] + bytes((whole[place] ^ 1 << chance.randrange(8),)) + whole[place + 1 :]
        )
        engine = make_engine(f"sqlite:///{path}")
        try:
            if not check_integrity(engine) and content(engine) != kept:
                unnoticed.append(place)
        except DatabaseError:
            # The file cannot even be opened; the command says so in a sentence of its own.
            pass
        finally:
            engine.dispose()
            path.unlink()
    assert unnoticed == []


def test_a_link_to_a_column_that_is_not_there_is_a_finding_and_stops_nothing(whole_file: Path) -> None:
    with closing(sqlite3.connect(whole_file)) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'chain_head (agency_id)', 'chain_head (agenby_id)')"
            " WHERE name = 'leave'"
        )
        assert file.total_changes == 1
        file.commit()
    engine = make_engine(f"sqlite:///{whole_file}")
    try:
        assert "unreadable" in {finding.code for finding in check_integrity(engine)}
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("column", "value"), [("word", "YES"), ("body", '{"word": "YES"}'), ("fact_seq", 99)]
)
def test_a_kept_standing_that_is_not_what_was_judged_is_named_and_is_no_answer(
    database: Engine, column: str, value: object
) -> None:
    agency_id = an_agency(database)
    person_id = an_officer(database, agency_id)
    with working(database) as conn:
        standings.keep(conn, agency_id, [a_standing(person_id)])
    assert check_integrity(database) == ()
    with working(database) as conn:
        conn.execute(update(tables.standing).values({column: value}))
    assert [finding.code for finding in check_integrity(database)] == ["standing-changed"]
    with reading(database) as conn:
        found = standings.standing(conn, agency_id, person_id)
    assert found is not None
    assert not found.intact
