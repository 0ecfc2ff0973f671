"""What would importing this file do? The one door of the room: bytes of a kind in, a preview out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from reading.tables.aliases import TABLES
from reading.tables.cellreader import CellReader, RowDraft
from reading.tables.cells import Sheet, SheetRow
from reading.tables.codes import FileCode, FileNote, FileQuestion, Noticed, RowCode, RowReason, TableRefusal
from reading.tables.columns import Layout, lay_out, wanted_of
from reading.tables.course_events import CLASSES
from reading.tables.datecolumn import ColumnAnswer, DateColumn, read_answer
from reading.tables.ics import SHIFTS, is_calendar, read_calendar
from reading.tables.kinds import TABLE_READERS
from reading.tables.preview import (
    AcceptedRow,
    DateOrder,
    Preview,
    Rejection,
    RowCounts,
    Skip,
    TableKind,
)
from reading.tables.sheet import read_sheet

# How often progress is told; a call for every row would cost more than the reading.
PROGRESS_EVERY = 1_000

Progress = Callable[[int, int], None]

# What may come as a calendar of events as well.
CALENDARS = {TableKind.SHIFTS: SHIFTS, TableKind.COURSES: CLASSES}


def read_table(
    kind: TableKind,
    data: bytes,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    date_order: Mapping[str, str] | None = None,
    sheet: str | None = None,
    on_progress: Progress | None = None,
) -> Preview:
    """Read an untrusted table; ``mapping`` is column -> header, ``date_order`` column -> answer."""
    found = open_sheet(kind, data, today=today, mapping=mapping, sheet=sheet)
    return preview_of(
        kind, found, today=today, mapping=mapping, date_order=date_order, on_progress=on_progress
    )


def open_sheet(
    kind: TableKind,
    data: bytes,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Sheet | TableRefusal | FileQuestion:
    """The sheet in an untrusted file. Shifts and classes may come as a calendar too."""
    events = CALENDARS.get(kind)
    if events is not None and is_calendar(data):
        return read_calendar(data, today, events)
    return read_sheet(data, wanted_of(kind, mapping or {}, sheet))


def preview_of(
    kind: TableKind,
    sheet: Sheet | TableRefusal | FileQuestion,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    date_order: Mapping[str, str] | None = None,
    on_progress: Progress | None = None,
) -> Preview:
    """The same for a sheet that has been opened."""
    said = mapping or {}
    answers = _answers(kind, date_order or {})
    if isinstance(answers, TableRefusal):
        return Preview(kind=kind, refusal=answers)
    if isinstance(sheet, TableRefusal):
        return Preview(kind=kind, refusal=sheet)
    if isinstance(sheet, FileQuestion):
        return Preview(kind=kind, questions=(sheet,))
    preview = Preview(
        kind=kind,
        header=sheet.header,
        noticed=sheet.noticed,
    )
    layout = lay_out(kind, sheet.header, said)
    if isinstance(layout, TableRefusal):
        return replace(preview, refusal=layout)
    extras = tuple(label for _place, label in layout.extras)
    preview = replace(preview, columns=layout.uses, extra_headers=extras)
    if layout.left_out:
        left_out = Noticed(FileNote.COLUMNS_LEFT_OUT, (("headers", ", ".join(layout.left_out)),))
        preview = replace(preview, noticed=(*preview.noticed, left_out))
    if not sheet.rows:
        nothing = TableRefusal(FileCode.NO_ROWS, (("line", str(sheet.header_line)),))
        return replace(preview, refusal=nothing)
    dates, orders, questions = _settle_dates(kind, sheet, layout, answers, today)
    preview = replace(preview, date_orders=orders)
    if layout.questions or questions:
        counts = RowCounts(rows=len(sheet.rows), waiting=len(sheet.rows))
        return replace(preview, questions=(*layout.questions, *questions), counts=counts)
    reading = _Reading(kind, sheet, CellReader(layout, dates, today))
    reading.read(on_progress)
    return reading.finish(preview)


def _answers(kind: TableKind, date_order: Mapping[str, str]) -> Mapping[str, ColumnAnswer] | TableRefusal:
    answers: dict[str, ColumnAnswer] = {}
    for column, text in date_order.items():
        answer = read_answer(text)
        if answer is None or column not in TABLES[kind].dates:
            return TableRefusal(FileCode.ANSWER_UNKNOWN, (("column", column), ("answer", text)))
        answers[column] = answer
    return answers


def _settle_dates(
    kind: TableKind, sheet: Sheet, layout: Layout, answers: Mapping[str, ColumnAnswer], today: date
) -> tuple[Mapping[str, DateColumn], tuple[DateOrder, ...], tuple[FileQuestion, ...]]:
    columns: dict[str, DateColumn] = {}
    orders: list[DateOrder] = []
    questions: list[FileQuestion] = []
    reader = CellReader(layout, {}, today)
    for column in TABLES[kind].names:
        if column not in TABLES[kind].dates or column not in layout.positions:
            continue
        header = sheet.header[layout.positions[column]]
        dates = columns[column] = DateColumn(column, header, answers.get(column), today)
        settled = dates.settle(_cells_of(column, sheet.rows, reader))
        if isinstance(settled, FileQuestion):
            questions.append(settled)
        elif settled is not None:
            orders.append(settled)
    return columns, tuple(orders), tuple(questions)


def _cells_of(column: str, rows: Sequence[SheetRow], reader: CellReader) -> Iterator[tuple[int, str]]:
    for row in rows:
        reader.stand_on(row)
        # A row whose cells are shifted proves nothing about the column it was shifted into.
        if not reader.problems:
            yield row.line, reader.text(column)


class _Reading:
    """Takes the rows one by one and sorts them into kept, rejected and skipped."""

    def __init__(self, kind: TableKind, sheet: Sheet, cell: CellReader) -> None:
        self._kind = kind
        self._sheet = sheet
        self._cell = cell
        self._table = TABLE_READERS[kind]
        self._header = _folded(sheet.header)
        self._drafts: list[RowDraft] = []
        self._rejections: list[Rejection] = []
        self._skips: list[Skip] = []

    def read(self, on_progress: Progress | None) -> None:
        total = len(self._sheet.rows)
        for done, row in enumerate(self._sheet.rows, 1):
            self._take(row)
            if on_progress is not None and (done % PROGRESS_EVERY == 0 or done == total):
                on_progress(done, total)

    def _take(self, row: SheetRow) -> None:
        cell = self._cell
        if _folded(row.cells[:1]) == self._header[:1] and _folded(row.cells) == self._header:
            self._skips.append(Skip(row.line, RowReason(RowCode.HEADER_REPEATED), row.cells))
            return
        cell.stand_on(row)
        # The cells of a row that lost its shape say nothing about each other.
        read = None if cell.problems else self._table.row(cell)
        if cell.skipped is not None:
            self._skips.append(Skip(row.line, cell.skipped, row.cells))
        elif cell.problems or read is None:
            self._rejections.append(Rejection(row.line, tuple(cell.problems), row.cells))
        else:
            draft = RowDraft(
                line=row.line,
                cells=row.cells,
                row=read,
                corrections=cell.corrections,
                doubts=cell.doubts,
                notes=cell.notes,
                extra=cell.extra(),
            )
            self._drafts.append(draft)

    def finish(self, preview: Preview) -> Preview:
        outcome = self._table.across(self._drafts)
        self._rejections.extend(Rejection(d.line, (why,), d.cells) for d, why in outcome.rejected)
        self._skips.extend(Skip(d.line, why, d.cells) for d, why in outcome.skipped)
        rows = tuple(self._accepted(draft) for draft in outcome.kept)
        corrected = sum(1 for row in rows if row.corrections)
        counts = RowCounts(
            rows=len(self._sheet.rows),
            accepted=len(rows) - corrected,
            corrected=corrected,
            rejected=len(self._rejections),
            skipped=len(self._skips),
            doubtful=sum(1 for row in rows if row.doubts),
        )
        return replace(
            preview,
            counts=counts,
            rows=rows,
            rejections=tuple(sorted(self._rejections, key=attrgetter("line"))),
            skips=tuple(sorted(self._skips, key=attrgetter("line"))),
        )

    def _accepted(self, draft: RowDraft) -> AcceptedRow:
        return AcceptedRow(
            line=draft.line,
            row=draft.row,
            corrections=tuple(draft.corrections),
            doubts=tuple(draft.doubts),
            notes=tuple(draft.notes),
            extra=draft.extra,
        )


def _folded(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in cells]
