"""A record with a row of everything that can be kept, made once for each kind of database and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import make_engine
from tests.conftest import PostgresServer
from tests.fakes.disk import never_waiting
from tests.fakes.made_once import made_once
from tests.fakes.teams.server import StandIn
from tests.integration.specimens import an_agency_with_everything
from tests.integration.teams_cast import lakemont

_TEMPLATE = "everything_template"


@pytest.fixture(scope="session")
def everything_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with everything, to be copied."""

    def make(folder: Path) -> None:
        shutil.copy(migrated_file, folder)
        _build(never_waiting(make_engine(f"sqlite:///{folder / migrated_file.name}")))

    return made_once(tmp_path_factory.getbasetemp(), "everything", make) / migrated_file.name


@pytest.fixture(scope="session")
def everything_server(postgres_server: PostgresServer) -> PostgresServer:
    """A PostgreSQL that holds everything as a template."""
    postgres_server.make_template(_TEMPLATE, _build)
    return postgres_server


def _build(engine: Engine) -> None:
    an_agency_with_everything(engine)
    # The last connection to close puts the write-ahead log back into the file.
    engine.dispose()


@pytest.fixture
def sqlite_everything(everything_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An agency with rows in every table of the record, in an SQLite file of this test's own."""
    path = tmp_path / "everything.sqlite"
    shutil.copyfile(everything_file, path)
    engine = never_waiting(make_engine(f"sqlite:///{path}"))
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_everything(everything_server: PostgresServer) -> Iterator[Engine]:
    """The same in a PostgreSQL database of this test's own."""
    with everything_server.a_database("everything", _TEMPLATE) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def everything(request: pytest.FixtureRequest) -> Engine:
    """An agency with rows in every table of the record, once on each kind of database."""
    engine = request.getfixturevalue(f"{request.param}_everything")
    assert isinstance(engine, Engine)
    return engine


@pytest.fixture
def teams() -> Iterator[StandIn]:
    """Microsoft with an officer and a sergeant of Lakemont, and a clock that ``later`` moves."""
    with lakemont() as stand_in:
        yield stand_in
