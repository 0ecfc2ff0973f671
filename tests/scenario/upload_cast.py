"""Certificates on their way to the record: who sends what, with a reader that says what the test says is on it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from db.queries.context import ByBadge
from handlers.front_desk import FrontDesk, Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import Message
from reading.certificates.model import CertificateReading
from tests.fakes.reader import CannedReader
from tests.scenario.cast import SMS, Agency

RUIZ, LEE, COORDINATOR = "214", "231", "9001"
PHOTO = b"\xff\xd8\xff\xe0" + b"one photograph" * 100
OTHER_PHOTO = b"\xff\xd8\xff\xe0" + b"another photograph" * 100
THIRD_PHOTO = b"\xff\xd8\xff\xe0" + b"a third photograph" * 100


@contextmanager
def reading_as(agency: Agency, readings: Mapping[bytes, CertificateReading]) -> Generator[Agency]:
    """The agency with a reader for these files."""
    yield replace(agency, office=replace(agency.office, reader=CannedReader(readings)))


def sends(agency: Agency, badge: str, *contents: bytes, text: str = "", channel: str = SMS) -> Message:
    """Files with a few words beside them, through a door."""
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=channel,
            text=text,
            files=tuple(SentFile(name="IMG_0001.HEIC", content=each) for each in contents),
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return message
