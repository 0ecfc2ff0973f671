"""What does one cell of one row say for a known column? Keeps what was changed, doubted or wrong."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from reading.tables.cells import MAX_CELL_CHARACTERS, SheetRow
from reading.tables.codes import RowCode, RowReason
from reading.tables.columns import Layout
from reading.tables.datecolumn import DateColumn
from reading.tables.hours import MAX_HOURS, read_hours
from reading.tables.preview import Correction
from reading.tables.rows import Row

# What people write into a cell to say that there is nothing in it.
EMPTY_WORDS = frozenset(
    {"n/a", "na", "#n/a", "none", "null", "nil", "nan", "-", "--", "---", "\u2013", "\u2014", "."}
)
TOTALS_WORDS = frozenset({"total", "totals", "grand total", "subtotal", "sub total", "sum", "count"})

# Nobody now in service was trained or hired before this day; states write 1/1/1950 and older for "none".
OLDEST_LIKELY = date(1950, 1, 2)
# Cards, licences and cycles run a few years; a later end is a slip of the keyboard.
FARTHEST_LIKELY = timedelta(days=15 * 365)

_BADGE = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9 ./_-]{0,31}")
_BADGE_DRESS = re.compile(r"(?:#|badge|no\.?|nbr\.?)*\s*#?\s*(?P<bare>.+?)(?:\.0+)?", re.IGNORECASE)
_FORMULA = re.compile(r"[=@]|[+-][^0-9.,\s(]|[+-].*[(|!]")
_NOT_WORD = re.compile(r"[\W_]+")
_LIST_MARK = re.compile(r"\s*[;|,\n]\s*")
_MARK_OF_TEXT = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\uff1d", "'\uff0b", "'\uff0d", "'\uff20")


@dataclass(slots=True, kw_only=True)
class RowDraft:
    """A kept row while the whole table is still being looked at."""

    line: int
    cells: tuple[str, ...]
    row: Row
    corrections: list[Correction] = field(default_factory=list)
    doubts: list[RowReason] = field(default_factory=list)
    notes: list[RowReason] = field(default_factory=list)
    extra: tuple[tuple[str, str], ...] = ()


class CellReader:
    """Reads the columns of the row it stands on.

    A bad value is noted and read as nothing: who mends the row sees all that is wrong with it at once.
    """

    def __init__(self, layout: Layout, dates: Mapping[str, DateColumn], today: date) -> None:
        self.today = today
        self._layout = layout
        self._positions = layout.positions
        self._dates = dates
        self._cells: Sequence[str] = ()
        self.corrections: list[Correction] = []
        self.doubts: list[RowReason] = []
        self.notes: list[RowReason] = []
        self.problems: list[RowReason] = []
        self.skipped: RowReason | None = None

    def stand_on(self, row: SheetRow) -> None:
        """Go to the next row and forget the last."""
        self._cells = row.cells
        self.corrections = []
        self.doubts = []
        self.notes = []
        self.problems = []
        self.skipped = None
        if row.problem is not None:
            self.problem(row.problem)
        elif len(row.cells) > self._layout.width and self._has_shifted_cells():
            self.problem(RowCode.ROW_TOO_LONG, cells=str(len(row.cells)), columns=str(self._layout.width))
        if row.flaws:
            self._take_flaws(row)

    def _take_flaws(self, row: SheetRow) -> None:
        """Cells in which nothing readable stands; in a column that nobody asks for they do no harm."""
        columns = {place: column for column, place in self._positions.items()}
        for place, code in row.flaws:
            column = columns.get(place)
            if column is None:
                continue
            if code is not RowCode.HOURS_MERGED:
                self.problem(code, column=column, value=self.raw(column)[:40])
            elif column == "hours":
                self.problem(code, column=column)

    def _has_shifted_cells(self) -> bool:
        width, reasons = self._layout.width, self._layout.reasons
        beyond = enumerate(self._cells[width:], width)
        return any(cell.strip() for place, cell in beyond if place != reasons)

    def problem(self, code: RowCode, **facts: str) -> None:
        """The row cannot be kept."""
        self.problems.append(RowReason(code, tuple(facts.items())))

    def doubt(self, code: RowCode, **facts: str) -> None:
        """The row is kept and taken both ways."""
        self.doubts.append(RowReason(code, tuple(facts.items())))

    def note(self, code: RowCode, **facts: str) -> None:
        """The row is kept and this should be seen."""
        self.notes.append(RowReason(code, tuple(facts.items())))

    def skip(self, code: RowCode, **facts: str) -> None:
        """The row is understood and belongs elsewhere."""
        if self.skipped is None:
            self.skipped = RowReason(code, tuple(facts.items()))

    def correct(self, column: str, old: str, new: str, code: RowCode) -> None:
        """The value kept is not what the cell says."""
        self.corrections.append(Correction(column, old, new, code))

    def has(self, column: str) -> bool:
        """True when the file has the column."""
        return column in self._positions

    def raw(self, column: str) -> str:
        """The cell as it came, trimmed."""
        position = self._positions.get(column, -1)
        if 0 <= position < len(self._cells):
            return self._cells[position].strip()
        return ""

    def text(self, column: str, *, may_say_none: bool = True) -> str:
        """The cell as plain text, with what cannot be seen removed; empty when there is nothing in it."""
        cell = self.raw(column)
        if not cell:
            return ""
        if cell.startswith(_MARK_OF_TEXT):
            # How spreadsheets, and our own file of rejected rows, mark text that is no formula.
            cell = cell[1:]
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", cell)
        if not cell.isprintable():
            cell = self._visible(column, cell)
        if len(cell) > MAX_CELL_CHARACTERS:
            self.problem(
                RowCode.CELL_TOO_LONG,
                column=column,
                characters=str(len(cell)),
                limit=str(MAX_CELL_CHARACTERS),
            )
            return ""
        if may_say_none and cell.casefold() in EMPTY_WORDS:
            return ""
        return cell

    def title(self, column: str) -> str:
        """Free text that is shown to people: a formula in it stays text and is pointed out."""
        cell = self.text(column)
        if _FORMULA.match(cell):
            self.note(RowCode.FORMULA_AS_TEXT, column=column)
        return cell

    def optional(self, column: str) -> str | None:
        """Text, or None for nothing."""
        return self.title(column) or None

    def _visible(self, column: str, cell: str) -> str:
        spaced = "".join(" " if character.isspace() else character for character in cell)
        visible = "".join(character for character in spaced if character.isprintable()).strip()
        if visible != spaced.strip():
            self.correct(column, cell[:200], visible[:200], RowCode.HIDDEN_CHARACTERS_REMOVED)
        return visible

    def required(self, column: str) -> str:
        """Text the row cannot do without."""
        cell = self.title(column)
        if not cell:
            self.problem(RowCode.VALUE_MISSING, column=column)
        return cell

    def words(self, column: str) -> tuple[str, ...]:
        """A list in one cell, as lower-case words joined by hyphens, each once."""
        parts = (kebab(part) for part in _LIST_MARK.split(self.text(column)))
        return tuple(dict.fromkeys(part for part in parts if part))

    def badge(self, column: str = "badge_number") -> str:
        """Whose row it is."""
        cell = self.text(column)
        if not cell:
            if self.raw(column):
                self.problem(RowCode.BADGE_UNREADABLE, value=self.raw(column)[:40])
            else:
                self.problem(RowCode.VALUE_MISSING, column=column)
            return ""
        if cell.casefold().rstrip(":") in TOTALS_WORDS:
            self.skip(RowCode.TOTALS_LINE)
            return ""
        badge = read_badge(cell)
        if badge is None:
            self.problem(RowCode.BADGE_UNREADABLE, value=cell[:40])
            return ""
        if badge != cell:
            self.correct(column, cell, badge, RowCode.BADGE_TIDIED)
        return badge

    def hours(self) -> tuple[Decimal | None, Decimal | None]:
        """Hours, and the minutes when the cell was given in minutes."""
        cell = self.text("hours")
        if not cell:
            return None, None
        reading = read_hours(cell, in_minutes=self._layout.hours_in_minutes)
        if reading.problem is RowCode.HOURS_TOO_MANY:
            self.problem(reading.problem, value=cell[:40], limit=str(MAX_HOURS))
        elif reading.problem is not None:
            self.problem(reading.problem, value=cell[:40])
        elif reading.how is not None and reading.hours is not None:
            self.correct("hours", cell, f"{reading.hours:f}", reading.how)
        return reading.hours, reading.minutes

    def day(self, column: str, *, required: bool = False, month_end: bool = False) -> date | None:
        """A day of a settled date column; a bad one is a problem, an unlikely one a doubt."""
        cell = self.text(column)
        if not cell:
            if required:
                self.problem(RowCode.VALUE_MISSING, column=column)
            return None
        dates = self._dates[column]
        reading = dates.read(cell, month_end=month_end)
        if reading.day is None:
            code = reading.problem or RowCode.DATE_UNREADABLE
            facts = {"column": column, "value": cell[:40]}
            if code is RowCode.DATE_NOT_IN_ORDER:
                facts["order"] = dates.order.value
            self.problem(code, **facts)
            return None
        if reading.how is not None:
            self.correct(column, cell, reading.day.isoformat(), reading.how)
        if reading.zone_unclear:
            self.doubt(RowCode.DATE_ZONE_UNCLEAR, column=column, value=cell)
        return reading.day

    def likely(self, column: str, day: date | None) -> None:
        """Doubt a day that no living record should hold."""
        if day is None:
            return
        if day < OLDEST_LIKELY:
            self.doubt(RowCode.DATE_TOO_OLD, column=column, value=day.isoformat())
        elif day - self.today > FARTHEST_LIKELY:
            self.doubt(RowCode.DATE_FAR_FUTURE, column=column, value=day.isoformat())

    def happened(self, column: str, day: date | None) -> None:
        """Doubt a day on which something is said to have happened and that has not come yet."""
        self.likely(column, day)
        if day is not None and self.today < day <= self.today + FARTHEST_LIKELY:
            self.doubt(RowCode.DATE_IN_FUTURE, column=column, value=day.isoformat())

    def in_sequence(self, start_column: str, start: date | None, end_column: str, end: date | None) -> None:
        """A window that ends before it starts cannot be used."""
        if start is not None and end is not None and end < start:
            self.problem(
                RowCode.WINDOW_REVERSED,
                start_column=start_column,
                start=start.isoformat(),
                end_column=end_column,
                end=end.isoformat(),
            )

    def extra(self) -> tuple[tuple[str, str], ...]:
        """Cells under headers nobody knows, verbatim."""
        cells = self._cells
        size = len(cells)
        return tuple(
            (label, cells[place][:MAX_CELL_CHARACTERS])
            for place, label in self._layout.extras
            if place < size and cells[place]
        )


@lru_cache(maxsize=8192)
def kebab(text: str) -> str:
    """``Use of Force`` and ``use_of_force`` as ``use-of-force``."""
    return _NOT_WORD.sub("-", text.casefold()).strip("-")


@lru_cache(maxsize=8192)
def read_badge(cell: str) -> str | None:
    """A badge number as text, leading zeros kept; None when it is not one."""
    dressed = _BADGE_DRESS.fullmatch(cell)
    bare = " ".join(dressed["bare"].split()) if dressed else cell
    return bare if _BADGE.fullmatch(bare) else None
