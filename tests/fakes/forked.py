"""A program of ours as a process of its own that begins with everything imported: reading the modules costs more of a
processor than most stories about a running service do. Some tests start the command as people do."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from threading import RLock

from bot.cli import loaded_for_good, main

# One process that has imported this is forked for each program.
_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.fakes.forked_from", __name__])


def command() -> int:
    """``rollcall``, with the words that it was given."""
    return main()


def own_program() -> int:
    """A service of the tests' own: the first word is its module, loaded as the command loads what it runs."""
    del sys.argv[0]
    return int(loaded_for_good(sys.argv[0]).main())


class Forked:
    """One such process. ``said`` is a file that takes what it writes to ``number``, 1 or 2."""

    def __init__(
        self,
        program: Callable[[], int],
        words: Sequence[str],
        said: Path,
        number: int,
        folder: Path,
        environment: Mapping[str, str],
    ) -> None:
        self._ended = RLock()  # its end can be read once
        self._process = _FORKED.Process(
            target=_run, args=(program, list(words), str(said), number, str(folder), dict(environment))
        )
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """How it ended; None while it lives."""
        with self._ended:
            return self._process.exitcode

    def wait(self, patience: float | None = None) -> int:
        """How it ended, once it has; TimeoutError when it does not."""
        wait([self._process.sentinel], patience)
        code = self.poll()
        if code is None:
            raise TimeoutError
        return code

    def send_signal(self, number: int) -> None:
        """As somebody at the machine does it; nothing happens to one that has ended."""
        with self._ended:
            if self.poll() is None and self.pid is not None:
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _run(
    program: Callable[[], int],
    words: list[str],
    said: str,
    number: int,
    folder: str,
    environment: dict[str, str],
) -> None:
    with open(said, "ab") as file:  # noqa: PTH123  it is the number that counts
        os.dup2(file.fileno(), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["rollcall", *words]
    sys.exit(program())
