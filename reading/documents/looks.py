"""How does a page look? A small picture of it drawn anew, and a hash by which likenesses are found."""

import io

import numpy as np
from PIL import Image

from reading.documents.limits import PREVIEW_SIDE
from reading.documents.sight import Pixels

_QUALITY = 80
_CELLS = 8


def preview(page: Pixels) -> bytes:
    """The page as a JPEG of our own: nothing of what came with the file is in it."""
    picture = _picture(page)
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def looks(page: Pixels) -> str:
    """64 signs of where it grows lighter to the right, in hexadecimal; the same page elsewhere differs in a few."""
    grey = _picture(page).convert("L").resize((_CELLS + 1, _CELLS), Image.Resampling.BOX)
    values = np.asarray(grey, np.int16)
    signs = (values[:, 1:] > values[:, :-1]).flatten()
    return f"{int(''.join('1' if sign else '0' for sign in signs), 2):016x}"


def _picture(page: Pixels) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(page[:, :, ::-1]), "RGB")
