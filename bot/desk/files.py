"""What a person dropped, pasted or chose: held until it is sent; a picture is shown again in the talk.

What waits and what is shown again ends with this process. A file that was sent is kept, closed, where messages are.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from secrets import token_urlsafe

from handlers.routing import SentFile
from reading.files import SHOWN_BY_BROWSERS, sniff

# What a certificate may weigh, as the product promises it; one more byte and reading stops.
MOST_BYTES = 20 * 1024 * 1024
# A forgotten demo must not fill the machine: what waits in one pane, what waits in all, what is shown again.
MOST_WAITING_FILES = 10
MOST_WAITING = 200 * 1024 * 1024
MOST_SHOWN = 100 * 1024 * 1024
NAME_ROOM = 120
PATH = "/desk/files"
# What may be shown inline, by its content. Anything else is never served: it could be a page.
CONTENT_TYPES = {kind: f"image/{kind.value}" for kind in SHOWN_BY_BROWSERS}


class TooLargeError(Exception):
    """A file passed the limit while it was being read; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What a talk keeps of a file that was sent. ``href`` is where its picture is shown; empty when it is none."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that waits for its message. ``picture``: its content type when it may be shown inline, else empty."""

    file_id: str
    name: str
    content: bytes
    picture: str

    @property
    def href(self) -> str:
        """Where its picture is shown once it was sent; empty when it is none."""
        return f"{PATH}/{self.file_id}" if self.picture else ""

    @property
    def shown(self) -> ShownFile:
        """What the talk keeps of it."""
        return ShownFile(self.name, self.href)

    def sent(self) -> SentFile:
        """The file as a door hands it over."""
        return SentFile(name=self.name, content=self.content)


def held(name: str, content: bytes) -> HeldFile:
    """A file under an unguessable id of its own, its name without marks that turn round what stands beside it."""
    shown = "".join(filter(str.isprintable, name))[:NAME_ROOM]
    return HeldFile(token_urlsafe(16), shown, content, CONTENT_TYPES.get(sniff(content), ""))


class PictureShelf:
    """Pictures that were sent, by id; the oldest go when there is too much."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[str, HeldFile] = OrderedDict()

    def show(self, files: Iterable[HeldFile]) -> None:
        """Keep the pictures among these files where the talk shows them."""
        self._pictures.update((file.file_id, file) for file in files if file.picture)
        while sum(len(each.content) for each in self._pictures.values()) > MOST_SHOWN:
            self._pictures.popitem(last=False)

    def get(self, file_id: str) -> HeldFile | None:
        """The picture of this id, if it is still here."""
        return self._pictures.get(file_id)


async def read_capped(chunks: AsyncIterator[bytes]) -> bytes:
    """The whole body, or TooLargeError as soon as it passes the limit."""
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > MOST_BYTES:
            raise TooLargeError
    return bytes(whole)
