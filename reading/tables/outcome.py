"""What does a look across all rows change? The rows still kept, and the ones it rejects or skips."""

from collections.abc import Sequence
from dataclasses import dataclass

from reading.tables.cellreader import Draft
from reading.tables.codes import Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every draft that came in is in exactly one of the three."""

    kept: Sequence[Draft]
    rejected: Sequence[tuple[Draft, Reason]] = ()
    skipped: Sequence[tuple[Draft, Reason]] = ()
