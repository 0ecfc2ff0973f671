"""How are the dates of one whole column written? Settled by evidence or asked about; nothing is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reading.tables.codes import Facts, FileQuestion, QuestionCode, RowCode
from reading.tables.dates import DateCell, Shape, parse_cell, real_day
from reading.tables.preview import DateOrder, Order, SettledBy

SERIAL_ZERO = {Order.SERIAL: date(1899, 12, 30), Order.SERIAL_1904: date(1904, 1, 1)}

# What an answer may say about centuries, after its order: "mdy+20xx".
CENTURY_2000 = "20xx"
CENTURY_RECENT = "recent"  # the latest such year that is not after today's
CENTURIES = (CENTURY_2000, CENTURY_RECENT)
ORDERS = (Order.MONTH_FIRST, Order.DAY_FIRST)

_HEADER_ORDER = re.compile(r"\b(m{1,2}|d{1,2})\W(m{1,2}|d{1,2})\Wy{2,4}\b", re.IGNORECASE)

# Where something was first seen: line and cell.
Seen = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What a person said about one date column."""

    order: Order | None = None
    century: str | None = None


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day, or the code of what is wrong; ``how`` says when the day is not what the cell shows."""

    day: date | None = None
    how: RowCode | None = None
    problem: RowCode | None = None
    zone_unclear: bool = False


def read_answer(text: str) -> ColumnAnswer | None:
    """``mdy``, ``dmy``, ``serial``, ``serial-1904``, a century, or an order and a century joined by ``+``."""
    order: Order | None = None
    century: str | None = None
    orders = {o.value: o for o in (*ORDERS, *SERIAL_ZERO)}
    for part in text.strip().casefold().split("+"):
        if part in CENTURIES and century is None:
            century = part
        elif part in orders and order is None:
            order = orders[part]
        else:
            return None
    return ColumnAnswer(order, century)


class DateColumn:
    """One column of dates: ``settle`` looks at all of it once, ``read`` then reads cell by cell."""

    def __init__(self, column: str, header: str, answer: ColumnAnswer | None, today: date) -> None:
        self.column = column
        self._header = header
        self._answer = answer or ColumnAnswer()
        self._today = today
        self._cells: dict[str, DateCell] = {}
        self._readings: dict[tuple[str, bool], DayReading] = {}
        self._order = Order.SELF_EVIDENT

    def settle(self, cells: Iterable[tuple[int, str]]) -> DateOrder | FileQuestion | None:
        """The order with its proof, or one question; None for a column without a single date."""
        seen: dict[str, tuple[int, str]] = {}
        for line, text in cells:
            if not text or text in self._cells:
                continue
            cell = self._cells[text] = parse_cell(text)
            seen.setdefault(_proof(cell), (line, text))
            if cell.shape in {Shape.DAY, Shape.NUMBERS} and not cell.month_only:
                seen.setdefault("short" if cell.short_year else "full", (line, text))
        if not self._cells:
            return None
        settled = self._order_of(seen)
        if isinstance(settled, FileQuestion):
            return settled
        self._order = settled.order
        if "short" in seen and "full" not in seen and self._answer.century is None:
            said = settled.order in ORDERS
            answers = tuple(f"{settled.order}+{century}" if said else century for century in CENTURIES)
            return self._ask(QuestionCode.YEARS_TWO_DIGITS, answers, _at(seen["short"]))
        return settled

    def _order_of(self, seen: Seen) -> DateOrder | FileQuestion:
        answered = self._answer.order
        # One number among real dates is a slip in its row; a column of nothing else is a spreadsheet's own.
        if "serial" in seen and not seen.keys() & {"mdy", "dmy", "either", "same", "day"}:
            if answered in SERIAL_ZERO:
                return DateOrder(column=self.column, order=answered, by=SettledBy.ANSWER)
            return self._ask(QuestionCode.DATE_SERIALS, tuple(SERIAL_ZERO), _at(seen["serial"]))
        if answered in ORDERS:
            return DateOrder(column=self.column, order=answered, by=SettledBy.ANSWER)
        return self._order_by_evidence(seen)

    def _order_by_evidence(self, seen: Seen) -> DateOrder | FileQuestion:
        told = _told_by(self._header)
        proofs = [order for order in ORDERS if order.value in seen]
        if len(proofs) == 2 or (proofs and told not in {None, proofs[0]}):
            facts: Facts = (("header", self._header),)
            for order in proofs:
                line, example = seen[order.value]
                facts = (*facts, (f"{order}_line", str(line)), (f"{order}_example", example))
            return self._ask(QuestionCode.DATE_ORDER_MIXED, ORDERS, facts)
        if proofs:
            line, example = seen[proofs[0].value]
            by = SettledBy.CELL
            return DateOrder(column=self.column, order=proofs[0], by=by, line=line, example=example)
        if "either" not in seen:
            return DateOrder(column=self.column, order=Order.SELF_EVIDENT, by=SettledBy.NOTHING)
        if told is not None:
            return DateOrder(column=self.column, order=told, by=SettledBy.HEADER)
        answers: tuple[str, ...] = ORDERS
        if "full" not in seen:  # the century would be the next question; both are asked at once
            centuries = (self._answer.century,) if self._answer.century else CENTURIES
            answers = tuple(f"{order}+{century}" for order in ORDERS for century in centuries)
        return self._ask(QuestionCode.DATE_ORDER, answers, _at(seen["either"]))

    def _ask(self, code: QuestionCode, answers: Iterable[str], facts: Facts) -> FileQuestion:
        options = tuple(f"{self.column}={answer}" for answer in answers)
        return FileQuestion(
            code=code, column=self.column, options=options, facts=(("column", self.column), *facts)
        )

    def read(self, text: str, *, month_end: bool = False) -> DayReading:
        """Read one cell; ``month_end`` takes ``02/2028`` for the last day of that month."""
        key = (text, month_end)
        reading = self._readings.get(key)
        if reading is None:
            cell = self._cells.get(text) or parse_cell(text)
            reading = self._readings[key] = self._read(cell, month_end=month_end)
        return reading

    def _read(self, cell: DateCell, *, month_end: bool) -> DayReading:
        problem = cell.problem
        if cell.month_only and not month_end:
            problem = RowCode.DATE_INCOMPLETE
        if cell.short_year and self._answer.century is None:
            problem = RowCode.YEAR_TWO_DIGITS
        if cell.shape is Shape.SERIAL and self._order not in SERIAL_ZERO:
            problem = RowCode.DATE_UNREADABLE
        if problem is not None:
            return DayReading(problem=problem)
        if cell.shape is Shape.SERIAL:
            return DayReading(SERIAL_ZERO[self._order] + timedelta(days=cell.first), RowCode.DATE_FROM_SERIAL)
        return self._day(cell)

    def _day(self, cell: DateCell) -> DayReading:
        how = RowCode.EXPIRY_AT_MONTH_END if cell.month_only else None
        year, month, day = cell.year, cell.first, cell.second
        if cell.short_year:
            how = RowCode.CENTURY_FROM_ANSWER
            year += 2000
            if self._answer.century == CENTURY_RECENT and year > self._today.year:
                year -= 100
        numbers = cell.shape is Shape.NUMBERS
        if numbers and self._order is Order.DAY_FIRST:
            month, day = day, month
        found = real_day(year, month, day)
        if found is None:
            other_way = numbers and real_day(year, day, month) is not None
            return DayReading(problem=RowCode.DATE_NOT_IN_ORDER if other_way else RowCode.DATE_IMPOSSIBLE)
        return DayReading(found, how, None, cell.zone_unclear)

    @property
    def order(self) -> Order:
        """How the column is read, once settled."""
        return self._order


def _at(where: tuple[int, str]) -> Facts:
    return (("line", str(where[0])), ("example", where[1]))


def _told_by(header: str) -> Order | None:
    said = _HEADER_ORDER.search(header)
    if said is None or said[1][0].casefold() == said[2][0].casefold():
        return None
    return Order.MONTH_FIRST if said[1][0].casefold() == "m" else Order.DAY_FIRST


def _proof(cell: DateCell) -> str:
    """What one cell proves about the order of its column: an order, ``either``, ``same``, or its shape."""
    if cell.shape is not Shape.NUMBERS:
        return cell.shape.value
    year = 2000 + cell.year if cell.short_year else cell.year
    by_month = real_day(year, cell.first, cell.second)
    by_day = real_day(year, cell.second, cell.first)
    if by_month == by_day:
        return "same" if by_month else Shape.BAD.value
    if by_month is None:
        return Order.DAY_FIRST.value
    return Order.MONTH_FIRST.value if by_day is None else "either"
