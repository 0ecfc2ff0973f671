"""Which sheet of a workbook is meant, and what does it say? The one sheet with the columns, or a question."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from reading.tables.cells import (
    HEADER_WITHIN_LINES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Sheet,
    SheetRow,
    Wanted,
)
from reading.tables.codes import (
    FileCode,
    FileNote,
    FileQuestion,
    Noticed,
    QuestionCode,
    RowCode,
    TableRefusal,
)
from reading.tables.headerrow import find_header, header_cells
from reading.tables.xlsx.book import MAX_SHEETS, Book, SheetName, main_part, open_book
from reading.tables.xlsx.package import Package
from reading.tables.xlsx.refused import RefusedError
from reading.tables.xlsx.rows import SheetRows, letters_of

# What other packed files have in them. Judged by content: any of them may be called roster.xlsx.
INSIDE = (
    ("word/", "document"),
    ("ppt/", "slides"),
    ("index/document.iwa", "numbers"),
    ("index.zip", "numbers"),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
SHOWN_SHEETS = 12
# Merged cells over every row of the largest list, twice; more of them lie on top of each other.
MAX_FILLED = 2 * MAX_ROWS


def read_packed(data: bytes, wanted: Wanted) -> Sheet | TableRefusal | FileQuestion:
    """Read a workbook, or say what this packed file is instead."""
    try:
        package = Package(data)
        main = _main_part(package)
        book = open_book(package, main)
        chosen = _chosen(package, book, wanted)
        if isinstance(chosen, FileQuestion):
            return chosen
        return _read(package, book, chosen, wanted)
    except RefusedError as refused:
        return refused.refusal


def _main_part(package: Package) -> str:
    if package.encrypted:
        raise RefusedError(FileCode.ENCRYPTED)
    main = main_part(package)
    if main is not None and main.endswith(".xml") and main.rpartition("/")[2].startswith("workbook"):
        return main
    raise RefusedError(FileCode.NOT_A_TABLE, looks_like=_instead(package, main))


def _instead(package: Package, main: str | None) -> str:
    if main is not None and main.endswith(".bin"):
        return "xlsb"
    for beginning, word in INSIDE:
        if any(name.startswith(beginning) for name in package.names):
            return word
    if "mimetype" in package and package.beginning("mimetype", len(OPEN_DOCUMENT)) == OPEN_DOCUMENT:
        return "ods"
    return "zip"


def _chosen(package: Package, book: Book, wanted: Wanted) -> SheetName | FileQuestion:
    if wanted.sheet is not None:
        return _named(book, wanted.sheet)
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    if not visible:
        raise RefusedError(FileCode.EMPTY)
    if len(visible) == 1:
        return visible[0]
    if len(visible) > MAX_SHEETS:
        raise RefusedError(FileCode.TOO_MANY_SHEETS, sheets=str(len(visible)), limit=str(MAX_SHEETS))
    fitting: list[SheetName] = []
    best, most_known = visible[0], 0
    for sheet in visible:
        peeked = SheetRows(book, peek=True)
        package.hear(sheet.part, peeked)
        found = find_header(_first_rows(peeked), wanted.score)
        if found is None:
            continue
        if wanted.fits(header_cells(found[0])):
            fitting.append(sheet)
        if (known := wanted.score(found[0].cells)) > most_known:
            best, most_known = sheet, known
    if len(fitting) > 1:
        names = tuple(sheet.name for sheet in fitting)
        return FileQuestion(
            code=QuestionCode.SHEET_UNCLEAR, column="", options=names, facts=(("sheets", _listed(names)),)
        )
    return fitting[0] if fitting else best


def _named(book: Book, name: str) -> SheetName:
    for sheet in book.sheets:
        if sheet.name.casefold() == name.strip().casefold():
            return sheet
    sheets = _listed([sheet.name for sheet in book.sheets])
    raise RefusedError(FileCode.SHEET_UNKNOWN, sheet=name, sheets=sheets)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN_SHEETS])
    return f"{shown} (+{len(names) - SHOWN_SHEETS})" if len(names) > SHOWN_SHEETS else shown


def _first_rows(heard: SheetRows) -> Iterator[tuple[SheetRow, int]]:
    for line, cells in heard.rows.items():
        if line > HEADER_WITHIN_LINES:
            return
        yield SheetRow(line, tuple(cells)), line


def _read(package: Package, book: Book, sheet: SheetName, wanted: Wanted) -> Sheet | TableRefusal:
    heard = SheetRows(book)
    package.hear(sheet.part, heard)
    filled = _fill_merged(heard)
    found = find_header(_first_rows(heard), wanted.score)
    if found is None:
        return TableRefusal(FileCode.EMPTY)
    row, line = found
    header = header_cells(row)
    if len(header) > MAX_COLUMNS:
        facts = (("line", str(line)), ("columns", str(len(header))), ("limit", str(MAX_COLUMNS)))
        return TableRefusal(FileCode.TOO_MANY_COLUMNS, facts)
    rows = [
        SheetRow(each, tuple(cells), None, tuple(dict.fromkeys(heard.flaws.get(each, ()))))
        for each, cells in heard.rows.items()
        if each > line
    ]
    if len(rows) > MAX_ROWS:
        return TableRefusal(FileCode.TOO_MANY_ROWS, (("limit", f"{MAX_ROWS:,}"),))
    wide = _header_over_several(heard, line, header)
    if wide is not None:
        return TableRefusal(FileCode.HEADER_MERGED, (("line", str(line)), ("header", wide)))
    return Sheet(
        header=header,
        header_line=line,
        rows=rows,
        noticed=tuple(_noticed(book, sheet, heard, line, header, len(filled))),
    )


def _fill_merged(heard: SheetRows) -> set[int]:
    """Give every row under a merged cell its value; the lines of rows that got one.

    Hours are marked: one number over three classes is not three times the number.
    """
    lines = sorted(heard.rows)
    filled: set[int] = set()
    looked_at = 0
    for first, last, place, _last_place in heard.merges:
        if first == last or place >= MAX_COLUMNS:
            continue
        under = lines[bisect_left(lines, first) : bisect_left(lines, last + 1)]
        looked_at += len(under)
        if looked_at > MAX_FILLED:
            raise RefusedError(FileCode.TOO_MANY_CELLS, limit=f"{MAX_CELLS:,}")
        top = heard.rows.get(first, [])
        text = top[place] if place < len(top) else ""
        if not text:
            continue
        for line in under:
            row = heard.rows[line]
            if len(row) <= place:
                row.extend([""] * (place + 1 - len(row)))
            if not row[place]:
                row[place] = text
                filled.add(line)
            heard.flaws.setdefault(line, []).append((place, RowCode.HOURS_MERGED))
    return filled


def _header_over_several(heard: SheetRows, line: int, header: Sequence[str]) -> str | None:
    """A header that stands over more than one column with something in it: nobody can say which is meant."""
    # Each span once, and only as far as a header can stand: a sheet may claim a quarter of a million of them.
    claimed = dict.fromkeys(
        (place, min(last_place, MAX_COLUMNS))
        for first, last, place, last_place in heard.merges
        if first <= line <= last and place < last_place and place < len(header) and header[place]
    )
    spans = [span for span in claimed if not any(header[span[0] + 1 : span[1] + 1])]
    if not spans:
        return None
    below = (cells for each, cells in heard.rows.items() if each > line)
    filled = {min(at, MAX_COLUMNS) for cells in below for at, cell in enumerate(cells) if cell}
    return next(
        (header[place] for place, last in spans if not filled.isdisjoint(range(place + 1, last + 1))), None
    )


def _noticed(
    book: Book, sheet: SheetName, heard: SheetRows, line: int, header: Sequence[str], filled: int
) -> Iterator[Noticed]:
    others = [each.name for each in book.sheets if each is not sheet]
    if others:
        yield Noticed(FileNote.SHEET_READ, (("sheet", sheet.name), ("others", _listed(others))))
    if any(each < line for each in heard.rows):
        yield Noticed(FileNote.LINES_ABOVE_HEADER, (("line", str(line)),))
    if hidden := sum(1 for each in heard.hidden_rows if each > line):
        yield Noticed(FileNote.HIDDEN_ROWS_READ, (("count", str(hidden)),))
    columns = [
        letters_of(place) for place in sorted(heard.hidden_columns) if place < len(header) and header[place]
    ]
    if columns:
        yield Noticed(FileNote.HIDDEN_COLUMNS_READ, (("columns", _listed(columns)),))
    if filled:
        yield Noticed(FileNote.MERGED_FILLED, (("count", str(filled)),))
    if heard.formulas:
        yield Noticed(FileNote.FORMULAS_SHOWN, (("count", str(heard.formulas)),))
    if book.links_elsewhere:
        yield Noticed(FileNote.LINKS_NOT_FOLLOWED)
