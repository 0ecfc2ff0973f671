"""`rollcall serve` and `work` as processes of their own: started on a free port, asked by HTTP, stopped by a signal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from time import monotonic
from typing import IO

import httpx
from sqlalchemy import Engine

COMMAND = (sys.executable, "-m", "bot.cli")
PROGRAM = (sys.executable, "-m", "tests.integration.program")
WITH_A_DOOR = (*PROGRAM, "tests.integration.service_with_a_door")
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

    process: subprocess.Popen[bytes]
    errors: IO[bytes]
    address: str = field(default="")

    @property
    def said(self) -> str:
        """Everything written so far."""
        return os.pread(self.errors.fileno(), os.fstat(self.errors.fileno()).st_size, 0).decode()

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
    folder: Path, engine: Engine, *words: str, program: tuple[str, ...] = COMMAND, **settings: str
) -> Iterator[Running]:
    """The service on this database, once it answers; whatever happens it is gone afterwards."""
    command = [*program, *words, "--port", "0"]
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  our own command
            command, stderr=errors, cwd=folder, env=environment(folder, engine, **settings)
        )
        service = Running(process, errors)
        try:
            until(lambda: OPEN in service.said or process.poll() is not None, "it answers")
            assert process.poll() is None, service.said
            service.address = service.said.partition(OPEN)[2].split()[0].rstrip(".")
            yield service
        finally:
            process.kill()
            process.wait()
