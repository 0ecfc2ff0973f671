"""Backups carry kept files along, and a restore puts them back, or says which are not there."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine

from bot.commands.db_restore import restore_database
from db.backup import MANIFEST
from db.files.errors import FilesAwayError
from db.files.folder import Folder
from db.records.facts import ContentKind
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.fakes.files import a_file_store
from tests.scenario.cast import Agency
from tests.scenario.files_cast import (
    NOTE,
    PHOTO,
    RUIZ,
    backed_up,
    checked,
    dispose_of,
    files_of,
    number,
    object_of,
    opened,
    other_engine,
    restored,
    send,
)
from training.content.disposal import finish_all_disposals
from training.errors import ErrorCode, RollcallError
from training.sealed.sealing import ToSeal, put_away
from training.sealed.unsealing import Closed


def test_the_drill_brings_files_back_with_the_record(
    lakemont: Agency, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    row, gone = send(lakemont, NOTE), send(lakemont)
    dispose_of(lakemont, gone.id)
    file = tmp_path / "noon.zip"
    assert "1 kept file is in it." in backed_up(lakemont, file)
    assert NOTE not in file.read_bytes()
    late = send(lakemont)

    lost, code, told = restored(lakemont, file, other_engine(lakemont, request))
    assert code == 0, told
    assert "1 kept file came back with it." in told
    assert list(lost.office.files.names()) == [row.sealed_hash]
    assert opened(lost, row.id) == NOTE
    assert opened(lost, gone.id) is Closed.GONE
    assert late.id not in {each.id for each in files_of(lost)}
    assert opened(lost, send(lost).id) == PHOTO
    assert checked(lost)[0] == 0


def test_a_restored_record_deletes_no_file_of_the_one_that_went_on(
    lakemont: Agency, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    draft = ToSeal(kind=ContentKind.FILE, person_id=lakemont.id_of(RUIZ), content=NOTE)
    (under_way,) = put_away(lakemont.office, lakemont.agency_id, [draft])
    file = tmp_path / "noon.zip"
    backed_up(lakemont, file)
    with lakemont.writing() as writer:
        (late,) = writer.record(under_way)
    later = send(lakemont)
    # Somebody tries the backup out, and points it at the living files.
    spare = replace(lakemont, office=replace(lakemont.office, engine=other_engine(lakemont, request)))
    out = io.StringIO()
    assert restore_database(spare.office, file, None, spare.words, out) == 0
    spare.clock.at += timedelta(days=40)
    finish_all_disposals(spare.office)
    run_due(JOBS, Work(spare.office, lambda: False))
    assert "2 files in the store belong to nothing in this record" in checked(spare)[1]
    assert opened(lakemont, late) == NOTE
    assert opened(lakemont, later.id) == PHOTO


def test_a_backup_without_a_file_that_was_lost_says_so(
    lakemont: Agency, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    row, other = send(lakemont, NOTE), send(lakemont)
    object_of(lakemont, row).unlink()
    file = tmp_path / "noon.zip"
    told = backed_up(lakemont, file, code=1)
    assert "1 kept file is in it." in told
    assert "1 kept file is missing from it" in told
    lost, code, told = restored(lakemont, file, other_engine(lakemont, request))
    assert code == 1
    assert f"the file of {number(row.id)} is not where it was kept" in told
    assert opened(lost, other.id) == PHOTO


def test_a_restore_that_is_refused_leaves_no_file_behind(lakemont: Agency, tmp_path: Path) -> None:
    send(lakemont)
    file = tmp_path / "noon.zip"
    backed_up(lakemont, file)
    store = a_file_store()
    out = io.StringIO()
    full = replace(lakemont.office, files=store)
    with pytest.raises(RollcallError) as refused:
        restore_database(full, file, None, lakemont.words, out)
    assert refused.value.code is ErrorCode.DATABASE_NOT_EMPTY
    assert list(store.names()) == []


def rewritten(file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The archive with members changed or left out."""
    new = file.with_name("rewritten.zip")
    with ZipFile(file) as archive, ZipFile(new, "w") as out:
        for name in archive.namelist():
            if (data := change(name, archive.read(name))) is not None:
                out.writestr(name, data)
    return new


def without_files(name: str, data: bytes) -> bytes | None:
    if name != MANIFEST:
        return None if name.startswith("files/") else data
    return json.dumps({key: value for key, value in json.loads(data).items() if key != "files"}).encode()


def test_a_backup_of_an_earlier_release_carries_no_files_and_comes_back(
    embedded: Agency, tmp_path: Path, empty_sqlite: Engine
) -> None:
    backed_up(embedded, tmp_path / "noon.zip")
    _, code, told = restored(embedded, rewritten(tmp_path / "noon.zip", without_files), empty_sqlite)
    assert code == 0
    assert "kept file" not in told


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[:-1] + bytes((data[-1] ^ 1,)) if name.startswith("files/") else data,
        lambda name, data: None if name.startswith("files/") else data,
    ],
    ids=["flipped", "left out"],
)
def test_a_backup_whose_files_are_not_what_they_were_is_refused(
    embedded: Agency,
    tmp_path: Path,
    empty_sqlite: Engine,
    change: Callable[[str, bytes], bytes | None],
) -> None:
    send(embedded)
    backed_up(embedded, tmp_path / "noon.zip")
    with pytest.raises(RollcallError) as refused:
        restored(embedded, rewritten(tmp_path / "noon.zip", change), empty_sqlite)
    assert refused.value.code is ErrorCode.BACKUP_DAMAGED


class Full(Folder):
    """A store with room for one file."""

    def put(self, name: str, sealed: bytes) -> None:
        if list(self.names()):
            raise FilesAwayError("No space left on device")
        super().put(name, sealed)


def test_a_restore_that_finds_no_room_for_the_files_leaves_nothing_behind(
    lakemont: Agency, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    send(lakemont)
    send(lakemont, NOTE)
    file = tmp_path / "noon.zip"
    backed_up(lakemont, file)
    full = Full(tmp_path / "full")
    engine = other_engine(lakemont, request)
    with pytest.raises(RollcallError) as refused:
        restored(lakemont, file, engine, full)
    assert refused.value.code is ErrorCode.FILES_AWAY
    assert refused.value.facts["problem"] == "No space left on device"
    assert list(full.names()) == []
    # Nor in the database: it takes the same backup once there is room.
    assert restored(lakemont, file, engine)[1] == 0
