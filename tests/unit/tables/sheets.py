"""What does a preview of a small hand-written table say? Short ways to ask."""

from collections.abc import Mapping
from datetime import date

from reading.tables.codes import RowCode
from reading.tables.keys import source_key
from reading.tables.preview import AcceptedRow, Preview, TableKind
from reading.tables.reader import read_table
from reading.tables.rows import HistoryRow, RosterRow

TODAY = date(2027, 3, 2)


def preview_of(
    kind: TableKind,
    table: str | bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    date_order: Mapping[str, str] | None = None,
) -> Preview:
    """The preview, after checking that every row of the file is accounted for."""
    data = table.encode() if isinstance(table, str) else table
    preview = read_table(kind, data, today=TODAY, mapping=mapping, date_order=date_order)
    everything_accounted_for(preview)
    return preview


def keys_of(preview: Preview) -> list[str]:
    """By what each row is known again in a later file."""
    seen: dict[str, int] = {}
    return [source_key(preview.kind, accepted.row, seen) for accepted in preview.rows]


def everything_accounted_for(preview: Preview) -> None:
    counts = preview.counts
    ends = (counts.accepted, counts.corrected, counts.rejected, counts.skipped, counts.waiting)
    assert sum(ends) == counts.rows
    assert counts.accepted + counts.corrected == len(preview.rows)
    assert counts.rejected == len(preview.rejections)
    assert counts.skipped == len(preview.skips)
    lines = [row.line for row in preview.rows]
    lines += [rejection.line for rejection in preview.rejections]
    lines += [skip.line for skip in preview.skips]
    assert len(set(lines)) == len(lines)
    assert len(set(keys_of(preview))) == len(preview.rows)
    assert all(rejection.reasons for rejection in preview.rejections)
    if not preview.ready:
        assert not preview.rows


def history(*rows: str, header: str = "Badge #,Course,Date Completed,Hrs,Status") -> str:
    return "\n".join((header, *rows)) + "\n"


def history_row(*rows: str, header: str = "Badge #,Course,Date Completed,Hrs,Status") -> HistoryRow:
    """The only row of a history that is read whole."""
    (only,) = history_rows(preview_of(TableKind.HISTORY, history(*rows, header=header)))
    return only


def history_rows(preview: Preview) -> list[HistoryRow]:
    assert preview.refusal is None
    assert not preview.questions
    return [row for _accepted, row in preview.of(HistoryRow)]


def roster_rows(preview: Preview) -> list[RosterRow]:
    assert preview.refusal is None
    assert not preview.questions
    return [row for _accepted, row in preview.of(RosterRow)]


def rejected_for(preview: Preview) -> list[tuple[int, tuple[RowCode, ...]]]:
    """Line and codes of every rejected row."""
    return [(r.line, tuple(reason.code for reason in r.reasons)) for r in preview.rejections]


def doubts_of(accepted: AcceptedRow) -> list[RowCode]:
    return [reason.code for reason in accepted.doubts]


def notes_of(accepted: AcceptedRow) -> list[RowCode]:
    return [reason.code for reason in accepted.notes]
