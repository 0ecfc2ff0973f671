"""Which courses does a list or transcript hold, and what does each row say of itself?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reading.certificates import hourtext, kinds, words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.datetext import WrittenDays
from reading.certificates.datetext import find as find_days
from reading.certificates.labels import field_of
from reading.certificates.model import CourseRead, Read
from reading.certificates.names import name_in
from reading.certificates.shapes import is_code, is_title
from reading.certificates.sure import read

PASSED = "passed"
INSTRUCTED = "instructed"
NOT_FINISHED = "not-finished"

_DAY_FIELDS = frozenset({"completed", "held", "issued", "started"})
_KEPT = (
    frozenset(
        {
            "title",
            "hours",
            "minutes",
            "ceu",
            "status",
            "score",
            "provider",
            "coursenumber",
            "approval",
            "person",
            "expires",
            "due",
            "registered",
            "location",
            "topics",
            "serial",
            "credential",
            "instructor",
            "last",
            "first",
            "badge",
            "agency",
            "signed",
            "license",
            "rank",
        }
    )
    | _DAY_FIELDS
)
_HEADER_WORDS = {
    "code": "coursenumber",
    "number": "coursenumber",
    "#": "badge",
    "no": "badge",
    "id": "coursenumber",
    "hrs": "hours",
    "course code": "coursenumber",
    "passed": "completed",
    "line": "badge",
}
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_MOST_MISSES = 2
_NAMES_OF_A_ROSTER = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: what it holds and where it stands."""

    field: str
    left: float
    right: float


@dataclass(slots=True)
class Row:
    """One row while it is being read."""

    title: list[Cell] = field(default_factory=list)
    title_text: str = ""
    day: tuple[WrittenDays, Cell] | None = None
    started: tuple[WrittenDays, Cell] | None = None
    hours: tuple[Decimal, float, Cell] | None = None
    status: str = ""
    provider: Cell | None = None
    number: tuple[str, Cell] | None = None
    person: str = ""
    bottom: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """The list of one page."""

    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def people(self) -> set[str]:
        """Everybody a row names: more than one makes it a class list."""
        return {words.plain(row.person) for row in self.rows if row.person}


def find(sheet: PageCells, carried: Sequence[Column]) -> PageTable | None:
    """The list of courses on a page; ``carried``: the columns of the page before, for a list that goes on."""
    for at, row in enumerate(sheet.rows):
        columns = _header(row)
        if columns:
            table = _read(sheet, columns, at + 1)
            if table is not None:
                return table
    if carried:
        table = _read(sheet, carried, 0)
        if table is not None:
            return table
    return _without_header(sheet) or _blocks(sheet)


def roster_names(sheet: PageCells, labelled: set[int]) -> bool:
    """True when names stand below each other in one column, as on a class list."""
    lefts: list[tuple[float, int, str]] = []
    for cell in sheet.cells:
        if cell.at in labelled:
            continue
        name = name_in(re.sub(r"^\d{1,3}[.)]?\s+", "", cell.text))
        if name is not None:
            lefts.append((cell.left, sheet.row_of[cell.at], words.plain(name)))
    for left, _, _ in lefts:
        column = {name: at for other, at, name in lefts if abs(other - left) < 0.02}
        if len(column) >= _NAMES_OF_A_ROSTER:
            ats = sorted(column.values())
            if any(ats[one + 2] - ats[one] <= 4 for one in range(len(ats) - 2)):
                return True
    return False


def courses(table: PageTable) -> Iterator[CourseRead]:
    """Every row as a course, unfinished ones with their status."""
    for row in table.rows:
        title = _title(row)
        if title is None:
            continue
        worth = 0.95 if table.columns else 0.8
        cells = tuple(row.title)
        day = row.day
        yield CourseRead(
            title=read(title, worth, *cells) if cells else None,
            completed_on=None
            if day is None or day[0].month_only
            else read(day[0].last, worth * day[0].sure, day[1]),
            started_on=_started(row, worth),
            hours=None if row.hours is None else read(row.hours[0], worth * row.hours[1], row.hours[2]),
            provider=None if row.provider is None else read(row.provider.text, 0.9, row.provider),
            approval_number=None if row.number is None else read(row.number[0], 0.85, row.number[1]),
            status=row.status or (PASSED if day is not None else ""),
        )


def _started(row: Row, worth: float) -> Read[date] | None:
    if row.day is not None and row.day[0].first is not None:
        return read(row.day[0].first, worth * row.day[0].sure, row.day[1])
    if row.started is not None and row.day is not None and row.started[0].last <= row.day[0].last:
        return read(row.started[0].last, worth * row.started[0].sure, row.started[1])
    return None


def _title(row: Row) -> str | None:
    text = row.title_text or " ".join(cell.text for cell in row.title)
    return text.strip(" .,;:") or None


def _header(row: Sequence[Cell]) -> list[Column]:
    columns: list[Column] = []
    for cell in row:
        columns.extend(_columns_of(cell))
    fields = {column.field for column in columns}
    about = fields & {"title", "coursenumber", "person", "last"}
    says = fields & ({"hours", "ceu", "minutes", "status", "score", "signed"} | _DAY_FIELDS)
    enough = len(columns) >= _FEWEST_COLUMNS or (
        len(columns) == 2 and "title" in fields and bool(fields & _DAY_FIELDS)
    )
    return columns if enough and about and says and len(columns) * 2 > len(row) else []


def _columns_of(cell: Cell) -> Iterator[Column]:
    if any(character == ":" for character in cell.text.rstrip(":")):
        return
    said = words.plain(cell.text)
    if found := _HEADER_WORDS.get(said) or field_of(cell.text.rstrip(" :"), slips=cell.picture):
        yield Column(found if found in _KEPT else "other", cell.left, cell.right)
        return
    # Several headings run together: "Date Course Title Hours".
    pieces = list(re.finditer(r"\S+", cell.text))
    if not 2 <= len(pieces) <= 12:
        return
    found_all: list[Column] = []
    at = 0
    width = (cell.right - cell.left) / max(len(cell.text), 1)
    while at < len(pieces):
        for size in range(min(4, len(pieces) - at), 0, -1):
            start, end = pieces[at].start(), pieces[at + size - 1].end()
            named = field_of(cell.text[start:end]) or _HEADER_WORDS.get(words.plain(cell.text[start:end]))
            if named and named in _KEPT:
                found_all.append(Column(named, cell.left + start * width, cell.left + end * width))
                at += size
                break
        else:
            return
    yield from found_all


def _read(sheet: PageCells, columns: Sequence[Column], first: int) -> PageTable | None:
    rows: list[Row] = []
    misses = 0
    for cells in sheet.rows[first:]:
        if re.match(r"(?:grand |sub)?totals?\b|page \d", cells[0].text, re.IGNORECASE):
            continue
        if _header(cells):
            continue
        row = _fill(cells, columns)
        if _is_row(row):
            rows.append(row)
            misses = 0
        elif (
            rows
            and row.title
            and not row.person
            and cells[0].top - rows[-1].bottom < 1.2 * cells[0].height
            and misses == 0
            and len(cells) == 1
        ):
            rows[-1].title.extend(row.title)
            rows[-1].bottom = max(cell.bottom for cell in cells)
        elif rows:
            misses += 1
            if misses > _MOST_MISSES:
                break
    return PageTable(columns=columns, rows=rows) if rows else None


def _is_row(row: Row) -> bool:
    return bool(row.title or row.title_text or row.person) and (
        row.day is not None or row.hours is not None or bool(row.status) or bool(row.person)
    )


def _fill(cells: Sequence[Cell], columns: Sequence[Column]) -> Row:
    row = Row(bottom=max(cell.bottom for cell in cells))
    for cell in cells:
        column = _column_of(cell, columns, row)
        days = find_days(cell.text)
        if column in _DAY_FIELDS and days:
            _day_cell(row, cell, days, column)
        elif column == "title" and (is_title(cell.text) or is_code(cell.text)):
            _title_cell(row, cell, days)
        elif column in ("hours", "minutes", "ceu") and row.hours is None:
            amount = hourtext.labelled(cell.text, minutes=column == "minutes", ceu=column == "ceu")
            if amount is not None:
                row.hours = (amount.hours, amount.sure * (0.8 if column == "ceu" else 1.0), cell)
        elif column in ("status", "score"):
            row.status = row.status or _status(cell.text)
        else:
            _other_cell(row, cell, column)
    return row


def _day_cell(row: Row, cell: Cell, days: Sequence[WrittenDays], column: str) -> None:
    if column == "started":
        row.started = (days[0], cell)
    elif row.day is None or column == "completed":
        row.day = (days[-1], cell)


def _other_cell(row: Row, cell: Cell, column: str | None) -> None:
    if column == "provider":
        row.provider = cell
    elif column in ("coursenumber", "approval") and (row.number is None or column == "approval"):
        row.number = (cell.text, cell)
    elif column == "person" and (name := name_in(cell.text, labelled=True)):
        row.person = name
    elif column in ("first", "last"):
        row.person = f"{row.person} {cell.text}".strip()


def _title_cell(row: Row, cell: Cell, days: Sequence[WrittenDays]) -> None:
    """A title with the day or the hours of its row run together with it."""
    text = cell.text
    if is_code(text) and row.number is None:
        # "Course" stands above numbers where "Title" stands above titles.
        row.number = (text, cell)
        return
    if days and row.day is None and not days[-1].month_only:
        row.day = (days[-1], cell)
        text = f"{text[: days[-1].start]} {text[days[-1].end :]}"
    row.title.append(cell)
    if text != cell.text:
        row.title_text = " ".join(text.split())


def _column_of(cell: Cell, columns: Sequence[Column], row: Row) -> str | None:
    overlapping = [
        column for column in columns if min(cell.right, column.right) - max(cell.left, column.left) > 0
    ]
    if overlapping:
        best = max(
            overlapping,
            key=lambda column: (
                min(cell.right, column.right)
                - max(cell.left, column.left)
                - abs(cell.left - column.left) * 0.5
            ),
        )
    else:
        best = min(
            columns, key=lambda column: min(abs(cell.left - column.left), abs(cell.right - column.right))
        )
    # The shape overrules a heading that cannot be meant.
    days = find_days(cell.text)
    if (
        days
        and not days[0].month_only
        and best.field not in _DAY_FIELDS | {"title", "expires", "due", "registered", "signed"}
    ):
        dated = [column.field for column in columns if column.field in _DAY_FIELDS]
        if not dated and best.field == "hours":
            # "Completed Hours" run together is two columns.
            return "completed"
        return dated[0] if dated and row.day is None else None
    if best.field in ("hours", "score") and is_title(cell.text) and not _status(cell.text) and not row.title:
        return "title"
    return best.field


def _status(text: str) -> str:
    said = text.strip(" *.")
    if kinds.says("instructed", said):
        return INSTRUCTED
    if kinds.says("undone", said):
        return NOT_FINISHED
    if kinds.says("done", said):
        return PASSED
    return ""


_HOURS_AT_END = re.compile(
    r"(?<![\w./])(\d{1,3}(?:\.\d{1,2})?)\s*(?:hours?|hrs?\.?|h|credits?)?\s*$", re.IGNORECASE
)


def _without_header(sheet: PageCells) -> PageTable | None:
    """Rows that all have a day, a name of a course and hours or a status, though nothing stands above them."""
    rows: list[Row] = []
    for cells in sheet.rows:
        row = _by_shape(cells)
        if row is not None:
            rows.append(row)
    return PageTable(columns=(), rows=rows) if len(rows) >= _FEWEST_ROWS else None


def _by_shape(cells: Sequence[Cell]) -> Row | None:
    row = Row(bottom=max(cell.bottom for cell in cells))
    if any(":" in cell.text for cell in cells):
        return None
    for cell in cells:
        text = cell.text
        days = find_days(text)
        if days and row.day is None and not days[0].month_only:
            row.day = (days[0], cell)
            text = f"{text[: days[0].start]} {text[days[0].end :]}".strip()
        if not text:
            continue
        status = _status(text)
        if status:
            row.status = status
            continue
        tail = text.split()
        if tail and (found := _status(tail[-1])) and len(tail) > 1:
            row.status = found
            text = " ".join(tail[:-1])
        if row.hours is None and (amount := _HOURS_AT_END.search(text)):
            hours = hourtext.labelled(amount[1])
            if hours is not None:
                row.hours = (hours.hours, 1.0, cell)
                text = text[: amount.start()].strip()
        if is_title(text) and len(text) > len(row.title_text):
            row.title = [cell]
            row.title_text = text
    return row if row.day is not None and row.title_text and (row.hours is not None or row.status) else None


def _blocks(sheet: PageCells) -> PageTable | None:
    """A screen that sets each course over the line that says how far it is."""
    rows: list[Row] = []
    above: list[Cell] = []
    for cells in sheet.rows:
        says = _progress(cells)
        if says is None:
            amount = _hours_of(cells)
            if amount is not None and rows and not above:
                rows[-1].hours = rows[-1].hours or amount
            above = [] if any(":" in cell.text for cell in cells) else list(cells)
            continue
        heads = [cell for cell in above if is_title(cell.text) and name_in(cell.text) is None]
        if heads:
            says.title = heads[:1]
            rows.append(says)
        above = []
    return PageTable(columns=(), rows=rows) if len(rows) >= _FEWEST_ROWS else None


def _progress(cells: Sequence[Cell]) -> Row | None:
    """A row that opens with how far a course is: `Completed 03/03/2026`, `In progress`, `Status: Passed`."""
    opening = re.sub(r"^(?:completion )?status:?\s*", "", cells[0].text, flags=re.IGNORECASE)
    days = find_days(opening)
    word = opening[: days[0].start] if days else opening
    status = _status(re.sub(r"(?:\s+on|:|\s*[-\u2013\u00b7|])+\s*$", "", word.strip()).strip())
    if not status:
        return None
    row = Row(status=status, bottom=max(cell.bottom for cell in cells))
    if days and status != NOT_FINISHED and not days[0].month_only:
        row.day = (days[0], cells[0])
    row.hours = _hours_of(cells)
    return row


def _hours_of(cells: Sequence[Cell]) -> tuple[Decimal, float, Cell] | None:
    for cell in cells:
        for amount in hourtext.find(hourtext.decimals(cell.text)):
            return amount.hours, amount.sure, cell
    return None
