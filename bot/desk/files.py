"""What a person dropped, pasted or chose: held until it is sent, and shown again to whoever sent it.

Files stay in this process and end with it; a demo keeps nothing.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from secrets import token_urlsafe

from handlers.routing import SentFile
from reading.files import SHOWN_BY_BROWSERS, sniff

# What a certificate may weigh, as the product promises it; one more byte and reading stops.
MOST_BYTES = 20 * 1024 * 1024
# A forgotten demo must not fill the machine.
MOST_KEPT = 200 * 1024 * 1024
NAME_ROOM = 120
PATH = "/desk/files"
# What may be shown inline, by its content. Anything else is never served: it could be a page.
CONTENT_TYPES = {kind: f"image/{kind.value}" for kind in SHOWN_BY_BROWSERS}


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
        held = HeldFile(token_urlsafe(16), name[:NAME_ROOM], content, CONTENT_TYPES.get(sniff(content), ""))
        self._held[held.file_id] = held
        while sum(len(each.content) for each in self._held.values()) > MOST_KEPT:
            self._held.popitem(last=False)
        return held

    def get(self, file_id: str) -> HeldFile | None:
        """The file of this id, if it is still here."""
        return self._held.get(file_id)


async def read_capped(chunks: AsyncIterator[bytes]) -> bytes:
    """The whole body, or TooLargeError as soon as it passes the limit."""
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_BYTES:
            raise TooLargeError
    return bytes(whole)
