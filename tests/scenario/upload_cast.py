"""Certificates on their way to the record: who sends what, with a reader that says what the test says is on it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from bot.links.kinds import KINDS
from bot.sms.render import render
from db.queries import uploads
from db.queries.context import ByBadge
from db.records.uploads import UploadState
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from messages.model import Link, Message
from reading.certificates.model import CertificateReading
from tests.fakes.reader import CannedReader
from tests.scenario.cast import SCREEN, SMS, Agency
from training.links import links, looks
from training.links.looks import OPENING
from training.uploads.keeping import opened_draft
from training.uploads.values import Draft

RUIZ, LEE, NAIR = "214", "231", "902"
PHOTO = b"\xff\xd8\xff\xe0" + b"one photograph" * 100
OTHER_PHOTO = b"\xff\xd8\xff\xe0" + b"another photograph" * 100
THIRD_PHOTO = b"\xff\xd8\xff\xe0" + b"a third photograph" * 100

ALL = ("title", "completed_on", "hours")
VALUES = {
    "title": "Autism Response",
    "completed_on": "2027-03-02",
    "hours": "4",
    "provider": "Hennepin Tech",
    "number": "9100-0442",
    "topics": "autism",
}


@contextmanager
def reading_as(agency: Agency, readings: Mapping[bytes, CertificateReading]) -> Generator[Agency]:
    """The agency with a reader for these files."""
    yield replace(
        agency,
        office=replace(agency.office, reader=CannedReader(readings), links_at="https://rollcall.example.org"),
    )


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


def as_text(agency: Agency, message: Message) -> str:
    """The message as a telephone shows it."""
    return render(message, agency.words)


def looks_at(agency: Agency, badge: str, number: int) -> None:
    """A reviewer opens the files by the link that they were given, and presses the button on its page."""
    message = agency.ask(badge, f"open u-{number}")
    (link,) = [each for each in message.actions if isinstance(each, Link)]
    office = agency.office
    found = links.found(office, link.href.rpartition("/")[2], OPENING)
    assert found is not None
    opened = looks.open_link(office, found, KINDS)
    seen = looks.use_up(office, found, opened, KINDS)
    assert seen is not None
    assert seen.shown


def decides(
    agency: Agency,
    badge: str = NAIR,
    *,
    decision: str = "approve",
    confirmed: tuple[str, ...] = ALL,
    number: str = "3001",
    reason: str = "",
    words: str = "",
    **changed: str,
) -> str:
    """The form of a review, as it is sent."""
    values = {name: (value,) for name, value in {**VALUES, **changed}.items() if value}
    form = {"upload": (number,), "decision": (decision,), "confirmed": confirmed, **values}
    if reason:
        form["reason"] = (reason,)
    if words:
        form["words"] = (words,)
    message: Message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            action="review-certificate",
            form=form,
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return as_text(agency, message)


def submitted(agency: Agency, badge: str = RUIZ, photo: bytes = PHOTO) -> None:
    """Somebody sends a certificate and says that it is right."""
    sends(agency, badge, photo)
    agency.text(badge, "ok")


def upload(agency: Agency, number: int = 3001) -> UploadState:
    """How a certificate stands."""
    with agency.reading() as conn:
        found = uploads.by_number(conn, agency.agency_id, number)
    assert found is not None
    return found


FORM = {
    "upload": ("3001",),
    "decision": ("approve",),
    "confirmed": ("title", "completed_on", "hours"),
    "title": ("Autism Response",),
    "completed_on": ("2027-03-02",),
    "hours": ("4",),
    "provider": ("Hennepin Tech",),
    "number": ("9100-0442",),
    "topics": ("autism",),
}


def draft(agency: Agency, number: int) -> Draft:
    found = upload(agency, number)
    with agency.reading() as conn:
        row = uploads.draft(conn, agency.agency_id, found.kept.id)
    assert row is not None
    return opened_draft(agency.office.keys, found.kept.id, row.body)


def presses(
    agency: Agency, badge: str, action: str, value: str = "", form: dict[str, tuple[str, ...]] | None = None
) -> Message:
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel=SCREEN,
            action=action,
            value=value,
            form=form,
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN, message
    return message


def reviews(agency: Agency, badge: str = NAIR, **changed: tuple[str, ...]) -> str:
    form = {name: values for name, values in {**FORM, **changed}.items() if values}
    return as_text(agency, presses(agency, badge, "review-certificate", form=form))
