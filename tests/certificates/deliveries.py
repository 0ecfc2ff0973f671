"""In which ways is a document sent? Each by name, with the grade that it makes."""

import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from tests.certificates import camera
from tests.certificates.camera import File, encoded, noise_of, rendered
from tests.certificates.dice import Dice
from tests.certificates.heic import heic
from tests.certificates.phone import laid, photo


def _as_photo(*effects: str) -> Callable[[bytes, Dice], File]:
    def deliver(pdf: bytes, dice: Dice) -> File:
        return encoded(photo(pdf, dice, *effects), "JPEG", dice.random.randint(70, 85)), "jpg"

    return deliver


def as_mms(pdf: bytes, dice: Dice) -> File:
    """What a carrier leaves of a photo: 1,024 pixels, compressed twice."""
    large = photo(pdf, dice, "shadow" if dice.chance(0.4) else "keystone")
    scale = 1024 / max(large.shape[:2])
    small = cv2.resize(large, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), dice.between(0.4, 0.8))
    once = np.array(Image.open(io.BytesIO(encoded(np.asarray(small, np.uint8), "JPEG", 68))))[:, :, ::-1]
    return encoded(np.ascontiguousarray(once), "JPEG", 62), "jpg"


def as_exif(pdf: bytes, dice: Dice) -> File:
    """A phone's picture that lies on its side, and whose EXIF says how to turn it; with a place in it."""
    picture = photo(pdf, dice, "keystone")
    turns, tag = dice.one((1, 6), (3, 8), (2, 3))
    image = Image.fromarray(np.ascontiguousarray(np.rot90(picture, turns))[:, :, ::-1])
    exif = Image.Exif()
    exif[0x0112] = tag
    exif[0x010F] = "Examplephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 58.0, 12.0), 3: "W", 4: (93.0, 15.0, 54.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue(), "jpg"


def as_upside_down(pdf: bytes, dice: Dice) -> File:
    """A photo held the wrong way; nothing in the file says so."""
    return encoded(np.ascontiguousarray(np.rot90(photo(pdf, dice), 2)), "JPEG", 80), "jpg"


def as_webp(pdf: bytes, dice: Dice) -> File:
    """A photo saved by a chat program as WebP."""
    return encoded(photo(pdf, dice, "keystone"), "WEBP", 72, method=1), "webp"


def as_heic(pdf: bytes, dice: Dice) -> File:
    """A phone's picture as such phones keep it, lying on its side with a note how to turn it."""
    picture = photo(pdf, dice, "keystone", long_side=1600)
    turns = dice.one(0, 1, 3)
    return heic(np.ascontiguousarray(np.rot90(picture, -turns)), turns), "heic"


def as_faint(pdf: bytes, dice: Dice) -> File:
    """The last sheet before the toner was changed, scanned: pale, streaked, on yellowed paper."""
    picture = rendered(pdf, 170).astype(np.float32)
    pale = np.asarray(255 - (255 - picture) * dice.between(0.3, 0.42), np.float32)
    streaks = noise_of(dice).normal(0, 1, (1, picture.shape[1])).astype(np.float32)
    streaks = np.asarray(cv2.GaussianBlur(streaks, (0, 0), 9), np.float32)
    pale = np.asarray(pale + (255 - pale) * np.clip(streaks, 0, 0.35).T[None], np.float32)
    pale = pale * np.array([0.88, 0.95, 0.97], np.float32)
    yellowed = np.asarray(np.clip(pale, 0, 255), np.uint8)
    return encoded(camera.scanned(yellowed, dice, gray=False), "JPEG", 74), "jpg"


def as_photo_of_screen(pdf: bytes, dice: Dice) -> File:
    """A monitor photographed: bands of light, a dark frame, the glass's own blue."""
    page = rendered(pdf, 150)
    framed = np.asarray(
        cv2.copyMakeBorder(page, 70, 90, 70, 70, cv2.BORDER_CONSTANT, value=(25, 24, 24)), np.uint8
    )
    high, wide = framed.shape[:2]
    work = laid(framed, dice, int(wide * 1.15), int(high * 1.15), 2, 0.05)
    down = np.arange(work.shape[0], dtype=np.float32)[:, None]
    across = np.arange(work.shape[1], dtype=np.float32)[None]
    bands = 1 + 0.05 * np.sin(down / dice.between(9, 14) + across / dice.between(40, 90))
    bands = bands + 0.035 * np.sin(across / dice.between(5, 7) - down / dice.between(60, 90))
    work = np.asarray(work * bands[:, :, None], np.float32)
    work *= np.array([1.0, 0.93, 0.86], np.float32)
    work += noise_of(dice).normal(0, 5, work.shape[:2]).astype(np.float32)[:, :, None]
    return encoded(np.clip(work, 0, 255).astype(np.uint8), "JPEG", 76), "jpg"


Delivery = Callable[[bytes, Dice], File]
EASY: dict[str, Delivery] = {"pdf": camera.as_pdf, "png": camera.as_png, "jpeg": camera.as_jpeg}
MEDIUM: dict[str, Delivery] = {
    "pdf-mixed": camera.as_pdf,
    "scan": camera.as_scan,
    "scan-pdf": camera.as_scan_pdf,
    "scan-garbage": camera.as_scan_with_garbage,
    "fax": camera.as_fax,
    "quarter-turn": camera.as_quarter_turn,
    "screenshot": camera.as_screenshot,
}
HARD: dict[str, Delivery] = {
    "photo": _as_photo("keystone"),
    "photo-tilt": _as_photo("tilt"),
    "photo-fold": _as_photo("fold", "keystone"),
    "photo-curl": _as_photo("curl", "shadow"),
    "photo-far": _as_photo("far", "tilt"),
    "photo-shadow": _as_photo("keystone", "shadow"),
    "photo-dim": _as_photo("dim"),
    "photo-blur": _as_photo("blur"),
    "photo-glare": _as_photo("glare"),
    "photo-thumb": _as_photo("thumb", "shadow"),
    "mms": as_mms,
    "exif": as_exif,
    "upside-down": as_upside_down,
    "webp": as_webp,
    "heic": as_heic,
    "faint": as_faint,
    "photo-screen": as_photo_of_screen,
}
EVERY = EASY | MEDIUM | HARD
