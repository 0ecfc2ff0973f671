"""Which files are no picture and no PDF, or a picture that is broken or too large? Each with how it must end."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

from tests.certificates import camera
from tests.certificates.dice import Dice
from tests.certificates.heic import heic
from tests.certificates.others import pdfs, pictures, raw

Hostile = tuple[bytes, tuple[str, ...], tuple[str, ...]]
REFUSED = ("refused",)
Named = tuple[str, Hostile]

EMPTY = (REFUSED, ("empty",))
BARE = (REFUSED, ("empty", "wrong-type", "damaged"))
WRONG = (REFUSED, ("wrong-type",))
ARCHIVE = (REFUSED, ("archive", "wrong-type"))
DAMAGED = (REFUSED, ("damaged",))
TORN = (REFUSED, ("damaged", "wrong-type", "too-many-pixels"))
PIXELS = (REFUSED, ("too-many-pixels", "damaged"))
TRUE_PIXELS = (REFUSED, ("too-many-pixels",))
FRAMES = (REFUSED, ("too-many-pages",))
OPENS = (("not_certificate", "unreadable"), ())
EITHER: tuple[tuple[str, ...], tuple[str, ...]] = (("not_certificate", "unreadable", "refused"), ())


def _zip(*parts: tuple[str, bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(
                zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _empty(dice: Dice) -> Iterator[Named]:
    for ending in ("pdf", "jpg", "png", "heic"):
        yield f"empty.{ending}", (b"", *EMPTY)
    yield "one-byte.pdf", (b"%", *BARE)
    yield "blanks.pdf", (b" \r\n" * 400, *BARE)
    yield "zeros.jpg", (bytes(4096), *BARE)
    yield "byte-order-mark.pdf", (b"\xef\xbb\xbf", *BARE)
    for n in range(4):
        yield f"noise-{n}.{dice.one('pdf', 'jpg', 'png')}", (b"\x01" + dice.random.randbytes(3000), *BARE)


def _programs(dice: Dice) -> Iterator[Named]:
    program = (
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(46) + b"\x80\x00\x00\x00" + bytes(64)
    )
    yield "program.pdf", (program + b"PE\x00\x00L\x01" + bytes(500), *WRONG)
    yield "program.jpg", (program + b"PE\x00\x00d\x86" + bytes(500), *WRONG)
    yield "elf.png", (b"\x7fELF\x02\x01\x01" + bytes(600), *WRONG)
    yield "mach.heic", (b"\xcf\xfa\xed\xfe" + bytes(600), *WRONG)
    yield "java.jpg", (b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(300), *WRONG)
    yield "wasm.png", (b"\x00asm\x01\x00\x00\x00" + bytes(100), *WRONG)
    yield "shell.pdf", (b"#!/bin/sh\necho hello\n", *WRONG)
    yield "batch.pdf", (b"@echo off\r\nstart calc.exe\r\n", *WRONG)
    yield "python.png", (b"import os\nprint(os.getcwd())\n", *WRONG)
    yield "shortcut.pdf", (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(300), *WRONG)
    yield "library.jpg", (b"!<arch>\n" + bytes(100), *WRONG)


def _texts(dice: Dice) -> Iterator[Named]:
    words = b"Certificate of Completion. This certifies that Dana Example completed Patrol Basics, 8 hours, 3/9/2026."
    yield (
        "page.pdf",
        (
            b"<!DOCTYPE html><html><body><h1>" + words + b"</h1><script>alert(1)</script></body></html>",
            *WRONG,
        ),
    )
    yield "page.html", (b"<html><body>" + words + b"</body></html>", *WRONG)
    svg = (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><text y='20'>" + words + b"</text></svg>"
    )
    yield "drawing.svg", (svg, *WRONG)
    yield "drawing.png", (b"<?xml version='1.0'?>" + svg, *WRONG)
    entity = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
    yield "entity.pdf", (entity, *WRONG)
    yield "note.txt", (words, *WRONG)
    yield "note.pdf", (words, *WRONG)
    yield "wide-letters.pdf", (words.decode().encode("utf-16"), *WRONG)
    yield "rich.pdf", (b"{\\rtf1\\ansi " + words + b"}", *WRONG)
    yield "table.csv", (b"name,course,hours\nDana Example,Patrol Basics,8\n", *WRONG)
    yield (
        "reading.json",
        (json.dumps({"kind": "certificate", "person_name": "Dana Example"}).encode(), *WRONG),
    )
    yield "mail.eml", (b"From: a@example.org\r\nSubject: certificate\r\n\r\n" + words, *WRONG)
    yield (
        "print.ps",
        (b"%!PS-Adobe-3.0\n/Helvetica findfont 12 scalefont setfont 72 700 moveto (x) show showpage", *WRONG),
    )
    yield "print.pdf", (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", *WRONG)
    yield "calendar.ics", (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", *WRONG)
    yield "person.vcf", (b"BEGIN:VCARD\r\nFN:Dana Example\r\nEND:VCARD\r\n", *WRONG)


def _archives(dice: Dice) -> Iterator[Named]:
    inside = pdfs.certificate(dice)
    yield "packed.zip", (_zip(("cert.pdf", inside)), *ARCHIVE)
    yield "packed.pdf", (_zip(("cert.pdf", inside)), *ARCHIVE)
    kind = ("[Content_Types].xml", b"<Types/>")
    yield "letter.docx", (_zip(kind, ("word/document.xml", b"<w/>")), *ARCHIVE)
    yield "sheet.xlsx", (_zip(kind, ("xl/workbook.xml", b"<w/>")), *ARCHIVE)
    yield "slides.pdf", (_zip(kind, ("ppt/presentation.xml", b"<p/>")), *ARCHIVE)
    yield (
        "letter.odt",
        (_zip(("mimetype", b"application/vnd.oasis.opendocument.text"), stored=True), *ARCHIVE),
    )
    yield "program.jar", (_zip(("META-INF/MANIFEST.MF", b"Main-Class: A\n")), *ARCHIVE)
    yield "climber.zip", (_zip(("../../../../etc/passwd", b"x")), *ARCHIVE)
    layer = _zip(("a", bytes(4 * 1024 * 1024)))
    for _ in range(3):
        layer = _zip(*((f"{n}.zip", layer) for n in range(8)))
    yield "bomb.zip", (layer, *ARCHIVE)
    yield "packed.gz", (gzip.compress(inside, mtime=0), *ARCHIVE)
    yield "packed.bz2", (bz2.compress(inside), *ARCHIVE)
    yield "packed.xz", (lzma.compress(inside), *ARCHIVE)
    yield "packed.7z", (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(200), *ARCHIVE)
    yield "packed.rar", (b"Rar!\x1a\x07\x01\x00" + bytes(200), *ARCHIVE)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        # Something before it, or the PDF's own header stands among the first bytes of the archive.
        for name, data in (("readme.txt", b"My certificate. " * 100), ("cert.pdf", inside)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    yield "packed.tar", (out.getvalue(), *ARCHIVE)
    yield "old-letter.doc", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), *ARCHIVE)
    yield "old-sheet.pdf", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), *ARCHIVE)


def _other_media(dice: Dice) -> Iterator[Named]:
    frames = [Image.new("P", (64, 64), n) for n in range(12)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    yield "dancing.gif", (out.getvalue(), *WRONG)
    yield "dancing.png", (out.getvalue(), *WRONG)
    for kind, ending in (
        ("BMP", "bmp"),
        ("ICO", "ico"),
        ("TGA", "jpg"),
        ("PPM", "png"),
        ("AVIF", "heic"),
        ("JPEG2000", "jpg"),
    ):
        out = io.BytesIO()
        Image.new("RGB", (64, 64), (200, 30, 30)).save(out, kind)
        yield f"{kind.lower()}.{ending}", (out.getvalue(), *((REFUSED, ("wrong-type", "damaged"))))
    yield "film.heic", (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(500), *TORN)
    yield "sound.webp", (b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(500), *TORN)
    yield "song.jpg", (b"ID3\x03\x00\x00\x00\x00\x00\x21" + bytes(500), *WRONG)
    yield "photoshop.png", (b"8BPS\x00\x01" + bytes(500), *WRONG)
    yield "font.png", (b"\x00\x01\x00\x00\x00\x0f\x00\x80" + bytes(500), *WRONG)
    yield "database.pdf", (b"SQLite format 3\x00" + bytes(500), *WRONG)


def _tiff_ring() -> bytes:
    """A TIFF whose directory names itself as the next one."""
    return b"II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x10\x00\x00\x00\x08\x00\x00\x00"


def _tiff_header(wide: int, high: int) -> bytes:
    """A TIFF that promises many pixels and holds none."""
    tags = (
        (256, 4, wide),
        (257, 4, high),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, high),
        (279, 4, 4),
    )
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(tags)) + body + bytes(4)


def _jpeg_header(wide: int, high: int) -> bytes:
    """A JPEG that promises many pixels and holds a few bytes."""
    out = io.BytesIO()
    Image.new("L", (16, 16), 128).save(out, "JPEG")
    data = bytearray(out.getvalue())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", high, wide)
    return bytes(data)


def _broken_pictures(dice: Dice) -> Iterator[Named]:
    page = camera.rendered(pdfs.certificate(dice), 100)
    jpeg, png = camera.encoded(page, "JPEG"), camera.encoded(page, "PNG")
    webp, tiff = camera.encoded(page, "WEBP"), camera.encoded(page, "TIFF", compression="tiff_lzw")
    yield "half.jpg", (jpeg[: len(jpeg) // 2], *DAMAGED)
    yield "nine-tenths.jpg", (jpeg[: len(jpeg) * 9 // 10], *DAMAGED)
    yield "header.jpg", (jpeg[:200], *DAMAGED)
    yield "three-bytes.jpg", (jpeg[:3], *TORN)
    yield "half.png", (png[: len(png) // 2], *DAMAGED)
    yield "header.png", (png[:40], *DAMAGED)
    yield "signature.png", (png[:8], *TORN)
    wrong = bytearray(png)
    wrong[len(wrong) // 2] ^= 0xFF
    yield "wrong-checksum.png", (bytes(wrong), *DAMAGED)
    yield "half.webp", (webp[: len(webp) // 2], *DAMAGED)
    yield "header.webp", (webp[:24], *TORN)
    yield "half.tif", (tiff[: len(tiff) // 2], *TORN)
    yield "ring.tif", (_tiff_ring(), *TORN)
    yield "header.tif", (b"II*\x00\xff\xff\xff\x7f", *TORN)
    whole = heic(page)
    yield "half.heic", (whole[: len(whole) // 2], *DAMAGED)
    yield "header.heic", (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", *TORN)
    yield (
        "noise.heic",
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + dice.random.randbytes(4000), *TORN),
    )
    yield "newline-mangled.png", (png.replace(b"\r\n", b"\n"), *TORN)
    yield "text-mangled.jpg", (jpeg.decode("latin-1").encode("utf-8"), *TORN)


def _large_pictures(dice: Dice) -> Iterator[Named]:
    yield "400-megapixels.png", (raw.png(20000, 20000, raw.deflated(bytes(2501), 20000)), *TRUE_PIXELS)
    yield "ten-gigapixels.png", (raw.png(100000, 100000, raw.deflated(bytes(99), 9)), *TRUE_PIXELS)
    yield "four-billion-wide.png", (raw.png(2**31 - 1, 1, raw.deflated(bytes(99), 9)), *PIXELS)
    yield "of-no-size.png", (raw.png(0, 0, raw.deflated(b"", 1)), *TORN)
    yield "a-line.png", (raw.png(60000, 1, raw.deflated(bytes(7501), 1)), *EITHER)
    yield "a-thread.png", (raw.png(1, 60000, raw.deflated(bytes(2), 60000)), *EITHER)
    yield "a-point.png", (raw.png(1, 1, raw.deflated(bytes(2), 1)), *EITHER)
    text = raw.chunk(b"zTXt", b"Comment\x00\x00" + raw.deflated(b"A" * 1024, 200 * 1024))
    yield "comment-bomb.png", (raw.png(64, 64, raw.deflated(bytes(9), 64), more=text), *EITHER)
    profile = raw.chunk(b"iCCP", b"x\x00\x00" + raw.deflated(b"A" * 1024, 200 * 1024))
    yield "profile-bomb.png", (raw.png(64, 64, raw.deflated(bytes(9), 64), more=profile), *EITHER)
    many = raw.chunk(b"tEXt", b"a\x00b") * 50000
    yield "fifty-thousand-notes.png", (raw.png(64, 64, raw.deflated(bytes(9), 64), more=many), *EITHER)
    yield "400-megapixels.jpg", (_jpeg_header(20000, 20000), *PIXELS)
    yield "four-gigapixels.jpg", (_jpeg_header(65500, 65500), *PIXELS)
    yield "400-megapixels.tif", (_tiff_header(20000, 20000), *PIXELS)
    yield "exapixels.tif", (_tiff_header(2**32 - 1, 2**32 - 1), *TORN)
    vp8x = (
        b"RIFF"
        + struct.pack("<I", 22)
        + b"WEBPVP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + b"\xff\xff\xff\xff\xff\xff"
    )
    yield "281-terapixels.webp", (vp8x, *TORN)
    out = io.BytesIO()
    frames = [Image.new("1", (40, 40), n % 2) for n in range(300)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    yield "three-hundred-pages.tif", (out.getvalue(), *FRAMES)


def _weird_pictures(dice: Dice) -> Iterator[Named]:
    thing = pictures.landscape(dice)[:300, :400]
    image = Image.fromarray(np.ascontiguousarray(thing[:, :, ::-1]))

    def saved(kind: str, **more: object) -> bytes:
        out = io.BytesIO()
        image.save(out, kind, **more)
        return out.getvalue()

    exif = Image.Exif()
    exif[0x0112] = 99
    yield "orientation-99.jpg", (saved("JPEG", exif=exif), *OPENS)
    yield "exif-noise.jpg", (saved("JPEG", exif=b"Exif\x00\x00" + dice.random.randbytes(3000)), *OPENS)
    ring = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, 8, 8)
    yield "exif-ring.jpg", (saved("JPEG", exif=ring), *OPENS)
    yield "exif-64-kilobytes.jpg", (saved("JPEG", exif=b"Exif\x00\x00" + bytes(65000)), *OPENS)
    page = b"<html><script>alert(1)</script></html>"
    yield "page-in-comment.jpg", (saved("JPEG", comment=page), *OPENS)
    yield "program-behind.jpg", (saved("JPEG") + b"MZ\x90\x00" + bytes(300), *OPENS)
    yield "archive-behind.png", (saved("PNG") + _zip(("a.exe", b"MZ")), *OPENS)
    yield (
        "moving.webp",
        (saved("WEBP", save_all=True, append_images=[image.rotate(90)] * 5, duration=50), *EITHER),
    )
    yield "moving.png", (saved("PNG", save_all=True, append_images=[image.rotate(90)] * 3), *EITHER)


GROUPS: tuple[Callable[[Dice], Iterator[Named]], ...] = (
    _empty, _programs, _texts, _archives, _other_media, _broken_pictures, _large_pictures, _weird_pictures,
)  # fmt: skip


def every(dice: Dice) -> Iterator[Named]:
    """All of them, each under the name it was sent with."""
    for group in GROUPS:
        yield from group(dice)
