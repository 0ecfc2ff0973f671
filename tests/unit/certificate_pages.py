"""How do the pages of `tests/cases/certificates` become documents? Lines of text set where a printer would set them.

A line is centred; ``< `` sets it left, ``# `` in large type, `` | `` in cells of equal width, an empty one leaves room,
``---`` begins a page.
"""

from collections.abc import Sequence

from reading.documents.model import Document, Page, Source, TextLine

_HEIGHT = 0.015
_LETTER = 0.008
_MARGIN = 0.05


def document(lines: Sequence[str], *, picture: bool = False, sure: float = 1.0) -> Document:
    pages: list[Page] = []
    page: list[TextLine] = []
    top = _MARGIN
    for line in [*lines, "---"]:
        if line == "---":
            source = Source.PICTURE if picture else Source.TEXT
            pages.append(Page(lines=tuple(page), source=source, width=612, height=792))
            page, top = [], _MARGIN
            continue
        size = 2.0 if line.startswith("# ") else 1.0
        text = line.removeprefix("# ")
        page.extend(_set(text, top, size, sure))
        top += _HEIGHT * size * 1.6 if text else 2 * _HEIGHT
    return Document(pages=tuple(pages))


def _set(text: str, top: float, size: float, sure: float) -> list[TextLine]:
    bottom = top + _HEIGHT * size
    if " | " in text:
        cells = [cell.strip() for cell in f" {text} ".split(" | ")]
        room = (1 - 2 * _MARGIN) / len(cells)
        return [
            TextLine(
                text=cell,
                left=_MARGIN + at * room,
                top=top,
                right=_MARGIN + at * room + min(len(cell) * _LETTER * size, room - 0.005),
                bottom=bottom,
                sure=sure,
            )
            for at, cell in enumerate(cells)
            if cell
        ]
    if not text.strip():
        return []
    width = min(len(text.removeprefix("< ")) * _LETTER * size, 1 - 2 * _MARGIN)
    left = _MARGIN if text.startswith("< ") else 0.5 - width / 2
    return [
        TextLine(
            text=text.removeprefix("< "), left=left, top=top, right=left + width, bottom=bottom, sure=sure
        )
    ]
