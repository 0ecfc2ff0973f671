"""What is on the pages of a PDF? Its text where that can be seen, and the words of the pictures that make a page.

Nothing of a PDF is run or followed: the library is built without scripts, and no action is ever asked for.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c

from reading.documents.figures import disagree
from reading.documents.grouping import TextPiece, lines_of
from reading.documents.letters import address, text_of
from reading.documents.limits import MAX_DRAWN_PIXELS, MAX_OBJECTS, MAX_PAGES, PREVIEW_SIDE
from reading.documents.looking import Looking
from reading.documents.model import FileRefusal, Flag, Page, Source
from reading.documents.sight import Pixels

_COVERS = 0.3  # a page with this much picture may say something in it
_FEW = 40  # letters; a page with fewer may be drawn or scanned in ways that are no picture to the library
_ENCRYPTED = b"/Encrypt"
_SEEN = 40  # levels of light between a letter and its ground
_UNPAINTED = frozenset({c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page that was read, and how it looks upright."""

    page: Page
    picture: Pixels
    flags: frozenset[Flag] = frozenset()


def open_pdf(content: bytes) -> pdfium.PdfDocument | FileRefusal:
    """The document, or why it is not opened."""
    try:
        document = pdfium.PdfDocument(content)
        document.init_forms()
        count = len(document)
    except pdfium.PdfiumError as error:
        # The library keeps the code of an earlier file where it has none for this one.
        locked = error.err_code == c.FPDF_ERR_PASSWORD and _ENCRYPTED in content
        return FileRefusal.LOCKED if locked else FileRefusal.DAMAGED
    if count > MAX_PAGES:
        return FileRefusal.TOO_MANY_PAGES
    return document if count else FileRefusal.DAMAGED


def is_owner_locked(document: pdfium.PdfDocument) -> bool:
    """Whether it is encrypted and opened all the same, with no password."""
    return bool(c.FPDF_GetSecurityHandlerRevision(document) != -1)


def read_pages(document: pdfium.PdfDocument, looking: Looking) -> Iterator[DrawnPage | FileRefusal]:
    """Every page in turn."""
    for number in range(len(document)):
        try:
            page = _flattened(document, number)
        except pdfium.PdfiumError:
            yield FileRefusal.DAMAGED
            continue
        try:
            yield _read_page(page, looking)
        finally:
            page.close()


def _flattened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page with what was filled in or typed on it as text of its own; it shows once it is opened again."""
    page = document[number]
    if c.FPDFPage_GetAnnotCount(page) > 0:
        # The library's own way asks for a form; a note that was typed on a page has none.
        c.FPDFPage_Flatten(page, c.FLAT_NORMALDISPLAY)
        page.close()
        page = document[number]
    return page


def _read_page(page: pdfium.PdfPage, looking: Looking) -> DrawnPage:
    objects = list(islice(page.get_objects(), MAX_OBJECTS))
    covered, last_picture = _pictures(page, objects)
    unpainted = _unpainted(objects, last_picture)
    text = text_of(page, unpainted)
    width, height = page.get_size()
    if text.turns % 2:
        width, height = height, width
    shown = _draw(page, PREVIEW_SIDE, text.turns)
    seen = [piece for piece in text.painted if not text.garbled and _can_be_seen(piece, shown, width)]
    unseen = [*text.unpainted, *(piece for piece in text.painted if piece not in seen)]
    pieces: Sequence[TextPiece] = seen
    source = Source.TEXT
    letters = sum(len(piece.text) for piece in seen)
    flags: set[Flag] = set()
    if (covered >= _COVERS or letters < _FEW) and _is_something(shown):
        if seen:
            # What the page shows as text is known; only what stands in its pictures has to be made out.
            _hide_text(objects, unpainted)
        found = looking.at(lambda side: _draw(page, side, text.turns))
        if found is None:
            flags.add(Flag.PAGES_UNREAD)
        elif not seen:
            source = Source.PICTURE
            shown = np.ascontiguousarray(np.rot90(shown, found.turns))
            if found.turns % 2:
                width, height = height, width
        if found is not None and (not seen or not found.turns):
            pieces = [*seen, *(_scaled(piece, width / found.width) for piece in found.pieces)]
    lines = lines_of(pieces, width, height)
    hidden = lines_of(unseen, width, height)
    if Flag.PAGES_UNREAD not in flags and disagree(hidden, lines):
        flags.add(Flag.HIDDEN_TEXT)
    return DrawnPage(Page(lines=lines, source=source, width=width, height=height), shown, frozenset(flags))


def _draw(page: pdfium.PdfPage, side: int, turns: int) -> Pixels:
    width, height = page.get_size()
    scale = min(side / max(width, height, 1), math.sqrt(MAX_DRAWN_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, limit_image_cache=True)
    try:
        # A copy: the library takes its memory back.
        return np.array(np.rot90(bitmap.to_numpy()[:, :, :3], turns), np.uint8)
    finally:
        bitmap.close()


def _pictures(page: pdfium.PdfPage, objects: Sequence[pdfium.PdfObject]) -> tuple[float, int]:
    """How much of the page its pictures cover, and which object is the last of the large ones."""
    left, bottom, right, top = page.get_bbox()
    whole = max((right - left) * (top - bottom), 1.0)
    covered, last = 0.0, -1
    for place, each in enumerate(objects):
        if each.type == c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(each)
            area = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom)) / whole
            covered += area
            last = place if area >= _COVERS else last
    return min(covered, 1.0), last


def _bounds(thing: pdfium.PdfObject) -> tuple[float, float, float, float]:
    """Where an object stands on its page, also when it is part of a form."""
    try:
        bounds = thing.get_bounds()
    except pdfium.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    holder = thing.container
    while holder is not None:
        bounds = holder.get_matrix().on_rect(*bounds)
        holder = holder.container
    left, bottom, right, top = bounds
    return left, bottom, right, top


def _unpainted(objects: Sequence[pdfium.PdfObject], last_picture: int) -> frozenset[int]:
    """The text that nobody can see: drawn in no color, or under a picture that covers the page."""
    return frozenset(
        address(each.raw)
        for place, each in enumerate(objects)
        if each.type == c.FPDF_PAGEOBJ_TEXT
        and (place < last_picture or c.FPDFTextObj_GetTextRenderMode(each.raw) in _UNPAINTED)
    )


def _hide_text(objects: Sequence[pdfium.PdfObject], unpainted: frozenset[int]) -> None:
    """Text under a picture stays: the picture may let it through, and then it is seen."""
    for each in objects:
        if each.type == c.FPDF_PAGEOBJ_TEXT and address(each.raw) not in unpainted:
            c.FPDFPageObj_SetIsActive(each.raw, False)


def _can_be_seen(piece: TextPiece, shown: Pixels, width: float) -> bool:
    """Whether anything stands where the text says it does: not white on white, and not off the page."""
    scale = shown.shape[1] / max(width, 1.0)
    top, bottom = max(0, math.floor(piece.top * scale)), math.ceil(piece.bottom * scale)
    left, right = max(0, math.floor(piece.left * scale)), math.ceil(piece.right * scale)
    return _is_something(shown[top:bottom, left:right])


def _is_something(part: Pixels) -> bool:
    return bool(part.size) and int(np.ptp(part, axis=(0, 1)).max()) >= _SEEN


def _scaled(piece: TextPiece, by: float) -> TextPiece:
    return TextPiece(
        piece.text, piece.left * by, piece.top * by, piece.right * by, piece.bottom * by, piece.sure
    )
