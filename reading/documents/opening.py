"""May a file be opened, and what does it say? A document of lines, or the reason why it stays closed."""

from collections.abc import Iterable, Sequence

import numpy as np

from reading.documents import pdf
from reading.documents.admission import admitted
from reading.documents.grouping import lines_of
from reading.documents.limits import LOOKING_SECONDS
from reading.documents.looking import Looking
from reading.documents.looks import looks, preview
from reading.documents.model import Document, FileRefusal, Flag, Page, Source
from reading.documents.pdf import DrawnPage
from reading.documents.pictures import fitted, open_picture
from reading.documents.sight import Pixels
from reading.documents.structure import is_active
from reading.files import FileType


def open_document(content: bytes, seconds: float = LOOKING_SECONDS) -> Document | FileRefusal:
    """What the file says, page by page; ``seconds`` is the time for its pictures."""
    kind = admitted(content)
    if isinstance(kind, FileRefusal):
        return kind
    return _open_pdf(content, seconds) if kind is FileType.PDF else _open_pictures(content, kind, seconds)


def _open_pdf(content: bytes, seconds: float) -> Document | FileRefusal:
    opened = pdf.open_pdf(content)
    if isinstance(opened, FileRefusal):
        return opened
    try:
        flags = {Flag.OWNER_LOCKED} if pdf.is_owner_locked(opened) else set()
        if is_active(content):
            flags.add(Flag.ACTIVE)
        drawn = []
        for page in pdf.read_pages(opened, Looking(len(opened), seconds)):
            if isinstance(page, FileRefusal):
                return page
            drawn.append(page)
    finally:
        opened.close()
    return _document(drawn, flags)


def _open_pictures(content: bytes, kind: FileType, seconds: float) -> Document | FileRefusal:
    pictures = open_picture(content, kind)
    if isinstance(pictures, FileRefusal):
        return pictures
    looking = Looking(len(pictures), seconds)
    return _document([_seen(picture, looking) for picture in pictures], set())


def _seen(picture: Pixels, looking: Looking) -> DrawnPage:
    seen = looking.at(lambda side: fitted(picture, side))
    if seen is None:
        height, width = picture.shape[:2]
        unread = Page(lines=(), source=Source.PICTURE, width=width, height=height)
        return DrawnPage(unread, picture, frozenset({Flag.PAGES_UNREAD}))
    lines = lines_of(seen.pieces, seen.width, seen.height)
    page = Page(lines=lines, source=Source.PICTURE, width=seen.width, height=seen.height)
    return DrawnPage(page, np.ascontiguousarray(np.rot90(picture, seen.turns)))


def _document(drawn: Sequence[DrawnPage], flags: Iterable[Flag]) -> Document:
    """The pages together, with what has to be said of any of them."""
    return Document(
        pages=tuple(each.page for each in drawn),
        flags=frozenset(flags).union(*(each.flags for each in drawn)),
        previews=tuple(preview(each.picture) for each in drawn),
        looks=looks(drawn[0].picture) if drawn else "",
    )
