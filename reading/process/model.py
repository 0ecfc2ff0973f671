"""How does a reading end that had no fault of the file's words? And how much may one file take?"""

from dataclasses import dataclass
from enum import StrEnum

from reading.certificates.model import CertificateReading, PaperKind

MEGABYTE = 1024 * 1024


class ReaderTrouble(StrEnum):
    """Why a file was given up; the reason of a reading that is unreadable."""

    TOO_SLOW = "too-slow"
    TOO_HEAVY = "too-heavy"  # it wanted more memory than a file may have
    STOPPED = "reader-stopped"  # the process ended while it read, twice
    FAILED = "reader-failed"  # it read, and its answer cannot be used


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one file, and one process, may take."""

    seconds: float = 20.0
    start_seconds: float = 60.0  # a cold disk and a busy machine; no file is open yet
    memory: int = 1500 * MEGABYTE  # resident, while it reads; above that it is ended
    spent: int = 1200 * MEGABYTE  # resident, after a file; above that another process takes over
    files: int = 200
    age: float = 3600.0
    idle: float = 900.0  # after which nobody is kept waiting in memory
    waiting: int = 8
    remembered: int = 16


def given_up(trouble: ReaderTrouble) -> CertificateReading:
    """The reading of a file that could not be read for this reason."""
    return CertificateReading(kind=PaperKind.UNREADABLE, reason=trouble.value)
