"""Who reads a file without being hurt by it? One process at a time, watched, replaced when it is worn out.

Whoever asks waits as long as it likes and gets an answer or None; a process that dies, hangs or grows too large is an
answer too, and never an error.
"""

import os
import signal
import socket
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from time import monotonic

import reading
from reading.certificates.model import CertificateReading, refused
from reading.documents.admission import admitted
from reading.documents.model import FileRefusal
from reading.process.confinement import resident
from reading.process.line import ChildAnswer, HungUpError, LineEnd, LineError
from reading.process.model import Allowance, ReaderTrouble, given_up

CHILD = (sys.executable, "-m", "reading.process.child")
_ATTEMPTS = 2  # whoever killed the process once did not mean this file
_JOIN_SECONDS = 5.0
_LAST_SECONDS = 2.0
_FROM_OUTSIDE = frozenset({-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP})


class _TooSlowError(Exception):
    """It had its time."""


class _TooHeavyError(Exception):
    """It had its memory."""


@dataclass(eq=False, slots=True)
class _Job:
    """A file that somebody wants read; without a key only that the process is started, after so many quiet seconds."""

    key: str
    content: bytes
    after: float = 0.0
    done: Event = field(default_factory=Event)
    result: CertificateReading | None = None


class _Child:
    """One process, and the line to it."""

    def __init__(self, command: Sequence[str], allowance: Allowance) -> None:
        self._allowance = allowance
        self._until = monotonic() + allowance.start_seconds
        self._began = monotonic()
        self._files = 0
        ours, theirs = socket.socketpair()
        self._end = ours
        self._ending = Lock()
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603  our own command
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=_environment(),
                    cwd="/",
                    start_new_session=True,
                )
        except OSError:
            ours.close()
            raise
        self._line = LineEnd(ours, self._still)

    def wait_until_ready(self) -> None:
        """Until it has loaded everything."""
        self._line.receive_ready()

    def ask(self, content: bytes, until: float) -> ChildAnswer:
        """What it reads from a file, by then."""
        self._until = until
        self._files += 1
        self._line.send_file(content)
        return self._line.receive_answer()

    def is_worn(self, answer: ChildAnswer) -> bool:
        """Whether the next file should find another process."""
        limits = self._allowance
        return (
            answer.spent
            or answer.resident > limits.spent
            or self._files >= limits.files
            or monotonic() - self._began > limits.age
        )

    def is_gone(self) -> bool:
        """Whether it ended while nobody asked."""
        return self._process.poll() is not None

    def was_killed(self) -> bool:
        """Whether somebody else ended it, and not what it read."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_SECONDS)
        return self._process.returncode in _FROM_OUTSIDE

    def end(self) -> None:
        """Now, with everything it may have started."""
        with self._ending:
            if self._process.poll() is None:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._end.close()

    def _still(self) -> None:
        if monotonic() > self._until:
            raise _TooSlowError
        if resident(self._process.pid) > self._allowance.memory:
            raise _TooHeavyError


class Reader:
    """Reads files in another process, one after the other. ``command`` starts that process."""

    def __init__(self, command: Sequence[str] = CHILD, allowance: Allowance | None = None) -> None:
        self._command = tuple(command)
        self._allowance = allowance or Allowance()
        self._lock = Lock()
        self._queue: Queue[_Job | None] = Queue(self._allowance.waiting)
        self._asked: dict[str, _Job] = {}
        self._known: OrderedDict[str, CertificateReading] = OrderedDict()
        self._thread: Thread | None = None
        self._child: _Child | None = None
        self._worn = False
        self._closed = Event()

    def read(self, content: bytes, *, within: float) -> CertificateReading | None:
        """What was read; None while it is not finished, or too many wait: ask again with the same file."""
        kind = admitted(content)
        if isinstance(kind, FileRefusal):
            return refused(kind)
        key = sha256(content).hexdigest()
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                return self._handed_out(key, known)
            job = self._asked.get(key) or self._put(_Job(key, content))
        if job is None or not job.done.wait(max(within, 0.0)):
            return None
        with self._lock:
            return job.result if job.result is None else self._handed_out(key, job.result)

    def warm(self, after: float = 0.0) -> None:
        """Start the process in so many seconds, or for a file that comes before; returns at once."""
        with self._lock:
            self._put(_Job("", b"", after))

    def close(self) -> None:
        """End the process. Files that wait stay unread; whoever waits for them hears None."""
        with self._lock:
            self._closed.set()
            thread, child = self._thread, self._child
        if child is not None:
            child.end()
        if thread is not None:
            with suppress(Full):
                self._queue.put_nowait(None)
            thread.join(_JOIN_SECONDS)

    def _put(self, job: _Job) -> _Job | None:
        if self._closed.is_set():
            return None
        try:
            self._queue.put_nowait(job)
        except Full:
            return None
        if job.key:
            self._asked[job.key] = job
        if self._thread is None:
            self._thread = Thread(target=self._work, name="certificate-reader", daemon=True)
            self._thread.start()
        return job

    def _handed_out(self, key: str, found: CertificateReading) -> CertificateReading:
        """Kept for whoever asks again, but not what another try may mend."""
        if found.reason in set(ReaderTrouble):
            self._known.pop(key, None)
        elif key in self._known:
            self._known.move_to_end(key)
        return found

    def _work(self) -> None:
        """The one thread that talks to the process."""
        quiet = 0.0
        while not self._closed.is_set():
            try:
                job = self._queue.get(timeout=quiet or self._allowance.idle)
            except Empty:
                if not quiet:
                    self._end_child()
                    continue
                job = _Job("", b"")
            if job is None:
                break
            quiet = job.after
            if quiet:
                continue
            if job.key:
                self._finish(job, self._guarded(job.content))
            if self._worn or not job.key:
                # Nobody waits for this one yet.
                with suppress(HungUpError):
                    self._ready()
        self._end_child()
        with self._lock:
            left = list(self._asked.values())
            self._asked.clear()
        for each in left:
            each.done.set()

    def _finish(self, job: _Job, found: CertificateReading | None) -> None:
        with self._lock:
            self._asked.pop(job.key, None)
            job.result = found
            if found is not None:
                self._known[job.key] = found
                while len(self._known) > self._allowance.remembered:
                    self._known.popitem(last=False)
        job.done.set()

    def _guarded(self, content: bytes) -> CertificateReading | None:
        try:
            return self._answer(content)
        except Exception:  # noqa: BLE001  a slip of ours must not leave everybody else waiting for this thread
            self._end_child()
            return given_up(ReaderTrouble.FAILED)

    def _answer(self, content: bytes) -> CertificateReading | None:
        until: float | None = None
        for _ in range(_ATTEMPTS):
            try:
                child = self._ready()
                until = until or monotonic() + self._allowance.seconds
                answer = child.ask(content, until)
            except HungUpError:
                killed = self._child is None or self._child.was_killed()
                self._end_child()
                if self._closed.is_set():
                    return None
                if not killed:
                    break
            except (_TooSlowError, _TooHeavyError, LineError) as error:
                self._end_child()
                return given_up(_TROUBLES[type(error)])
            else:
                self._worn = child.is_worn(answer)
                return answer.reading
        return given_up(ReaderTrouble.STOPPED)

    def _ready(self) -> _Child:
        """A process that has loaded everything; a worn one is replaced."""
        if self._child is not None and (self._worn or self._child.is_gone()):
            self._end_child()
        if self._child is not None:
            return self._child
        try:
            child = _Child(self._command, self._allowance)
        except OSError as error:
            raise HungUpError from error
        with self._lock:
            self._child, self._worn = child, False
            closed = self._closed.is_set()
        if closed:
            raise HungUpError
        try:
            child.wait_until_ready()
        except (_TooSlowError, _TooHeavyError, LineError) as error:
            self._end_child()
            raise HungUpError from error
        return child

    def _end_child(self) -> None:
        with self._lock:
            child, self._child, self._worn = self._child, None, False
        if child is not None:
            child.end()


_TROUBLES = {
    _TooSlowError: ReaderTrouble.TOO_SLOW,
    _TooHeavyError: ReaderTrouble.TOO_HEAVY,
    LineError: ReaderTrouble.FAILED,
}


def _environment() -> dict[str, str]:
    """What the process is told of this machine: where its code lies, and nothing that is secret."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(reading.__file__).parents[1]),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        # Each thread would otherwise keep memory of its own for itself.
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
