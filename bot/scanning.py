"""Is a file infected? Asked of a program outside, which gets the bytes and no name, in a time that is set."""

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from training.ports import Scanned

log = logging.getLogger(__name__)

# What ClamAV and others that follow it end with.
ANSWERS = {0: Scanned.CLEAN, 1: Scanned.INFECTED}
_OURS = "ROLLCALL_"


class Program:
    """A scanner on this machine. Anything but its two answers counts as not scanned, and is in the log."""

    def __init__(self, words: Sequence[str], seconds: float) -> None:
        self._words = tuple(words)
        self._seconds = seconds

    def __call__(self, content: bytes) -> Scanned:
        """What it says of these bytes."""
        try:
            code = self._ended_with(content)
        except OSError as error:
            return self._no_answer(type(error).__name__)
        except subprocess.TimeoutExpired:
            return self._no_answer("timeout")
        return ANSWERS.get(code) or self._no_answer(str(code))

    def _ended_with(self, content: bytes) -> int:
        program = subprocess.Popen(  # noqa: S603  the administrator names it, no shell reads it, and no word comes from a file
            self._words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # It needs none of our secrets.
            env={name: value for name, value in os.environ.items() if not name.startswith(_OURS)},
            # Whatever it has started is ended with it.
            start_new_session=True,
        )
        try:
            program.communicate(content, self._seconds)
        except subprocess.TimeoutExpired:
            _end(program)
            raise
        return program.returncode

    def _no_answer(self, why: str) -> Scanned:
        log.warning("file-not-scanned", extra={"error": why})
        return Scanned.NOT_SCANNED


def _end(program: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()
    program.communicate()
