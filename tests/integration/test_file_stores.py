"""The folder and the bucket are the same to whoever keeps files; and what only a bucket can do wrong."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from db.files.address import BucketAddress
from db.files.errors import FileChangedError, FileMissingError, FilesAwayError
from db.files.folder import Folder
from db.files.opening import in_bucket
from db.files.port import FileStore, fetched, name_of
from tests.fakes.s3.server import ACCESS_KEY, REGION, SECRET_KEY, Fault, StandIn
from tests.structure.checkout import ROOT

PATIENCE = timedelta(seconds=10)  # for a server that answers, however busy the machine is
LITTLE = timedelta(milliseconds=300)  # for one that does not


@pytest.fixture
def s3() -> Iterator[StandIn]:
    with StandIn() as s3:
        yield s3


def bucket(s3: StandIn, *, patience: timedelta = PATIENCE, **other: str) -> FileStore:
    said = {
        "url": f"s3://{s3.bucket}/lakemont/files",
        "access_key": ACCESS_KEY,
        "secret_key": SECRET_KEY,
        "region": REGION,
        "endpoint": s3.endpoint,
    } | other
    return in_bucket(BucketAddress(**said, patience=patience))


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        made = Folder(tmp_path / "files")
        # A folder that was never made is away; one that is empty is not.
        made.put(name_of(b"first"), b"first")
        made.delete(name_of(b"first"))
        return made
    return bucket(request.getfixturevalue("s3"))


def test_what_was_put_is_there_until_it_is_deleted(store: FileStore) -> None:
    contents = [b"one", b"two", b"", bytes(range(256)) * 40_000, b"five"]
    for content in contents:
        store.put(name_of(content), content)
    assert set(store.names()) == {name_of(each) for each in contents}
    assert [fetched(store, name_of(each)) for each in contents] == contents
    store.delete(name_of(b"two"))
    with pytest.raises(FileMissingError):
        store.get(name_of(b"two"))
    assert name_of(b"two") not in set(store.names())
    assert len(list(store.names())) == len(contents) - 1


def test_twice_is_once(store: FileStore) -> None:
    for _ in range(2):
        store.put(name_of(b"one"), b"one")
    assert list(store.names()) == [name_of(b"one")]
    for _ in range(2):
        store.delete(name_of(b"one"))
    assert list(store.names()) == []


def test_what_is_not_what_its_name_says_is_not_taken_for_it(store: FileStore) -> None:
    store.put(name_of(b"one"), b"another")
    with pytest.raises(FileChangedError):
        fetched(store, name_of(b"one"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "f" * 63, "ff/" + "f" * 61])
def test_nothing_that_anybody_wrote_becomes_a_place(store: FileStore, name: str) -> None:
    for act in (lambda: store.put(name, b"x"), lambda: store.get(name), lambda: store.delete(name)):
        with pytest.raises(ValueError, match="not a name"):
            act()


def test_a_look_leaves_nothing_behind(store: FileStore) -> None:
    assert store.look().begun
    assert list(store.names()) == []


def test_both_keep_an_object_in_the_same_place_below_them(s3: StandIn, tmp_path: Path) -> None:
    folder, name = Folder(tmp_path / "files"), name_of(b"one")
    for each in (folder, bucket(s3)):
        each.put(name, b"one")
    (key,) = s3.objects
    (path,) = (each for each in folder.root.rglob("*") if each.is_file())
    assert key == f"lakemont/files/{path.relative_to(folder.root).as_posix()}"


def test_a_bucket_without_a_prefix_is_one_too(s3: StandIn) -> None:
    store = bucket(s3, url=f"s3://{s3.bucket}")
    store.put(name_of(b"one"), b"one")
    assert list(s3.objects) == [f"{name_of(b'one')[:2]}/{name_of(b'one')}"]
    assert list(store.names()) == [name_of(b"one")]


def test_what_other_programs_put_there_is_none_of_ours(s3: StandIn) -> None:
    s3.objects["lakemont/files/readme.txt"] = b"hello"
    s3.objects[f"elsewhere/{name_of(b'one')}"] = b"one"
    assert list(bucket(s3).names()) == []


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.SLOW_DOWN, Fault.DROPPED])
def test_a_server_that_fails_once_is_asked_again(s3: StandIn, fault: Fault) -> None:
    store, name = bucket(s3), name_of(b"one")
    s3.fail("PUT", fault)
    store.put(name, b"one")
    s3.fail("GET", fault)
    assert store.get(name) == b"one"
    assert s3.objects


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.SILENT])
def test_a_server_that_goes_on_failing_is_away(s3: StandIn, fault: Fault) -> None:
    store, name = bucket(s3, patience=LITTLE), name_of(b"one")
    s3.fail("PUT", *[fault] * 3)
    with pytest.raises(FilesAwayError):
        store.put(name, b"one")
    assert s3.objects == {}
    s3.fail("GET", *[fault] * 3)
    with pytest.raises(FilesAwayError):
        store.get(name)


def test_what_may_not_be_done_is_not_said_to_be_done(s3: StandIn) -> None:
    store, name = bucket(s3), name_of(b"one")
    store.put(name, b"one")
    for method in ("GET", "DELETE", "PUT"):
        s3.fail(method, Fault.DENIED)
    for act in (lambda: store.get(name), lambda: store.delete(name), lambda: store.put(name, b"one")):
        with pytest.raises(FilesAwayError):
            act()
    assert s3.objects


@pytest.mark.parametrize(
    "wrong",
    [
        {"access_key": "AKIASOMEBODY"},
        {"secret_key": "another"},
        {"region": "us-east-1"},
        {"url": "s3://another-bucket/files"},
        {"endpoint": "http://127.0.0.1:9"},
    ],
)
def test_a_place_that_is_not_ours_to_use_is_away(s3: StandIn, wrong: dict[str, str]) -> None:
    store = bucket(s3, patience=PATIENCE, **wrong)
    with pytest.raises(FilesAwayError):
        store.put(name_of(b"one"), b"one")
    # Nobody may take it for a file that is lost, or for one that is gone.
    with pytest.raises(FilesAwayError):
        store.get(name_of(b"one"))
    with pytest.raises(FilesAwayError):
        store.delete(name_of(b"one"))
    with pytest.raises(FilesAwayError):
        store.look()
    with pytest.raises(FilesAwayError):
        list(store.names())


def test_variables_of_other_programs_change_nothing(s3: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a token of somebody else")
    bucket(s3).put(name_of(b"one"), b"one")
    assert s3.objects


WITHOUT_THE_KIT = """
import sys
found = list(sys.meta_path)
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "obstore":
            return None
        return next((spec for each in found if (spec := each.find_spec(name, path, target))), None)
sys.meta_path[:] = [Without()]
from bot.composition import compose
from config.settings import SettingsProblems, load
print(compose(load()).files.carried)
import os
os.environ.update(
    ROLLCALL_FILES_URL="s3://lakemont/files", ROLLCALL_FILES_ACCESS_KEY="a", ROLLCALL_FILES_SECRET_KEY="s"
)
try:
    load()
except SettingsProblems as problems:
    print(problems)
"""


def test_without_the_kit_a_folder_works_and_a_bucket_is_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603  nothing of it comes from outside
        [sys.executable, "-c", WITHOUT_THE_KIT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "ROLLCALL_DATA_DIR": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stdout.splitlines() == [
        "True",
        'ROLLCALL_FILES_URL: a bucket needs the extra "s3", which is not installed; install rollcall[s3]',
    ]
