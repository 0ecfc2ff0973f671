"""May a file be opened, and what does it say? A document of lines, or the reason why it stays closed."""

import numpy as np

from reading.documents import pdf
from reading.documents.admission import admitted
from reading.documents.grouping import lines_of
from reading.documents.looks import looks, preview
from reading.documents.model import Document, Flag, Page, Refusal, Source
from reading.documents.pictures import open_picture
from reading.documents.sight import Pixels, look
from reading.documents.structure import is_active
from reading.files import FileType


def open_document(content: bytes) -> Document | Refusal:
    """What the file says, page by page."""
    kind = admitted(content)
    if isinstance(kind, Refusal):
        return kind
    return _open_pdf(content) if kind is FileType.PDF else _open_pictures(content, kind)


def _open_pdf(content: bytes) -> Document | Refusal:
    opened = pdf.open_pdf(content)
    if isinstance(opened, Refusal):
        return opened
    try:
        flags = {Flag.OWNER_LOCKED} if pdf.is_owner_locked(opened) else set()
        if is_active(content):
            flags.add(Flag.ACTIVE)
        pages, previews, first = [], [], ""
        for drawn in pdf.read_pages(opened):
            if isinstance(drawn, Refusal):
                return drawn
            flags |= drawn.flags
            pages.append(drawn.page)
            previews.append(preview(drawn.picture))
            first = first or looks(drawn.picture)
    finally:
        opened.close()
    return Document(pages=tuple(pages), flags=frozenset(flags), previews=tuple(previews), looks=first)


def _open_pictures(content: bytes, kind: FileType) -> Document | Refusal:
    pictures = open_picture(content, kind)
    if isinstance(pictures, Refusal):
        return pictures
    pages, previews, first = [], [], ""
    for picture in pictures:
        page, upright = _seen(picture)
        pages.append(page)
        previews.append(preview(upright))
        first = first or looks(upright)
    return Document(pages=tuple(pages), previews=tuple(previews), looks=first)


def _seen(picture: Pixels) -> tuple[Page, Pixels]:
    seen = look(picture)
    lines = lines_of(seen.pieces, seen.width, seen.height)
    page = Page(lines=lines, source=Source.PICTURE, width=seen.width, height=seen.height)
    return page, np.ascontiguousarray(np.rot90(picture, seen.turns))
