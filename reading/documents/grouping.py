"""Which pieces of text stand on one line? Pieces close together become one, a wide gap keeps columns apart."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from reading.documents.model import TextLine

# How much of the lower of two pieces must stand beside the other for both to be on one line.
_BESIDE = 0.55
# A gap of this many letter heights is a gap between columns.
COLUMN = 1.2
# Pieces of very different size are not one run of words, however close.
_ALIKE = 0.55
# Full-width forms of plain letters and signs, which recognition now and then prefers.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LONGEST = 2000  # characters of one line; what is longer is no line of a certificate


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some text and where it stands, in any unit that grows to the right and downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float = 1.0

    @property
    def height(self) -> float:
        """How high its letters stand."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Where it stands on the page, from above."""
        return (self.top + self.bottom) / 2


def plain(text: str) -> str:
    """The text without characters that cannot be seen, one space where there were several."""
    seen = "".join(
        " " if unicodedata.category(each) in {"Cc", "Zs", "Zl", "Zp"} else each
        for each in text[:_LONGEST].translate(_FULL_WIDTH)
        if unicodedata.category(each) not in {"Cf", "Co", "Cs", "Cn"}
    )
    return " ".join(seen.split())


def lines_of(pieces: Iterable[TextPiece], width: float, height: float) -> tuple[TextLine, ...]:
    """The pieces as lines from top to bottom, those at one height from left to right."""
    kept = [replace(piece, text=plain(piece.text)) for piece in pieces]
    kept = [piece for piece in kept if piece.text and piece.height > 0]
    return tuple(
        _line(piece, max(width, 1.0), max(height, 1.0)) for row in _rows(kept) for piece in _joined(row)
    )


def _rows(pieces: Sequence[TextPiece]) -> list[list[TextPiece]]:
    rows: list[list[TextPiece]] = []
    for piece in sorted(pieces, key=lambda each: each.middle):
        # Only the last few rows can be at its height.
        row = next((each for each in reversed(rows[-4:]) if _beside(piece, each)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return sorted(rows, key=lambda row: median(each.middle for each in row))


def _beside(piece: TextPiece, row: Sequence[TextPiece]) -> bool:
    top, bottom = median(each.top for each in row), median(each.bottom for each in row)
    shared = min(piece.bottom, bottom) - max(piece.top, top)
    return shared >= _BESIDE * min(piece.height, bottom - top)


def _joined(row: Iterable[TextPiece]) -> list[TextPiece]:
    joined: list[TextPiece] = []
    for piece in sorted(row, key=lambda each: each.left):
        last = joined[-1] if joined else None
        if last is not None and _same_run(last, piece):
            joined[-1] = TextPiece(
                f"{last.text} {piece.text}",
                last.left,
                min(last.top, piece.top),
                max(last.right, piece.right),
                max(last.bottom, piece.bottom),
                min(last.sure, piece.sure),
            )
        else:
            joined.append(piece)
    return joined


def _same_run(left: TextPiece, right: TextPiece) -> bool:
    low, high = sorted((left.height, right.height))
    return low >= _ALIKE * high and right.left - left.right < COLUMN * low and right.right > left.right


def _line(piece: TextPiece, width: float, height: float) -> TextLine:
    def part(value: float, whole: float) -> float:
        return round(min(max(value / whole, 0.0), 1.0), 4)

    return TextLine(
        text=piece.text,
        left=part(piece.left, width),
        top=part(piece.top, height),
        right=part(piece.right, width),
        bottom=part(piece.bottom, height),
        sure=round(piece.sure, 3),
    )
