"""One-time links of Lakemont: who is given one, and a browser that opens it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape

import httpx
from sqlalchemy import func, select

from config.settings import Settings
from db.queries import content
from db.queries.context import ByBadge
from db.records.content import ItemState
from db.records.facts import ContentKind
from db.records.links import LinkPurpose
from db.tables import one_time_link
from db.unit_of_work import writing
from handlers.front_desk import FrontDesk
from handlers.interaction import Interaction
from handlers.routing import SentFile
from messages.kinds import MessageKind
from tests.scenario.cast import Agency
from tests.scenario.slack_cast import a_service
from training.asking import asking
from training.links import links, looks
from training.links.looks import Look

GONE = "This link does not work"
PUBLIC = "https://desk.lakemont.example"
RUIZ, LEE, OKAFOR, NAIR, PARK = "214", "231", "77", "902", "905"
JPEG = b"\xff\xd8\xff\xe0" + b"a photo" * 200
PDF = b"%PDF-1.7\n" + b"a certificate\n" * 200


@dataclass
class Browser:
    """A browser of somebody who has a link; nothing in it knows who that is."""

    client: httpx.Client

    def get(self, path: str) -> httpx.Response:
        """What a look at the link shows."""
        return self.client.get(path)

    def press(self, path: str) -> httpx.Response:
        """The one button on the page."""
        return self.client.post(path)

    def send(self, path: str, *files: tuple[str, bytes], words: str = "") -> httpx.Response:
        """The form of an upload page, filled in."""
        return self.client.post(
            path,
            data={"words": words},
            files=[("files", (name, content, "application/octet-stream")) for name, content in files]
            or [("files", ("", b"", "application/octet-stream"))],
        )


def with_links(agency: Agency) -> Agency:
    """The same agency where somebody named the address of its pages."""
    return replace(agency, office=replace(agency.office, links_at=PUBLIC))


@contextmanager
def browsing(agency: Agency) -> Iterator[Browser]:
    """The service without any channel, and a browser in front of it."""
    with (
        a_service(agency, Settings.model_construct()) as service,
        httpx.Client(base_url=service.url) as client,
    ):
        yield Browser(client)


def upload_link(agency: Agency, badge: str, channel: str = "desk") -> str:
    """The path of a link that takes files into somebody's conversation."""
    with asking(agency.office, agency.agency_id, ByBadge(badge), channel) as question:
        assert question is not None
        offered = links.offer_upload(question)
        assert offered is not None
        with writing(agency.office.engine, agency.agency_id, at=agency.clock.at) as writer:
            assert list(offered.does(writer)) == []
    return offered.href.removeprefix(PUBLIC)


def look_link(agency: Agency, badge: str, look: Look) -> str:
    """The path of a link that shows somebody this."""
    with agency.writing() as writer:
        token = links.issue(
            writer, agency.office, agency.id_of(badge), LinkPurpose.LOOK, looks.payload_of(look)
        )
    return f"/f/{token}"


def sends(agency: Agency, badge: str, *files: bytes) -> tuple[ItemState, ...]:
    """Somebody sends files in their conversation; the items in which they are kept."""
    before = {each.id for each in kept_files(agency, badge)}
    message = FrontDesk(agency.office, agency.words).answer(
        Interaction(
            agency_id=agency.agency_id,
            sender=ByBadge(badge),
            channel="desk",
            files=tuple(SentFile(name="card.pdf", content=each) for each in files),
        ),
        "Lakemont PD",
    )
    assert message.kind is not MessageKind.BROKEN
    return tuple(each for each in reversed(kept_files(agency, badge)) if each.id not in before)


def kept_files(agency: Agency, badge: str) -> Sequence[ItemState]:
    """Every file of somebody's, newest first."""
    with agency.reading() as conn:
        found = content.items_of(conn, agency.agency_id, agency.id_of(badge))
    return [each for each in found if each.kind is ContentKind.FILE]


def own_files(items: Sequence[ItemState], **given: object) -> Look:
    """Somebody's own files, as they are shown to them."""
    named: Mapping[str, object] = {"kind": "own-file", "name": "U-3107", "title": "Certificate U-3107"}
    return Look(**{**named, "items": tuple(each.id for each in items), **given})  # type: ignore[arg-type]  # whatever a test names


def words_of(page: httpx.Response) -> str:
    """What somebody reads on a page."""
    body = page.text.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def downloads_of(page: httpx.Response) -> list[str]:
    """Where the buttons of a page lead."""
    return re.findall(r'<form method="post" action="([^"]+)">', page.text)


def links_left(agency: Agency) -> int:
    """How many links work or wait to be cleared."""
    with agency.reading() as conn:
        return conn.execute(select(func.count()).select_from(one_time_link)).scalar_one()


def is_gone(page: httpx.Response) -> bool:
    """Whether a page says what every page without a link behind it says."""
    return page.status_code == 404 and GONE in words_of(page)
