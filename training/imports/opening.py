"""How is an agency's file opened for import? Read into a preview, with its cells and its hash beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from reading.tables.cells import Sheet
from reading.tables.preview import Preview, TableKind
from reading.tables.reader import Progress, open_sheet, preview_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """One file as it was brought. ``cells`` by row, as they came: a report gives them back unchanged."""

    name: str
    digest: str
    preview: Preview
    cells: Mapping[int, tuple[str, ...]]


def legible(text: str) -> str:
    """The text without what a terminal obeys and what nobody sees: names, headers and cells are other people's."""
    return "".join(" " if each.isspace() else each for each in text if each.isprintable() or each.isspace())


def open_file(
    kind: TableKind,
    name: str,
    data: bytes,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    date_order: Mapping[str, str] | None = None,
    sheet: str | None = None,
    on_progress: Progress | None = None,
) -> ImportFile:
    """Read an untrusted file; nothing is written and the record is not asked."""
    found = open_sheet(kind, data, today=today, mapping=mapping, sheet=sheet)
    preview = preview_of(
        kind, found, today=today, mapping=mapping, date_order=date_order, on_progress=on_progress
    )
    cells = {row.line: row.cells for row in found.rows} if isinstance(found, Sheet) else {}
    return ImportFile(name=legible(name), digest=sha256(data).hexdigest(), preview=preview, cells=cells)
