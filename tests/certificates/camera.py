"""What do scanners, faxes and screens make of a page, as code?"""

import io
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.certificates.dice import Dice

Picture = NDArray[np.uint8]
File = tuple[bytes, str]


def noise_of(dice: Dice) -> np.random.Generator:
    """Random numbers for a whole picture, from the document's dice."""
    return np.random.default_rng(dice.random.randrange(2**32))


def rendered(pdf: bytes, dpi: int = 150, page: int = 0) -> Picture:
    """A page of a PDF as a picture, blue first as OpenCV has it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if document.get_formtype():
            document.init_forms()
        sheet = document[page]
        picture: Picture = np.ascontiguousarray(sheet.render(scale=dpi / 72).to_numpy()[:, :, :3])
        return picture
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def encoded(picture: Picture, kind: str, quality: int = 88, **more: Any) -> bytes:
    """A picture's bytes in a format."""
    out = io.BytesIO()
    image = Image.fromarray(picture[:, :, ::-1] if picture.ndim == 3 else picture)
    if kind in {"JPEG", "WEBP"}:
        more["quality"] = quality
    image.save(out, kind, **more)
    return out.getvalue()


# -- easy ---------------------------------------------------------------------------------------------------


def as_pdf(pdf: bytes, dice: Dice) -> File:
    """The text PDF itself."""
    return pdf, "pdf"


def as_png(pdf: bytes, dice: Dice) -> File:
    """A clean picture of the page."""
    return encoded(rendered(pdf, dice.one(130, 150, 170)), "PNG", optimize=False), "png"


def as_jpeg(pdf: bytes, dice: Dice) -> File:
    """A clean picture, well compressed."""
    return encoded(rendered(pdf, dice.one(140, 160, 180)), "JPEG", 90), "jpg"


# -- medium -------------------------------------------------------------------------------------------------


def _turned(picture: Picture, degrees: float, fill: int = 255) -> Picture:
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    border = (fill, fill, fill)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (wide, high), borderValue=border, flags=cv2.INTER_AREA), np.uint8
    )


def scanned(picture: Picture, dice: Dice, *, skew: float = 1.6, gray: bool = True) -> Picture:
    """A flatbed's picture: a little askew, gray, soft, with specks and the lid's shadow along one edge."""
    rng = noise_of(dice)
    work = _turned(picture, dice.between(-skew, skew))
    if gray:
        one = cv2.cvtColor(work, cv2.COLOR_BGR2GRAY)
        work = np.asarray(cv2.cvtColor(one, cv2.COLOR_GRAY2BGR), np.uint8)
    soft = cv2.GaussianBlur(work, (3, 3), dice.between(0.4, 0.9)).astype(np.float32)
    soft = soft * dice.between(0.9, 1.0) + rng.normal(0, 4.0, soft.shape[:2])[:, :, None]
    edge = np.linspace(0, 1, soft.shape[1], dtype=np.float32) * 30
    shade = np.clip(1 - np.exp(-edge), 0.45, 1)
    soft *= (shade if dice.chance(0.5) else shade[::-1])[None, :, None]
    for _ in range(dice.random.randint(10, 60)):
        y, x = int(rng.integers(0, soft.shape[0] - 3)), int(rng.integers(0, soft.shape[1] - 3))
        soft[y : y + 2, x : x + 2] = rng.integers(60, 200)
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def as_scan(pdf: bytes, dice: Dice) -> File:
    """A scan as a picture."""
    return encoded(
        scanned(rendered(pdf, dice.one(150, 170, 200)), dice), "JPEG", dice.random.randint(60, 80)
    ), "jpg"


def pictures_to_pdf(
    pictures: list[Picture], dpi: int, words: tuple[str, ...] = (), quality: int = 70
) -> bytes:
    """A PDF of pictures; ``words`` become an invisible text layer, as scanners add one."""
    out = io.BytesIO()
    high, wide = pictures[0].shape[:2]
    canvas = Canvas(out, pagesize=(wide * 72 / dpi, high * 72 / dpi), invariant=1)
    for picture in pictures:
        high, wide = picture.shape[:2]
        size = (wide * 72 / dpi, high * 72 / dpi)
        canvas.setPageSize(size)
        image = Image.open(io.BytesIO(encoded(picture, "JPEG", quality)))
        canvas.drawInlineImage(image, 0, 0, *size)
        if words:
            layer = canvas.beginText(40, size[1] - 60)
            layer.setFont("Helvetica", 11)
            layer.setTextRenderMode(3)
            for word in words:
                layer.textLine(word)
            canvas.drawText(layer)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def as_scan_pdf(pdf: bytes, dice: Dice) -> File:
    """A scanner's PDF: pictures only, every page."""
    pages = [scanned(rendered(pdf, 170, n), dice) for n in range(page_count(pdf))]
    return pictures_to_pdf(pages, 170), "pdf"


GARBAGE = (
    "Ce1tif:cate cf Comp1et!on",
    "l|. ,;: ~~ DANA RU1Z  .. 0l/0l/19OO",
    "H0urs: 88 .. hrs 4O",
    "fhi$ is t0 cert:fy thaf .. ,, ;",
    "@@ 7/7/7777 ~ ll1l1l ;;;",
)


def as_scan_with_garbage(pdf: bytes, dice: Dice) -> File:
    """A scan whose hidden text layer is rubbish, with another person, day and hours in it."""
    return pictures_to_pdf([scanned(rendered(pdf, 170), dice, skew=0.8)], 170, GARBAGE), "pdf"


def as_fax(pdf: bytes, dice: Dice) -> File:
    """A fax: black and white, coarse, with a header line and dropped rows."""
    picture = rendered(pdf, 200)
    one = cv2.cvtColor(_turned(picture, dice.between(-0.8, 0.8)), cv2.COLOR_BGR2GRAY)
    noisy = one.astype(np.float32) + noise_of(dice).normal(0, 22, one.shape)
    _, hard = cv2.threshold(
        np.clip(noisy, 0, 255).astype(np.uint8), dice.random.randint(140, 170), 255, cv2.THRESH_BINARY
    )
    sent = f"NOV 0{dice.random.randint(2, 9)} 2026  10:{dice.random.randint(10, 59)}"
    head = f"{sent}   FAX  555 01{dice.digits(2)}   PAGE 01"
    cv2.putText(hard, head, (60, 28), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    for _ in range(3):
        row = dice.random.randrange(hard.shape[0] - 2)
        hard[row : row + 1] = 255
    out = io.BytesIO()
    Image.fromarray(hard).convert("1").save(out, "TIFF", compression="group4", dpi=(200, 200))
    return out.getvalue(), "tif"


def as_quarter_turn(pdf: bytes, dice: Dice) -> File:
    """A scan laid sideways; nothing in the file says so."""
    picture = scanned(rendered(pdf, 160), dice, skew=0.8)
    return encoded(np.ascontiguousarray(np.rot90(picture, dice.one(1, 3))), "JPEG", 78), "jpg"


def as_screenshot(pdf: bytes, dice: Dice) -> File:
    """The page inside a window or on a phone's screen, with what such screens show around it."""
    picture = rendered(pdf, 130)
    phone = dice.chance(0.4)
    wide = 1080 if phone else picture.shape[1] + 260
    if phone:
        high = int(picture.shape[0] * 1080 / picture.shape[1])
        picture = np.asarray(cv2.resize(picture, (1080, high), interpolation=cv2.INTER_AREA), np.uint8)
    top, foot = (150, 220) if phone else (96, 46)
    back = 18 if phone else dice.random.randint(70, 110)
    screen = np.full((picture.shape[0] + top + foot, wide, 3), back, np.uint8)
    left = (wide - picture.shape[1]) // 2
    screen[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    bar = (250, 250, 250)
    cv2.rectangle(screen, (0, 0), (wide, top - 12), (245, 240, 238) if not phone else (30, 28, 28), -1)
    ink = (60, 60, 60) if not phone else (225, 225, 225)
    clock = f"{dice.random.randint(1, 12)}:{dice.random.randint(10, 59)}"
    if phone:
        cv2.putText(screen, clock, (60, 60), cv2.FONT_HERSHEY_SIMPLEX, 1.1, ink, 3)
        cv2.putText(screen, "LTE  82%", (wide - 240, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.9, ink, 2)
        cv2.putText(screen, "mail.example.org", (wide // 2 - 130, 118), cv2.FONT_HERSHEY_SIMPLEX, 0.9, ink, 2)
    else:
        cv2.circle(screen, (26, 26), 8, (90, 90, 230), -1)
        cv2.circle(screen, (52, 26), 8, (80, 190, 240), -1)
        cv2.rectangle(screen, (110, 46), (wide - 200, 78), bar, -1)
        cv2.putText(
            screen, "https://training.example.org/print", (124, 68), cv2.FONT_HERSHEY_SIMPLEX, 0.6, ink, 1
        )
        cv2.putText(
            screen, f"{clock} PM", (wide - 110, screen.shape[0] - 16), cv2.FONT_HERSHEY_SIMPLEX, 0.6, bar, 1
        )
    return encoded(screen, "PNG"), "png"
