"""Papers as officers send them, drawn small: a certificate as a PDF, and pictures of it as telephones make them."""

import io
from collections.abc import Callable

import pypdfium2 as pdfium
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612.0, 400.0
COMPLETED = "Date completed: February 9, 2026"
HOURS = "Credit hours: 8.0"
NAME = "Dana M. Ruiz"
TITLE = "Crisis Intervention and De-escalation"
HEADING = "Certificate of Completion"
WORDS = (HEADING, NAME, TITLE, COMPLETED, HOURS)

Draw = Callable[[Canvas], object]


def pdf(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), turned: int = 0) -> bytes:
    """A PDF with these pages; ``turned`` is the rotation that each page asks a viewer for."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for page in pages:
        page(canvas)
        if turned:
            canvas.setPageRotation(turned)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def certificate(canvas: Canvas) -> None:
    """The five things that a sponsor has to print."""
    middle = WIDTH / 2
    for font, size, down, text in (
        ("Times-Bold", 30, 70, HEADING),
        ("Times-Roman", 13, 110, "This is to certify that"),
        ("Times-Italic", 24, 150, NAME),
        ("Helvetica-Bold", 18, 200, TITLE),
    ):
        canvas.setFont(font, size)
        canvas.drawCentredString(middle, HEIGHT - down, text)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(50, HEIGHT - 260, COMPLETED)
    canvas.drawString(400, HEIGHT - 260, HOURS)


def with_words(text: str, *, invisible: bool = False, white: bool = False) -> Draw:
    """A line at the foot of a page, for somebody or for nobody to see."""

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(50, 40)
        line.setFont("Helvetica", 12)
        if invisible:
            line.setTextRenderMode(3)
        if white:
            line.setFillGray(1)
        line.textLine(text)
        canvas.drawText(line)

    return draw


def together(*parts: Draw) -> Draw:
    """Several things on one page."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def image_on_page(picture: Image.Image) -> Draw:
    """A picture that is the whole page, as a scanner makes it."""
    return lambda canvas: canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)


def drawn(content: bytes, scale: float = 1.4) -> Image.Image:
    """The first page of a PDF as a picture."""
    document = pdfium.PdfDocument(content)
    picture = document[0].render(scale=scale).to_pil().convert("RGB")
    document.close()
    assert isinstance(picture, Image.Image)
    return picture


def picture_of_certificate() -> Image.Image:
    """The certificate as a scanner sees it."""
    return drawn(pdf(certificate))


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def photograph(picture: Image.Image, *, orientation: int = 1) -> bytes:
    """As a telephone saves it: which way up it was held, which camera, and where."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Telephone"
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef] = "N"
    place[GPS.GPSLatitude] = (44.0, 58.0, 0.0)
    return saved(picture, quality=85, exif=exif)
