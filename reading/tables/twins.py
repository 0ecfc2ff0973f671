"""Which rows of a history may be one class entered twice? Pointed out as a doubt, never dropped."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from reading.tables.cellreader import RowDraft
from reading.tables.codes import RowCode, RowReason
from reading.tables.keys import same_title
from reading.tables.outcome import SortedRows
from reading.tables.rows import HistoryRow, PartTaken, RowCredit

# The agency and the academy report one class under two numbers, the later one a day or two after.
DAYS_APART = (0, -1, 1, -2, 2)

# Words that two reports of one class add or leave out.
IDLE_WORDS = frozenset(
    {
        "training",
        "class",
        "course",
        "inservice",
        "in",
        "service",
        "session",
        "the",
        "of",
        "and",
        "for",
        "a",
        "to",
    }
)
# Two titles with this share of their words in common, at least two words, may be one class.
ALIKE = Decimal("0.75")

# A person has a handful of rows on one day; a hostile file must not make us compare thousands.
COMPARED_ON_A_DAY = 40

_PROVIDER_LETTERS = re.compile(r"[A-Za-z]+")


@lru_cache(maxsize=16384)
def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell classes apart."""
    return frozenset(same_title(title).split()) - IDLE_WORDS


def provider_letters(course_number: str) -> str:
    """Who reported a class: states number courses as letters of the provider and a running number."""
    letters = _PROVIDER_LETTERS.match(course_number)
    return letters[0].upper() if letters else ""


def across_history(drafts: Sequence[RowDraft]) -> SortedRows:
    """Point out double entries, and days on which somebody both took and taught a class."""
    twins = _Twins()
    days: dict[tuple[str, date, str], tuple[PartTaken, int]] = {}
    for draft in drafts:
        row = draft.row
        if not isinstance(row, HistoryRow) or row.completed_on is None:
            continue
        line = twins.earlier(row, row.completed_on, draft.line)
        if line is not None:
            _suspect(draft, row, line)
        if row.course_number:
            day = (row.badge_number, row.completed_on, row.course_number)
            part, other_line = days.setdefault(day, (row.part, draft.line))
            if part is not row.part:
                draft.notes.append(RowReason(RowCode.TOOK_AND_TAUGHT, (("line", str(other_line)),)))
    return SortedRows(drafts)


class _Twins:
    """Remembers what was read, by person, hours and part."""

    def __init__(self) -> None:
        self._same: dict[tuple[object, ...], int] = {}
        self._near: dict[tuple[object, ...], list[tuple[frozenset[str], str, int]]] = {}

    def earlier(self, row: HistoryRow, on: date, line: int) -> int | None:
        """The line of an earlier row that looks like the same class."""
        person = (row.badge_number, row.hours, row.part)
        twin = self._same.setdefault((*person, same_title(row.course_title), on), line)
        if twin != line:
            return twin
        provider = provider_letters(row.course_number)
        if not provider or not row.hours:
            return (
                None  # many classes of no hours stand on one day, and a number without letters names nobody
            )
        words = title_words(row.course_title)
        found = self._reported_elsewhere((*person,), on, words, provider)
        today = self._near.setdefault((*person, on), [])
        if len(today) < COMPARED_ON_A_DAY:
            today.append((words, provider, line))
        return found

    def _reported_elsewhere(
        self, person: tuple[object, ...], on: date, words: frozenset[str], provider: str
    ) -> int | None:
        for days in DAYS_APART:
            for others, other_provider, line in self._near.get((*person, on + timedelta(days=days)), ()):
                if provider != other_provider and _alike(words, others):
                    return line
        return None


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    common = len(words & others)
    return common >= 2 and common >= ALIKE * len(words | others)


def _suspect(draft: RowDraft, row: HistoryRow, line: int) -> None:
    reason = RowReason(RowCode.DUPLICATE_SUSPECTED, (("line", str(line)),))
    if row.credit is RowCredit.NO:
        draft.notes.append(reason)
        return
    draft.doubts.append(reason)
    draft.row = replace(row, credit=RowCredit.DOUBTFUL)
