"""How many hours is the course worth? Labels, then the sentence of completion; never parts, agendas or advertising."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from reading.certificates import hourtext, words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.hourtext import Amount, HourUnit
from reading.certificates.labels import How, Labelled
from reading.certificates.model import Read
from reading.certificates.sure import read

# Above this a provider most likely writes CEU and means hours; more than four CEU need a week.
_MOST_CEU = Decimal(4)
_DAYS_OF_A_WEEK_LONG_COURSE = 5
_NEAR = 34
# "12 of 40 hours", "6 hours of the 48 hours": the second number is not what was earned.
_PART_OF = re.compile(
    r"\d\s*(?:hours?|hrs?)?\s+(?:out\s+)?of\s+(?:the\s+|a\s+)?(?:required\s+)?$", re.IGNORECASE
)
# What may stand beside an amount that has its line to itself.
_MOST_BESIDE = 14
_LEADS_TO_HOURS = re.compile(r"\b(?:for|of|earned|awarded|credit|is|a|an|the)\W*$", re.IGNORECASE)
_STOP = re.compile(r"\n|(?<=[a-z\d)]{2})[.;!?]\s+(?=[A-Z])")
_CLOCK_TIMES = re.compile(
    r"\b\d{1,2}:?\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:-|\u2013|to)\s*\d{1,2}:?\d{2}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours and the CEU of one course, each as printed."""

    hours: Read[Decimal] | None = None
    ceu: Decimal | None = None
    printed: Decimal | None = None  # hours printed as hours, to hold against the CEU


@dataclass(frozen=True, slots=True)
class _Candidate:
    amount: Amount
    sure: float
    cell: Cell
    label: str
    total: bool


def too_many_ceu(ceu: Decimal, days: int) -> bool:
    """True where CEU cannot be what the number counts."""
    return ceu > _MOST_CEU and days < _DAYS_OF_A_WEEK_LONG_COURSE


@cache
def _words(group: str) -> re.Pattern[str]:
    return words.any_of(words.groups("hours.txt")[group])


def find(sheet: PageCells, values: Sequence[Labelled], title: Sequence[str], *, days: int | None) -> Hours:
    """The hours of one page's course. ``title``: the lines the title was taken from."""
    candidates = [*_under_labels(values), *_in_text(sheet, values, title)]
    hours = [one for one in candidates if one.amount.unit is HourUnit.HOURS]
    ceus = [one for one in candidates if one.amount.unit is HourUnit.CEU]
    ceu = max(ceus, key=lambda one: one.sure, default=None)
    chosen = _chosen(hours)
    if chosen is not None:
        return Hours(
            hours=read(
                chosen.amount.hours, chosen.sure * chosen.amount.sure, chosen.cell, label=chosen.label
            ),
            ceu=ceu.amount.value if ceu else None,
            printed=chosen.amount.hours,
        )
    if ceu is None or hours:
        return Hours(ceu=ceu.amount.value if ceu else None)
    if too_many_ceu(ceu.amount.value, days or 1):
        # "8 CEU" for a day's course means 8 hours; a guess to be asked.
        return Hours(hours=read(ceu.amount.value, 0.4, ceu.cell, label=ceu.label), ceu=ceu.amount.value)
    return Hours(
        hours=read(ceu.amount.hours, min(ceu.sure, 0.85) * ceu.amount.sure, ceu.cell, label=ceu.label),
        ceu=ceu.amount.value,
    )


def _chosen(candidates: Sequence[_Candidate]) -> _Candidate | None:
    if not candidates:
        return None
    totals = [one for one in candidates if one.total]
    top = max(one.sure for one in candidates)
    best = [
        one
        for one in (totals or candidates)
        if one.sure >= (max(one.sure for one in totals) if totals else top) - 0.08
    ]
    if len({one.amount.hours for one in best}) > 1:
        labelled = [one for one in best if one.label]
        if labelled and len({one.amount.hours for one in labelled}) == 1:
            return _weaker(labelled[0], 0.6)
        return None
    first = max(best, key=lambda one: one.sure)
    others = {one.amount.hours for one in candidates if one.sure >= 0.7} - {first.amount.hours}
    return _weaker(first, 0.75) if others and not first.total else first


def _weaker(one: _Candidate, most: float) -> _Candidate:
    return _Candidate(one.amount, min(one.sure, most), one.cell, one.label, one.total)


def _under_labels(values: Sequence[Labelled]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for value in values:
        if value.field not in ("hours", "minutes", "ceu") or value.cell.bullet:
            continue
        minutes = value.field == "minutes" or bool(re.search(r"\bmin", value.label, re.I))
        amount = hourtext.labelled(value.value, minutes=minutes, ceu=value.field == "ceu")
        if amount is None:
            continue
        total = bool(re.search(r"total|award|earn", value.label, re.I))
        exact = words.plain(value.label) not in ("time", "credit", "credits", "length")
        sure = 0.96 if exact else 0.9
        if value.how is How.ABOVE:
            sure -= 0.06
        found.append(_Candidate(amount, sure, value.cell, value.label, total))
        # "8 hours / 0.8 CEU" under one label.
        others = hourtext.find(hourtext.decimals(value.value))
        found.extend(
            _Candidate(other, 0.85, value.cell, value.label, False)
            for other in others
            if other.unit is not amount.unit
        )
    return found


def _in_text(sheet: PageCells, values: Sequence[Labelled], title: Sequence[str]) -> list[_Candidate]:
    text = hourtext.decimals(sheet.text)
    labelled = {value.cell.at for value in values if value.field in ("hours", "minutes", "ceu")}
    closed = {value.cell.at for value in values if value.field in ("topics", "score", "location")}
    found: list[_Candidate] = []
    for amount in hourtext.find(text):
        cell = _cell_of(sheet, text.count("\n", 0, amount.start), text[amount.start : amount.end])
        if cell.at in labelled or cell.at in closed:
            continue
        start, end = _sentence(text, amount)
        before = text[max(0, amount.start - _NEAR) : amount.start]
        behind = text[amount.end : min(end, amount.end + _NEAR)]
        said = text[start : amount.start]
        sure = _worth(amount, text[start:end], said, before, behind, cell, title)
        if sure > 0:
            total = bool(_words("total").search(said) or re.search(r"total", behind[:18], re.I))
            found.append(_Candidate(amount, sure, cell, "", total and not cell.bullet))
    return found


def _sentence(text: str, amount: Amount) -> tuple[int, int]:
    """Where the sentence or line around an amount begins and ends."""
    stops = list(_STOP.finditer(text))
    start = max((one.end() for one in stops if one.end() <= amount.start), default=0)
    return start, min((one.start() for one in stops if one.start() >= amount.end), default=len(text))


def _cell_of(sheet: PageCells, line: int, said: str) -> Cell:
    """The cell of a line of the running text that holds these words; a paragraph has several."""
    lines = sheet.text.split("\n")
    start = sum(len(one) + 1 for one in lines[:line])
    cells = sheet.cells_between(start, start + max(len(lines[min(line, len(lines) - 1)]), 1))
    figure = said.split(maxsplit=1)[0] if said.split() else said
    return next((cell for cell in cells if figure in cell.text), cells[0])


def _worth(
    amount: Amount, line: str, same_line: str, before: str, behind: str, cell: Cell, title: Sequence[str]
) -> float:
    """What an amount outside any label is worth; nothing when its line speaks of something else."""
    if cell.bullet or _speaks_of_other(line, before, behind):
        return 0.0
    said = words.plain(line)
    in_title = any(said in words.plain(one) or words.plain(one) in said for one in title)
    if len(line.strip()) - (amount.end - amount.start) <= _MOST_BESIDE:
        return 0.93
    if amount.adjective and in_title:
        return 0.78
    if _words("total").search(same_line) or _LEADS_TO_HOURS.search(before):
        return 0.91
    if in_title:
        return 0.8
    return 0.85 if amount.adjective else 0.72


def _speaks_of_other(line: str, before: str, behind: str) -> bool:
    """Agendas, prices, addresses, deadlines, minimums and the like."""
    if _CLOCK_TIMES.search(line) or "$" in line or "@" in line or _PART_OF.search(before):
        return True
    near_before = " ".join(before.split()[-3:])
    return bool(
        _words("line").search(line)
        or re.search(rf"(?:{_words('before').pattern})\W*$", near_before, re.IGNORECASE)
        or _words("after").match(" ".join(behind.split()[:4]))
    )
