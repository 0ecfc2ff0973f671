"""Lakemont PD for stories: the demo agency as it is imported, a fresh copy for every test, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.demo.agency import NOW, TIME_ZONE, demo_files
from db.engine import make_engine
from tests.conftest import PostgresServer
from tests.fakes.clock import MovableClock
from tests.fakes.disk import never_waiting
from tests.fakes.keys import a_key_store
from tests.fakes.made_once import made_once
from tests.fakes.packs import shipped_packs
from tests.scenario.cast import Agency, agency_in
from training.agency_setup import build_demo
from training.office import Office, local_day
from training.standings.compliance import tick

_TEMPLATE = "lakemont_template"


def _build(engine: Engine) -> None:
    office = Office(engine, MovableClock(NOW), shipped_packs(), a_key_store(), fixed=True)
    agency_id = build_demo(office, demo_files())
    # As after the first tick of an installation that runs: most questions find a standing that is still true.
    tick(office, agency_id, local_day(NOW, TIME_ZONE))
    # A database with an open connection cannot be copied.
    engine.dispose()


@pytest.fixture(scope="session")
def lakemont_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the demo agency, to be copied."""

    def make(folder: Path) -> None:
        shutil.copy(migrated_file, folder)
        _build(never_waiting(make_engine(f"sqlite:///{folder / migrated_file.name}")))

    return made_once(tmp_path_factory.getbasetemp(), "lakemont", make) / migrated_file.name


@pytest.fixture(scope="session")
def lakemont_server(postgres_server: PostgresServer) -> PostgresServer:
    """A PostgreSQL that holds the demo agency as a template."""
    postgres_server.make_template(_TEMPLATE, _build)
    return postgres_server


@pytest.fixture
def sqlite_lakemont(lakemont_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """The demo agency in an SQLite file of this test's own."""
    path = tmp_path / "lakemont.sqlite"
    shutil.copyfile(lakemont_file, path)
    engine = never_waiting(make_engine(f"sqlite:///{path}"))
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_lakemont(lakemont_server: PostgresServer) -> Iterator[Engine]:
    """The demo agency in a PostgreSQL database of this test's own."""
    with lakemont_server.a_database("lakemont", _TEMPLATE) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def lakemont(request: pytest.FixtureRequest) -> Agency:
    """Lakemont PD on Tuesday 2 March 2027, 14:10, once on each kind of database."""
    engine = request.getfixturevalue(f"{request.param}_lakemont")
    assert isinstance(engine, Engine)
    return agency_in(engine, NOW)


@pytest.fixture
def embedded(sqlite_lakemont: Engine) -> Agency:
    """The same on SQLite alone: for what depends on words and rules and not on how they are kept."""
    return agency_in(sqlite_lakemont, NOW)


@pytest.fixture
def served(postgresql_lakemont: Engine) -> Agency:
    """The same on PostgreSQL alone: for what depends on several writers at once."""
    return agency_in(postgresql_lakemont, NOW)
