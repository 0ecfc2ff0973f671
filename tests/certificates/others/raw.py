"""How is a PDF or PNG written byte by byte, so that it can say what no library would write?"""

import struct
import zlib
from collections.abc import Sequence

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
MEMO = b"BT /F1 14 Tf 72 700 Td (Squad meeting moved to Thursday at 1400.) Tj ET"


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def deflated(piece: bytes, times: int) -> bytes:
    """A piece many times over, compressed without ever being whole in memory."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(piece) for _ in range(times)]
    return b"".join([*parts, packer.flush()])


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def one_page(
    content: bytes = MEMO,
    catalog: bytes = b"",
    page: bytes = PAGE,
    more: Sequence[bytes] = (),
    filters: bytes = b"",
) -> bytes:
    """A PDF of one page: catalog 1, pages 2, page 3, font 4, content 5, and more from 6 on."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            FONT,
            stream(content, filters),
            *more,
        ]
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide: int, high: int, data: bytes, depth: int = 1, more: bytes = b"") -> bytes:
    """A gray PNG of any size with given compressed rows."""
    head = struct.pack(">IIBBBBB", wide, high, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")
