"""What a person dropped, pasted or chose: held until it is sent, and shown again to whoever sent it.

Files stay in this process and end with it; a demo keeps nothing.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from secrets import token_urlsafe

from handlers.routing import SentFile

# What a certificate may weigh, as the product promises it; one more byte and reading stops.
MOST_BYTES = 20 * 1024 * 1024
# A forgotten demo must not fill the machine.
MOST_KEPT = 200 * 1024 * 1024
NAME_ROOM = 120
PATH = "/desk/files"
# Pictures a browser may show inline, by how their content begins. Anything else is never served: it could be a page.
PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
WEBP = (b"RIFF", b"WEBP", "image/webp")


class TooLargeError(Exception):
    """A file passed the limit while it was being read; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file at the desk. ``picture``: its content type when it may be shown inline, else empty."""

    file_id: str
    name: str
    content: bytes
    picture: str

    @property
    def href(self) -> str:
        """Where its picture is shown; empty when it is none."""
        return f"{PATH}/{self.file_id}" if self.picture else ""

    def sent(self) -> SentFile:
        """The file as a door hands it over."""
        return SentFile(name=self.name, content=self.content, href=self.href)


class FileShelf:
    """Files by an unguessable id; the oldest go when there is too much."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, HeldFile] = OrderedDict()

    def hold(self, name: str, content: bytes) -> HeldFile:
        """Keep a file under an id of its own."""
        held = HeldFile(token_urlsafe(16), name[:NAME_ROOM], content, picture_type(content))
        self._held[held.file_id] = held
        while sum(len(each.content) for each in self._held.values()) > MOST_KEPT:
            self._held.popitem(last=False)
        return held

    def get(self, file_id: str) -> HeldFile | None:
        """The file of this id, if it is still here."""
        return self._held.get(file_id)


def picture_type(content: bytes) -> str:
    """The content type of a picture that may be shown inline, judged by its content and never by its name."""
    for start, kind in PICTURES:
        if content.startswith(start):
            return kind
    riff, webp, kind = WEBP
    return kind if content.startswith(riff) and content[8:12] == webp else ""


async def read_capped(chunks: AsyncIterator[bytes]) -> bytes:
    """The whole body, or TooLargeError as soon as it passes the limit."""
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_BYTES:
            raise TooLargeError
    return bytes(whole)
