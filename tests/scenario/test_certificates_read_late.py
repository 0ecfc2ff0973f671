"""A file is spoken of in one way, whether it was read while its sender waited or a minute later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from db.queries import ledger
from db.queries.context import ByBadge
from db.records.ledger import Destination
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.model import Message
from reading.certificates.model import CertificateReading, PaperKind
from tests.fakes.reader import UNREADABLE, CannedReader, certificate
from tests.scenario.cast import SMS, Agency
from tests.scenario.upload_cast import OTHER_PHOTO, PHOTO, RUIZ, reading_as
from training.ledger.saying import opened_body
from training.office import shared_now
from training.uploads import late

BACK = Destination(channel=SMS, address="+16125550100", place="+16125550214")
ONE_PAPER, THE_SAME_PAPER = "ff00ff00ff00ff00", "ff00ff00ff00ff01"


def sends(agency: Agency, photo: bytes) -> Message:
    """A photograph by a door that carries an answer later as well."""
    asked = Interaction(
        agency_id=agency.agency_id,
        sender=ByBadge(RUIZ),
        channel=SMS,
        back=BACK,
        files=(SentFile(name="IMG_1.JPG", content=photo),),
    )
    return FrontDesk(agency.office, agency.words).answer(asked, "Lakemont PD")


def read_later(agency: Agency, photo: bytes, reading: CertificateReading) -> Message:
    """The same from a reader that takes its time: what is said once it is done."""
    reader = agency.office.reader
    assert isinstance(reader, CannedReader)
    known, reader.readings = reader.readings, {}
    sends(agency, photo)
    reader.readings = {**known, photo: reading}
    assert late.read_waiting(agency.office, agency.words, limit=5) == 1
    with agency.office.engine.begin() as conn:
        now = shared_now(agency.office, conn)
        claims = ledger.claim(conn, now=now, owner="test", until=now + timedelta(minutes=1), limit=50)
    [said] = [opened_body(agency.office.keys, each) for each in claims]
    return said


def said(message: Message) -> tuple[Sequence[object], Sequence[object]]:
    return message.body, message.sms


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(certificate(), id="all of it"),
        pytest.param(certificate(hours="20", number=""), id="what cannot be"),
        pytest.param(replace(certificate(), kind=PaperKind.NOT_CERTIFICATE), id="no proof"),
        pytest.param(UNREADABLE, id="nothing"),
        pytest.param(replace(certificate(), spill="social-security"), id="what must not be here"),
    ],
)
def test_what_is_read_late_is_said_as_if_it_had_been_read_at_once(
    embedded: Agency, reading: CertificateReading
) -> None:
    with reading_as(embedded, {PHOTO: reading}) as agency:
        at_once = sends(agency, PHOTO)
        later = read_later(agency, OTHER_PHOTO, reading)
    assert str(said(later)) == str(said(at_once)).replace("U-3001", "U-3002")


def test_a_late_photograph_of_what_was_taken_back_resembles_nothing(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(looks=ONE_PAPER)}) as agency:
        sends(agency, PHOTO)
        agency.text(RUIZ, "withdraw u-3001")
        assert "It looks like" not in str(read_later(agency, OTHER_PHOTO, certificate(looks=THE_SAME_PAPER)))


def test_a_late_photograph_of_what_waits_is_pointed_out(embedded: Agency) -> None:
    with reading_as(embedded, {PHOTO: certificate(looks=ONE_PAPER)}) as agency:
        sends(agency, PHOTO)
        assert "It looks like U-3001" in str(
            read_later(agency, OTHER_PHOTO, certificate(looks=THE_SAME_PAPER))
        )
