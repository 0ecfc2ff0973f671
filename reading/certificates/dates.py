"""When was the course? Each day on the page is told apart by the words beside it; no rule says first or latest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from reading.certificates import words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.datetext import WrittenDays, find
from reading.certificates.labels import Labelled
from reading.certificates.model import Read
from reading.certificates.shapes import DATE_FIELDS
from reading.certificates.sure import read

# Kinds of days that can be the day of a course, the surest first.
_RANK = ("completed", "held", "sentence", "issued", "bare", "signed")
_WORTH = {"completed": 0.96, "held": 0.95, "sentence": 0.93, "issued": 0.92, "bare": 0.8, "signed": 0.5}
_NEAR_BEFORE = 60
_NEAR_BEHIND = 26
_LONGEST_COURSE_DAYS = 200
_WORDS_OF_A_SENTENCE = 3
_OPEN_ENDS = frozenset({"on", "this", "the", "from", "dated", "by", "through", "at", "of", "day"})
_DAY_OF = re.compile(r"day\s+of", re.IGNORECASE)
_LEAD = re.compile(r"\b(on|from|held|dates?|in|the|this|during)[\s:]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One day of the page with its kind and the words that gave it."""

    kind: str
    written: WrittenDays
    label: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDays:
    """The days of one course."""

    completed: Read[date] | None = None
    started: Read[date] | None = None
    expires: Read[date] | None = None
    whole: bool = False  # the paper says when the course was held, not only when it was completed or issued

    @property
    def length(self) -> int | None:
        """How many days from the first to the last, as far as the paper says it."""
        if self.completed is None or not (self.whole or self.started):
            return None
        first = self.started.value if self.started else self.completed.value
        return (self.completed.value - first).days + 1


@cache
def _words(group: str) -> re.Pattern[str]:
    return words.any_of(words.groups("datewords.txt")[group])


def dated(sheet: PageCells, values: Sequence[Labelled]) -> list[Dated]:
    """Every day of the page with its kind."""
    found = find(sheet.text)
    return [
        Dated(kind=kind, written=one, label=label, cell=sheet.cell_at(one.start))
        for at, one in enumerate(found)
        for kind, label in [_kind(sheet, values, found, at)]
    ]


def choose(days: Sequence[Dated]) -> CourseDays:
    """The days of the course among all days of the page."""
    expires = next((one for one in days if one.kind == "expires"), None)
    expires_read = (
        None
        if expires is None
        else read(expires.written.last, 0.93 * expires.written.sure, expires.cell, label=expires.label)
    )
    best, rivals = _best(days)
    started = [one for one in days if one.kind == "started" and not one.written.month_only]
    if best is None:
        return CourseDays(expires=expires_read)
    worth = _WORTH[best.kind] * best.written.sure
    if rivals:
        worth = min(worth, 0.6)
    completed = read(best.written.last, worth, best.cell, label=best.label)
    first: Read[date] | None = None
    if best.written.first is not None:
        first = read(best.written.first, worth, best.cell, label=best.label)
    elif started and 0 <= (best.written.last - started[0].written.last).days <= _LONGEST_COURSE_DAYS:
        first = read(started[0].written.last, worth, started[0].cell, label=started[0].label)
    else:
        held = next((one for one in days if one.kind == "held" and one.written.first is not None), None)
        if held is not None and held.written.last == best.written.last and held.written.first is not None:
            first = read(held.written.first, worth, held.cell, label=held.label)
    whole = best.kind in ("held", "sentence")
    return CourseDays(completed=completed, started=first, expires=expires_read, whole=whole)


def _best(days: Sequence[Dated]) -> tuple[Dated | None, bool]:
    whole = [one for one in days if not one.written.month_only]
    for kind in _RANK:
        chosen = [one for one in whole if one.kind == kind]
        if not chosen:
            continue
        lasts = {one.written.last for one in chosen}
        # One range around all of them says which is the last day of several.
        wide = max(chosen, key=lambda one: (one.written.last, one.written.first is not None))
        if kind == "completed" and len(lasts) > 1:
            return wide, True
        if len(lasts) > 1:
            ranges = [one for one in chosen if one.written.first is not None]
            covering = [
                one
                for one in ranges
                if all(one.written.first and one.written.first <= last <= one.written.last for last in lasts)
            ]
            if covering:
                return covering[0], False
            if kind == "bare":
                return None, True
            return wide, True
        with_range = next((one for one in chosen if one.written.first is not None), chosen[0])
        later = [
            one
            for one in whole
            if kind == "completed" and one.kind == "held" and one.written.last > with_range.written.last
        ]
        return with_range, bool(later)
    return None, False


def _kind(
    sheet: PageCells, values: Sequence[Labelled], found: Sequence[WrittenDays], at: int
) -> tuple[str, str]:
    """The label first, then the words before on the line, those behind, and the line above that leads here."""
    one = found[at]
    return (
        _by_label(sheet, values, one)
        or _by_line(sheet, found, at)
        or _by_line_above(sheet, found, at)
        or _by_lead(sheet, one)
        or ("bare", "")
    )


def _by_label(sheet: PageCells, values: Sequence[Labelled], one: WrittenDays) -> tuple[str, str] | None:
    within = [value for value in values if value.start <= one.start < value.start + len(value.value) + 1]
    for value in within:
        if value.field in DATE_FIELDS:
            # Words inside the value may say more: "Date: expires 03/04/2028".
            return _keyword(sheet.text[value.start : one.start]) or (value.field, value.label)
    for value in within:
        if value.field in ("instructor", "director"):
            return "signed", value.label
        if value.field in ("location", "score"):
            return "bare", value.label
    return None


def _by_line(sheet: PageCells, found: Sequence[WrittenDays], at: int) -> tuple[str, str] | None:
    one = found[at]
    floor = max(found[at - 1].end if at else 0, one.start - _NEAR_BEFORE)
    before = sheet.text[max(sheet.start_of(sheet.cell_at(one.start)), floor) : one.start]
    if said := _keyword(before):
        return said
    ceiling = found[at + 1].start if at + 1 < len(found) else len(sheet.text)
    line_end = sheet.text.find("\n", one.end)
    line_end = len(sheet.text) if line_end < 0 else line_end
    return _keyword(sheet.text[one.end : min(ceiling, one.end + _NEAR_BEHIND, line_end)], first=True)


def _by_line_above(sheet: PageCells, found: Sequence[WrittenDays], at: int) -> tuple[str, str] | None:
    """A line that breaks off before the day; a label there that serves a neighbour is no opening of this line."""
    one = found[at]
    line_start = sheet.start_of(sheet.cell_at(one.start))
    floor = max(found[at - 1].end if at else 0, one.start - _NEAR_BEFORE)
    if sheet.text[max(line_start, floor) : one.start].strip(" ,.("):
        return None
    above = sheet.text[floor:line_start].rstrip("\n").rsplit("\n", 1)[-1]
    said = _keyword(above)
    last = words.plain(above).split()[-1:]
    if said and ((last and last[0] in _OPEN_ENDS) or len(above.split()) > _WORDS_OF_A_SENTENCE):
        return said
    return None


def _by_lead(sheet: PageCells, one: WrittenDays) -> tuple[str, str] | None:
    if _DAY_OF.search(sheet.text[one.start : one.end]):
        # Legal wording dates the paper.
        return "issued", ""
    lead = _LEAD.search(sheet.text[max(0, one.start - _NEAR_BEHIND) : one.start])
    return ("sentence", lead[1]) if lead else None


def _keyword(text: str, *, first: bool = False) -> tuple[str, str] | None:
    """The kind named nearest to the day."""
    hits = [
        (found.start() if first else -found.end(), -len(found[0]), kind, found[0])
        for kind in words.groups("datewords.txt")
        for found in _words(kind).finditer(text)
    ]
    if not hits:
        return None
    _, _, kind, said = min(hits)
    return kind, said
