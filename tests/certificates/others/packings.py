"""Which genuine certificates come in strange packing? All of them must open and be read."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import pypdf
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.certificates import camera
from tests.certificates.dice import Dice
from tests.certificates.layouts import agency, online, seminars, states
from tests.certificates.others import pdfs
from tests.certificates.truth import Truth

Drawn = tuple[bytes, Truth]
Packed = tuple[str, bytes]


def _changed(pdf: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _image(pdf: bytes) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(camera.rendered(pdf, 150)[:, :, ::-1]))


def _saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def _quarter(writer: pypdf.PdfWriter) -> None:
    writer.pages[0].rotate(90)


def _attached(writer: pypdf.PdfWriter) -> None:
    writer.add_attachment("run.exe", b"MZ")


def _scripted(writer: pypdf.PdfWriter) -> None:
    action = DictionaryObject()
    action[NameObject("/S")] = NameObject("/JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert('hello');")
    writer.root_object[NameObject("/OpenAction")] = action


def _user_unit(writer: pypdf.PdfWriter) -> None:
    writer.pages[0][NameObject("/UserUnit")] = NumberObject(2)


def _pages_of(pdf: bytes) -> bytes:
    """A scanner's TIFF of two pages: the certificate, and the blank back of it."""
    front = _image(pdf).convert("1")
    return _saved(
        front, "TIFF", save_all=True, append_images=[Image.new("1", front.size, 1)], compression="group4"
    )


PACKINGS: dict[str, Callable[[bytes], Packed]] = {
    "owner-password": lambda pdf: ("pdf", pdfs.locked(pdf, "", "chief", "AES-128")),
    "owner-password-256": lambda pdf: ("pdf", pdfs.locked(pdf, "", "chief")),
    "script": lambda pdf: ("pdf", _changed(pdf, _scripted)),
    "attachment": lambda pdf: ("pdf", _changed(pdf, _attached)),
    "jpeg-called-pdf": lambda pdf: ("pdf", _saved(_image(pdf), "JPEG", quality=88)),
    "pdf-called-jpg": lambda pdf: ("jpg", pdf),
    "png-called-heic": lambda pdf: ("heic", _saved(_image(pdf), "PNG")),
    "noise-before-header": lambda pdf: ("pdf", b"\r\nX-Mailer: scan\r\n" + b"-" * 600 + b"\r\n" + pdf),
    "archive-behind": lambda pdf: ("pdf", pdf + b"PK\x03\x04" + bytes(100)),
    "page-turned-90": lambda pdf: ("pdf", _changed(pdf, _quarter)),
    "user-unit": lambda pdf: ("pdf", _changed(pdf, _user_unit)),
    "tiff-two-pages": lambda pdf: ("tif", _pages_of(pdf)),
    "jpeg-cmyk": lambda pdf: ("jpg", _saved(_image(pdf).convert("CMYK"), "JPEG", quality=88)),
    "jpeg-progressive": lambda pdf: ("jpg", _saved(_image(pdf), "JPEG", quality=85, progressive=True)),
    "png-16-bit": lambda pdf: ("png", _saved(_image(pdf).convert("I;16"), "PNG")),
    "png-palette": lambda pdf: ("png", _saved(_image(pdf).quantize(16), "PNG")),
    "png-clear-paper": lambda pdf: ("png", _clear(pdf)),
    "gray": lambda pdf: ("jpg", _saved(_image(pdf).convert("L"), "JPEG", quality=80)),
    "webp-lossless": lambda pdf: ("webp", _saved(_image(pdf), "WEBP", lossless=True, method=0)),
    "=cmd calc' A1; (final) [2]": lambda pdf: ("pdf", pdf),
    "cert\u202efdp.exe": lambda pdf: ("pdf", pdf),
    "n" * 180: lambda pdf: ("pdf", pdf),
}  # fmt: skip
LAYOUTS = (
    online.stamped,
    seminars.academy_prose,
    states.minnesota_five,
    states.california_certificate,
    agency.inservice,
)


def _clear(pdf: bytes) -> bytes:
    """Black letters on transparent paper, as some web pages save them; a careless reader sees black on black."""
    gray = np.asarray(_image(pdf).convert("L"))
    layers = np.zeros((*gray.shape, 4), np.uint8)
    layers[:, :, 3] = 255 - gray
    return _saved(Image.fromarray(layers, "RGBA"), "PNG")


def every(seed: int, only: str = "") -> Iterator[tuple[str, str, Drawn]]:
    """Name, ending, and the packed certificate with its truth, of those with these letters in their name."""
    for number, (name, pack) in enumerate(PACKINGS.items()):
        if only not in f"packed-{name}":
            continue
        dice = Dice(seed, f"packing-{number}", 300 + number)
        pdf, truth = LAYOUTS[number % len(LAYOUTS)](dice)
        ending, data = pack(pdf)
        yield name, ending, (data, truth)
