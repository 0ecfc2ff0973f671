"""A sent file lies sealed beside the record: kept, opened, hidden, let go, carried by backups, and missed when it is
not what it was."""

import io
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commands.setup import check_database
from db import tables
from db.errors import FileGivenUpError
from db.files.errors import FileMissingError
from db.files.folder import Folder
from db.files.port import name_of
from db.integrity import check_integrity
from db.keys import cipher
from db.queries import loose_files
from db.queries.context import ByBadge
from db.records.facts import ContentItem, ContentKind, Retention
from db.unit_of_work import working
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from scheduler.jobs import Work
from scheduler.table import JOBS
from scheduler.tick import run_due
from tests.scenario.cast import SCREEN, Agency
from tests.scenario.files_cast import (
    HALE,
    LEE,
    NOTE,
    PARK,
    PHOTO,
    RUIZ,
    checked,
    dispose_of,
    files_of,
    folder_of,
    loose,
    number,
    object_of,
    opened,
    said,
    send,
)
from training.agency_setup import found
from training.content.disposal import finish_all_disposals
from training.sealed.loose import begin
from training.sealed.sealing import ToSeal, closed, place, put_away
from training.sealed.unsealing import Closed


def test_a_file_lies_sealed_beside_the_record_under_a_name_that_nobody_wrote(lakemont: Agency) -> None:
    row = send(lakemont)
    assert row.ciphertext is None
    assert list(lakemont.office.files.names()) == [row.sealed_hash]
    sealed = object_of(lakemont, row).read_bytes()
    assert sha256(sealed).hexdigest() == row.sealed_hash
    assert b"ruiz" not in sealed
    assert opened(lakemont, row.id) == PHOTO
    # Words go on lying in the record.
    items = tables.content_item
    with lakemont.reading() as conn:
        words = conn.execute(select(items).where(items.c.kind != "file")).all()
    assert words
    assert all(each.sealed_hash is None and each.ciphertext for each in words)
    assert loose(lakemont) == ()
    assert checked(lakemont)[0] == 0


def test_nobody_but_the_owner_of_the_folder_gets_at_it(embedded: Agency) -> None:
    row = send(embedded)
    path = object_of(embedded, row)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path.parent.parent)} == {0o700}
    # Nothing is left of the writing.
    assert [each.name for each in path.parent.iterdir()] == [row.sealed_hash]


def test_the_same_file_of_two_people_cannot_be_told_to_be_the_same(embedded: Agency) -> None:
    one, other = send(embedded), send(embedded, badge=LEE)
    assert one.sealed_hash != other.sealed_hash
    assert one.keyed_hash != other.keyed_hash
    assert sha256(PHOTO).hexdigest() not in {one.sealed_hash, other.sealed_hash}


def test_the_custodian_opens_a_file_of_words_through_the_same_door(lakemont: Agency) -> None:
    row = send(lakemont, NOTE)
    assert NOTE.decode() in said(lakemont.ask(PARK, f"message {number(row.id)}"))
    lakemont.ask(PARK, f"set aside {number(row.id)}")
    assert "set aside" in said(lakemont.ask(PARK, f"message {number(row.id)}"))
    assert opened(lakemont, row.id) is Closed.SET_ASIDE
    assert object_of(lakemont, row).exists()
    lakemont.ask(PARK, f"put back {number(row.id)}")
    assert opened(lakemont, row.id) == NOTE


def test_a_row_of_an_earlier_release_opens_as_before(lakemont: Agency) -> None:
    ref = "0123456789abcdef0123456789abcdef"
    (key,) = lakemont.office.keys.new_keys([ref])
    with lakemont.writing() as writer:
        (item_id,) = writer.record(
            ContentItem(
                person_id=lakemont.id_of(RUIZ),
                kind=ContentKind.FILE,
                retention=Retention.SENT_FILE,
                media_type="text/plain",
                size=len(NOTE),
                keyed_hash=cipher.keyed_hash(key, NOTE),
                ref=ref,
                ciphertext=cipher.seal(key, NOTE, place(lakemont.agency_id, ref)),
            )
        )
    assert opened(lakemont, item_id) == NOTE
    assert NOTE.decode() in said(lakemont.ask(PARK, f"message {number(item_id)}"))
    dispose_of(lakemont, item_id)
    assert opened(lakemont, item_id) is Closed.GONE
    assert checked(lakemont)[0] == 0


def test_disposal_destroys_the_key_and_deletes_the_object(lakemont: Agency) -> None:
    row, other = send(lakemont), send(lakemont, NOTE)
    sealed = object_of(lakemont, row).read_bytes()
    dispose_of(lakemont, row.id)
    assert list(lakemont.office.files.names()) == [other.sealed_hash]
    assert lakemont.office.keys.held([row.ref]) == frozenset()
    assert loose(lakemont) == ()
    # Whoever kept a copy of the object has bytes that nothing opens.
    lakemont.office.files.put(row.sealed_hash, sealed)
    assert opened(lakemont, row.id) is Closed.GONE
    assert check_integrity(lakemont.office.engine) == ()
    assert checked(lakemont)[0] == 0
    assert opened(lakemont, other.id) == NOTE


def test_a_hold_keeps_the_object(embedded: Agency) -> None:
    row = send(embedded)
    embedded.ask(PARK, f"hold {number(row.id)}")
    embedded.ask(PARK, f"dispose {number(row.id)} spill")
    embedded.ask(HALE, f"confirm {number(row.id)}")
    assert opened(embedded, row.id) == PHOTO


class Stuck(Folder):
    """A store that deletes nothing, as when the power fails right after the key is destroyed."""

    def delete(self, name: str) -> None:
        raise PowerCutError(name)


class PowerCutError(Exception):
    """The machine went down."""


@pytest.mark.parametrize("who", ["tick", "start"])
def test_a_crash_before_the_object_is_deleted_is_finished_by_the_next_tick_or_start(
    lakemont: Agency, who: str
) -> None:
    row = send(lakemont)
    lakemont.ask(PARK, f"dispose {number(row.id)} spill")
    crashing = replace(lakemont, office=replace(lakemont.office, files=Stuck(folder_of(lakemont))))
    with pytest.raises(PowerCutError):
        crashing.ask(HALE, f"confirm {number(row.id)}")
    assert object_of(lakemont, row).exists()
    assert loose(lakemont) == ((row.sealed_hash, True),)
    if who == "tick":
        run_due(JOBS, Work(lakemont.office, lambda: False))
    else:
        assert finish_all_disposals(lakemont.office) == 1
    assert not object_of(lakemont, row).exists()
    assert loose(lakemont) == ()


def test_what_was_left_lying_goes_in_every_agency_and_all_of_it_is_counted(embedded: Agency) -> None:
    other = found(embedded.office, "Ashby Sheriff", "MN", "America/Chicago", ("mn",))
    begin(embedded.office, embedded.agency_id, ["a" * 64, "b" * 64])
    begin(embedded.office, other, ["c" * 64])
    embedded.clock.at += timedelta(hours=25)
    assert finish_all_disposals(embedded.office) == 3
    assert finish_all_disposals(embedded.office) == 0


def test_a_kill_between_object_and_row_leaves_an_object_that_goes_after_a_day(lakemont: Agency) -> None:
    before = lakemont.sequence()
    draft = ToSeal(kind=ContentKind.FILE, person_id=lakemont.id_of(RUIZ), content=PHOTO)
    (item,) = put_away(lakemont.office, lakemont.agency_id, [draft])
    # Killed here: the key and the object are there, and no row.
    assert item.sealed_hash is not None
    assert lakemont.sequence() == before
    assert list(lakemont.office.files.names()) == [item.sealed_hash]
    code, told = checked(lakemont)
    assert code == 0
    assert "belongs to nothing" not in told
    lakemont.clock.at += timedelta(hours=23)
    assert finish_all_disposals(lakemont.office) == 0
    lakemont.clock.at += timedelta(hours=2)
    assert finish_all_disposals(lakemont.office) == 1
    assert list(lakemont.office.files.names()) == []
    assert loose(lakemont) == ()


def test_a_row_that_comes_after_its_object_was_given_up_is_refused(lakemont: Agency) -> None:
    draft = ToSeal(kind=ContentKind.FILE, person_id=lakemont.id_of(RUIZ), content=PHOTO)
    (item,) = put_away(lakemont.office, lakemont.agency_id, [draft])
    lakemont.clock.at += timedelta(days=2)
    with working(lakemont.office.engine) as conn:
        # Another process has given it up and not deleted it yet.
        assert loose_files.give_up(conn, lakemont.agency_id, lakemont.clock.at) == 1
    with pytest.raises(FileGivenUpError), lakemont.writing() as writer:
        writer.record(item)
    assert files_of(lakemont) == []


def test_a_store_that_takes_nothing_leaves_no_row(lakemont: Agency) -> None:
    folder_of(lakemont).write_bytes(b"a file stands where the folder should be")
    before = lakemont.sequence()
    message = FrontDesk(lakemont.office, lakemont.words).answer(
        Interaction(
            agency_id=lakemont.agency_id,
            sender=ByBadge(RUIZ),
            channel=SCREEN,
            files=(SentFile(name="a.jpg", content=PHOTO),),
        ),
        "Lakemont PD",
    )
    assert message.kind is MessageKind.BROKEN
    assert lakemont.sequence() == before
    folder_of(lakemont).unlink()
    assert opened(lakemont, send(lakemont).id) == PHOTO


def test_words_never_go_beside_the_record_and_files_never_into_it(embedded: Agency) -> None:
    draft = ToSeal(kind=ContentKind.FILE, person_id=embedded.id_of(RUIZ), content=PHOTO)
    with pytest.raises(ValueError, match="beside"):
        closed(embedded.office.keys, embedded.agency_id, [draft])


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "f" * 63, "f" * 65, "ff/" + "f" * 61])
def test_nothing_that_anybody_wrote_becomes_a_path(embedded: Agency, name: str) -> None:
    files = embedded.office.files
    for act in (lambda: files.put(name, b"x"), lambda: files.get(name), lambda: files.delete(name)):
        with pytest.raises(ValueError, match="not a name"):
            act()


def _gone(path: Path) -> None:
    path.unlink()


def _flipped(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes((whole[40] ^ 4,)) + whole[41:])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _another(path: Path) -> None:
    path.write_bytes(b"something else")


@pytest.mark.parametrize(
    ("spoil", "code", "line"),
    [
        (_gone, Closed.FILE_MISSING, "is not where it was kept"),
        (_flipped, Closed.FILE_CHANGED, "is not what was kept"),
        (_cut, Closed.FILE_CHANGED, "is not what was kept"),
        (_another, Closed.FILE_CHANGED, "is not what was kept"),
    ],
)
def test_an_object_that_is_not_what_it_was_is_named_by_the_check_and_never_shown(
    lakemont: Agency, spoil: Callable[[Path], None], code: Closed, line: str
) -> None:
    row, other = send(lakemont, NOTE), send(lakemont)
    spoil(object_of(lakemont, row))
    # Without any key, and without the key store being there.
    path = Path(str(lakemont.office.keys.engine.url.database))
    path.rename(path.with_suffix(".away"))
    out = io.StringIO()
    assert check_database(lakemont.office.engine, lakemont.words, out, files_of=lakemont.office) == 1
    path.with_suffix(".away").rename(path)
    assert f"the file of {number(row.id)} {line}. Put {row.sealed_hash} back" in out.getvalue()
    assert number(other.id) not in out.getvalue()
    assert opened(lakemont, row.id) is code
    shown = said(lakemont.ask(PARK, f"message {number(row.id)}"))
    assert line in shown
    assert NOTE.decode() not in shown


def test_a_store_that_is_away_is_one_line_and_not_one_for_every_file(embedded: Agency) -> None:
    row, _ = send(embedded), send(embedded, NOTE)
    folder_of(embedded).rename(folder_of(embedded).with_name("elsewhere"))
    code, told = checked(embedded)
    assert code == 1
    assert told.count("The place where files are kept does not answer") == 1
    assert "is not where it was kept" not in told
    assert opened(embedded, row.id) is Closed.FILES_AWAY


def test_what_nobody_speaks_of_is_named_and_left_alone(lakemont: Agency) -> None:
    send(lakemont)
    stray = b"another record's"
    lakemont.office.files.put(name_of(stray), stray)
    lakemont.clock.at += timedelta(days=40)
    finish_all_disposals(lakemont.office)
    code, told = checked(lakemont)
    assert code == 0
    assert f"1 file in the store belongs to nothing in this record: {name_of(stray)}." in told
    assert lakemont.office.files.get(name_of(stray)) == stray


def test_the_folder_keeps_what_it_is_given_and_forgets_what_it_is_told(tmp_path: Path) -> None:
    store = Folder(tmp_path / "files")
    with pytest.raises(Exception, match="No such file"):
        store.get(name_of(b"one"))
    for content_ in (b"one", b"two", b""):
        store.put(name_of(content_), content_)
        store.put(name_of(content_), content_)
    assert set(store.names()) == {name_of(each) for each in (b"one", b"two", b"")}
    half = tmp_path / "files" / name_of(b"one")[:2] / f".{name_of(b'one')}.0011"
    half.write_bytes(b"on")
    store.delete(name_of(b"one"))
    store.delete(name_of(b"one"))
    assert not half.exists()
    with pytest.raises(FileMissingError):
        store.get(name_of(b"one"))
    assert store.get(name_of(b"")) == b""


def test_a_name_that_is_none_stops_neither_the_check_nor_the_tick(embedded: Agency) -> None:
    with working(embedded.office.engine) as conn:
        loose_files.begin(conn, embedded.agency_id, ["../../etc/passwd"], embedded.clock.at)
    with embedded.writing() as writer:
        writer.record(
            ContentItem(
                person_id=embedded.id_of(RUIZ),
                kind=ContentKind.FILE,
                retention=Retention.SENT_FILE,
                media_type="text/plain",
                size=1,
                keyed_hash="0" * 64,
                ref="0" * 32,
                sealed_hash="../../etc/passwd",
            )
        )
    with working(embedded.office.engine) as conn:
        loose_files.leave(conn, embedded.agency_id, "../../etc/shadow", embedded.clock.at)
    code, told = checked(embedded)
    assert code == 1
    assert "is not where it was kept" in told
    assert finish_all_disposals(embedded.office) == 1
    assert loose(embedded) == ()
