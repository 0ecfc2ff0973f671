"""Which rows does delimited text hold? Delimiter and header by evidence, each row by its own quotes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reading.tables.cells import (
    DELIMITERS,
    HEADER_WITHIN_LINES,
    MAX_COLUMNS,
    MAX_LINE_CHARACTERS,
    MAX_LINES_IN_A_ROW,
    MAX_ROWS,
    HeaderScore,
    Sheet,
    SheetRow,
    Wanted,
)
from reading.tables.codes import FileCode, FileNote, Noticed, RowCode, TableRefusal
from reading.tables.contents import decode
from reading.tables.headerrow import find_header, header_cells

# Not str.splitlines: that also breaks at form feeds and Unicode separators, which stand inside cells.
_LINE_END = re.compile(r"\r\n|\n|\r")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[,;\t| ]*', re.IGNORECASE)


def read_delimited(data: bytes, wanted: Wanted) -> Sheet | TableRefusal:
    """Read comma, semicolon, tab or bar separated text."""
    if wanted.sheet is not None:
        return TableRefusal(FileCode.NO_SHEETS_HERE, (("sheet", wanted.sheet),))
    score = wanted.score
    text, noticed = decode(data)
    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE_CHARACTERS:
            facts = (("line", str(number)), ("limit", f"{MAX_LINE_CHARACTERS:,}"))
            return TableRefusal(FileCode.LINE_TOO_LONG, facts)
    said = _SEPARATOR_LINE.fullmatch(lines[0])
    first = 1 if said else 0
    delimiter = said[1] if said else _find_delimiter(lines[:HEADER_WITHIN_LINES], score)
    records = _records(lines[: first + HEADER_WITHIN_LINES], first, delimiter, None)
    found = find_header(records, score)
    if found is None:
        return TableRefusal(FileCode.EMPTY)
    header_row, body = found
    header = header_cells(header_row)
    where = ("line", str(header_row.line))
    if len(header) > MAX_COLUMNS:
        too_wide = (where, ("columns", str(len(header))), ("limit", str(MAX_COLUMNS)))
        return TableRefusal(FileCode.TOO_MANY_COLUMNS, too_wide)
    if any(line.strip() for line in lines[first : header_row.line - 1]):
        noticed.append(Noticed(FileNote.LINES_ABOVE_HEADER, (where,)))
    rows = _body(lines, body, delimiter, len(header))
    if isinstance(rows, TableRefusal):
        return rows
    return Sheet(
        header=header,
        header_line=header_row.line,
        rows=rows,
        noticed=tuple(noticed),
    )


def _body(lines: Sequence[str], start: int, delimiter: str, width: int) -> list[SheetRow] | TableRefusal:
    rows: list[SheetRow] = []
    for row, _end in _records(lines, start, delimiter, width):
        if not "".join(row.cells).strip():
            continue
        if len(rows) == MAX_ROWS:
            return TableRefusal(FileCode.TOO_MANY_ROWS, (("limit", f"{MAX_ROWS:,}"),))
        rows.append(row)
    return rows


def _find_delimiter(lines: Sequence[str], score: HeaderScore) -> str:
    """The delimiter under which a row of known headers appears; failing that, under which most rows agree."""
    best, best_rank = DELIMITERS[0], (0, 0, 0)
    for delimiter in DELIMITERS:
        rows = [row.cells for row, _end in _records(lines, 0, delimiter, None)]
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, agreeing = widths.most_common(1)[0] if widths else (0, 0)
        known = max((score(cells) for cells in rows if len(cells) > 1), default=0)
        rank = (known, agreeing, width)
        if rank > best_rank:
            best, best_rank = delimiter, rank
    return best


def _records(
    lines: Sequence[str], start: int, delimiter: str, width: int | None
) -> Iterator[tuple[SheetRow, int]]:
    """Every record from a line on, with the line after it. An unclosed quote costs its own line only."""
    number = start
    while number < len(lines):
        line = lines[number]
        if not line:  # ten million of these are still a small file
            number += 1
            continue
        if '"' not in line:
            end = number + 1
            yield SheetRow(end, tuple(line.split(delimiter))), end
        else:
            end, cells = _quoted(lines, number, delimiter, width)
            if cells is None:
                as_it_stands = tuple(part.replace('"', "") for part in line.split(delimiter))
                yield SheetRow(number + 1, as_it_stands, RowCode.QUOTES_UNBALANCED), end
            else:
                yield SheetRow(number + 1, cells), end
        number = end


def _quoted(
    lines: Sequence[str], number: int, delimiter: str, width: int | None
) -> tuple[int, tuple[str, ...] | None]:
    record = _Record(delimiter)
    for end in range(number, min(len(lines), number + MAX_LINES_IN_A_ROW)):
        if not record.take(lines[end]):
            break
        if record.closed:
            cells = tuple(record.cells)
            return (number + 1, None) if width and _glued(cells, delimiter, width) else (end + 1, cells)
    return number + 1, None


def _glued(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """A quote left open closes by accident in a later row: then one cell holds a whole row."""
    broken = [cell for cell in cells if "\n" in cell]
    if not broken:
        return False
    return len(cells) > width or any(cell.count(delimiter) >= width - 1 for cell in broken)


_DONE, _BROKEN = -1, -2


class _Record:
    """Splits one record that has quotes, line after line."""

    def __init__(self, delimiter: str) -> None:
        self.cells: list[str] = []
        self._delimiter = delimiter
        self._open: list[str] | None = None  # pieces of the cell whose quote has not closed yet
        self._last_close = -1

    @property
    def closed(self) -> bool:
        return self._open is None

    def take(self, line: str) -> bool:
        """Add one line; False when its quotes cannot be understood."""
        opened_before = self._open is not None
        self._last_close = len(line) - 1 if line.endswith('"') else line.rfind('"' + self._delimiter)
        position = 0
        while position >= 0:
            if self._open is None:
                position = self._next_cell(line, position)
                opened_before = False
            else:
                position = self._inside(line, position, opened_before=opened_before)
        return position == _DONE

    def _next_cell(self, line: str, position: int) -> int:
        quote = position
        while line.startswith(" ", quote):
            quote += 1
        if line.startswith('"', quote):
            self._open = []
            return quote + 1
        stop = line.find(self._delimiter, position)
        if stop < 0:
            self.cells.append(line[position:])
            return _DONE
        self.cells.append(line[position:stop])
        return stop + 1

    def _inside(self, line: str, position: int, *, opened_before: bool) -> int:
        pieces = self._open if self._open is not None else []
        stop = line.find('"', position)
        if stop < 0:
            pieces.append(line[position:] + "\n")
            return _DONE
        pieces.append(line[position:stop])
        after = stop + 1
        if line.startswith('"', after):
            pieces.append('"')
            return after + 1
        while line.startswith(" ", after):
            after += 1
        if after >= len(line) or line.startswith(self._delimiter, after):
            self.cells.append("".join(pieces))
            self._open = None
            return _DONE if after >= len(line) else after + 1
        # `"The "Long" walk"`: somebody quoted inside quotes, so the mark is text. In a later line than the
        # one that opened the cell it rather opens the next row's cell, and the first quote was the slip.
        if opened_before or self._last_close <= stop:
            return _BROKEN
        pieces.append('"')
        return stop + 1
