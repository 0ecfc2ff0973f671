"""Workbooks for tests, put together part by part: openpyxl writes what is usual, and tests need what is not."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One sheet: its rows as XML, and what stands after them."""

    name: str = "Sheet1"
    rows: str = ""
    after: str = ""
    before: str = ""
    state: str = "visible"

    def xml(self) -> str:
        return f"<worksheet {MAIN}>{self.before}<sheetData>{self.rows}</sheetData>{self.after}</worksheet>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Formats of the workbook: number format codes, by the style number that cells name."""

    codes: Sequence[str] = field(default_factory=tuple)

    def xml(self) -> str:
        formats = "".join(
            f'<numFmt numFmtId="{200 + place}" formatCode={quoteattr(code)}/>'
            for place, code in enumerate(self.codes)
        )
        styles = "".join(f'<xf numFmtId="{200 + place}"/>' for place in range(len(self.codes)))
        return (
            f"<styleSheet {MAIN}><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
            f"<cellXfs><xf numFmtId='0'/>{styles}</cellXfs></styleSheet>"
        )


def text(value: str) -> str:
    """A cell with its text inside."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    """A number as the file keeps it."""
    return f'<c s="{style}"><v>{value}</v></c>'


def row(*cells: str, line: int | None = None, hidden: bool = False) -> str:
    """One row; plain words become text cells."""
    said = "" if line is None else f' r="{line}"'
    said += ' hidden="1"' if hidden else ""
    return f"<row{said}>{''.join(cell if cell.startswith('<') else text(cell) for cell in cells)}</row>"


def parts_of(
    *tabs: Tab, formats: Look | None = None, texts: str | None = None, from_1904: bool = False
) -> dict[str, str]:
    """Every part of a workbook, by name."""
    listed = "".join(
        f'<sheet name={quoteattr(tab.name)} sheetId="{n}" state="{tab.state}" r:id="rId{n}"/>'
        for n, tab in enumerate(tabs, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{DOC}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(tabs) + 1)
    )
    relations += f'<Relationship Id="styles" Type="{DOC}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="texts" Type="{DOC}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    date_system = ' date1904="1"' if from_1904 else ""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{DOC}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{DOC}"><workbookPr{date_system}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/styles.xml": (formats or Look()).xml(),
    }
    if texts is not None:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{texts}</sst>"
    for n, tab in enumerate(tabs, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = tab.xml()
    return parts


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts in one file, as a workbook is kept."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(
    *tabs: Tab, formats: Look | None = None, texts: str | None = None, from_1904: bool = False
) -> bytes:
    """A whole workbook."""
    return packed(parts_of(*tabs, formats=formats, texts=texts, from_1904=from_1904))


def sheet(*rows: str, **rest: str) -> Tab:
    """One sheet of rows."""
    return Tab(rows="".join(rows), **rest)
