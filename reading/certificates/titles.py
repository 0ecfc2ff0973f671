"""What is the course called? The words under its label, or those the sentence of completion leads to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reading.certificates import hourtext, kinds, titletext, words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.datetext import find as find_days
from reading.certificates.headings import headings, is_much_larger, speaks_of_training
from reading.certificates.labels import OTHER, How, Labelled, field_of
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
_WORDS_OF_A_HEADING = 2
_ROWS_BELOW = 3
_SHORTEST_STATUS = 6
_OPEN_END = re.compile(
    r"\b(?:in|of|on|for|the|entitled|titled|called|following|course|training|program)$", re.IGNORECASE
)
_SHORT_REST = 3
# A line of numbers, or the sentence about the course that lost its beginning.
_NO_TITLE = re.compile(
    r"(?:\b[Nn]o\.|\b[Nn]umber|#|\b[Ss]erial)\s*[:.]?\s*\S*\d"
    r"|^(?:course|class|training|program|approved|requirements?) [a-z]"
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


def find(sheet: PageCells, values: Sequence[Labelled], person: Cell | None) -> Read[str] | None:
    """The title of one page's course."""
    large = headings(sheet, values, person)
    found = [
        *_under_labels(sheet, values),
        *(_as_headed(one, large) for one in _behind_anchors(sheet, values, person)),
    ]
    if not found:
        found = [*_by_heading(sheet, large)] or [*_above_status(sheet, person)]
    if not found:
        return None
    keys: dict[str, float] = {}
    for one in found:
        key = words.plain(one.title)
        keys[key] = max(keys.get(key, 0), one.sure) + (0.03 if key in keys else 0)
    best = max(found, key=lambda one: keys[words.plain(one.title)])
    return read(best.title, min(keys[words.plain(best.title)], 0.97), *best.cells, label=best.label)


def _under_labels(sheet: PageCells, values: Sequence[Labelled]) -> Iterator[_Found]:
    for value in values:
        if value.field != "title" or not is_title(value.value):
            continue
        exact = re.search(r"title|name", value.label, re.I)
        text, cells = _continued(sheet, values, value)
        sure = 0.95 if exact else 0.92 if re.search(r"course|class|training", value.label, re.I) else 0.86
        if value.how is How.ABOVE:
            sure -= 0.08
        tidy = titletext.bare(text)
        if name_in(tidy) and not match_title(tidy).topics and not re.search(r"\d", tidy):
            sure -= 0.06
        if tidy and not titletext.is_generic(tidy) and not _NO_TITLE.search(tidy):
            yield _Found(tidy, sure, cells, value.label)


def _continued(sheet: PageCells, values: Sequence[Labelled], value: Labelled) -> tuple[str, tuple[Cell, ...]]:
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


def _line_below(sheet: PageCells, cell: Cell) -> Cell | None:
    row = sheet.row_of[cell.at]
    for cells in sheet.rows[row + 1 : row + 1 + _ROWS_BELOW]:
        over = [other for other in cells if min(cell.right, other.right) > max(cell.left, other.left)]
        if over:
            return min(over, key=lambda other: abs(other.middle - cell.middle))
    return None


def _goes_on(cell: Cell, below: Cell) -> bool:
    """Same size of type, and no more room between than lines of one text have."""
    same = min(cell.height, below.height) / max(cell.height, below.height) >= _SAME_SIZE
    return same and (below.top - cell.bottom) / min(cell.height, below.height) <= _TIGHT


def _behind_anchors(sheet: PageCells, values: Sequence[Labelled], person: Cell | None) -> Iterator[_Found]:
    text = sheet.text
    boxes = kinds.option_cells(sheet)
    for anchor in _anchor("title-follows").finditer(text):
        cell = sheet.cell_at(anchor.start())
        if (
            cell.bullet
            or cell.at in boxes
            or _AHEAD.search(text[max(0, anchor.start() - 24) : anchor.start()])
        ):
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
        if not _leads_on(rest):
            continue
        found = _block_behind(sheet, values, sheet.cell_at(max(line_end - 1, anchor.start())), person)
        if found is not None:
            yield _Found(found[0], found[2], found[1], anchor[0])


def _sentence_is_over(rest: str) -> bool:
    """`completed the course requirements.`, `completed this program and earned 11 hours`: no title comes behind."""
    said = rest.strip()
    return len(said) > 1 and (said.endswith(".") or bool(re.search(r"\b(?:and|with)\b.*\d", said)))


def _leads_on(rest: str) -> bool:
    """True when the title can only come in the lines below."""
    said = rest.strip()
    if said.casefold().startswith(("the following", "following")) or said.endswith(":"):
        return True
    if _sentence_is_over(said):
        return False
    left = titletext.front_off(said.strip(" :,.;")).strip(" :,.;")
    return len(left.split()) <= _SHORT_REST or titletext.is_generic(left) or bool(_OPEN_END.search(left))


def _ends_at_once(rest: str) -> bool:
    return not titletext.front_off(rest.strip(" :,.;")).strip(" :,.;")


def _sentence_goes_on(sheet: PageCells, cell: Cell, rest: str) -> str:
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
    if not any(letter.isupper() for letter in title) or _NO_TITLE.search(title):
        return False
    return not (person is not None and words.plain(title) == words.plain(person.text))


def _block_behind(
    sheet: PageCells, values: Sequence[Labelled], cell: Cell, person: Cell | None
) -> tuple[str, tuple[Cell, ...], float] | None:
    """The lines below the sentence: the first that can be a title, with what belongs to it."""
    last = cell
    for tried in range(_LINES_BEHIND_ANCHOR):
        below = _line_below(sheet, last)
        if below is None:
            return None
        prose = _is_prose(last, below)
        last = below
        if prose or _says_nothing(below) or (person is not None and below.at == person.at):
            continue
        if _is_labelled(values, below):
            return None
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


def _is_prose(last: Cell, below: Cell) -> bool:
    """The sentence runs on: small letters, or the end of what is set as one piece of running text."""
    if not _goes_on(last, below):
        return False
    if below.text[:1].islower() and titletext.front_off(below.text)[:1].islower():
        return True
    return below.text.endswith(".") and last.text[:1].islower() and not last.text.endswith(".")


def _says_nothing(cell: Cell) -> bool:
    return is_code(cell.text) or not titletext.front_off(cell.text).strip(" :,.;")


def _is_amount_or_day(text: str) -> bool:
    short = len(text) < _LONGEST_AMOUNT_LINE
    return short and bool(hourtext.find(hourtext.decimals(text)) or find_days(text))


def _block(sheet: PageCells, values: Sequence[Labelled], first: Cell) -> tuple[Cell, ...]:
    """A line with those below it that are set as one piece."""
    cells = [first]
    while len(cells) < _LINES_OF_A_TITLE:
        following = _line_below(sheet, cells[-1])
        if following is None or not _goes_on(cells[-1], following) or _is_other(values, following):
            break
        if titletext.ends_at(following.text) == 0 or _opens_anew(following.text):
            break
        beside = len(sheet.rows[sheet.row_of[following.at]]) > len(sheet.rows[sheet.row_of[first.at]])
        if beside or titletext.without_hours(following.text) != following.text:
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


def _is_labelled(values: Sequence[Labelled], cell: Cell) -> bool:
    return any(value.cell.at == cell.at and value.field not in ("title", OTHER) for value in values)


def _is_other(values: Sequence[Labelled], cell: Cell) -> bool:
    """True when the line is a label, somebody's value, a day, hours or an organisation's sentence."""
    if _is_labelled(values, cell):
        return True
    if field_of(cell.text.rstrip(" :")) or cell.bullet:
        return True
    days = find_days(cell.text)
    if days and len(cell.text) - (days[0].end - days[0].start) < 20:
        return True
    amounts = hourtext.find(hourtext.decimals(cell.text))
    rest = titletext.without_hours(cell.text)
    return bool(amounts) and len(words.plain(rest).split()) < 3


def _by_heading(sheet: PageCells, large: Sequence[Cell]) -> Iterator[_Found]:
    """Nothing leads to a title: a large line that names a topic of training, or the only large one there is."""
    if not large:
        return
    first = large[0]
    if speaks_of_training(first):
        yield _Found(titletext.bare(first.text), 0.75, (first,), "")
    elif is_much_larger(sheet, first) and len({words.plain(cell.text) for cell in large}) == 1:
        yield _Found(titletext.bare(first.text), 0.55, (first,), "")


def _above_status(sheet: PageCells, person: Cell | None) -> Iterator[_Found]:
    """A screen sets the course over the word that says how far it is."""
    for cell in sheet.cells:
        if not (kinds.says("done", cell.text) and len(cell.text) >= _SHORTEST_STATUS):
            continue
        for cells in reversed(
            sheet.rows[max(0, sheet.row_of[cell.at] - _ROWS_BELOW) : sheet.row_of[cell.at]]
        ):
            for above in cells:
                if not min(cell.right, above.right) > max(cell.left, above.left) or above is person:
                    continue
                if is_title(above.text) and field_of(above.text) is None:
                    yield _Found(titletext.bare(above.text), 0.7, (above,), cell.text)
                return


def _as_headed(found: _Found, large: Sequence[Cell]) -> _Found:
    """`the curriculum of the Council Heartsaver First Aid Program` under the heading `Heartsaver First Aid`."""
    said = words.plain(found.title)
    for cell in large:
        heading = words.plain(cell.text)
        if heading != said and len(heading.split()) >= _WORDS_OF_A_HEADING and heading in said:
            return _Found(titletext.bare(cell.text), found.sure, (cell,), found.label)
    return found
