"""What may the process do that opens files? Think, within bounds: no network, no other program, no file written."""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from reading.process.model import MEGABYTE

_ADDRESSES = 4096 * MEGABYTE
_OPEN_FILES = 64
_CPU_SECONDS = 60  # of one file; two threads within its wall clock, and then some
_NICE = 2  # whoever asks is served first
_NEVER = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.system",
        "pty.spawn",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "subprocess.Popen",
    }
)
_STATM = Path("/proc/self/statm")


def confine() -> None:
    """From here on. What a system does not know is left out: the one who started us watches too."""
    with suppress(OSError):
        os.nice(_NICE)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_AS, _ADDRESSES)
    sys.addaudithook(_forbid)


def begin_file() -> None:
    """So much work for the next file; after that the system ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU_SECONDS, hard))


def resident(pid: int | None = None) -> int:
    """Bytes of memory that a process holds now; of another one 0 where the system does not say."""
    try:
        pages = (_STATM if pid is None else Path(f"/proc/{pid}/statm")).read_text(encoding="ascii").split()[1]
        return int(pages) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        # Only the most it ever held is known: a process that once was large is replaced early.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if pid is None else 0


def _limit(what: int, most: int) -> None:
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, most))


def _forbid(event: str, _: object) -> None:
    if event in _NEVER:
        raise PermissionError(event)
