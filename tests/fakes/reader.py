"""A reader that says of each file what the test says is in it, at once; of one that it does not know that it takes
longer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from reading.certificates.model import CertificateReading, CourseRead, PaperKind, Read

UNREADABLE = CertificateReading(kind=PaperKind.UNREADABLE, reason="nothing-read", pages=1)


class CannedReader:
    """``readings`` by the bytes of the file."""

    def __init__(self, readings: Mapping[bytes, CertificateReading] | None = None) -> None:
        self.readings = dict(readings or {})

    def read(self, content: bytes, *, within: float) -> CertificateReading | None:
        """What the test said; nothing for a file that is still being read."""
        assert within > 0
        return self.readings.get(content)

    def warm(self, after: float) -> None:
        """It is ready."""


def certificate(
    title: str = "Autism Response",
    completed_on: date | None = date(2027, 3, 2),
    hours: str | None = "4",
    provider: str = "Hennepin Tech",
    number: str = "9100-0442",
    person: str = "Dana Ruiz",
    *,
    sure: float = 0.97,
    expires_on: date | None = None,
    looks: str = "",
) -> CertificateReading:
    """One certificate of one class; an empty value was not read."""
    return CertificateReading(
        kind=PaperKind.CERTIFICATE,
        person_name=Read(value=person, confidence=sure) if person else None,
        courses=(
            CourseRead(
                title=Read(value=title, confidence=sure) if title else None,
                completed_on=None if completed_on is None else Read(value=completed_on, confidence=sure),
                hours=None if hours is None else Read(value=Decimal(hours), confidence=sure),
                expires_on=None if expires_on is None else Read(value=expires_on, confidence=sure),
                provider=Read(value=provider, confidence=sure) if provider else None,
                approval_number=Read(value=number, confidence=sure) if number else None,
            ),
        ),
        pages=1,
        looks=looks,
    )
