"""Which words does a PDF page hold, where do they stand, and which of them does it try to show?"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray

from reading.documents.grouping import COLUMN, TextPiece
from reading.documents.limits import MAX_CHARACTERS

_FINE = 20  # the library places things on whole numbers; this many to a point
_ASKED = 200  # letters tell which way a page's text runs
_SPACE = 0x20
_AIRY = 4  # letters with a space after each are no row of initials
_WIDER = 1.5
_HYPHENS = frozenset({0x02, 0xFFFE})
_NONSENSE = frozenset({0, 0xFFFD})
_GARBLED = 0.1
_BREAKS = frozenset({10, 13})
_OVERLAP = 0.5  # of its height; a letter that stands beside the last one this little is on another line

Box = tuple[float, float, float, float]
Affine = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """Pieces in points of the upright page; ``turns``: quarter turns to the left that make it upright."""

    painted: Sequence[TextPiece]
    unpainted: Sequence[TextPiece]
    turns: int
    garbled: bool = False  # its font says nothing, or nonsense, of which letters it draws


def text_of(page: pdfium.PdfPage, unpainted: frozenset[int]) -> Text:
    """The page's text; ``unpainted`` are the addresses of text objects that show nothing."""
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), MAX_CHARACTERS)
        placing = _placing(page)
        turns = _turns(textpage, count, placing)
        placing = _turned(placing, turns, *page.get_size())
        shown, secret = _Runs(), _Runs()
        garbled = 0
        for number in range(count):
            code = int(c.FPDFText_GetUnicode(textpage, number))
            if code in _BREAKS:
                shown.end()
                secret.end()
                continue
            garbled += code in _NONSENSE or unicodedata.category(chr(code)) in {"Co", "Cn"}
            holder = address(c.FPDFText_GetTextObject(textpage, number))
            runs = secret if holder in unpainted else shown
            if chr(code).isspace():
                runs.space()
                continue
            box = c.FS_RECTF()
            if c.FPDFText_GetLooseCharBox(textpage, number, box):
                runs.add(0x2D if code in _HYPHENS else code, _placed(box, placing))
        return Text(shown.pieces(), secret.pieces(), turns, garbled > _GARBLED * count)
    finally:
        textpage.close()


def address(raw: object) -> int:
    """Where an object of the library lies; the only thing by which two of its handles can be compared."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # its pointers carry no types


@dataclass(slots=True)
class _Runs:
    """Letters as they come, to pieces: a wide gap, another line or a step back begins the next one."""

    _done: list[TextPiece] = field(default_factory=list)
    _codes: list[int] = field(default_factory=list)
    _gaps: list[float] = field(default_factory=list)
    _box: Box = (0.0, 0.0, 0.0, 0.0)
    _spaces: int = 0

    def add(self, code: int, box: Box) -> None:
        """One letter."""
        left, top, right, bottom = box
        if self._codes:
            height = min(bottom - top, self._box[3] - self._box[1])
            gap = left - self._box[2]
            beside = min(bottom, self._box[3]) - max(top, self._box[1])
            if beside < _OVERLAP * height or gap > COLUMN * height or gap < -height:
                self.end()
        if self._codes:
            if self._spaces:
                self._codes.append(_SPACE)
                self._gaps.append(left - self._box[2])
            box = (
                min(left, self._box[0]),
                min(top, self._box[1]),
                max(right, self._box[2]),
                max(bottom, self._box[3]),
            )
        self._codes.append(code)
        self._box = box
        self._spaces = 0

    def space(self) -> None:
        """A gap between words; at the end of a piece it is nothing."""
        self._spaces += 1

    def end(self) -> None:
        """No letter that comes belongs to this piece."""
        if self._codes:
            units = "".join(map(chr, self._closed_up()))
            text = units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            self._done.append(TextPiece(text, *self._box))
        self._codes = []
        self._gaps = []
        self._spaces = 0

    def _closed_up(self) -> Sequence[int]:
        """A heading set with air between its letters has a space after each; the wider ones part words."""
        letters = [code for code in self._codes if code != _SPACE]
        if len(letters) < _AIRY or len(self._gaps) != len(letters) - 1:
            return self._codes
        usual = median(self._gaps)
        parted = [[_SPACE] if gap > _WIDER * usual else [] for gap in self._gaps]
        return [
            code for letter, space in zip(letters, [*parted, []], strict=True) for code in (letter, *space)
        ]

    def pieces(self) -> Sequence[TextPiece]:
        """Everything so far; what was drawn twice to look bolder counts once."""
        self.end()
        return tuple({(each.text, round(each.left), round(each.top)): each for each in self._done}.values())


def _placing(page: pdfium.PdfPage) -> Affine:
    """From the page's own measure to points from its upper left corner; rotation and crop are the library's to know."""
    width, height = page.get_size()
    size = (round(width * _FINE), round(height * _FINE))

    def at(x: float, y: float) -> Affine:
        across, down = ctypes.c_int(), ctypes.c_int()
        c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return np.array([across.value, down.value]) / _FINE

    origin = at(0, 0)
    return np.column_stack([(at(1000, 0) - origin) / 1000, (at(0, 1000) - origin) / 1000, origin])


def _turns(textpage: pdfium.PdfTextPage, count: int, placing: Affine) -> int:
    """How often the page must be turned to the left until most of its text runs to the right."""
    ways: Counter[int] = Counter()
    for number in range(0, count, max(1, count // _ASKED)):
        matrix = c.FS_MATRIX()
        if c.FPDFText_GetMatrix(textpage, number, matrix):
            x, y = placing[:, :2] @ np.array([matrix.a, matrix.b])
            ways[round(math.atan2(y, x) / (math.pi / 2)) % 4] += 1
    return ways.most_common(1)[0][0] if ways else 0


def _turned(placing: Affine, turns: int, width: float, height: float) -> Affine:
    for turn in range(turns):
        across = width if turn % 2 == 0 else height
        placing = np.array([placing[1], [0.0, 0.0, across] - placing[0]])
    return placing


def _placed(box: c.FS_RECTF, placing: Affine) -> Box:
    (ax, ay), (bx, by) = (
        (
            placing[0, 0] * x + placing[0, 1] * y + placing[0, 2],
            placing[1, 0] * x + placing[1, 1] * y + placing[1, 2],
        )
        for x, y in ((box.left, box.top), (box.right, box.bottom))
    )
    return float(min(ax, bx)), float(min(ay, by)), float(max(ax, bx)), float(max(ay, by))
