"""What happens to a page between the printer and the chat? Scanners, faxes, screens and phones, as code."""

import io
from collections.abc import Callable
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


def _noise(dice: Dice) -> np.random.Generator:
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
    rng = _noise(dice)
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
    noisy = one.astype(np.float32) + _noise(dice).normal(0, 22, one.shape)
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


# -- hard ---------------------------------------------------------------------------------------------------


def _desk(dice: Dice, wide: int, high: int) -> NDArray[np.float32]:
    """Wood, cloth or a gray desk."""
    rng = _noise(dice)
    kind = dice.one("wood", "cloth", "gray")
    base = {"wood": (70, 105, 150), "cloth": (95, 70, 60), "gray": (120, 120, 118)}[kind]
    small = rng.normal(0, 14, (high // 8, wide // 8)).astype(np.float32)
    if kind == "wood":
        small = np.asarray(cv2.GaussianBlur(small, (61, 1), 0), np.float32) * 5
    grain = np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC), np.float32)
    return np.asarray(np.array(base, np.float32)[None, None] + grain[:, :, None], np.float32)


def _laid(page: Picture, dice: Dice, wide: int, high: int, tilt: float, slant: float) -> NDArray[np.float32]:
    """The page lying on a desk, seen at an angle."""
    desk = _desk(dice, wide, high)
    tall, broad = page.shape[:2]
    scale = min(wide * 0.9 / broad, high * 0.9 / tall)
    w, h = broad * scale / 2, tall * scale / 2
    near = 1 + dice.between(-slant, slant)
    aside = 1 + dice.between(-slant, slant)
    corners = np.array([[-w * near, -h * aside], [w * near, -h], [w, h], [-w, h * aside]], np.float32)
    angle = np.deg2rad(dice.between(-tilt, tilt))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    corners = corners @ turn.T
    # All four corners stay in the picture: an officer looks whether the paper is on it.
    reach = np.abs(corners).max(axis=0) / np.array([wide * 0.49, high * 0.49], np.float32)
    corners = corners / max(1.0, float(reach.max())) + np.array([wide / 2, high / 2], np.float32)
    source = np.array([[0, 0], [broad, 0], [broad, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    sheet = cv2.warpPerspective(page, matrix, (wide, high), flags=cv2.INTER_AREA).astype(np.float32)
    mask = (
        cv2.warpPerspective(np.full((tall, broad), 255, np.uint8), matrix, (wide, high)).astype(np.float32)
        / 255
    )
    under = cv2.GaussianBlur(np.roll(mask, (14, 10), axis=(0, 1)), (0, 0), 14)
    desk *= (1 - 0.45 * under)[:, :, None]
    return np.asarray(desk * (1 - mask[:, :, None]) + sheet * mask[:, :, None], np.float32)


def _light(work: NDArray[np.float32], dice: Dice, low: float, high: float) -> NDArray[np.float32]:
    """Lamplight that falls off to one side, warmer than white."""
    tall, wide = work.shape[:2]
    angle = dice.between(0, 6.28)
    x, y = np.meshgrid(np.linspace(-1, 1, wide, dtype=np.float32), np.linspace(-1, 1, tall, dtype=np.float32))
    slope = (x * np.cos(angle) + y * np.sin(angle)).astype(np.float32)
    fall = (low + high) / 2 + slope * (high - low) / 2
    warm = np.array([dice.between(0.84, 0.97), 0.97, 1.0], np.float32)
    return np.asarray(work * fall[:, :, None] * warm[None, None], np.float32)


def _shadow(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """The shadow of a head and an arm over part of the page."""
    tall, wide = work.shape[:2]
    mask = np.zeros((tall, wide), np.float32)
    x = int(wide * dice.between(0.15, 0.75))
    points = np.array(
        [[x, 0], [x + int(wide * 0.35), 0], [x + int(wide * 0.5), tall], [x + int(wide * 0.1), tall]],
        np.int32,
    )
    cv2.fillPoly(mask, [points], 1.0)
    cv2.circle(mask, (x + wide // 5, tall // 4), wide // 6, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), dice.between(8, 40))
    return np.asarray(work * (1 - dice.between(0.35, 0.5) * soft)[:, :, None], np.float32)


def _glare(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """A lamp's reflection: bright, and over the edge of the text rather than in the middle of it."""
    tall, wide = work.shape[:2]
    mask = np.zeros((tall, wide), np.float32)
    at = (
        int(wide * dice.one(dice.between(0.08, 0.22), dice.between(0.78, 0.92))),
        int(tall * dice.between(0.15, 0.85)),
    )
    cv2.ellipse(mask, at, (wide // 9, tall // 13), dice.between(0, 180), 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), wide / 40)
    return np.asarray(work + 190 * soft[:, :, None], np.float32)


def _thumb(work: NDArray[np.float32], dice: Dice) -> NDArray[np.float32]:
    """A thumb that holds the paper at its lower or side edge."""
    tall, wide = work.shape[:2]
    skin = (np.array([[[120, 150, 205]]], np.float32)) * dice.between(0.5, 1.0)
    mask = np.zeros((tall, wide), np.float32)
    left = dice.chance(0.5)
    at = (0 if left else wide, int(tall * dice.between(0.72, 0.9)))
    cv2.ellipse(mask, at, (int(wide * 0.13), int(tall * 0.07)), -20 if left else 20, 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), 5)[:, :, None]
    return np.asarray(work * (1 - soft) + skin * soft, np.float32)


def photo(pdf: bytes, dice: Dice, *effects: str, long_side: int = 2200) -> Picture:
    """A phone's picture of the page upon a desk."""
    page = rendered(pdf, 190)
    wide, high = (
        (long_side, long_side * 3 // 4) if page.shape[1] > page.shape[0] else (long_side * 3 // 4, long_side)
    )
    work = _laid(page, dice, wide, high, dice.between(1, 5), 0.09 if "keystone" in effects else 0.035)
    work = _light(work, dice, 0.72, 1.0)
    if "shadow" in effects:
        work = _shadow(work, dice)
    if "glare" in effects:
        work = _glare(work, dice)
    if "thumb" in effects:
        work = _thumb(work, dice)
    if "dim" in effects:
        work = work * dice.between(0.32, 0.42) + 6
    if "blur" in effects:
        size = dice.one(3, 5) if long_side < 1500 else dice.one(5, 7)
        kernel = np.zeros((size, size), np.float32)
        kernel[size // 2] = 1 / size
        work = np.asarray(cv2.filter2D(cv2.GaussianBlur(work, (0, 0), 1.1), -1, kernel), np.float32)
    grain = 9 if "dim" in effects else 4
    work = work + _noise(dice).normal(0, grain, work.shape[:2]).astype(np.float32)[:, :, None]
    return np.clip(work, 0, 255).astype(np.uint8)


def _as_photo(*effects: str) -> Callable[[bytes, Dice], File]:
    def deliver(pdf: bytes, dice: Dice) -> File:
        return encoded(photo(pdf, dice, *effects), "JPEG", dice.random.randint(70, 85)), "jpg"

    return deliver


def as_mms(pdf: bytes, dice: Dice) -> File:
    """What a carrier leaves of a photo: 1,024 pixels, compressed twice."""
    large = photo(pdf, dice, "shadow" if dice.chance(0.4) else "keystone")
    scale = 1024 / max(large.shape[:2])
    small = cv2.resize(large, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
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


def as_faint(pdf: bytes, dice: Dice) -> File:
    """The last sheet before the toner was changed, scanned: pale, streaked, on yellowed paper."""
    picture = rendered(pdf, 170).astype(np.float32)
    pale = np.asarray(255 - (255 - picture) * dice.between(0.3, 0.42), np.float32)
    streaks = _noise(dice).normal(0, 1, (1, picture.shape[1])).astype(np.float32)
    streaks = np.asarray(cv2.GaussianBlur(streaks, (0, 0), 9), np.float32)
    pale = np.asarray(pale + (255 - pale) * np.clip(streaks, 0, 0.35).T[None], np.float32)
    pale = pale * np.array([0.88, 0.95, 0.97], np.float32)
    yellowed = np.asarray(np.clip(pale, 0, 255), np.uint8)
    return encoded(scanned(yellowed, dice, gray=False), "JPEG", 74), "jpg"


def as_photo_of_screen(pdf: bytes, dice: Dice) -> File:
    """A monitor photographed: bands of light, a dark frame, the glass's own blue."""
    page = rendered(pdf, 150)
    framed = np.asarray(
        cv2.copyMakeBorder(page, 70, 90, 70, 70, cv2.BORDER_CONSTANT, value=(25, 24, 24)), np.uint8
    )
    high, wide = framed.shape[:2]
    work = _laid(framed, dice, int(wide * 1.15), int(high * 1.15), 2, 0.05)
    down = np.arange(work.shape[0], dtype=np.float32)[:, None]
    across = np.arange(work.shape[1], dtype=np.float32)[None]
    bands = 1 + 0.05 * np.sin(down / dice.between(9, 14) + across / dice.between(40, 90))
    bands = bands + 0.035 * np.sin(across / dice.between(5, 7) - down / dice.between(60, 90))
    work = np.asarray(work * bands[:, :, None], np.float32)
    work *= np.array([1.0, 0.93, 0.86], np.float32)
    work += _noise(dice).normal(0, 5, work.shape[:2]).astype(np.float32)[:, :, None]
    return encoded(np.clip(work, 0, 255).astype(np.uint8), "JPEG", 76), "jpg"


Delivery = Callable[[bytes, Dice], File]
EASY: dict[str, Delivery] = {"pdf": as_pdf, "png": as_png, "jpeg": as_jpeg}
MEDIUM: dict[str, Delivery] = {
    "pdf-mixed": as_pdf,
    "scan": as_scan,
    "scan-pdf": as_scan_pdf,
    "scan-garbage": as_scan_with_garbage,
    "fax": as_fax,
    "quarter-turn": as_quarter_turn,
    "screenshot": as_screenshot,
}
HARD: dict[str, Delivery] = {
    "photo": _as_photo("keystone"),
    "photo-shadow": _as_photo("keystone", "shadow"),
    "photo-dim": _as_photo("dim"),
    "photo-blur": _as_photo("blur"),
    "photo-glare": _as_photo("glare"),
    "photo-thumb": _as_photo("thumb", "shadow"),
    "mms": as_mms,
    "exif": as_exif,
    "upside-down": as_upside_down,
    "webp": as_webp,
    "faint": as_faint,
    "photo-screen": as_photo_of_screen,
}
