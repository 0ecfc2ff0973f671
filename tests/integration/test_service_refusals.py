"""What keeps the service from starting is said in a sentence with what to do, all of it before anything starts."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.cli import main
from db.unit_of_work import working
from tests.conftest import PostgresServer

numbers = count(1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a command that did not start ended, and what it said line by line."""

    code: int
    lines: list[str]


Start = Callable[..., Refusal]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Start:
    """A command as typed on a machine of its own, with these settings."""
    for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def begin(*typed: str, engine: Engine | None = None, **settings: str) -> Refusal:
        if engine is not None:
            settings["DATABASE_URL"] = engine.url.render_as_string(hide_password=False)
        for name, value in settings.items():
            monkeypatch.setenv(f"ROLLCALL_{name}", value)
        code = main(typed)
        said = capsys.readouterr()
        assert said.out == ""
        return Refusal(code, said.err.splitlines())

    return begin


@pytest.mark.parametrize("command", ["serve", "work", "chat --as 214"])
def test_settings_that_cannot_be_used_are_told_together_before_anything_starts(
    command: str, start: Start, tmp_path: Path
) -> None:
    refused = start(*command.split(), TIME_ZONE="America/Lakemont", SLACK_BOT_TOKEN="xoxb-geheim")  # noqa: S106  not one
    assert refused.code == 1
    assert refused.lines[0] == "Some settings are wrong, and nothing was started:"
    assert [line.partition(":")[0] for line in refused.lines[1:3]] == [
        "ROLLCALL_TIME_ZONE",
        "ROLLCALL_SLACK_SIGNING_SECRET",
    ]
    assert len(refused.lines) == 4
    assert "geheim" not in "".join(refused.lines)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_database_that_no_migration_has_touched_is_refused(
    command: str, empty_database: Engine, start: Start
) -> None:
    refused = start(command, engine=empty_database)
    assert refused.code == 1
    assert refused.lines == [
        "The database is not there yet, or it is older than this release.",
        "Run: rollcall db upgrade",
    ]


def test_a_database_of_an_earlier_release_is_to_be_upgraded(database: Engine, start: Start) -> None:
    with working(database) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    assert start("serve", engine=database).lines[1] == "Run: rollcall db upgrade"


def test_a_database_of_a_later_release_is_not_worked_with(database: Engine, start: Start) -> None:
    with working(database) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    refused = start("work", engine=database)
    assert refused.code == 1
    assert (
        refused.lines[0]
        == "The database was upgraded by a newer release of Rollcall, and nothing was started."
    )


def test_an_sqlite_file_that_cannot_be_written_is_refused(sqlite_database: Engine, start: Start) -> None:
    sqlite_database.dispose()
    refused = start("serve", DATABASE_URL=f"sqlite:///file:{sqlite_database.url.database}?mode=ro&uri=true")
    assert refused.code == 1
    assert refused.lines[0] == "The database can be read but not written, and nothing was started."


def test_a_postgresql_role_that_may_not_write_is_refused(
    postgresql_database: Engine, postgres_server: PostgresServer, start: Start
) -> None:
    reader = f"reader_{next(numbers)}"
    postgres_server.run(f"CREATE ROLE {reader} LOGIN")
    postgres_server.run(f"GRANT pg_read_all_data TO {reader}")
    url = postgresql_database.url.set(username=reader).render_as_string(hide_password=False)
    refused = start("serve", DATABASE_URL=url)
    postgres_server.run(f"DROP ROLE {reader}")
    assert refused.code == 1
    assert refused.lines[0] == "The database can be read but not written, and nothing was started."


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://rollcall:geheim@127.0.0.1:1/rollcall", "The database cannot be reached"),
        ("sqlite:///nowhere/at/all.db", "The database is not there yet"),
        ("sqlite:///notes.txt", "What ROLLCALL_DATABASE_URL names is no database"),
    ],
)
def test_a_database_that_is_none_is_said_in_one_sentence(
    address: str, sentence: str, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("Bring the projector to roll call. " * 40)
    refused = start("serve", DATABASE_URL=address)
    assert (refused.code, len(refused.lines)) == (1, 2)
    assert refused.lines[0].startswith(sentence)
    assert "geheim" not in "".join(refused.lines)


@pytest.mark.parametrize("command", ["db upgrade", "db check"])
@pytest.mark.parametrize(
    "address", ["postgresql://rollcall:geheim@127.0.0.1:1/rollcall", "sqlite:///notes.txt"]
)
def test_what_cannot_be_migrated_is_said_in_one_sentence_too(
    command: str, address: str, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("Bring the projector to roll call. " * 40)
    refused = start(*command.split(), DATABASE_URL=address)
    assert (refused.code, len(refused.lines)) == (1, 2)


def test_a_read_only_file_is_not_upgraded_and_says_so(sqlite_database: Engine, start: Start) -> None:
    with working(sqlite_database) as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0004'"))
        conn.execute(text("DROP TABLE heartbeat"))
    sqlite_database.dispose()
    refused = start(
        "db", "upgrade", DATABASE_URL=f"sqlite:///file:{sqlite_database.url.database}?mode=ro&uri=true"
    )
    assert refused.code == 1
    assert refused.lines[0].startswith("The database can be read but not written")


def test_a_data_folder_that_cannot_be_made_is_named(start: Start, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    refused = start("serve", DATA_DIR=str(tmp_path / "notes.txt" / "data"))
    assert refused.code == 1
    assert "cannot be made" in refused.lines[0]


def test_the_desk_is_not_opened_by_a_service(sqlite_database: Engine, start: Start) -> None:
    refused = start("serve", "--desk", engine=sqlite_database)
    assert refused.code == 1
    assert "who sits in front of it" in refused.lines[0]
    refused = start("serve", "--desk", "--host", "0.0.0.0", engine=sqlite_database)  # noqa: S104  what is refused
    assert refused.code == 1
    assert "does not answer on 0.0.0.0" in refused.lines[0]


@pytest.mark.parametrize(
    ("typed", "settings", "said"),
    [
        (("--host", "0.0.0.0"), {}, "not opened at 0.0.0.0"),  # noqa: S104  what is refused
        ((), {"PUBLIC_URL": "https://desk.lakemont.example"}, "not opened at desk.lakemont.example"),
        (
            (),
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "1"},
            "not opened where people are served: slack",
        ),
        (
            (),
            {"TEAMS_CLIENT_ID": "1", "TEAMS_CLIENT_SECRET": "1", "TEAMS_TENANT_ID": "1"},
            "not opened where people are served: teams",
        ),
    ],
)
def test_the_playground_is_opened_only_where_nobody_but_this_machine_can_knock(
    typed: tuple[str, ...], settings: dict[str, str], said: str, sqlite_database: Engine, start: Start
) -> None:
    refused = start("serve", "--teams-playground", *typed, engine=sqlite_database, **settings)
    assert refused.code == 1
    assert said in refused.lines[0]
    assert not any("Rollcall answers at" in line for line in refused.lines)


def test_a_port_that_is_taken_is_said_with_what_to_do(sqlite_database: Engine, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = start("work", "--port", port, engine=sqlite_database)
    assert refused.code == 1
    assert refused.lines[0].startswith(f"Port {port} is in use")
