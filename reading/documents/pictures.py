"""Is it a picture that can be opened, and what are its pixels? Upright as its camera says, and never too many."""

import io
import warnings
from collections.abc import Sequence

import cv2
import numpy as np
import pi_heif
from PIL import Image, ImageOps, ImageSequence

from reading.documents.limits import MAX_FRAMES, MAX_PIXELS, MAX_SIDE
from reading.documents.model import FileRefusal
from reading.documents.sight import Pixels
from reading.files import FileType

# Only these readers are ever reached, whatever the file says of itself.
_FORMATS = {
    FileType.JPEG: ("JPEG", "MPO"),
    FileType.PNG: ("PNG",),
    FileType.GIF: ("GIF",),
    FileType.WEBP: ("WEBP",),
    FileType.TIFF: ("TIFF",),
    FileType.HEIC: ("HEIF",),
}
# A film or a stack of pictures is one picture: its first.
_SEVERAL = frozenset({FileType.TIFF})
_WHITE = (255, 255, 255)

pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def open_picture(content: bytes, kind: FileType) -> Sequence[Pixels] | FileRefusal:
    """The pages of a picture, blue before green before red; or why it is not opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS[kind]) as picture:
                frames = getattr(picture, "n_frames", 1) if kind in _SEVERAL else 1
                if frames > MAX_FRAMES:
                    return FileRefusal.TOO_MANY_PAGES
                # Each frame has a size of its own, and only the first was looked at while opening.
                pages = []
                for frame, _ in zip(ImageSequence.Iterator(picture), range(frames), strict=False):
                    if frame.width * frame.height > MAX_PIXELS:
                        return FileRefusal.TOO_MANY_PIXELS
                    pages.append(_pixels(frame))
                return pages
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return FileRefusal.TOO_MANY_PIXELS
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a decoder fails in its own ways, and each of them means the same
        return FileRefusal.DAMAGED


def fitted(picture: Pixels, side: int) -> Pixels:
    """The picture with no side longer than this."""
    height, width = picture.shape[:2]
    if max(height, width) <= side:
        return picture
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _pixels(frame: Image.Image) -> Pixels:
    """One picture at the size that is read."""
    # JPEG can be decoded smaller at once, which saves most of the time and memory.
    frame.draft("RGB", (MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(frame)
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.ascontiguousarray(np.asarray(_on_white(upright), np.uint8)[:, :, ::-1])


def _on_white(picture: Image.Image) -> Image.Image:
    """Paper where the picture is transparent; black there would hide black letters."""
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        values = np.asarray(picture, np.float32)
        low, high = float(values.min()), float(values.max())
        return Image.fromarray(((values - low) * (255 / max(high - low, 1))).astype(np.uint8)).convert("RGB")
    if "transparency" in picture.info or "A" in picture.getbands():
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, (*_WHITE, 255))
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
