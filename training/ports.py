"""What training asks of the outside world. Doors and tests bring the real things."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from messages.model import Message
from messages.words import Words
from reading.certificates.model import CertificateReading


class Clock(Protocol):
    """Business time. The demo and the tests move it; nothing below a door asks the machine for the time."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


class CertificateReader(Protocol):
    """What reads a file, apart from this process."""

    def read(self, content: bytes, *, within: float) -> CertificateReading | None:
        """What is in it; None when it takes longer than so many seconds. The same bytes may be asked for again."""
        ...

    def warm(self, after: float) -> None:
        """Get ready in so many seconds, so that the first file does not wait for it; returns at once."""
        ...


class Scanned(StrEnum):
    """What an outside program found in a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"  # there is no such program, or it gave no answer in time


# Never raises, and ends in a time that somebody may wait for.
Scan = Callable[[bytes], Scanned]


def unscanned(_: bytes) -> Scanned:
    """Where no program is named: nobody looked, and nobody is told that somebody did."""
    return Scanned.NOT_SCANNED


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRates:
    """How many segments a message is as a text, and what one costs by which paper; nobody guesses a price."""

    segments: Callable[[Message, Words], int]
    price: Decimal | None = None
    source: str = ""
