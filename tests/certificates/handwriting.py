"""What does a form filled by hand look like? Block letters of single strokes, each a little different."""

import random

from reportlab.pdfgen.canvas import Canvas

Point = tuple[float, float]

# Strokes on a grid 4 wide and 6 high, a pair of digits a point; a dot is a stroke of one point.
STROKES = {
    "A": "00-26-40 12-32", "B": "00-06-36-35-34-03 03-43-41-30-00", "C": "45-36-16-05-01-10-30-41",
    "D": "00-06-26-44-42-20-00", "E": "46-06-00-40 03-33", "F": "46-06-00 03-33",
    "G": "45-36-16-05-01-10-30-41-43-23", "H": "06-00 46-40 03-43", "I": "26-20 16-36 10-30",
    "J": "46-41-30-10-01", "K": "06-00 46-03-40", "L": "06-00-40", "M": "00-06-23-46-40", "N": "00-06-40-46",
    "O": "26-05-01-20-41-45-26", "P": "00-06-36-45-44-33-03", "Q": "26-05-01-20-41-45-26 22-40",
    "R": "00-06-36-45-44-33-03 23-40", "S": "45-36-16-05-04-33-42-41-30-10-01", "T": "06-46 26-20",
    "U": "06-01-10-30-41-46", "V": "06-20-46", "W": "06-10-24-30-46", "X": "06-40 46-00", "Y": "06-23-46 23-20",
    "Z": "06-46-00-40", "0": "26-05-01-20-41-45-26", "1": "15-26-20", "2": "05-16-36-45-44-00-40",
    "3": "05-16-36-45-44-23-42-41-30-10-01", "4": "36-02-42 35-30", "5": "46-06-03-33-42-41-30-10-01",
    "6": "46-16-04-01-10-30-41-42-33-13-02", "7": "06-46-10", "8": "23-04-05-16-36-45-44-23-02-01-10-30-41-42-23",
    "9": "44-23-04-05-16-36-45-44-40", "/": "00-46", "-": "13-33", ".": "10-11-21-20-10", ",": "11-10-0!",
    "'": "26-24", "\u2019": "26-24", "&": "40-15-16-26-25-02-01-10-20-42", ":": "11-21-20-10-11 14-24-23-13-14",
    "(": "36-24-22-30", ")": "16-24-22-10", "+": "13-33 24-22", "½": "05-16-13 00-46 33-43-41-30-40",
}  # fmt: skip


def _points(stroke: str) -> list[Point]:
    low = {"!": -1.0}
    return [
        (float(pair[0]), low.get(pair[1], 0.0) if pair[1] in low else float(pair[1]))
        for pair in stroke.split("-")
    ]


def _bare(letter: str) -> str:
    """Somebody who fills a form in block letters leaves most marks away."""
    plain = {"Ñ": "N", "Ö": "O", "Ü": "U", "É": "E", "Í": "I", "Ú": "U", "Ë": "E"}
    upper = letter.upper()
    return plain.get(upper, upper)


def write(canvas: Canvas, x: float, y: float, text: str, size: float, rng: random.Random) -> float:
    """Write a text from a point on; returns where it ends. The pen's color is the canvas's stroke color."""
    unit = size / 6.0
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setLineWidth(size * rng.uniform(0.075, 0.1))
    drift = rng.uniform(-0.012, 0.02)
    lean = rng.uniform(0.02, 0.18)
    begin = x
    for letter in text:
        strokes = STROKES.get(_bare(letter))
        if strokes is None:
            x += unit * rng.uniform(2.6, 3.6)
            continue
        wide, tall = rng.uniform(0.78, 0.95), rng.uniform(0.92, 1.08)
        lift = rng.uniform(-0.25, 0.25) * unit + (x - begin) * drift
        for stroke in strokes.split():
            bent = [
                (
                    x + unit * (px * wide + py * lean + rng.gauss(0, 0.11)),
                    y + lift + unit * (py * tall + rng.gauss(0, 0.11)),
                )
                for px, py in _points(stroke)
            ]
            _stroke(canvas, bent)
        narrow = 2.2 if letter in "1I.,':\u2019" else 4.0
        x += unit * (narrow * wide + rng.uniform(1.0, 1.5))
    return x


def _stroke(canvas: Canvas, points: list[Point]) -> None:
    """A line through the points, rounded as a pen rounds it."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for n in range(len(points) - 1):
        before, here = points[max(n - 1, 0)], points[n]
        there, after = points[n + 1], points[min(n + 2, len(points) - 1)]
        path.curveTo(
            here[0] + (there[0] - before[0]) / 9,
            here[1] + (there[1] - before[1]) / 9,
            there[0] - (after[0] - here[0]) / 9,
            there[1] - (after[1] - here[1]) / 9,
            there[0],
            there[1],
        )
    canvas.drawPath(path, stroke=1, fill=0)
