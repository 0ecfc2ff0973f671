"""Which rows does one sheet of a workbook hold? Heard cell by cell; blank cells and rows are never kept."""

from functools import lru_cache
from xml.sax.xmlreader import AttributesImpl

from reading.tables.cells import HEADER_WITHIN_LINES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from reading.tables.codes import FileCode, RowCode
from reading.tables.xlsx.book import Book, TextPart, is_on, local
from reading.tables.xlsx.refused import RefusedError
from reading.tables.xlsx.values import PLAIN, number_text, plain_text

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format itself
NOT_APPLICABLE = "#N/A"  # what a look-up writes for nothing; the others are mistakes
_DIGITS = "0123456789"

Merge = tuple[int, int, int, int]  # first and last row, first and last column; columns count from 0


class SheetRows(TextPart):
    """Hears the rows of one sheet; ``peek`` ends after those among which the header must be."""

    def __init__(self, book: Book, *, peek: bool = False) -> None:
        super().__init__()
        self.rows: dict[int, list[str]] = {}
        self.flaws: dict[int, list[tuple[int, RowCode]]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.formulas = 0
        self.cells = 0
        self._book = book
        self._peek = peek
        self._line = 0
        self._place = -1
        self._row: list[str] = []
        self._hidden = False
        self._kind: str | None = None
        self._style: str | None = None
        self._formula = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name for it
        self.events += 1
        match local(name):
            case "c":
                reference = attrs.get("r")
                self._place = self._place + 1 if reference is None else column_of(reference.rstrip(_DIGITS))
                self._kind = attrs.get("t")
                self._style = attrs.get("s")
                self._formula = False
            case "v" | "t":
                self.listen()
            case "f":
                self._formula = True
            case "rPh":
                self.pronounced(begins=True)
            case "row":
                self._begin_row(attrs)
            case "mergeCell":
                self._merge(attrs.get("ref", ""))
            case "col" if is_on(attrs.get("hidden")):
                first, last = int(attrs["min"]) - 1, min(int(attrs["max"]), MAX_COLUMNS)
                self.hidden_columns.update(range(max(first, 0), last))

    def endElement(self, name: str) -> None:  # noqa: N802  the parser's name for it
        match local(name):
            case "v" | "t":
                self.stop()
            case "c":
                self._end_cell(self.taken())
            case "row":
                self._end_row()
            case "rPh":
                self.pronounced(begins=False)

    def _begin_row(self, attrs: AttributesImpl) -> None:
        said = attrs.get("r")
        line = self._line + 1 if said is None else int(said)
        if not self._line < line <= LAST_ROW:
            raise RefusedError(FileCode.DAMAGED)
        if self._peek and line > HEADER_WITHIN_LINES:
            self.done = True
        self._line = line
        self._place = -1
        self._row = []
        self._hidden = is_on(attrs.get("hidden"))

    def _end_cell(self, raw: str) -> None:
        if self._formula:
            if not raw and self._kind != "str":
                # That nothing can be read in it is kept, and takes as much room as what can.
                self._count()
                self._flaw(RowCode.FORMULA_WITHOUT_VALUE)
                return
            self.formulas += 1
        if not raw:
            return
        text = self._text(raw)
        if self._kind == "e" and text != NOT_APPLICABLE:
            self._flaw(RowCode.CELL_ERROR)
        if text.strip():
            self._put(text)

    def _text(self, raw: str) -> str:
        match self._kind:
            case None | "n":
                style = int(self._style or 0)
                formats = self._book.formats
                form = formats[style] if 0 <= style < len(formats) else PLAIN
                return number_text(raw, form, from_1904=self._book.from_1904)
            case "s":
                number = int(raw)
                if not 0 <= number < len(self._book.texts):
                    raise RefusedError(FileCode.DAMAGED)
                return self._book.texts[number]
            case "b":
                return "TRUE" if is_on(raw.strip()) else "FALSE"
            case "str" | "inlineStr":
                return plain_text(raw)
            case _:
                return raw

    def _count(self) -> None:
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise RefusedError(FileCode.TOO_MANY_CELLS, limit=f"{MAX_CELLS:,}")

    def _put(self, text: str) -> None:
        self._count()
        place = self._place
        if place > MAX_COLUMNS and self._line > HEADER_WITHIN_LINES:
            place = MAX_COLUMNS  # far outside any header: that something stands there is all that matters
        row = self._row
        if len(row) <= place:
            row.extend([""] * (place + 1 - len(row)))
        row[place] = text

    def _flaw(self, code: RowCode) -> None:
        if self._place < MAX_COLUMNS:
            self.flaws.setdefault(self._line, []).append((self._place, code))

    def _end_row(self) -> None:
        if not self._row and self._line not in self.flaws:
            return
        # The header and what stands above it come on top of the rows.
        if len(self.rows) > MAX_ROWS + HEADER_WITHIN_LINES:
            raise RefusedError(FileCode.TOO_MANY_ROWS, limit=f"{MAX_ROWS:,}")
        self.rows[self._line] = self._row
        if self._hidden:
            self.hidden_rows.add(self._line)

    def _merge(self, reference: str) -> None:
        if len(self.merges) == MAX_ROWS:
            raise RefusedError(FileCode.TOO_MANY_CELLS, limit=f"{MAX_CELLS:,}")
        first, _colon, last = reference.replace("$", "").partition(":")
        one, other = _corner(first), _corner(last or first)
        if one[0] <= other[0] and one[1] <= other[1]:
            self.merges.append((one[0], other[0], one[1], other[1]))


def _corner(reference: str) -> tuple[int, int]:
    letters = reference.rstrip(_DIGITS)
    return int(reference[len(letters) :]), column_of(letters)


@lru_cache(maxsize=LAST_COLUMN)
def column_of(letters: str) -> int:
    """The place of a column, from 0: ``A`` is 0, ``AA`` 26. Not a workbook when there is no such column."""
    place = 0
    for letter in letters[:4].upper():
        if not "A" <= letter <= "Z":
            raise RefusedError(FileCode.DAMAGED)
        place = place * 26 + ord(letter) - ord("A") + 1
    if not 1 <= place <= LAST_COLUMN or len(letters) > 3:
        raise RefusedError(FileCode.DAMAGED)
    return place - 1


def letters_of(place: int) -> str:
    """The name of a column over its cells: 0 is ``A``."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
