"""Which words on a page are labels, and which value does each belong to: behind it, beside it, below or above?"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from reading.certificates import words
from reading.certificates.cells import Cell, PageCells

OTHER = "other"
_LONGEST_LABEL_WORDS = 7
_MOST_LABELS_A_LINE = 8
_SHORTEST_WITH_SLIP = 6
_NEAR_ENOUGH = 88
_COLON = re.compile(r"(?<!\d)\s?[:=]\s?(?!//)|(?<=\d)\s?:\s(?!\d{2}\b)|:$")
_IN_BRACKETS = re.compile(r"(?<=\S)\s*\([^)]*\)?")
_EDGES = " ,;|\u00b7\u2022"
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"[^\s:]+")
_NUMBER_SIGN = re.compile(r"(?:#|\bNo\.?(?=\s*(?::|\d|$))|\bNbr\b|\bNum\.?(?=\s|:|$)|№)", re.IGNORECASE)
# How far, in heights of a line, a value may stand from its label.
_FARTHEST = 3.2


class How(StrEnum):
    """Where the value stands, seen from its label."""

    INLINE = "inline"
    RIGHT = "right"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Labelled:
    """A value under the words that say what it is. ``start`` is its place in the running text of its page."""

    field: str
    label: str
    value: str
    cell: Cell
    start: int
    how: How


Fits = Mapping[str, Callable[[str], bool]]
"""For each field, whether a text can be its value; a field that is not here takes any text."""


@cache
def _known() -> dict[str, str]:
    fields: dict[str, str] = {}
    for field, patterns in words.groups("labels.txt").items():
        for pattern in patterns:
            for wording in words.wordings(pattern):
                fields.setdefault(words.plain(wording), field)
    return fields


@cache
def _long_ones() -> list[str]:
    return [wording for wording in _known() if len(wording) >= _SHORTEST_WITH_SLIP]


@lru_cache(maxsize=4096)
def field_of(text: str, *, slips: bool = False) -> str | None:
    """The field a label asks for, or None when the text is no label."""
    said = words.plain(_NUMBER_SIGN.sub(" number ", _IN_BRACKETS.sub(" ", text)).replace("/", " "))
    if not said or len(said.split()) > _LONGEST_LABEL_WORDS:
        return None
    if found := _known().get(said):
        return found
    # "Officer's name" is printed with and without its apostrophe.
    if found := _known().get(said.replace("'s", "").replace("'", "")):
        return found
    if slips and len(said) >= _SHORTEST_WITH_SLIP:
        near = process.extractOne(said, _long_ones(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        return None if near is None else _known()[near[0]]
    return None


def labelled(sheet: PageCells, fits: Fits) -> list[Labelled]:
    """Every value of the page that stands by a label."""
    found: list[Labelled] = []
    alone: list[tuple[Cell, str]] = []
    for cell in sheet.cells:
        inline = list(_inline(sheet, cell, fits))
        found.extend(one for one in inline if one.value)
        if inline and not inline[-1].value:
            alone.append((cell, inline[-1].field))
        elif not inline and (field := field_of(cell.text, slips=cell.picture)):
            alone.append((cell, field))
    taken = {one.cell.at for one in found}
    found.extend(_beside(sheet, alone, fits, taken))
    return sorted(found, key=lambda one: one.start)


def _inline(sheet: PageCells, cell: Cell, fits: Fits) -> Iterator[Labelled]:
    """`Name: Dana Ruiz  Hours: 8`, and without the colon where the shape of the value speaks for itself."""
    text = cell.text
    marks = list(_COLON.finditer(text))[:_MOST_LABELS_A_LINE]
    labels: list[tuple[int, int, str]] = []  # where the label starts, where its value starts, its field
    for mark in marks:
        floor = labels[-1][1] if labels else 0
        start, field = _label_before(text, floor, mark.start(), first=not labels, slips=cell.picture)
        if field is not None:
            labels.append((start, mark.end(), field))
    if not labels:
        yield from _without_colon(sheet, cell, fits)
        return
    for at, (start, value_at, field) in enumerate(labels):
        end = labels[at + 1][0] if at + 1 < len(labels) else len(text)
        value = text[value_at:end].strip(_EDGES)
        shift = len(text[value_at:end]) - len(text[value_at:end].lstrip(_EDGES))
        yield Labelled(
            field=field,
            label=text[start:value_at].strip(" :="),
            value=value,
            cell=cell,
            start=sheet.start_of(cell) + value_at + shift,
            how=How.INLINE,
        )


def _label_before(text: str, floor: int, end: int, *, first: bool, slips: bool) -> tuple[int, str | None]:
    """The longest known label that ends here; at the front of a cell unknown words before a colon are a label too."""
    piece = text[floor:end]
    starts = [floor + word.start() for word in _WORD.finditer(piece)]
    whole = text[starts[0] : end] if starts else ""
    if first and starts and (field := field_of(whole, slips=slips)):
        return starts[0], field
    for start in starts[-_LONGEST_LABEL_WORDS:]:
        candidate = text[start:end].strip(" ,;|")
        if (first and start == starts[0]) or not candidate[:1].isalpha():
            continue
        if field := field_of(candidate):
            before = text[floor:start].strip()
            # "Approved course hours:" is one label we do not know, "Dana Ruiz  Badge:" a value and one we do.
            if (
                not first
                or re.search(r"[\d.)]$", before)
                or (len(before.split()) >= 2 and candidate[:1].isupper() and text[start - 2 : start] == "  ")
            ):
                return start, field
            return floor, field if _says_same(whole, field) else OTHER
    if first and len(starts) <= _LONGEST_LABEL_WORDS and whole[:1].isalpha() and not _FIGURE.search(whole):
        return starts[0], OTHER
    return floor, None


def _says_same(label: str, field: str) -> bool:
    """An unknown longer label ends with a known one of the same sense: `Total approved POST hours`."""
    said = words.plain(label).split()
    return field in ("hours", "ceu", "expires", "approval", "due") and len(said) <= 5


def _without_colon(sheet: PageCells, cell: Cell, fits: Fits) -> Iterator[Labelled]:
    text = cell.text
    pieces = list(_WORD.finditer(text))
    for size in range(min(_LONGEST_LABEL_WORDS, len(pieces) - 1), 0, -1):
        end = pieces[size - 1].end()
        label = text[:end]
        field = field_of(label.rstrip("-\u2013. "), slips=False)
        if field is None:
            continue
        value_at = pieces[size].start()
        value = text[value_at:].lstrip("-\u2013. ")
        if any(field_of(piece) for piece in (value, *value.split(","))):
            continue
        if value and _plain_to_see(field, label, value, fits):
            start = len(text) - len(value)
            yield Labelled(
                field=field,
                label=label,
                value=value,
                cell=cell,
                start=sheet.start_of(cell) + start,
                how=How.INLINE,
            )
            return


def _plain_to_see(field: str, label: str, value: str, fits: Fits) -> bool:
    if field in ("person", "instructor", "director", "title", "provider"):
        wanted = (
            "name" in label.casefold()
            or " to" in label.casefold()
            or "by" in label.casefold().split()
            or (field == "title" and "title" in label.casefold())
        )
        return wanted and len(label.split()) > 1 and value[:1].isupper() and fits.get(field, _anything)(value)
    return field in fits and field not in ("topics", "location", "agency", "status") and fits[field](value)


def _anything(text: str) -> bool:
    return bool(text)


@dataclass(frozen=True, slots=True)
class _Pair:
    label: Cell
    field: str
    value: Cell
    how: How
    gap: float


def _beside(
    sheet: PageCells, alone: Sequence[tuple[Cell, str]], fits: Fits, taken: set[int]
) -> Iterator[Labelled]:
    """Labels that fill their cell, with the neighbour that has the right shape; no value serves two labels."""
    labels = {cell.at for cell, _ in alone}
    pairs: list[_Pair] = []
    for cell, field in alone:
        fit = fits.get(field, _anything)
        for how, value, gap in _neighbours(sheet, cell, labels | taken):
            if fit(value.text):
                pairs.append(_Pair(cell, field, value, how, gap))
    votes = _votes(pairs)
    done: set[int] = set()
    used: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: -_weight(pair, votes)):
        if pair.label.at in done or pair.value.at in used:
            continue
        done.add(pair.label.at)
        used.add(pair.value.at)
        yield Labelled(
            field=pair.field,
            label=pair.label.text.strip(" :"),
            value=pair.value.text,
            cell=pair.value,
            start=sheet.start_of(pair.value),
            how=pair.how,
        )


def _votes(pairs: Sequence[_Pair]) -> Counter[How]:
    """Labels with a single possible direction tell how the page is laid out."""
    directions: dict[int, set[How]] = {}
    for pair in pairs:
        directions.setdefault(pair.label.at, set()).add(pair.how)
    votes: Counter[How] = Counter()
    for ways in directions.values():
        for way in ways:
            votes[way] += 6 // len(ways)
    return votes


def _weight(pair: _Pair, votes: Counter[How]) -> float:
    share = votes[pair.how] / max(sum(votes.values()), 1)
    colon = 0.5 if pair.label.text.rstrip().endswith(":") and pair.how in (How.RIGHT, How.BELOW) else 0.0
    if colon and pair.how is How.RIGHT:
        colon = 1.0
    return share + colon + 0.5 / (0.5 + pair.gap)


def _neighbours(sheet: PageCells, cell: Cell, closed: set[int]) -> Iterator[tuple[How, Cell, float]]:
    row = sheet.row_of[cell.at]
    behind = [other for other in sheet.rows[row] if other.left >= cell.right - 0.01 and other.at != cell.at]
    if behind and behind[0].at not in closed:
        yield How.RIGHT, behind[0], min((behind[0].left - cell.right) * 8, 2.0)
    for how, step in ((How.BELOW, 1), (How.ABOVE, -1)):
        for distance in (1, 2, 3):
            at = row + step * distance
            if not 0 <= at < len(sheet.rows):
                break
            over = [other for other in sheet.rows[at] if _overlaps(cell, other)]
            if not over:
                continue
            other = min(over, key=lambda one: abs(one.middle - cell.middle) + abs(one.left - cell.left))
            gap = (other.top - cell.bottom if step > 0 else cell.top - other.bottom) / min(
                cell.height, other.height
            )
            if gap <= _FARTHEST and other.at not in closed:
                yield how, other, max(gap, 0.0)
            break


def _overlaps(cell: Cell, other: Cell) -> bool:
    return min(cell.right, other.right) - max(cell.left, other.left) > 0 or abs(cell.left - other.left) < 0.02
