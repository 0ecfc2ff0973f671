"""What is a page drawn with? Text in place, labels, tables, borders, seals, logos, signatures and ticks."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import reportlab
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.certificates import handwriting
from tests.certificates.dice import Dice

Size = tuple[float, float]
LETTER: Size = (612.0, 792.0)
WIDE: Size = (792.0, 612.0)
CARD: Size = (432.0, 270.0)

BLACK = Color(0.08, 0.08, 0.1)
GRAY = Color(0.42, 0.42, 0.45)
PALE = Color(0.93, 0.93, 0.94)
NAVY = Color(0.09, 0.16, 0.36)
MAROON = Color(0.45, 0.08, 0.12)
FOREST = Color(0.07, 0.32, 0.2)
GOLD = Color(0.7, 0.55, 0.18)
PEN = Color(0.1, 0.14, 0.5)
WHITE = Color(1, 1, 1)
CREAM = Color(0.98, 0.96, 0.9)
IVORY = Color(0.985, 0.975, 0.94)
COAL = Color(0.13, 0.14, 0.18)
SLATE = Color(0.2, 0.23, 0.29)
MIST = Color(0.85, 0.87, 0.92)
MINT = Color(0.85, 0.94, 0.87)
SKY = Color(0.96, 0.965, 0.975)
HUES = (NAVY, MAROON, FOREST, Color(0.2, 0.2, 0.24), Color(0.1, 0.35, 0.5), Color(0.5, 0.27, 0.05))

SERIF, SERIF_BOLD, SERIF_ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
SANS, SANS_BOLD, SANS_ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
MONO, MONO_BOLD = "Courier", "Courier-Bold"
VERA, VERA_BOLD = "Vera", "VeraBd"
SCRIPT = "CALLIG15"
# The script face has no such letters; a name that needs them is printed in italics, as such shops do.
SCRIPT_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-/:&")


def _fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (VERA, VERA_BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    face = pdfmetrics.EmbeddedType1Face(str(folder / "callig15.afm"), str(folder / "callig15.pfb"))
    pdfmetrics.registerTypeFace(face)
    pdfmetrics.registerFont(pdfmetrics.Font(SCRIPT, SCRIPT, face.requiredEncoding or "WinAnsiEncoding"))


_fonts()


def width_of(text: str, font: str, size: float) -> float:
    """How wide a text stands."""
    return float(pdfmetrics.stringWidth(text, font, size))


class Paper:
    """One document being drawn; y runs from the upper edge down, as one reads."""

    def __init__(self, size: Size, dice: Dice) -> None:
        self.dice = dice
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size, invariant=1)
        self.width, self.height = size
        self.middle = self.width / 2

    def done(self) -> bytes:
        """The document's bytes."""
        self.canvas.save()
        return self._out.getvalue()

    def next_page(self) -> None:
        """Go on upon another sheet."""
        self.canvas.showPage()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: str = SANS,
        size: float = 11,
        color: Color = BLACK,
        align: str = "left",
    ) -> None:
        """A line of text at a place."""
        self.canvas.setFillColor(color)
        self.canvas.setFont(font, size)
        at = self.height - y
        if align == "centre":
            self.canvas.drawCentredString(x, at, text)
        elif align == "right":
            self.canvas.drawRightString(x, at, text)
        else:
            self.canvas.drawString(x, at, text)

    def centre(
        self, y: float, text: str, font: str = SERIF, size: float = 14, color: Color = BLACK, room: float = 90
    ) -> None:
        """A line in the middle of the page, made smaller until it fits."""
        while size > 7 and width_of(text, font, size) > self.width - room:
            size -= 0.5
        self.text(self.middle, y, text, font, size, color, "centre")

    def prose(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        font: str = SERIF,
        size: float = 12,
        leading: float = 1.35,
        align: str = "left",
        color: Color = BLACK,
    ) -> float:
        """A paragraph broken into lines; returns where the next one may begin."""
        line = ""
        lines = []
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and width_of(longer, font, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
        at = {"left": x, "centre": x + width / 2, "right": x + width}[align]
        for each in lines:
            self.text(at, y, each, font, size, color, align)
            y += size * leading
        return y

    def script(
        self, x: float, y: float, text: str, size: float, color: Color = BLACK, align: str = "left"
    ) -> None:
        """Large script, word by word: the face has no blank of its own."""
        if not set(text.replace(" ", "")) <= SCRIPT_LETTERS:
            self.text(x, y, text, "Times-BoldItalic", size * 0.8, color, align)
            return
        gap = size * 0.32
        parts = text.split()
        wide = sum(width_of(part, SCRIPT, size) for part in parts) + gap * (len(parts) - 1)
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        for part in parts:
            self.text(x, y, part, SCRIPT, size, color)
            x += width_of(part, SCRIPT, size) + gap

    def hand(self, x: float, y: float, text: str, size: float = 13, color: Color = PEN) -> float:
        """Block letters by hand."""
        self.canvas.setStrokeColor(color)
        return handwriting.write(self.canvas, x, self.height - y, text, size, self.dice.random)

    def signature(self, x: float, y: float, width: float, name: str, post: str, font: str = SANS) -> None:
        """A scribble on a line, the printed name and the post below."""
        rng = self.dice.random
        self.canvas.setStrokeColor(self.dice.one(PEN, BLACK))
        self.canvas.setLineWidth(1.1)
        path = self.canvas.beginPath()
        at, base = x + width * 0.12, self.height - y + 6
        path.moveTo(at, base)
        for n in range(rng.randint(5, 8)):
            step = width * rng.uniform(0.06, 0.12)
            high = rng.uniform(8, 20) if n % 2 == 0 else rng.uniform(-6, 3)
            path.curveTo(at + step * 0.1, base + high, at + step * 0.7, base + high * 1.1, at + step, base)
            at += step * rng.uniform(0.7, 1.0)
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.rule(x, y, x + width)
        self.text(x + width / 2, y + 13, name, font, 10, BLACK, "centre")
        self.text(x + width / 2, y + 25, post, font, 8.5, GRAY, "centre")

    def rule(self, x: float, y: float, to: float, color: Color = GRAY, width: float = 0.7) -> None:
        """A line across."""
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(width)
        self.canvas.line(x, self.height - y, to, self.height - y)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Color | None = None,
        line: Color | None = GRAY,
        stroke: float = 0.8,
        round_by: float = 0,
    ) -> None:
        """A box by its upper left corner."""
        self.canvas.setLineWidth(stroke)
        if fill is not None:
            self.canvas.setFillColor(fill)
        if line is not None:
            self.canvas.setStrokeColor(line)
        self.canvas.roundRect(
            x,
            self.height - y - height,
            width,
            height,
            round_by,
            stroke=line is not None,
            fill=fill is not None,
        )

    def tick(self, x: float, y: float, marked: bool, size: float = 9) -> None:
        """A box to tick, with a cross or a check mark when it is marked."""
        self.box(x, y - size, size, size, None, BLACK, 0.8)
        if marked:
            self.canvas.setStrokeColor(BLACK)
            self.canvas.setLineWidth(1.4)
            foot = self.height - y
            if self.dice.chance(0.5):
                self.canvas.line(x + 1, foot + 1, x + size - 1, foot + size - 1)
                self.canvas.line(x + 1, foot + size - 1, x + size - 1, foot + 1)
            else:
                self.canvas.line(x + 1, foot + size * 0.5, x + size * 0.4, foot + 1)
                self.canvas.line(x + size * 0.4, foot + 1, x + size + 1, foot + size + 1)

    def table(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        font: str = SANS,
        size: float = 9,
        head: bool = True,
        lines: bool = True,
        high: float = 18,
    ) -> float:
        """Rows of cells; returns where the table ends."""
        bold = {SANS: SANS_BOLD, SERIF: SERIF_BOLD, MONO: MONO_BOLD, VERA: VERA_BOLD}[font]
        for n, row in enumerate(rows):
            at = x
            if head and n == 0:
                self.box(x, y, sum(widths), high, PALE, None)
            for width, cell in zip(widths, row, strict=True):
                if lines:
                    self.box(at, y, width, high, None, GRAY, 0.5)
                face, fitted = bold if head and n == 0 else font, size
                while fitted > 5 and width_of(cell, face, fitted) > width - 6:
                    fitted -= 0.25
                self.text(at + 3, y + high * 0.68, cell, face, fitted)
                at += width
            y += high
        return y

    def border(self, color: Color, kind: str) -> None:
        """A frame: double, thick, corners, guilloche or bars."""
        w, h = self.width, self.height
        if kind == "double":
            self.box(22, 22, w - 44, h - 44, None, color, 3)
            self.box(30, 30, w - 60, h - 60, None, color, 0.8)
        elif kind == "thick":
            self.box(16, 16, w - 32, h - 32, None, color, 11)
            self.box(28, 28, w - 56, h - 56, None, GOLD, 1.5)
        elif kind == "corners":
            self.canvas.setStrokeColor(color)
            self.canvas.setLineWidth(4)
            for x, y, right, up in (
                (24, 24, 1, 1),
                (w - 24, 24, -1, 1),
                (24, h - 24, 1, -1),
                (w - 24, h - 24, -1, -1),
            ):
                self.canvas.line(x, y, x + 90 * right, y)
                self.canvas.line(x, y, x, y + 90 * up)
                self.canvas.circle(x + 14 * right, y + 14 * up, 5)
        elif kind == "guilloche":
            self.canvas.setStrokeColor(color)
            self.canvas.setLineWidth(0.5)
            self._waves(color)
        elif kind == "bars":
            self.box(0, 0, w, 26, color, None)
            self.box(0, h - 26, w, 26, color, None)
            self.box(0, 26, w, 4, GOLD, None)

    def _waves(self, color: Color) -> None:
        w, h = self.width, self.height
        self.canvas.setStrokeColor(color)
        for shift in range(3):
            phase = shift * 2.1
            path = self.canvas.beginPath()
            long_way = int(w - 48)
            for n in range(0, long_way, 3):
                point = (24 + n, 24 + 6 * math.sin(n / 9 + phase))
                (path.lineTo if n else path.moveTo)(*point)
            for n in range(0, int(h - 48), 3):
                path.lineTo(w - 24 + 6 * math.sin(n / 9 + phase), 24 + n)
            for n in range(0, long_way, 3):
                path.lineTo(w - 24 - n, h - 24 + 6 * math.sin(n / 9 + phase))
            for n in range(0, int(h - 48), 3):
                path.lineTo(24 + 6 * math.sin(n / 9 + phase), h - 24 - n)
            path.close()
            self.canvas.drawPath(path, stroke=1, fill=0)

    def seal(self, x: float, y: float, radius: float, color: Color, words: str = "") -> None:
        """A round seal with teeth and a word around a star."""
        cy = self.height - y
        self.canvas.setFillColor(color)
        self.canvas.setStrokeColor(color)
        path = self.canvas.beginPath()
        for n in range(48):
            far = radius * (1.0 if n % 2 else 0.92)
            point = (x + far * math.cos(n * math.pi / 24), cy + far * math.sin(n * math.pi / 24))
            (path.lineTo if n else path.moveTo)(*point)
        path.close()
        self.canvas.drawPath(path, stroke=0, fill=1)
        self.canvas.setFillColor(WHITE)
        self.canvas.circle(x, cy, radius * 0.78, stroke=0, fill=1)
        self.canvas.setStrokeColor(color)
        self.canvas.circle(x, cy, radius * 0.7, stroke=1, fill=0)
        self._star(x, cy, radius * 0.34, color)
        if words:
            self.text(x, y + radius * 0.58, words, SANS_BOLD, radius * 0.17, color, "centre")

    def _star(self, x: float, cy: float, radius: float, color: Color) -> None:
        path = self.canvas.beginPath()
        for n in range(10):
            far = radius if n % 2 == 0 else radius * 0.4
            angle = math.pi / 2 + n * math.pi / 5
            point = (x + far * math.cos(angle), cy + far * math.sin(angle))
            (path.lineTo if n else path.moveTo)(*point)
        path.close()
        self.canvas.setFillColor(color)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def logo(self, x: float, y: float, size: float, color: Color) -> None:
        """A shield, a ring of bars, a hexagon or a heart with a cross line, drawn as shapes."""
        cy = self.height - y
        kind = self.dice.one("shield", "bars", "hexagon")
        self.canvas.setFillColor(color)
        if kind == "shield":
            path = self.canvas.beginPath()
            path.moveTo(x - size / 2, cy + size / 2)
            path.lineTo(x + size / 2, cy + size / 2)
            path.curveTo(x + size / 2, cy - size * 0.2, x + size * 0.2, cy - size * 0.45, x, cy - size * 0.6)
            path.curveTo(
                x - size * 0.2, cy - size * 0.45, x - size / 2, cy - size * 0.2, x - size / 2, cy + size / 2
            )
            self.canvas.drawPath(path, stroke=0, fill=1)
            self._star(x, cy + size * 0.08, size * 0.27, GOLD)
        elif kind == "bars":
            for n in range(4):
                self.canvas.rect(
                    x - size / 2 + n * size * 0.27, cy - size / 2, size * 0.18, size * (0.4 + n * 0.2), 0, 1
                )
        else:
            path = self.canvas.beginPath()
            for n in range(6):
                point = (x + size / 2 * math.cos(n * math.pi / 3), cy + size / 2 * math.sin(n * math.pi / 3))
                (path.lineTo if n else path.moveTo)(*point)
            path.close()
            self.canvas.drawPath(path, stroke=0, fill=1)
            self.canvas.setFillColor(WHITE)
            self.canvas.circle(x, cy, size * 0.2, stroke=0, fill=1)

    def qr(self, x: float, y: float, size: float) -> None:
        """A square that looks like a QR code."""
        cell = size / 21
        self.canvas.setFillColor(BLACK)
        for row in range(21):
            for column in range(21):
                if self.dice.chance(0.48):
                    self.canvas.rect(x + column * cell, self.height - y - row * cell, cell, cell, 0, 1)
        for cx, cy in ((0, 0), (14, 0), (0, 14)):
            self.box(x + cx * cell, y + cy * cell - cell, 7 * cell, 7 * cell, WHITE, None)
            self.box(
                x + (cx + 0.5) * cell, y + (cy + 0.5) * cell - cell, 6 * cell, 6 * cell, None, BLACK, cell
            )
            self.box(x + (cx + 2) * cell, y + (cy + 2) * cell - cell, 3 * cell, 3 * cell, BLACK, None)

    def watermark(self, text: str, size: float = 90) -> None:
        """Pale letters across the page."""
        self.canvas.saveState()
        self.canvas.translate(self.middle, self.height / 2)
        self.canvas.rotate(32)
        self.canvas.setFillColor(Color(0.9, 0.91, 0.93))
        self.canvas.setFont(SANS_BOLD, size)
        self.canvas.drawCentredString(0, -size / 3, text)
        self.canvas.restoreState()

    def tint(self, color: Color) -> None:
        """Colored paper."""
        self.box(0, 0, self.width, self.height, color, None)
