"""The libraries alone, as somebody would first call them: paths by standard input, seconds as lines on standard output.

A PDF with text gives its text; any other page is drawn and read once. Nothing is checked, turned, ordered or kept.
"""

import sys
from io import BytesIO
from pathlib import Path
from time import perf_counter

import numpy as np
import pi_heif
import pypdfium2 as pdfium
from PIL import Image
from rapidocr import RapidOCR

THREADS = 2
SIDE = 2200
_FEW = 40


def engine() -> RapidOCR:
    """As it comes, with our number of threads and without its log."""
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": THREADS}
    return RapidOCR(params={"Global.log_level": "critical", **threads})


def read(content: bytes, ocr: RapidOCR) -> int:
    """How many characters were found."""
    if not content.startswith(b"%PDF-"):
        picture = Image.open(BytesIO(content)).convert("RGB")
        picture.thumbnail((SIDE, SIDE))
        return _seen(picture, ocr)
    found = 0
    document = pdfium.PdfDocument(content)
    for page in document:
        text = page.get_textpage().get_text_range()
        if len(text) < _FEW:
            drawn = page.render(scale=SIDE / max(page.get_size())).to_pil()
            found += _seen(drawn.convert("RGB"), ocr)
        found += len(text)
    document.close()
    return found


def _seen(picture: Image.Image, ocr: RapidOCR) -> int:
    result = ocr(np.asarray(picture)[:, :, ::-1])
    return sum(len(text) for text in getattr(result, "txts", None) or ())


def main() -> None:
    """Answer until nobody asks."""
    pi_heif.register_heif_opener()
    ocr = engine()
    _seen(Image.new("RGB", (640, 480), "white"), ocr)
    print("ready", flush=True)
    for line in sys.stdin:
        content = Path(line.rstrip("\n")).read_bytes()
        began = perf_counter()
        read(content, ocr)
        print(perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
