"""What does a picture of a page say? Words by optical recognition, in the order in which an upright page is read."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from rapidocr.main import RapidOCRError

from reading.documents.grouping import TextPiece

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]

THREADS = 2
_MODELS = Path(rapidocr.__file__).parent / "models"
# The library fetches a model that it does not find; with the paths given it stops instead.
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_vertical_padding": False,
    "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
    "Det.limit_type": "max",
    "Det.limit_side_len": 1280,
    "Cls.model_path": str(_MODELS / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
    "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
}
_STANDS = 1.5  # a box this much higher than wide holds a line that was turned
_PROBED = 8  # lines are enough to see which way up a page is
_DOUBTED = 0.3  # a page with this share of lines that seem upside down is looked at twice
_UNSURE = 0.6
_LEAST = 0.5  # what is read less surely than this is not text
_LONG = 3.0  # a box this much wider than high shows which way its line runs


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a picture once it is upright. ``turns``: quarter turns to the left that made it so."""

    pieces: Sequence[TextPiece]
    turns: int
    width: int
    height: int


def warm() -> None:
    """Load everything, so that the first picture does not wait for it."""
    blank = np.full((64, 320, 3), 255, np.uint8)
    cv2.putText(blank, "Hours 8", (20, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2)
    look(blank)


def look(picture: Pixels) -> Seen:
    """Read a picture, blue before green before red as the libraries have it."""
    height, width = picture.shape[:2]
    try:
        crops, found = _engine().detect_and_crop(picture, {})
    except RapidOCRError:
        return Seen((), 0, width, height)
    corners = [np.asarray(box, np.float32) for box in (() if found.boxes is None else found.boxes)]
    standing = _are_standing(corners)
    known = _Lines(crops)
    flipped = _are_flipped(known, standing)
    pieces, kept = [], []
    for box, (text, sure) in zip(corners, known.best(flipped), strict=True):
        if sure >= _LEAST and text.strip():
            pieces.append((text, sure))
            kept.append(box)
    turns = (1 if standing else 0) + (2 if flipped else 0)
    upright = [_turned(box, turns, width, height) for box in kept]
    if turns % 2:
        width, height = height, width
    levelled = _levelled(upright, width, height)
    return Seen(
        tuple(
            TextPiece(text, float(x.min()), float(y.min()), float(x.max()), float(y.max()), sure)
            for (text, sure), (x, y) in zip(pieces, (box.T for box in levelled), strict=True)
        ),
        turns,
        width,
        height,
    )


@cache
def _engine() -> rapidocr.RapidOCR:
    engine = rapidocr.RapidOCR(params=_SETTINGS)
    logging.getLogger("RapidOCR").disabled = True
    cv2.setNumThreads(THREADS)
    return engine


def _sides(box: Corners) -> tuple[float, float]:
    """Width and height of a box, whichever way it leans."""
    return float(np.linalg.norm(box[0] - box[1])), float(np.linalg.norm(box[0] - box[3]))


def _are_standing(boxes: Sequence[Corners]) -> bool:
    """Whether most of what is written runs up or down the page."""
    upright = standing = 0.0
    for box in boxes:
        wide, high = _sides(box)
        if high >= _STANDS * wide:
            standing += high
        elif wide >= _STANDS * high:
            upright += wide
    return standing > upright


class _Lines:
    """The lines of a picture, each read at most once either way up."""

    def __init__(self, crops: Sequence[Pixels]) -> None:
        self._crops = crops
        self._read: dict[tuple[int, bool], tuple[str, float]] = {}

    def longest(self) -> list[int]:
        """Those that tell the most."""
        return sorted(range(len(self._crops)), key=lambda place: -self._crops[place].shape[1])[:_PROBED]

    def share_guessed_flipped(self, places: Sequence[int]) -> float:
        """How many of these seem upside down at a glance."""
        _, guessed = _engine().cls_and_rotate([self._crops[place] for place in places])
        return sum(1 for label, _ in guessed.cls_res or () if label == "180") / max(len(places), 1)

    def read(self, places: Iterable[int], flipped: bool) -> list[tuple[str, float]]:
        """What these say, this way up."""
        asked = list(places)
        new = [place for place in asked if (place, flipped) not in self._read]
        crops = [_half_turned(self._crops[place]) if flipped else self._crops[place] for place in new]
        for place, found in zip(new, _recognized(crops), strict=True):
            self._read[place, flipped] = found
        return [self._read[place, flipped] for place in asked]

    def best(self, flipped: bool) -> list[tuple[str, float]]:
        """What all of them say; one that makes no sense is tried the other way up."""
        found = self.read(range(len(self._crops)), flipped)
        unsure = [place for place, (text, sure) in enumerate(found) if sure < _UNSURE and text.strip()]
        for place, other in zip(unsure, self.read(unsure, not flipped), strict=True):
            # Turned by mistake, a line is nonsense of middling certainty; it must be much better to count.
            if other[1] > max(found[place][1], _UNSURE) + 0.2:
                found[place] = other
        return found


def _are_flipped(lines: _Lines, standing: bool) -> bool:
    """Whether the page is upside down: its long lines read both ways, where there is a reason to ask."""
    longest = lines.longest()
    if not standing and lines.share_guessed_flipped(longest) < _DOUBTED:
        return False
    as_is, turned = (
        sum(len(text) * sure for text, sure in lines.read(longest, flipped)) for flipped in (False, True)
    )
    return turned > as_is


def _recognized(crops: Sequence[Pixels]) -> list[tuple[str, float]]:
    if not crops:
        return []
    try:
        read = _engine().recognize_txt(list(crops))
    except RapidOCRError:
        return [("", 0.0)] * len(crops)
    return [(str(text), float(sure)) for text, sure in zip(read.txts or (), read.scores or (), strict=True)]


def _half_turned(crop: Pixels) -> Pixels:
    return np.ascontiguousarray(crop[::-1, ::-1])


def _turned(box: Corners, turns: int, width: int, height: int) -> Corners:
    """Where a box is once the picture was turned to the left that many times."""
    for turn in range(turns):
        across = width if turn % 2 == 0 else height
        box = np.stack([box[:, 1], across - box[:, 0]], axis=1)
    return box


def _levelled(boxes: Sequence[Corners], width: int, height: int) -> list[Corners]:
    """The boxes as if the page lay straight: what leans is turned back by how its long lines run on average."""
    slopes = []
    for box in boxes:
        x = box[:, 0]
        wide, high = float(x.max() - x.min()), min(_sides(box))
        if wide > _LONG * high:
            # Its two long edges; the corners of a turned page begin elsewhere.
            order = np.argsort(x)
            run = box[order[2:]].mean(axis=0) - box[order[:2]].mean(axis=0)
            slopes.append(float(np.arctan2(run[1], run[0])))
    angle = median(slopes) if slopes else 0.0
    centre = np.array([width / 2, height / 2], np.float32)
    sine, cosine = np.sin(-angle), np.cos(-angle)
    back = np.array([[cosine, -sine], [sine, cosine]], np.float32)
    return [np.asarray((box - centre) @ back.T + centre, np.float32) for box in boxes]
