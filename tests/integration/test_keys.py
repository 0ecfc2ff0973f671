"""The keys of content: apart from the record, wrapped, gone when destroyed, and readable through every rotation."""

import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from bot.composition import keys_in
from db.engine import make_key_engine
from db.keys.cipher import new_key
from db.keys.errors import MasterKeyMissingError, MasterKeyWrongError, NextMasterKeyMissingError
from db.keys.masters import GivenMasters, MasterFile, Masters
from db.keys.store import BATCH, KeyStore
from db.keys.tables import item_key, master_key
from db.unit_of_work import reading
from tests.conftest import PostgresServer

Place = Callable[[], Engine]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where the keys are; each call is another process that opens them."""
    opened: list[Engine] = []

    def engine(url: str) -> Engine:
        opened.append(make_key_engine(url))
        return opened[-1]

    if request.param == "sqlite":
        yield lambda: engine(f"sqlite:///{tmp_path / 'keys' / 'keys.db'}")
    else:
        server = request.getfixturevalue("postgres_server")
        assert isinstance(server, PostgresServer)
        with server.a_database("keys") as database:
            yield lambda: engine(database.url.render_as_string(hide_password=False))
            for each in opened:
                each.dispose()


@pytest.fixture
def master_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.key"


def refs(store: KeyStore, count: int) -> list[str]:
    """So many items with a key each."""
    made = [f"item-{number}" for number in range(count)]
    store.new_keys(made)
    return made


def left(engine: Engine) -> tuple[int, int]:
    """How many item keys and how many master keys there are."""
    with reading(engine) as conn:
        return (
            conn.execute(select(func.count()).select_from(item_key)).scalar_one(),
            conn.execute(select(func.count()).select_from(master_key)).scalar_one(),
        )


def test_a_key_is_kept_and_comes_back_in_another_process(place: Place, master_file: Path) -> None:
    store = KeyStore(place(), MasterFile(master_file))
    made = store.new_keys(["a", "b"])
    assert len(set(made)) == 2
    again = KeyStore(place(), MasterFile(master_file))
    assert again.keys_of(["a", "b", "c"]) == dict(zip("ab", made, strict=True))
    assert again.held(["b", "c"]) == {"b"}


def test_a_destroyed_key_is_gone_and_destroying_it_again_changes_nothing(
    place: Place, master_file: Path
) -> None:
    store = KeyStore(place(), MasterFile(master_file))
    store.new_keys(["a", "b"])
    assert store.destroy(["a"]) == 1
    assert store.destroy(["a"]) == 0
    assert set(store.keys_of(["a", "b"])) == {"b"}


def test_no_key_lies_open_anywhere_and_a_destroyed_one_leaves_no_bytes_behind(tmp_path: Path) -> None:
    store = keys_in(tmp_path)
    made = store.new_keys([f"item-{number}" for number in range(50)])
    with reading(store.engine) as conn:
        wrapped = conn.execute(select(item_key.c.wrapped).where(item_key.c.ref == "item-7")).scalar_one()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert any(wrapped in each.read_bytes() for each in files)
    assert not [each for each in files for key in made if key in each.read_bytes()]
    store.destroy(["item-7"])
    assert not [each for each in tmp_path.rglob("*") if each.is_file() and wrapped in each.read_bytes()]


def test_keys_and_master_key_are_the_owners_alone(tmp_path: Path) -> None:
    store = keys_in(tmp_path / "keys")
    store.open()
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "keys").iterdir()}
    assert set(modes) >= {"keys.db", "master.key"}
    assert set(modes.values()) == {0o600}


def test_many_who_open_it_for_the_first_time_at_once_get_one_master_key(
    place: Place, master_file: Path
) -> None:
    stores = [KeyStore(place(), MasterFile(master_file)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: pair[1].new_keys([f"item-{pair[0]}"]), enumerate(stores)))
    assert left(stores[0].engine) == (4, 1)
    assert all(len(each.keys_of([f"item-{number}" for number in range(4)])) == 4 for each in stores)


def test_without_the_master_key_nothing_opens_and_no_new_one_is_made(place: Place, master_file: Path) -> None:
    KeyStore(place(), MasterFile(master_file)).new_keys(["a"])
    master_file.unlink()
    with pytest.raises(MasterKeyMissingError):
        KeyStore(place(), MasterFile(master_file)).open()
    assert not master_file.exists()


def test_a_wrong_master_key_is_refused_before_anything_is_written(place: Place) -> None:
    right = new_key()
    KeyStore(place(), GivenMasters([right])).new_keys(["a"])
    wrong = KeyStore(place(), GivenMasters([new_key()]))
    with pytest.raises(MasterKeyWrongError):
        wrong.new_keys(["b"])
    assert set(KeyStore(place(), GivenMasters([right])).keys_of(["a", "b"])) == {"a"}


def test_after_a_rotation_everything_opens_and_the_old_master_key_is_gone(
    place: Place, master_file: Path
) -> None:
    store = KeyStore(place(), MasterFile(master_file))
    items = refs(store, BATCH + 3)
    before, old = store.keys_of(items), master_file.read_bytes()
    assert store.rotate().rewrapped == BATCH + 3
    assert old not in master_file.read_bytes()
    assert left(store.engine) == (BATCH + 3, 1)
    assert stat.S_IMODE(master_file.stat().st_mode) == 0o600
    assert KeyStore(place(), MasterFile(master_file)).keys_of(items) == before


class PowerCutError(Exception):
    """The machine went down."""


def cut_the_power(_: int) -> None:
    raise PowerCutError


def test_a_rotation_that_was_interrupted_is_finished_by_the_next_one(place: Place, master_file: Path) -> None:
    store = KeyStore(place(), MasterFile(master_file))
    items = refs(store, BATCH + 3)
    before = store.keys_of(items)
    with pytest.raises(PowerCutError):
        store.rotate(cut_the_power)
    # Half is under one master key and half under the other, and everything opens.
    half = KeyStore(place(), MasterFile(master_file))
    assert half.keys_of(items) == before
    half.new_keys(["meanwhile"])
    done = half.rotate()
    assert (done.rewrapped, done.resumed) == (3, True)
    assert left(half.engine) == (BATCH + 4, 1)
    assert len(master_file.read_text().split()) == 1
    assert half.keys_of(items) == before


class Interrupted:
    """Master keys whose keeper stops at one step of a rotation."""

    def __init__(self, inner: Masters, step: str) -> None:
        self._inner = inner
        self._step = step

    def held(self) -> tuple[bytes, ...]:
        return self._inner.held()

    def first(self) -> bytes:
        return self._inner.first()

    def following(self, current: bytes) -> bytes:
        made = self._inner.following(current)
        if self._step == "following":
            raise PowerCutError
        return made

    def keep_only(self, current: bytes) -> None:
        if self._step == "keep_only":
            raise PowerCutError
        self._inner.keep_only(current)


@pytest.mark.parametrize("step", ["following", "keep_only"])
def test_a_rotation_interrupted_at_its_first_or_last_step_is_finished_too(
    place: Place, master_file: Path, step: str
) -> None:
    store = KeyStore(place(), MasterFile(master_file))
    before, old = store.keys_of(refs(store, 3)), store.engine
    with pytest.raises(PowerCutError):
        KeyStore(place(), Interrupted(MasterFile(master_file), step)).rotate()
    assert len(master_file.read_text().split()) == 2
    KeyStore(place(), MasterFile(master_file)).rotate()
    assert len(master_file.read_text().split()) == 1
    assert left(old) == (3, 1)
    assert KeyStore(place(), MasterFile(master_file)).keys_of(list(before)) == before


def test_a_process_that_ran_through_a_rotation_goes_on(place: Place, master_file: Path) -> None:
    running = KeyStore(place(), MasterFile(master_file))
    running.new_keys(["a"])
    KeyStore(place(), MasterFile(master_file)).rotate()
    running.new_keys(["b"])
    assert set(KeyStore(place(), MasterFile(master_file)).keys_of(["a", "b"])) == {"a", "b"}


def test_a_master_key_from_outside_is_followed_by_one_from_outside(place: Place) -> None:
    old, new = new_key(), new_key()
    KeyStore(place(), GivenMasters([old])).new_keys(["a"])
    with pytest.raises(NextMasterKeyMissingError):
        KeyStore(place(), GivenMasters([old])).rotate()
    assert KeyStore(place(), GivenMasters([new, old])).rotate().rewrapped == 1
    assert set(KeyStore(place(), GivenMasters([new])).keys_of(["a"])) == {"a"}
    with pytest.raises(MasterKeyWrongError):
        KeyStore(place(), GivenMasters([old])).open()


def test_a_copy_of_the_keys_without_the_master_key_opens_nothing(tmp_path: Path) -> None:
    store = keys_in(tmp_path / "one")
    store.new_keys(["a"])
    (tmp_path / "two").mkdir()
    shutil.copyfile(tmp_path / "one" / "keys.db", tmp_path / "two" / "keys.db")
    with pytest.raises(MasterKeyMissingError):
        keys_in(tmp_path / "two").keys_of(["a"])


def test_deleted_pages_are_overwritten(tmp_path: Path) -> None:
    store = keys_in(tmp_path)
    store.open()
    with reading(store.engine) as conn:
        assert conn.execute(text("PRAGMA secure_delete")).scalar_one() == 1
        assert conn.execute(text("PRAGMA journal_mode")).scalar_one() == "truncate"


def test_a_file_from_which_keys_were_destroyed_is_written_anew(tmp_path: Path) -> None:
    store = keys_in(tmp_path)
    made = refs(store, 2 * BATCH)
    before = (tmp_path / "keys.db").stat().st_size
    store.destroy(made[:-3])
    # No page of the old file is left in which SQLite may have moved a row about and left a copy.
    assert (tmp_path / "keys.db").stat().st_size < before / 5
    assert set(store.keys_of(made)) == set(made[-3:])
