"""Papers that somebody made to do harm, or that a slip made: each as a file, drawn here and nowhere else."""

import io
import re
import struct
import zlib
from collections.abc import Callable

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from tests.fakes import papers

MEGABYTE = 1024 * 1024
Change = Callable[[PdfWriter], object]


def changed(*changes: Change) -> bytes:
    """The certificate with something added to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.pdf(papers.certificate))))
    for change in changes:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(user: str, owner: str) -> bytes:
    """Encrypted; an empty password of the user opens it, and only asks for restrictions."""
    return changed(lambda writer: writer.encrypt(user, owner, algorithm="AES-256"))


def action(kind: str, **more: object) -> DictionaryObject:
    """Something a viewer might do."""
    return DictionaryObject(
        {
            NameObject("/S"): NameObject(f"/{kind}"),
            **{NameObject(f"/{name}"): TextStringObject(str(value)) for name, value in more.items()},
        }
    )


def script_in_names(writer: PdfWriter) -> None:
    """A script of the whole document."""
    names = ArrayObject([TextStringObject("one"), action("JavaScript", JS="app.alert('hello')")])
    scripts = DictionaryObject({NameObject("/Names"): names})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): scripts})


def file_inside(writer: PdfWriter) -> None:
    """A file within the file."""
    writer.add_attachment("invoice.exe", b"MZ and more")


def starts_by_itself(kind: str) -> Change:
    """What happens when it is opened."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, JS="1", F="calc.exe", URI="x:y")

    return change


def opens_at_a_page(writer: PdfWriter) -> None:
    """Where a viewer begins to show it; nothing happens."""
    page = writer.pages[0].indirect_reference
    assert page is not None
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])


def links_somewhere(writer: PdfWriter) -> None:
    """A link that waits to be pressed."""
    writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.org/course"))


def pressed_script(writer: PdfWriter) -> None:
    """A place on the page that runs a script when it is pressed."""
    link = writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.org"))
    link[NameObject("/A")] = action("JavaScript", JS="1")


def script_after(kind: str) -> Change:
    """What begins harmlessly and goes on with a script, when it is opened."""

    def change(writer: PdfWriter) -> None:
        first = action(kind, URI="https://example.org")
        first[NameObject("/Next")] = ArrayObject([action("Named"), action("JavaScript", JS="1")])
        writer.root_object[NameObject("/OpenAction")] = first

    return change


def script_after_a_link(writer: PdfWriter) -> None:
    """A link that goes on with a script."""
    link = writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.org"))
    follows = action("GoTo")
    follows[NameObject("/Next")] = action("JavaScript", JS="1")
    link[NameObject("/A")] = follows


def script_in_the_other_place(writer: PdfWriter) -> None:
    """The other place in which a link may keep what it does."""
    link = writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.org"))
    link[NameObject("/PA")] = action("JavaScript", JS="1")


def script_of_a_heading(writer: PdfWriter) -> None:
    """A heading in the list beside the pages that runs a script when it is pressed."""
    item = writer.add_outline_item(title="Certificate", page_number=0).get_object()
    assert isinstance(item, DictionaryObject)
    item[NameObject("/A")] = action("JavaScript", JS="1")


def leads_to_another_file(writer: PdfWriter) -> None:
    """A link to a file elsewhere, for which a machine may give its user's name away."""
    link = writer.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://example.org"))
    link[NameObject("/A")] = action("GoToR", F=r"\\\\example.org\\share")


def named_elsewhere(writer: PdfWriter) -> None:
    """What it does is said in an object of its own."""
    script = action("JavaScript", JS="1")
    script[NameObject("/S")] = writer._add_object(NameObject("/JavaScript"))  # noqa: SLF001  its only way to add one
    writer.root_object[NameObject("/OpenAction")] = script


def script_of_a_field_below(writer: PdfWriter) -> None:
    """A box that is part of another one."""
    script_of_a_field(writer)
    form = writer.root_object["/AcroForm"]
    assert isinstance(form, DictionaryObject)
    above = DictionaryObject(
        {NameObject("/T"): TextStringObject("all"), NameObject("/Kids"): form["/Fields"]}
    )
    form[NameObject("/Fields")] = ArrayObject([writer._add_object(above)])  # noqa: SLF001  its only way to add one


def form_that_is_a_program(writer: PdfWriter) -> None:
    """A form whose pages are drawn by what is in it."""
    program = DecodedStreamObject()
    program.set_data(b"<xdp xmlns='http://ns.adobe.com/xdp/'><script>app.alert(1)</script></xdp>")
    form = DictionaryObject({NameObject("/XFA"): writer._add_object(program)})  # noqa: SLF001  its only way to add one
    writer.root_object[NameObject("/AcroForm")] = form


def headings_in_a_ring(writer: PdfWriter) -> None:
    """A list of headings of which the last leads to the first."""
    item = writer.add_outline_item(title="Certificate", page_number=0)
    found = item.get_object()
    assert isinstance(found, DictionaryObject)
    found[NameObject("/Next")] = item


def beginning_nowhere(content: bytes) -> bytes:
    """The file says that its list of objects lies where no file reaches; programs look for the objects themselves."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n99999999999999999999", content)


def script_of_a_field(writer: PdfWriter) -> None:
    """A box of a form that calculates."""
    box = DictionaryObject(
        {NameObject("/T"): TextStringObject("hours"), NameObject("/AA"): action("JavaScript", JS="1")}
    )
    fields = ArrayObject([writer._add_object(box)])  # noqa: SLF001  its only way to add one
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})


def typed_on_top(text: str) -> Change:
    """A note on the page, as a viewer writes it for somebody who has no form."""

    def change(writer: PdfWriter) -> None:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        look = DecodedStreamObject()
        look.set_data(b"BT /F 14 Tf 5 8 Td (%s) Tj ET" % text.encode("ascii"))
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 300, 30)))
        resources = {NameObject("/Font"): DictionaryObject({NameObject("/F"): fonts})}
        look[NameObject("/Resources")] = DictionaryObject(resources)
        note = writer.add_annotation(0, FreeText(text=text, rect=(50, 60, 350, 90)))
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(look)})  # noqa: SLF001  the library has no other way to write one

    return change


def letters_that_lie(writer: PdfWriter) -> None:
    """Every font says of its letters that they are none; they look as before."""
    table = DecodedStreamObject()
    table.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <00> <FF> <E000> endbfrange\nendcmap end end"
    )
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # a page with words has fonts
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(table)  # noqa: SLF001  the library has no other way to write one


def many_pages(count: int) -> bytes:
    """So many pages with a line each."""
    return papers.pdf(*[papers.with_words("Page with a line of text that can be seen by anybody")] * count)


def vast_page(side: float = 14_000.0) -> bytes:
    """A page of almost five meters."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 600)
        for line in range(3):
            canvas.drawString(1000, 7000 - 800 * line, "A certificate that fills a wall")

    return papers.pdf(draw, size=(side, side))


def _raw_pdf(*objects: bytes) -> bytes:
    """A PDF written by hand; the first object is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _stream(extra: bytes, data: bytes) -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def _repeated(piece: bytes, size: int) -> bytes:
    """The piece again and again, packed without ever being whole in memory."""
    packer = zlib.compressobj(9)
    block = piece * max(1, MEGABYTE // len(piece))
    times, rest = divmod(size, len(block))
    begun = packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing before it is referred to, so that the block is packed once and stands there as often.
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    ended = packer.compress(block[:rest]) + packer.flush()
    check = zlib.adler32(b"")
    for _ in range(times):
        check = zlib.adler32(block, check)
    return begun + packed * times + ended[:-4] + struct.pack(">I", zlib.adler32(block[:rest], check))


def page_that_inflates(size: int) -> bytes:
    """A page whose drawing is small in the file and endless once it is unpacked."""
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        _stream(b"/Filter /FlateDecode", _repeated(b"0 0 m 9 9 l S\n", size)),
    )


def picture_of_many_pixels(side: int) -> bytes:
    """A page with a picture that is small in the file and vast once it is drawn."""
    shown = b"q 612 0 0 792 0 0 cm /Im Do Q"
    grey = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (side, side)
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /Im 5 0 R >> >> >>",
        _stream(b"", shown),
        _stream(
            grey + b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
            _repeated(b"\x80", side * side),
        ),
    )


def pages_that_hold_themselves() -> bytes:
    """A tree of pages that is its own branch."""
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 2 /Parent 2 0 R >>"
    )


def form_that_draws_itself() -> bytes:
    """A drawing that contains itself."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /Fm 5 0 R >> >>"
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /Fm 5 0 R >> >> >>",
        _stream(b"", b"/Fm Do"),
        _stream(form, b"/Fm Do /Fm Do"),
    )


def no_pages() -> bytes:
    """A document of nothing."""
    return _raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose header promises more than anybody has memory for."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = part(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + rows + part(b"IEND", b"")


def png_with_endless_text() -> bytes:
    """A small picture with a note that unpacks to a gigabyte."""
    plain = papers.saved(Image.new("L", (20, 20), 255), "PNG")
    packed = _repeated(b"a", 512 * MEGABYTE)
    body = b"note\0\0" + packed
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return plain[:33] + chunk + plain[33:]


def gif_that_claims(width: int, height: int) -> bytes:
    """The same as a GIF."""
    plain = papers.saved(Image.new("P", (20, 20)), "GIF")
    size = struct.pack("<HH", width, height)
    place = plain.index(b",")
    return plain[:6] + size + plain[10 : place + 5] + size + plain[place + 9 :]


def tiff_of(frames: int, size: tuple[int, int] = (30, 30)) -> bytes:
    """A TIFF with so many pages."""
    first, *others = [Image.new("L", size, 255) for _ in range(frames)]
    return papers.saved(first, "TIFF", save_all=True, append_images=others)


def cut(content: bytes) -> bytes:
    """The first half, as a message that broke off leaves it."""
    return content[: len(content) // 2]


def postscript_in_disguise() -> bytes:
    """A program for printers behind the first bytes of a picture."""
    return b"\xff\xd8\xff\xe0" + b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"


def also_an_archive() -> bytes:
    """A certificate that is a ZIP as well, from its end."""
    return papers.pdf(papers.certificate) + b"PK\x05\x06" + bytes(18)


def also_a_page_of_the_web() -> bytes:
    """A picture with a script in its comment."""
    picture = papers.picture_of_certificate().resize((300, 200))
    return papers.saved(picture, comment=b"<script>alert(1)</script>")


def with_lines_before() -> bytes:
    """A certificate as some mail programs pass it on."""
    return b"Content-Type: application/pdf\r\n\r\n" + papers.pdf(papers.certificate)
