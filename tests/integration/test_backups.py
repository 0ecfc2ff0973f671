"""The whole record in one file: it fits either database, and a file that is not whole changes nothing."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import Engine, inspect, select

from db.backup import MANIFEST, open_backup, write_backup
from db.errors import (
    BackupDamagedError,
    BackupForeignError,
    BackupNewerError,
    DatabaseNotEmptyError,
    RecordError,
)
from db.integrity import check_integrity
from db.kept_rows import kept_rows
from db.queries import standings
from db.records.facts import AgencyId
from db.restore import restore
from db.tables import chain_head, metadata, standing
from db.unit_of_work import reading, working
from tests.integration.record_cast import NOON, an_agency, an_officer


@pytest.fixture
def database(everything: Engine) -> Engine:
    """Two agencies, one of them with something of everything."""
    an_officer(everything, an_agency(everything, "Ashby PD"))
    return everything


@pytest.fixture
def backup(database: Engine, tmp_path: Path) -> Path:
    """A backup of both."""
    path = tmp_path / "record.zip"
    write_backup(database, path, NOON)
    return path


@pytest.fixture
def other(database: Engine, request: pytest.FixtureRequest) -> Engine:
    """A database of the other kind, of this release and with nothing in it."""
    return _other(database, request, "{}_database")


@pytest.fixture
def untouched(database: Engine, request: pytest.FixtureRequest) -> Engine:
    """A database of the other kind that no migration has touched."""
    return _other(database, request, "empty_{}")


def _other(database: Engine, request: pytest.FixtureRequest, named: str) -> Engine:
    kind = {"sqlite": "postgresql", "postgresql": "sqlite"}[database.dialect.name]
    engine = request.getfixturevalue(named.format(kind))
    assert isinstance(engine, Engine)
    return engine


def bring_back(engine: Engine, path: Path) -> None:
    with open_backup(path) as backup:
        restore(engine, backup, NOON)


def record_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with reading(engine) as conn:
        return {
            table.name: list(kept_rows(conn, table))
            for table in metadata.sorted_tables
            if table is not standing
        }


def test_a_record_moves_to_the_other_database_and_back_without_a_difference(
    database: Engine, backup: Path, other: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    bring_back(other, backup)
    assert record_of(other) == record_of(database)
    assert check_integrity(other) == ()

    back = tmp_path / "back.zip"
    write_backup(other, back, NOON)
    home = request.getfixturevalue(f"empty_{database.dialect.name}")
    bring_back(home, back)
    assert record_of(home) == record_of(database)
    assert check_integrity(home) == ()


def test_work_goes_on_where_the_backup_ends_and_everybody_is_due(backup: Path, other: Engine) -> None:
    bring_back(other, backup)
    with reading(other) as conn:
        people = [row.person_id for row in conn.execute(select(standing).where(standing.c.agency_id == 2))]
        assert people
        assert set(standings.due(conn, AgencyId(2), NOON.date(), 10)) == set(people)
    an_officer(other, AgencyId(1), badge="9000", family="Late")
    assert check_integrity(other) == ()


def test_a_restored_record_refuses_changes(backup: Path, other: Engine) -> None:
    bring_back(other, backup)
    with pytest.raises(Exception, match="only added to"), working(other) as conn:
        conn.execute(metadata.tables["completion"].delete())


def test_the_manifest_says_where_each_agency_stands(database: Engine, backup: Path) -> None:
    with open_backup(backup) as opened, reading(database) as conn:
        heads = {row.agency_id: (row.seq, row.entries, row.hash) for row in conn.execute(select(chain_head))}
        assert {each.agency: (each.seq, each.entries, each.hash) for each in opened.manifest.heads} == heads
        assert opened.manifest.rows == sum(len(rows) for rows in record_of(database).values()) + len(
            conn.execute(select(standing)).all()
        )
    assert backup.stat().st_mode & 0o077 == 0
    assert [each.name for each in backup.parent.glob(".*partial")] == []


def test_a_file_that_is_there_is_never_overwritten(database: Engine, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(FileExistsError):
        write_backup(database, backup, NOON)
    assert backup.read_bytes() == before


def test_nothing_is_restored_where_something_is(database: Engine, backup: Path) -> None:
    before = record_of(database)
    with pytest.raises(DatabaseNotEmptyError):
        bring_back(database, backup)
    assert record_of(database) == before


def test_an_empty_database_of_this_release_takes_a_backup(backup: Path, other: Engine) -> None:
    bring_back(other, backup)
    assert check_integrity(other) == ()


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The archive with members replaced or left out."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    new = path.with_name("rewritten.zip")
    with ZipFile(new, "w", ZIP_DEFLATED) as archive:
        for name, data in (members | changes).items():
            if data is not None:
                archive.writestr(name, data)
    return new


def manifest_of(path: Path) -> dict[str, Any]:
    with ZipFile(path) as archive:
        said: dict[str, Any] = json.loads(archive.read(MANIFEST))
    return said


def assert_refused(engine: Engine, path: Path, error: type[RecordError]) -> None:
    with pytest.raises(error):
        bring_back(engine, path)
    assert inspect(engine).get_table_names() == []


def test_a_backup_that_was_cut_short_anywhere_changes_nothing(backup: Path, untouched: Engine) -> None:
    whole = backup.read_bytes()
    cut = backup.with_name("cut.zip")
    for part in range(0, len(whole), max(1, len(whole) // 25)):
        cut.write_bytes(whole[:part])
        assert_refused(untouched, cut, BackupForeignError)


def test_a_flipped_byte_anywhere_changes_nothing(backup: Path, untouched: Engine) -> None:
    whole = backup.read_bytes()
    flipped = backup.with_name("flipped.zip")
    with ZipFile(backup) as archive:
        # Inside the packed data of each member: what lies between is the archive's own bookkeeping.
        places = [
            each.header_offset + 30 + len(each.filename) + 24 + each.compress_size // 2
            for each in archive.infolist()
            if each.compress_size > 60
        ]
    assert len(places) > 15
    for place in places:
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert_refused(untouched, flipped, RecordError)


def test_a_member_that_was_exchanged_or_left_out_changes_nothing(backup: Path, untouched: Engine) -> None:
    with ZipFile(backup) as archive:
        rows = archive.read("rows/completion.jsonl")
    assert_refused(
        untouched,
        rewritten(backup, {"rows/completion.jsonl": rows.replace(b"2.50", b"9.50")}),
        BackupDamagedError,
    )
    assert_refused(untouched, rewritten(backup, {"rows/completion.jsonl": None}), BackupDamagedError)
    assert_refused(untouched, rewritten(backup, {MANIFEST: None}), BackupForeignError)


def test_a_backup_of_a_later_release_or_of_strange_tables_changes_nothing(
    backup: Path, untouched: Engine
) -> None:
    later = manifest_of(backup) | {"revision": "9999"}
    assert_refused(untouched, rewritten(backup, {MANIFEST: json.dumps(later).encode()}), BackupNewerError)
    strange = manifest_of(backup)
    strange["tables"][0] |= {"columns": [*strange["tables"][0]["columns"][1:], 'x"); DROP TABLE person; --']}
    assert_refused(untouched, rewritten(backup, {MANIFEST: json.dumps(strange).encode()}), BackupDamagedError)


@pytest.mark.parametrize("data", [b"", b"PK", b"badge_number,name\n214,Ruiz\n"])
def test_a_file_of_another_kind_is_refused(empty_sqlite: Engine, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    assert_refused(empty_sqlite, path, BackupForeignError)
