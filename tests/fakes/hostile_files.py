"""Files that somebody wrote to do harm, or that a slip made: each by a generator, and how its reading must end.

Run as a program it reads one of them under a limit of memory, as the operating system sets it.
"""

import io
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

from reading.tables.cells import MAX_BYTES, MAX_ROWS
from reading.tables.codes import FileCode
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import read_table
from tests.fakes import workbooks as w

TODAY = date(2027, 3, 2)
MEGABYTE = 1024 * 1024
ROSTER = (w.row("Badge", "Name"), w.row("214", "Dana Ruiz"))

# How it ends: with this refusal, or (None) read with every row accounted for.
End = FileCode | None


def _sheet_of(
    piece: bytes, times: int, *, name: str = "xl/worksheets/sheet1.xml", closing: bytes = b""
) -> bytes:
    """A workbook with one part that repeats a piece, written without ever being whole in memory."""
    head = f"<worksheet {w.MAIN}><sheetData>{''.join(ROSTER)}".encode()
    if name.endswith("sharedStrings.xml"):
        head = f"<sst {w.MAIN}>".encode()
    parts = w.parts_of(w.sheet(*ROSTER), texts="")
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            if each != name:
                archive.writestr(each, content)
        with archive.open(name, "w") as part:
            part.write(head)
            block = piece * max(1, MEGABYTE // len(piece))
            for _ in range(max(1, times * len(piece) // len(block))):
                part.write(block)
            part.write(closing)
    return out.getvalue()


def _numbered_rows(count: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c><v>{n * 7919 % 99991}</v></c></row>' for n in range(3, count + 3))
    return w.workbook(
        w.sheet(
            *(w.row(*cells, line=n) for n, cells in enumerate((("Badge", "Name"), ("214", "Dana Ruiz")), 1)),
            rows,
        )
    )


def _with_part(name: str, content: str | bytes) -> bytes:
    return w.packed({**w.parts_of(w.sheet(*ROSTER), texts=""), name: content})


def _doctype(entities: str, use: str) -> bytes:
    body = w.sheet(w.row("Badge", "Name"), f"<row><c t='str'><v>{use}</v></c></row>").xml()
    return _with_part("xl/worksheets/sheet1.xml", f"<?xml version='1.0'?><!DOCTYPE lolz [{entities}]>{body}")


def _endless_attribute() -> bytes:
    digits = "".join(str(n * n) for n in range(300_000))
    return _with_part("xl/workbook.xml", f"<workbook {w.MAIN} a='{digits}'/>")


def _laughs() -> bytes:
    lines = ['<!ENTITY lol0 "lol">'] + [f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10)]
    return _doctype("".join(lines), "&lol9;")


def _many_parts() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for n in range(30_000):
            archive.writestr(f"xl/p{n}", b"")
    return out.getvalue()


def _nested() -> bytes:
    inner = _sheet_of(b"0" * 1024, 100 * 1024)
    for _ in range(3):
        inner = w.packed({"xl/inner.xlsx": inner, "xl/again.xlsx": inner})
    return inner


def _lying_sizes() -> bytes:
    """The directory says that a part is small; the part itself goes on."""
    data = bytearray(_sheet_of(b"<row/>", 200_000))
    entry = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def _locked() -> bytes:
    data = bytearray(w.workbook(w.sheet(*ROSTER)))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    return bytes(data)


def _other_packing() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as archive:
        for name, content in w.parts_of(w.sheet(*ROSTER)).items():
            archive.writestr(name, content)
    return out.getvalue()


def _container(inside: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + inside.encode("utf-16-le") + bytes(512)


def _overlapping_merges() -> bytes:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 20_000))
    merges = '<mergeCell ref="B1:B1048576"/>' * 20_000
    return w.workbook(
        w.sheet(w.row("Badge", "Name", line=1), rows, after=f"<mergeCells>{merges}</mergeCells>")
    )


def _header_merges() -> bytes:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 5_000))
    merges = '<mergeCell ref="B1:XFD1"/>' * 40_000
    return w.workbook(
        w.sheet(w.row("Badge", "Name", line=1), rows, after=f"<mergeCells>{merges}</mergeCells>")
    )


def _many_relations() -> bytes:
    parts = w.parts_of(w.sheet(*ROSTER))
    names = "".join(f'<Relationship Id="n{n}" Type="x/theme" Target="t"/>' for n in range(10_001))
    part = "xl/_rels/workbook.xml.rels"
    return w.packed(parts | {part: parts[part].replace("</Relationships>", f"{names}</Relationships>")})


def _many_sheets() -> bytes:
    parts = w.parts_of(w.sheet(*ROSTER))
    names = '<sheet name="s" sheetId="9" state="hidden"/>' * 10_001
    part = "xl/workbook.xml"
    return w.packed(parts | {part: parts[part].replace("</sheets>", f"{names}</sheets>")})


def _wide(rows: int) -> bytes:
    header = w.row(*("Badge", "Name"), *(f"c{n}" for n in range(10_000)), line=1)
    return w.workbook(w.sheet(header, *(w.row("214", "Dana Ruiz", line=n) for n in range(2, rows + 2))))


def _outliers() -> bytes:
    far = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(50, 20_050)
    )
    return w.workbook(w.sheet(w.row("Badge", "Name", line=1), far))


def _docx() -> bytes:
    rels = w.parts_of(w.sheet())["_rels/.rels"].replace("xl/workbook.xml", "word/document.xml")
    return w.packed(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": rels, "word/document.xml": "<document/>"}
    )


def _linked() -> bytes:
    parts = w.parts_of(w.sheet(*ROSTER, w.row("<c t='str'><f>[1]Other!A1</f><v>231</v></c>", "Sam Lee")))
    link = f'<Relationship Id="x" Type="{w.DOC}/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Rel", f"{link}</Rel")
    return w.packed(parts)


def _sheet_outside() -> bytes:
    parts = w.parts_of(w.sheet(*ROSTER))
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace("worksheets/sheet1.xml", "../../../../etc/passwd")
    return w.packed(parts)


FILES: Mapping[str, tuple[Callable[[], bytes], End]] = {
    # Far too much of it.
    "ten million rows of text": (lambda: b"Badge,Name\n" + b"1\n" * 10_000_000, FileCode.TOO_MANY_ROWS),
    "ten million long rows of text": (lambda: b"Badge,Name\n" + b"1,A B\n" * 10_000_000, FileCode.TOO_LARGE),
    "ten million blank lines": (lambda: b"Badge,Name\n" + b"\n" * 10_000_000, FileCode.NO_ROWS),
    "thirty million commas": (lambda: b"Badge,Name\n" + (b"," * 90_000 + b"\n") * 300, FileCode.NO_ROWS),
    "too many rows of a workbook": (lambda: _numbered_rows(MAX_ROWS + 100), FileCode.TOO_MANY_ROWS),
    "ten million rows of a workbook": (
        lambda: _sheet_of(b"<row><c><v>1</v></c></row>", 10_000_000),
        FileCode.UNPACKS_TOO_LARGE,
    ),
    "rows beyond the last of Excel": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row("1", line=10_000_000))),
        FileCode.DAMAGED,
    ),
    "rows that go back": (
        lambda: w.workbook(w.sheet(w.row("Badge", "Name", line=9), w.row("1", "A B", line=2))),
        FileCode.DAMAGED,
    ),
    "ten thousand columns of text": (
        lambda: b"Badge,Name" + b",c" * 10_000 + b"\n214,Dana Ruiz\n",
        FileCode.TOO_MANY_COLUMNS,
    ),
    "ten thousand columns of a workbook": (lambda: _wide(3), FileCode.TOO_MANY_COLUMNS),
    "a cell at the far end of every row": (_outliers, None),
    "one enormous cell of text": (
        lambda: b'Badge,Name\n214,"' + b"x" * 20 * MEGABYTE + b'"\n',
        FileCode.LINE_TOO_LONG,
    ),
    "one enormous cell of a workbook": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row("231", "x y" * 10 * MEGABYTE))),
        FileCode.UNPACKS_TOO_LARGE,
    ),
    "one large cell of a workbook": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row("231", "x y" * 100_000))),
        None,
    ),
    "one line without end": (lambda: b"Badge,Name," * (2 * MEGABYTE), FileCode.LINE_TOO_LONG),
    "quotes never closed": (lambda: b"Badge,Name\n" + b'214,"Dana\n' * 100_000, None),
    "a million merged cells": (_overlapping_merges, FileCode.TOO_MANY_CELLS),
    "a header merged again and again": (_header_merges, None),
    "ten thousand relations": (_many_relations, FileCode.TOO_MANY_PARTS),
    "ten thousand hidden sheets": (_many_sheets, FileCode.TOO_MANY_PARTS),
    "a number of a million digits": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row("<c><v>1E+999999</v></c>", "Sam Lee"))),
        None,
    ),
    # Small on the disk.
    "a sheet that unpacks a thousandfold": (
        lambda: _sheet_of(b" " * 1024, 400 * 1024),
        FileCode.UNPACKS_TOO_LARGE,
    ),
    "texts that unpack a thousandfold": (
        lambda: _sheet_of(
            b"<si><t>aaaaaaaaaa</t></si>", 20_000_000, name="xl/sharedStrings.xml", closing=b"</sst>"
        ),
        FileCode.UNPACKS_TOO_LARGE,
    ),
    "zip bombs in a zip bomb": (_nested, FileCode.NOT_A_TABLE),
    "thirty thousand parts": (_many_parts, FileCode.TOO_MANY_PARTS),
    "a part larger than it says": (_lying_sizes, FileCode.DAMAGED),
    "a billion laughs": (_laughs, FileCode.DAMAGED),
    "an entity from outside": (
        lambda: _doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        FileCode.DAMAGED,
    ),
    "an attribute without end": (_endless_attribute, FileCode.DAMAGED),
    # Locked, broken, or something else under a borrowed name.
    "a workbook with a password": (lambda: _container("EncryptedPackage"), FileCode.ENCRYPTED),
    "a zip with a password": (_locked, FileCode.ENCRYPTED),
    "a packing that no workbook uses": (_other_packing, FileCode.DAMAGED),
    "half a workbook": (lambda: w.workbook(w.sheet(*ROSTER))[:900], FileCode.DAMAGED),
    "a workbook whose middle is damaged": (
        lambda: w.workbook(w.sheet(*ROSTER)).replace(b"sheetData", b"sheetDatb"),
        None,
    ),
    "a sheet that is no XML": (
        lambda: _with_part("xl/worksheets/sheet1.xml", "Badge,Name\n214,Dana Ruiz"),
        FileCode.DAMAGED,
    ),
    "a text that is not there": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row('<c t="s"><v>-1</v></c>'))),
        FileCode.DAMAGED,
    ),
    "a cell that is nowhere": (
        lambda: w.workbook(w.sheet(*ROSTER, w.row('<c r="ZZZZ9"><v>1</v></c>'))),
        FileCode.DAMAGED,
    ),
    "a sheet outside the file": (_sheet_outside, FileCode.DAMAGED),
    "a workbook without sheets": (w.workbook, FileCode.EMPTY),
    "a workbook of blank sheets": (lambda: w.workbook(w.sheet(), w.sheet(name="b")), FileCode.EMPTY),
    "a header alone": (lambda: w.workbook(w.sheet(ROSTER[0])), FileCode.NO_ROWS),
    "links to other workbooks": (_linked, None),
    "a picture": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), FileCode.NOT_A_TABLE),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n", FileCode.NOT_A_TABLE),
    "a web page": (lambda: b"<html><table><tr><td>Badge</td></tr></table>", FileCode.NOT_A_TABLE),
    "a letter": (_docx, FileCode.NOT_A_TABLE),
    "an old letter": (lambda: _container("WordDocument"), FileCode.NOT_A_TABLE),
    "an old workbook": (lambda: _container("Workbook"), FileCode.NOT_A_TABLE),
    "an open document": (
        lambda: w.packed(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
        ),
        FileCode.NOT_A_TABLE,
    ),
    "photos in a zip": (lambda: w.packed({"photos/a.jpg": b"\xff\xd8\xff"}), FileCode.NOT_A_TABLE),
    "nothing": (lambda: b"", FileCode.EMPTY),
    "nothing but zeros": (lambda: bytes(30 * MEGABYTE), FileCode.EMPTY),
    "too large": (lambda: b"a" * (MAX_BYTES + 1), FileCode.TOO_LARGE),
    # Odd letters, and odd text.
    "UTF-16 with a mark": (lambda: "Badge,Name\n214,José Ruiz\n".encode("utf-16"), None),
    "UTF-16 without a mark": (lambda: "Badge,Name\n214,José Ruiz\n".encode("utf-16-le"), None),
    "Latin letters": (lambda: "Badge,Name\n214,José Ruiz\n".encode("latin-1"), None),
    "broken UTF-8": (lambda: b"Badge,Name\n214,Jos\xc3\x28 Ruiz\xff\n", None),
    "NUL characters": (lambda: b"Badge,Name\n2\x0014,Dana\x00 Ruiz\n", None),
    "formulas": (
        lambda: b'Badge,Name,Unit\n214,Dana Ruiz,=HYPERLINK("http://x")\n231,@SUM(A1),+1\n77,-2+3,\t=1\n',
        None,
    ),
    "headers twice": (lambda: b"Badge,Name,Unit,Note,Note\n214,Dana Ruiz,B,a,b\n", None),
}


def read(name: str) -> Preview:
    """What the reader makes of one of them."""
    return read_table(TableKind.ROSTER, FILES[name][0](), today=TODAY)


def _ends(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        preview = read_table(TableKind.ROSTER, path.read_bytes(), today=TODAY)
        yield "read" if preview.refusal is None else preview.refusal.code.value


def main() -> None:
    """Read every file of a folder within so many megabytes, and say how each ended."""
    limit = int(sys.argv[2]) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    sys.stdout.write("\n".join(_ends(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
