"""When are two rows of different files the same? By all that they say, and by nothing that we concluded."""

import re
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from reading.tables.hours import plain_hours
from reading.tables.preview import TableKind
from reading.tables.rows import (
    AssignmentRow,
    CardRow,
    CertificationRow,
    CourseRow,
    CycleRow,
    EmploymentRow,
    HistoryRow,
    LeaveRow,
    PatternRow,
    ReadName,
    ReadSession,
    RosterRow,
    Row,
    ShiftRow,
)

# What we conclude from a row is no part of the row: a better reading must not make old rows look new.
CONCLUSIONS = frozenset({"credit", "part", "held", "covers", "track", "years", "action", "military"})
# Columns that tables did not always have: a row without them is the row that it was before there were any.
LATER = frozenset({"topic_hours", "miles", "miles_source"})

_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_BETWEEN = "\x1f"


@lru_cache(maxsize=16384)
def same_title(title: str) -> str:
    """A title as it is compared: states drop the ampersand of one spelling and keep it in another."""
    return _NOT_LETTER_OR_DIGIT.sub(" ", title.casefold().replace(" and ", " ")).strip()


def source_key(kind: TableKind, row: Row, seen: dict[str, int]) -> str:
    """Equal for the same row in any file; the second of two identical rows in one file ends in ``-2``."""
    said = [_plain(getattr(row, name)) for name in _FIELDS[type(row)]]
    later = [_plain(value) for name in _LATER[type(row)] if (value := getattr(row, name))]
    text = _BETWEEN.join([kind.value, *said, *later])
    key = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    count = seen[key] = seen.get(key, 0) + 1
    return key if count == 1 else f"{key}-{count}"


def _plain(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return f"{plain_hours(value):f}"
    if isinstance(value, ReadName):
        return value.display
    if isinstance(value, ReadSession):
        return f"{value.day.isoformat()} {value.begins}-{value.ends}"
    if isinstance(value, tuple):
        return ",".join(_plain(part) for part in value)
    return "" if value is None else str(value)  # a date's own text is ISO


_CLASSES: tuple[type[Row], ...] = (
    RosterRow,
    HistoryRow,
    CertificationRow,
    CardRow,
    CycleRow,
    LeaveRow,
    AssignmentRow,
    EmploymentRow,
    ShiftRow,
    PatternRow,
    CourseRow,
)
_FIELDS: dict[type[Row], tuple[str, ...]] = {
    row_type: tuple(name for name in row_type.__dataclass_fields__ if name not in CONCLUSIONS | LATER)
    for row_type in _CLASSES
}
_LATER: dict[type[Row], tuple[str, ...]] = {
    row_type: tuple(name for name in row_type.__dataclass_fields__ if name in LATER) for row_type in _CLASSES
}
