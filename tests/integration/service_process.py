"""`rollcall serve` and `work` as processes of their own: started on a free port, asked by HTTP, stopped by a signal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event
from time import monotonic

import httpx
from sqlalchemy import Engine

from tests.fakes.forked import Forked, command, own_program

WITH_A_DOOR = "tests.integration.service_with_a_door"
PATIENCE = 30.0  # seconds until something that does not come is called missing
OPEN = "Rollcall answers at "


def until(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    end = monotonic() + PATIENCE
    pause = Event()
    while not condition():
        assert monotonic() < end, f"never: {what}"
        pause.wait(0.05)


@dataclass(slots=True)
class Running:
    """A service that runs; ``said`` is everything it wrote to standard error so far."""

    process: subprocess.Popen[bytes] | Forked
    errors: Path
    address: str = field(default="")

    @property
    def said(self) -> str:
        """Everything written so far."""
        return self.errors.read_bytes().decode()

    def get(self, path: str) -> httpx.Response:
        """One answer."""
        return httpx.get(self.address + path, timeout=PATIENCE)

    def checks(self) -> dict[str, str]:
        """The state of each check of the ready route."""
        return {each["name"]: each["state"] for each in self.get("/health/ready").json()["checks"]}

    def is_ready(self) -> bool:
        """Whether it says that it can work."""
        return self.get("/health/ready").status_code == 200

    def metric(self, name: str) -> float:
        """The value of one series, as it is written."""
        lines = self.get("/metrics").text.splitlines()
        return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{name} ")), -1.0)

    def stop(self) -> int:
        """Tell it to stop; how it ended."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


def environment(folder: Path, engine: Engine | None = None, **settings: str) -> dict[str, str]:
    """The settings of one installation, and nothing of this machine's own."""
    given = {f"ROLLCALL_{name}": value for name, value in settings.items()}
    if engine is not None:
        given["ROLLCALL_DATABASE_URL"] = engine.url.render_as_string(hide_password=False)
    here = str(Path(__file__).parents[2])
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": here, "ROLLCALL_DATA_DIR": str(folder), **given}


@contextmanager
def running(
    folder: Path, engine: Engine, *words: str, program: str = "", as_typed: bool = False, **settings: str
) -> Iterator[Running]:
    """The service on this database, once it answers; whatever happens it is gone afterwards.

    ``program``: a module of the tests' own that is run instead. ``as_typed``: started as people start it, and not with
    everything imported.
    """
    given = [*words, "--port", "0"]
    told = environment(folder, engine, **settings)
    with NamedTemporaryFile() as errors:
        said = Path(errors.name)
        if as_typed:
            process: subprocess.Popen[bytes] | Forked = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, "-m", "bot.cli", *given], stderr=errors, cwd=folder, env=told
            )
        elif program:
            process = Forked(own_program, [program, *given], said, 2, folder, told)
        else:
            process = Forked(command, given, said, 2, folder, told)
        service = Running(process, said)
        try:
            until(lambda: OPEN in service.said or process.poll() is not None, "it answers")
            assert process.poll() is None, service.said
            service.address = service.said.partition(OPEN)[2].split()[0].rstrip(".")
            yield service
        finally:
            process.kill()
            process.wait()
