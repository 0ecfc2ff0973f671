"""What does a look across all rows change? The rows still kept, and the ones it rejects or skips."""

from collections.abc import Sequence
from dataclasses import dataclass

from reading.tables.cellreader import RowDraft
from reading.tables.codes import RowReason


@dataclass(frozen=True, slots=True)
class SortedRows:
    """Every draft that came in is in exactly one of the three."""

    kept: Sequence[RowDraft]
    rejected: Sequence[tuple[RowDraft, RowReason]] = ()
    skipped: Sequence[tuple[RowDraft, RowReason]] = ()
