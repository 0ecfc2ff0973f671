"""What was read from one file? Each value with how surely, from which line, and by which label it was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from reading.documents.limits import MAX_PAGES
from reading.documents.model import FileRefusal, Flag

T = TypeVar("T")
# What a value can be at all. It is checked where a reading comes from the process that opens files: one that a file
# has taken over may say what it likes.
Words = Annotated[str, Field(max_length=8_000)]
Sureness = Annotated[float, Field(ge=0, le=1)]
HourCount = Annotated[Decimal, Field(ge=0, lt=10_000)]
Likeness = Annotated[str, Field(pattern=r"\A(?:[0-9a-f]{16})?\z")]
PageCount = Annotated[int, Field(ge=0, le=MAX_PAGES)]


class PaperKind(StrEnum):
    """What the file is; the words of the outside contract."""

    CERTIFICATE = "certificate"
    TRANSCRIPT = "transcript"
    NOT_CERTIFICATE = "not_certificate"
    UNREADABLE = "unreadable"
    REFUSED = "refused"


class Doubt(StrEnum):
    """What a coordinator should look at; the catalogue holds ``doubt-<code>`` for each. Nothing is decided by it."""

    HOURS_AND_CEU = "hours-and-ceu"
    HOURS_AND_DAYS = "hours-and-days"
    HOURS_AND_TOPICS = "hours-and-topics"
    SEVERAL_PEOPLE = "several-people"
    SEVERAL_CERTIFICATES = "several-certificates"
    HIDDEN_TEXT = "hidden-text"
    HANDWRITTEN = "handwritten"
    TAUGHT = "taught"  # the person printed is the instructor of the class


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """One value. ``line`` is the text it was taken from; ``label`` the words that chose it, empty when none did."""

    value: T
    confidence: Sureness
    page: int = 1
    line: Words = ""
    label: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with what it is called on the paper: state approval, course, credential, serial, instructor."""

    label: Words
    value: Words
    kind: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRead:
    """One course. ``hours`` None: the paper says none (a card), or it was not read; never worked out from days."""

    title: Read[Words] | None = None
    completed_on: Read[date] | None = None
    started_on: Read[date] | None = None
    expires_on: Read[date] | None = None
    hours: Read[HourCount] | None = None
    provider: Read[Words] | None = None
    approval_number: Read[Words] | None = None
    topics: Sequence[Read[Words]] = ()
    topic_hours: Sequence[tuple[Words, HourCount]] = ()
    status: str = ""  # passed, instructed, not-finished: what a row of a transcript says


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReading:
    """What was read from one file. ``reason`` is a code: why it is no certificate, or was not opened.

    ``spill``: its words hold what this desk must not hold, by the code of ``reading.spills``.
    """

    kind: PaperKind
    reason: str = ""
    person_name: Read[Words] | None = None
    courses: Sequence[CourseRead] = ()
    numbers: Sequence[Number] = ()
    doubts: Sequence[Doubt] = ()
    flags: frozenset[Flag] = frozenset()
    pages: PageCount = 0
    previews: Sequence[bytes] = ()
    looks: Likeness = ""
    seconds: float = 0.0
    spill: str = ""


def refused(why: FileRefusal) -> CertificateReading:
    """A file that was not opened."""
    return CertificateReading(kind=PaperKind.REFUSED, reason=why.value)
