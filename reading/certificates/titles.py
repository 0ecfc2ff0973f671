"""What is the course called? The words under its label, or those the sentence of completion leads to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reading.certificates import hourtext, titletext, words
from reading.certificates.cells import Cell, Sheet
from reading.certificates.datetext import find as find_days
from reading.certificates.labels import How, Labelled, field_of
from reading.certificates.model import Read
from reading.certificates.names import name_in
from reading.certificates.shapes import is_code, is_title
from reading.certificates.sure import read
from reading.titles import match_title

_LONGEST = 160
_LINES_OF_A_TITLE = 3
_LINES_BEHIND_ANCHOR = 4
_SAME_SIZE = 0.72
_LONGEST_AMOUNT_LINE = 60
_MUCH_LARGER = 1.5
_NO_TITLE = re.compile(
    r"certif|diploma|complet|attendance|award|department|academy|institute|association|college|university|center|inc\b|llc"
    r"|police|sheriff|record|transcript",
    re.IGNORECASE,
)
_ONE_AXIS = 0.06
_ONE_EDGE = 0.02
_TIGHT = 1.3
# "upon completion of", "officers who have completed": nobody has completed anything yet.
_AHEAD = re.compile(
    r"(?:upon|after|until|following|must be|to be|not|who have|who has|once|when|if)\s+"
    r"(?:the\s+|you\s+have\s+|your\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    sure: float
    cells: tuple[Cell, ...]
    label: str


@cache
def _anchor(group: str) -> re.Pattern[str]:
    return words.any_of(words.groups("anchors.txt")[group])


def find(sheet: Sheet, values: Sequence[Labelled], person: Cell | None) -> Read[str] | None:
    """The title of one page's course."""
    found = [*_under_labels(sheet, values), *_behind_anchors(sheet, values, person)]
    if not found:
        found = [*_by_topic(sheet, values, person)] or [*_by_size(sheet, values, person)]
    if not found:
        return None
    keys: dict[str, float] = {}
    for one in found:
        key = words.plain(one.title)
        keys[key] = max(keys.get(key, 0), one.sure) + (0.03 if key in keys else 0)
    best = max(found, key=lambda one: keys[words.plain(one.title)])
    return read(best.title, min(keys[words.plain(best.title)], 0.97), *best.cells, label=best.label)


def _under_labels(sheet: Sheet, values: Sequence[Labelled]) -> Iterator[_Found]:
    for value in values:
        if value.field != "title" or not is_title(value.value):
            continue
        exact = re.search(r"title|name", value.label, re.I)
        text, cells = _continued(sheet, values, value)
        sure = 0.95 if exact else 0.92 if re.search(r"course|class|training", value.label, re.I) else 0.84
        if value.how is How.ABOVE:
            sure -= 0.08
        tidy = titletext.bare(text)
        if name_in(tidy) and not match_title(tidy).topics:
            sure -= 0.3
        if tidy and not titletext.is_generic(tidy):
            yield _Found(tidy, sure, cells, value.label)


def _continued(sheet: Sheet, values: Sequence[Labelled], value: Labelled) -> tuple[str, tuple[Cell, ...]]:
    """A value that goes on in the next line below it."""
    text, cells = value.value, [value.cell]
    taken = {other.cell.at for other in values}
    left = value.cell.left + (value.cell.right - value.cell.left) * (
        len(value.cell.text) - len(value.value)
    ) / max(len(value.cell.text), 1)
    while len(cells) < _LINES_OF_A_TITLE:
        below = _line_below(sheet, cells[-1])
        if (
            below is None
            or below.at in taken
            or not _goes_on(cells[-1], below)
            or field_of(below.text.rstrip(" :"))
        ):
            break
        near_value = abs(below.left - left) < 0.03 or (
            value.how is not How.INLINE and abs(below.middle - value.cell.middle) < 0.03
        )
        if not near_value or not is_title(below.text) or below.bullet:
            break
        # A short first line was not broken off.
        if cells[-1].right - cells[-1].left < 0.16 or (below.right - below.left) > 1.3 * (
            cells[-1].right - left
        ):
            break
        text += f" {below.text}"
        cells.append(below)
    return text, tuple(cells)


def _line_below(sheet: Sheet, cell: Cell) -> Cell | None:
    row = sheet.row_of[cell.at] + 1
    if row >= len(sheet.rows):
        return None
    over = [other for other in sheet.rows[row] if min(cell.right, other.right) > max(cell.left, other.left)]
    return min(over, key=lambda other: abs(other.middle - cell.middle)) if over else None


def _goes_on(cell: Cell, below: Cell) -> bool:
    """Same size of type, and no more room between than lines of one text have."""
    same = min(cell.height, below.height) / max(cell.height, below.height) >= _SAME_SIZE
    return same and (below.top - cell.bottom) / min(cell.height, below.height) <= _TIGHT


def _behind_anchors(sheet: Sheet, values: Sequence[Labelled], person: Cell | None) -> Iterator[_Found]:
    text = sheet.text
    for anchor in _anchor("title-follows").finditer(text):
        cell = sheet.cell_at(anchor.start())
        if cell.bullet or _AHEAD.search(text[max(0, anchor.start() - 24) : anchor.start()]):
            continue
        if any(
            value.cell.at == cell.at
            and value.field in ("completed", "status", "held")
            and value.how is How.INLINE
            for value in values
        ):
            continue
        line_end = text.find("\n", anchor.end())
        line_end = len(text) if line_end < 0 else line_end
        rest = text[anchor.end() : line_end]
        body = titletext.out_of_sentence(rest + _sentence_goes_on(sheet, cell, rest))
        if body and not _ends_at_once(rest) and _usable(body, person):
            yield _Found(body, 0.9, (cell,), anchor[0])
            continue
        found = _block_behind(sheet, values, cell, person)
        if found is not None:
            yield _Found(found[0], found[2], found[1], anchor[0])


def _ends_at_once(rest: str) -> bool:
    return not titletext.front_off(rest.strip(" :,.;")).strip(" :,.;")


def _sentence_goes_on(sheet: Sheet, cell: Cell, rest: str) -> str:
    """The following lines of a sentence set as running text."""
    if not rest.strip(" :,.") or not titletext.front_off(rest.strip(" :,.;")):
        return ""
    joined = ""
    last = cell
    room = len(sheet.rows[sheet.row_of[cell.at]])
    for _ in range(2):
        below = _line_below(sheet, last)
        if below is None or not _goes_on(last, below) or last.text.endswith("."):
            break
        # Cells side by side are no running text.
        if field_of(below.text.split(":")[0]) or len(sheet.rows[sheet.row_of[below.at]]) > room:
            break
        # A sentence of its own begins with its own words.
        if titletext.ends_at(below.text) == 0 or find_days(below.text[:12]):
            break
        joined += f" {below.text}"
        last = below
    return joined


def _usable(title: str, person: Cell | None) -> bool:
    if not is_title(title) or titletext.is_generic(title) or len(title) > _LONGEST:
        return False
    if not any(letter.isupper() for letter in title):
        return False
    return not (person is not None and words.plain(title) == words.plain(person.text))


def _block_behind(
    sheet: Sheet, values: Sequence[Labelled], cell: Cell, person: Cell | None
) -> tuple[str, tuple[Cell, ...], float] | None:
    """The lines below the sentence: the first that can be a title, with what belongs to it."""
    last = cell
    for tried in range(_LINES_BEHIND_ANCHOR):
        below = _line_below(sheet, last)
        if below is None:
            return None
        last = below
        if _says_nothing(below) or (person is not None and below.at == person.at):
            continue
        if _is_other(values, below):
            # The hours or the day may stand between the sentence and the title.
            if tried < _LINES_BEHIND_ANCHOR - 1 and _is_amount_or_day(below.text):
                continue
            return None
        cells = _block(sheet, values, below)
        title = titletext.out_of_sentence(" ".join(one.text for one in cells))
        if _usable(title, person):
            if name_in(title) is None:
                return title, cells, 0.9 if tried == 0 else 0.84
            # "Surviving Ambush Attacks" could be a name; with the person known it is the title.
            if match_title(title).topics or person is not None:
                return title, cells, 0.8
    return None


def _says_nothing(cell: Cell) -> bool:
    return is_code(cell.text) or not titletext.front_off(cell.text).strip(" :,.;")


def _is_amount_or_day(text: str) -> bool:
    short = len(text) < _LONGEST_AMOUNT_LINE
    return short and bool(hourtext.find(hourtext.decimals(text)) or find_days(text))


def _block(sheet: Sheet, values: Sequence[Labelled], first: Cell) -> tuple[Cell, ...]:
    """A line with those below it that are set as one piece."""
    cells = [first]
    while len(cells) < _LINES_OF_A_TITLE:
        following = _line_below(sheet, cells[-1])
        if following is None or not _goes_on(cells[-1], following) or _is_other(values, following):
            break
        if titletext.ends_at(following.text) == 0 or _opens_anew(following.text):
            break
        if abs(following.middle - first.middle) > _ONE_AXIS and abs(following.left - first.left) > _ONE_EDGE:
            break
        cells.append(following)
        if titletext.ends_at(following.text):
            break
    return tuple(cells)


def _opens_anew(text: str) -> bool:
    """True when a line begins with words that lead to something else than a title."""
    if not text[:1].islower() or re.match(r"(?:and|for|of|in|to|the|with)\b", text):
        return False
    return titletext.front_off(text) != text


def _is_other(values: Sequence[Labelled], cell: Cell) -> bool:
    """True when the line is a label, somebody's value, a day, hours or an organisation's sentence."""
    if any(value.cell.at == cell.at and value.field != "title" for value in values):
        return True
    if field_of(cell.text.rstrip(" :")) or cell.bullet:
        return True
    days = find_days(cell.text)
    if days and len(cell.text) - (days[0].end - days[0].start) < 20:
        return True
    amounts = hourtext.find(hourtext.decimals(cell.text))
    rest = titletext.without_hours(cell.text)
    return bool(amounts) and len(words.plain(rest).split()) < 3


def _by_topic(sheet: Sheet, values: Sequence[Labelled], person: Cell | None) -> Iterator[_Found]:
    """Nothing leads to a title: a large line that names a topic of training."""
    taken = {value.cell.at for value in values if value.field != "title"}
    heights = sorted(cell.height for cell in sheet.cells)
    usual = heights[len(heights) // 2]
    found = [
        cell
        for cell in sheet.cells
        if cell.at not in taken
        and not cell.bullet
        and 2 <= len(cell.text.split()) <= 12
        and match_title(cell.text).topics
        and (person is None or cell.at != person.at)
        and titletext.ends_at(cell.text) is None
        and field_of(cell.text) is None
        and cell.height >= usual
    ]
    for cell in sorted(found, key=lambda cell: -cell.height)[:1]:
        yield _Found(titletext.bare(cell.text), 0.6, (cell,), "")


def _by_size(sheet: Sheet, values: Sequence[Labelled], person: Cell | None) -> Iterator[_Found]:
    """The largest line that is neither a person, a provider nor the paper's own name."""
    taken = {value.cell.at for value in values}
    heights = sorted(cell.height for cell in sheet.cells)
    least = heights[len(heights) // 2] * _MUCH_LARGER
    found = [
        cell
        for cell in sheet.cells
        if cell.height >= least
        and cell.at not in taken
        and (person is None or cell.at != person.at)
        and is_title(cell.text)
        and not titletext.is_generic(cell.text)
        and not _NO_TITLE.search(cell.text)
        and titletext.ends_at(cell.text) is None
    ]
    if person is not None and len({words.plain(cell.text) for cell in found}) == 1:
        yield _Found(titletext.bare(found[0].text), 0.55, (found[0],), "")
