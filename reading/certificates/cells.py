"""How does an opened page become cells, rows and running text that the questions can be asked of?"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from reading.documents.model import Document, Page, Source, TextLine

# Boxes to tick, rules to write on and bullets carry nothing themselves; a bullet is remembered.
_BULLET = re.compile(
    r"^\s*(?:[\u2022\u25cf\u25aa\u25e6\u2023\u00b7\u2013*>\u27a2]|-(?=\s)|\d{1,2}[.)](?=\s)|[a-z][.)](?=\s))\s*"
)
_RULE = re.compile(r"_{2,}|\.{4,}|-{4,}|\u2026{2,}")
# "Conducted12/30/2023", "2025Hours: 2": a day or a year and a word never touch.
_LOST_BLANK = re.compile(
    r"(?<=[a-z]{3})(?=\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b)|(?<=\b(?:19|20)\d\d)(?=[A-Z][a-z]{2})"
)
_BLANKS = re.compile(r"\s+")
_TRANSLATE = str.maketrans(
    {
        "\uff1a": ":",
        "\u2011": "-",
        "\u2010": "-",
        "\u00a0": " ",
        "\u200b": "",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\uff08": "(",
        "\uff09": ")",
        "\uff0c": ",",
    }
)
# No certificate has longer lines or more of them; the caps keep hostile pages away from the expressions.
_LONGEST_LINE = 300
_MOST_CELLS = 400
_MOST_LETTERS = 15_000
# Lines of one paragraph.
_WORDS_OF_PROSE = 7
_RAGGED = 0.08
_FLUSH = 0.02
_ALIKE = 0.7
_TIGHT = 0.9
_LABEL_LIKE = re.compile(r"^(?=[A-Z])(?:[A-Za-z'#.]+ ){0,3}[A-Za-z'#.]+:\s")
# Cells overlapping by half their height stand in one row.
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """One piece of text and where it stands; ``bullet`` when it opened with one."""

    text: str
    page: int
    at: int
    left: float
    top: float
    right: float
    bottom: float
    sure: float
    picture: bool
    bullet: bool

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1e-6)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageCells:
    """One page: its cells in reading order, the same as rows, and as running text.

    In the text every cell is a line of its own; only the lines of one paragraph are joined to one.
    """

    cells: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    text: str
    starts: Sequence[int]
    row_of: dict[int, int] = field(default_factory=dict)

    def cell_at(self, offset: int) -> Cell:
        """The cell that holds this place of the running text."""
        return self.cells[max(bisect_right(self.starts, offset) - 1, 0)]

    def cells_between(self, start: int, end: int) -> Sequence[Cell]:
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        return self.cells[first : last + 1]

    def start_of(self, cell: Cell) -> int:
        return self.starts[cell.at]


def sheets(document: Document) -> tuple[PageCells, ...]:
    """Every page that holds any text."""
    made = (_sheet(page, number) for number, page in enumerate(document.pages, 1))
    return tuple(sheet for sheet in made if sheet.cells)


def clean(text: str) -> str:
    """The text without the rules that values are written on."""
    text = text[:_LONGEST_LINE]
    spaced = _LOST_BLANK.sub(" ", _RULE.sub(" ", text.translate(_TRANSLATE)))
    return _BLANKS.sub(" ", spaced).strip(" |")


def _sheet(page: Page, number: int) -> PageCells:
    rows = _rows(_bounded(page.lines))
    cells: list[Cell] = []
    shaped: list[list[Cell]] = []
    row_of: dict[int, int] = {}
    for at, row in enumerate(rows):
        shaped.append([])
        for line in row:
            cell = _cell(line, page, number, len(cells))
            cells.append(cell)
            shaped[-1].append(cell)
            row_of[cell.at] = at
    starts: list[int] = []
    text = ""
    for cell in cells:
        if cell.at:
            text += " " if _runs_on(cells[cell.at - 1], cell, shaped, row_of) else "\n"
        starts.append(len(text))
        text += cell.text
    return PageCells(cells=cells, rows=shaped, text=text, starts=starts, row_of=row_of)


def _runs_on(above: Cell, below: Cell, rows: Sequence[Sequence[Cell]], row_of: dict[int, int]) -> bool:
    """True for two lines of one paragraph: set flush and tight, the upper one full."""
    if len(rows[row_of[above.at]]) > 1 or len(rows[row_of[below.at]]) > 1 or below.bullet:
        return False
    if len(above.text.split()) < _WORDS_OF_PROSE or above.right < below.right - _RAGGED:
        return False
    if above.text.endswith(":") and not below.text[:1].isdigit():
        return False
    if _LABEL_LIKE.match(below.text) or _LABEL_LIKE.match(above.text):
        return False
    height = min(above.height, below.height)
    alike = height / max(above.height, below.height) >= _ALIKE
    return alike and abs(above.left - below.left) <= _FLUSH and below.top - above.bottom <= _TIGHT * height


def _bounded(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines that say something, as far as a certificate can go on."""
    kept: list[TextLine] = []
    letters = 0
    for line in lines:
        text = clean(line.text)
        letters += len(text)
        if len(kept) == _MOST_CELLS or letters > _MOST_LETTERS:
            break
        if text:
            kept.append(line)
    return kept


def _cell(line: TextLine, page: Page, number: int, at: int) -> Cell:
    text = clean(line.text)
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    return Cell(
        text=rest or text,
        page=number,
        at=at,
        left=line.left,
        top=line.top,
        right=line.right,
        bottom=line.bottom,
        sure=line.sure,
        picture=page.source is Source.PICTURE,
        bullet=bullet is not None,
    )


def _rows(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.left)):
        row = next((row for row in reversed(rows[-3:]) if _in_row(line, row)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _in_row(line: TextLine, row: Sequence[TextLine]) -> bool:
    for other in row:
        overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
        smaller = min(line.bottom - line.top, other.bottom - other.top)
        if (
            overlap < _SAME_ROW * smaller
            or (min(line.right, other.right) - max(line.left, other.left)) > 0.01
        ):
            return False
    return True
