"""How does an export look on paper? Pages of which the first is complete in itself; equal content, equal bytes."""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from messages.words import Words
from training.transcripts.exports import Export

PAGE = landscape(letter)
MARGIN = 0.5 * inch
# The library brings these; they have the letters of western and central Europe.
FONT, BOLD = "Vera", "VeraBd"
SIZE, LEADING = 7.5, 10
# A cell is as wide as what is in it asks for, within these shares.
NARROWEST, WIDEST = 6, 34
# No title of a class is longer; what is would leave no room for anything else on the page.
CELL_ROOM = 600
UNPRINTABLE = "?"
_LINE, _HEAD = HexColor("#c3ccd6"), HexColor("#e8edf3")


def as_pdf(export: Export, words: Words) -> bytes:
    """The export as pages."""
    _fonts()
    # Drawn twice, because the first page says how many there are.
    return _drawn(export, words, _drawn(export, words, None)[1])[0]


def _drawn(export: Export, words: Words, pages: int | None) -> tuple[bytes, int]:
    out = BytesIO()
    title = export.head[1][1]
    paper = SimpleDocTemplate(
        out,
        pagesize=PAGE,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 0.2 * inch,
        title=_printable(title),
        author=_printable(export.head[0][1]),
        subject=_printable(export.purpose),
        lang="en-US",
        # No time of making and no number of chance in it: the head says when it was made.
        invariant=1,
    )

    def footer(canvas: Any, _: Any) -> None:
        said = words.say("print-page", page=str(canvas.getPageNumber()), pages=str(pages or 0))
        canvas.setFont(FONT, SIZE)
        canvas.drawString(MARGIN, MARGIN, _printable(f"{title}, {export.head[2][1]}"))
        canvas.drawRightString(PAGE[0] - MARGIN, MARGIN, said)

    paper.build(_story(export, words), onFirstPage=footer, onLaterPages=footer)
    return out.getvalue(), paper.page


def _story(export: Export, words: Words) -> list[Any]:
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=SIZE, leading=LEADING, splitLongWords=1)
    bold = ParagraphStyle("bold", parent=plain, fontName=BOLD)
    large = ParagraphStyle("large", parent=bold, fontSize=13, leading=17)
    head = [[_cell(label, bold), _cell(value, plain)] for label, value in export.head]
    story: list[Any] = [
        _cell(export.head[1][1], large),
        LongTable(head, colWidths=[1.4 * inch, _room() - 1.4 * inch], style=_plain_rows()),
        Spacer(1, 0.12 * inch),
    ]
    if _lacks(export):
        story.append(_cell(words.say("print-letters"), plain))
    if not export.rows:
        return [*story, _cell(words.say("print-none"), plain)]
    rows = [[_cell(each, bold) for each in export.columns]]
    rows += [[_cell(each, plain) for each in row] for row in export.rows]
    return [*story, LongTable(rows, colWidths=_widths(export), repeatRows=1, style=_lined_rows())]


def _cell(text: str, style: ParagraphStyle) -> Paragraph:
    """Text as text: what looks like markup, or like a picture on this machine, stays what somebody wrote."""
    return Paragraph(escape(_printable(text)), style)


def _printable(text: str) -> str:
    short = text if len(text) <= CELL_ROOM else f"{text[:CELL_ROOM]}..."
    return "".join(_letter(each) for each in short)


def _letter(letter_: str) -> str:
    if letter_.isspace():
        return " "
    return letter_ if ord(letter_) in _letters() else UNPRINTABLE


def _lacks(export: Export) -> bool:
    cells = (cell for row in (*export.head, *export.rows) for cell in row)
    return any(not each.isspace() and ord(each) not in _letters() for cell in cells for each in cell)


def _widths(export: Export) -> list[float]:
    shares = []
    for column, name in enumerate(export.columns):
        words = [len(word) for row in export.rows for word in row[column].split()]
        longest = max([*words, *(len(word) for word in name.split())], default=NARROWEST)
        usual = sorted(len(row[column]) for row in export.rows)[len(export.rows) * 3 // 4]
        shares.append(min(max(longest, usual // 2, NARROWEST), WIDEST))
    return [_room() * share / sum(shares) for share in shares]


def _room() -> float:
    return float(PAGE[0] - 2 * MARGIN)


def _plain_rows() -> TableStyle:
    return TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(1)])


def _lined_rows() -> TableStyle:
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            *_padding(2),
        ]
    )


def _padding(points: int) -> Sequence[tuple[Any, ...]]:
    whole = ((0, 0), (-1, -1))
    return [(side, *whole, points) for side in ("TOPPADDING", "BOTTOMPADDING", "LEFTPADDING", "RIGHTPADDING")]


@cache
def _fonts() -> bool:
    """Known to the library, once in a process."""
    for name in (FONT, BOLD):
        with as_file(files("reportlab").joinpath("fonts", f"{name}.ttf")) as path:
            registerFont(TTFont(name, str(path)))
    return True


@cache
def _letters() -> frozenset[int]:
    _fonts()
    return frozenset(getFont(FONT).face.charToGlyph) & frozenset(getFont(BOLD).face.charToGlyph)
