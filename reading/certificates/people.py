"""Whose certificate is it? The name under its label or in the sentence; never the one under a signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reading.certificates import words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.labels import How, Labelled
from reading.certificates.model import Read
from reading.certificates.names import name_in, rank_in, split_joined
from reading.certificates.sure import read

_SIGNATURE_FIELDS = ("instructor", "director")
# Explicit names of the field against words such as "officer" that also stand under signatures.
_EXPLICIT = re.compile(
    r"name|awarded|presented|issued|granted|certify|certifies|student|participant|attendee|trainee|learner|holder|recipient|transcript|person|employee",
    re.I,
)
# A sentence goes on after the name with one of these.
_VERB = re.compile(
    r"[,;]?\s+(?:has|have|had|having|attended|completed|successfully|satisfactorily|participated|was|is|of\s+the|of|from|with|did|fulfilled|met|who|whose|a\s+member|for|in|on|employed|graduated|passed|earned|took|qualified|hereby|\()(?![^\W_]).*$",
    re.IGNORECASE | re.DOTALL,
)
_ROLE_NEAR = 2.6
_DID = re.compile(
    r"^(?:has |have )?(?:successfully |satisfactorily )?(?:completed|attended|participated in)$",
    re.IGNORECASE,
)
_LINES_BEHIND_ANCHOR = 4
_LINES_BEFORE_ANCHOR = 3
_LONGEST_NAME = 60
_WORDS_OF_A_SENTENCE = 5
_WORDS_OF_A_ROLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The person, the people who taught or signed, and how many others could be the person."""

    person: Read[str] | None
    cell: Cell | None
    signers: frozenset[str]
    several: bool
    did: bool = False  # the sentence says right behind the name that the person completed something


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    sure: float
    cell: Cell
    label: str


@cache
def _anchor(group: str) -> re.Pattern[str]:
    return words.any_of(words.groups("anchors.txt")[group])


@cache
def _roles() -> frozenset[str]:
    return frozenset(words.plain(role) for role in words.groups("roles.txt")["role"])


@cache
def _role_heads() -> frozenset[str]:
    return frozenset(words.groups("roles.txt")["head"])


def find(sheet: PageCells, values: Sequence[Labelled]) -> People:
    """The person of one page."""
    signers, signer_cells = _signers(sheet, values)
    found = [
        *_under_labels(values, signer_cells),
        *_in_parts(values),
        *_behind_anchors(sheet, signer_cells),
        *_before_anchors(sheet, signer_cells),
        *_behind_ranks(sheet, signer_cells),
        *_addressed(sheet),
    ]
    if not found:
        found = list(_by_shape(sheet, signer_cells))
    if not found:
        return People(person=None, cell=None, signers=signers, several=False)
    sums: dict[str, float] = {}
    for one in found:
        key = words.plain(one.name)
        sums[key] = max(sums.get(key, 0.0), one.sure) + (0.03 if key in sums else 0.0)
    best = max(found, key=lambda one: sums[words.plain(one.name)])
    key = words.plain(best.name)
    rivals = {name for name, sure in sums.items() if not _same(name, key) and sure >= sums[key] - 0.15}
    sure = min(sums[key], 0.97) - (0.3 if rivals else 0.0)
    strong = {words.plain(one.name) for one in found if one.sure >= 0.9}
    several = len([name for name in strong if not _same(name, key)]) > 0
    return People(
        person=read(best.name, sure, best.cell, label=best.label),
        cell=best.cell,
        signers=signers,
        several=several,
        did=any(_DID.search(one.label) is not None for one in found if _same(words.plain(one.name), key)),
    )


def _same(one: str, other: str) -> bool:
    """Two writings of one name: a middle name may be missing."""
    a, b = one.split(), other.split()
    return set(a) <= set(b) or set(b) <= set(a)


def _signers(sheet: PageCells, values: Sequence[Labelled]) -> tuple[frozenset[str], set[int]]:
    cells = {
        value.cell.at for value in values if value.field in _SIGNATURE_FIELDS and value.how is not How.INLINE
    }
    names = {value.value for value in values if value.field in _SIGNATURE_FIELDS}
    inline = {
        value.cell.at for value in values if value.field in _SIGNATURE_FIELDS and value.how is How.INLINE
    }
    for cell in sheet.cells:
        if _is_role(cell.text):
            above = _nearest_above(sheet, cell)
            if above is not None:
                cells.add(above.at)
                names.add(above.text)
        elif (
            (comma := re.split(r",| - | \u2013 |\s{2,}|/", cell.text, maxsplit=1))
            and len(comma) == 2
            and _is_role(comma[1])
        ):
            cells.add(cell.at)
            names.add(comma[0])
    return frozenset(
        words.plain(name) for text in names if (name := name_in(text, labelled=True))
    ), cells | inline


def _is_role(text: str) -> bool:
    said = words.plain(text)
    if said in _roles():
        return True
    spoken = said.split()
    if (
        2 <= len(spoken) <= _WORDS_OF_A_ROLE
        and ":" not in text
        and (spoken[-1] in _role_heads() or spoken[0] in _role_heads())
    ):
        return True
    pieces = [words.plain(piece) for piece in re.split(r"[,/&|]| - | and ", text)]
    return len(pieces) > 1 and pieces[0] in _roles()


def _nearest_above(sheet: PageCells, cell: Cell) -> Cell | None:
    row = sheet.row_of[cell.at]
    for at in range(row - 1, max(row - 3, -1), -1):
        over = [
            other for other in sheet.rows[at] if min(cell.right, other.right) > max(cell.left, other.left)
        ]
        if over:
            other = min(over, key=lambda one: abs(one.middle - cell.middle))
            near = (cell.top - other.bottom) / min(cell.height, other.height) <= _ROLE_NEAR
            return other if near and name_in(other.text) else None
    return None


def _under_labels(values: Sequence[Labelled], signers: set[int]) -> Iterator[_Found]:
    for value in values:
        if value.field != "person" or (value.how is not How.INLINE and value.cell.at in signers):
            continue
        text = (
            _VERB.sub("", split_joined(value.value))
            if len(value.value) > _LONGEST_NAME
            else split_joined(value.value)
        )
        name = name_in(text, labelled=True) or name_in(_VERB.sub("", text), labelled=True)
        if name is None:
            continue
        sure = 0.95 if _EXPLICIT.search(value.label) else 0.8 if value.how is How.ABOVE else 0.9
        if text != value.value or value.how is How.ABOVE:
            sure -= 0.1
        if name_in(text) is None:
            sure -= 0.08
        yield _Found(name, sure, value.cell, value.label)


def _in_parts(values: Sequence[Labelled]) -> Iterator[_Found]:
    """First and last name in boxes of their own."""
    parts = {value.field: value for value in reversed(values) if value.field in ("first", "middle", "last")}
    if "first" in parts and "last" in parts:
        text = " ".join(parts[field].value for field in ("first", "middle", "last") if field in parts)
        if name := name_in(text, labelled=True):
            yield _Found(name, 0.95, parts["last"].cell, parts["last"].label)


def _behind_anchors(sheet: PageCells, signers: set[int]) -> Iterator[_Found]:
    text = sheet.text
    for anchor in _anchor("person-follows").finditer(text):
        if (
            words.plain(anchor[0]) in ("re", "name", "prepared for")
            and text[anchor.end() : anchor.end() + 1] != ":"
        ):
            continue
        lines = text[anchor.end() :].lstrip(" :,;!").split("\n")
        offset = len(text) - len(text[anchor.end() :].lstrip(" :,;!"))
        tried = 0
        for line in lines[: _LINES_BEHIND_ANCHOR + 1]:
            cell = sheet.cell_at(min(offset, len(text) - 1))
            rest = line.strip(" :,;!")
            offset += len(line) + 1
            if not rest:
                continue
            tried += 1
            if tried > _LINES_BEHIND_ANCHOR:
                break
            if name := _sentence_name(rest):
                if cell.at not in signers:
                    yield _Found(name, 0.93 if tried == 1 else 0.85, cell, anchor[0])
                break
            if _anchor("title-follows").search(rest):
                break


def _sentence_name(text: str) -> str | None:
    """The name a sentence opens with; ranks before it help."""
    text = split_joined(re.sub(r"^(?:that|to|the|Mr\.|Ms\.|Mrs\.)\s+", "", text))
    for candidate in (text, _VERB.sub("", text), re.split(r"[,;:(]", _VERB.sub("", text), maxsplit=1)[0]):
        if len(candidate) <= _LONGEST_NAME and (name := name_in(candidate)):
            return name
    return None


def _before_anchors(sheet: PageCells, signers: set[int]) -> Iterator[_Found]:
    text = sheet.text
    for anchor in _anchor("person-before").finditer(text):
        if text[anchor.end() : anchor.end() + 2].strip().startswith(":"):
            continue
        before = text[: anchor.start()].rstrip(" ,;:")
        same_line = before.rsplit("\n", 1)[-1] if not before.endswith("\n") else ""
        cell = sheet.cell_at(max(len(before) - 1, 0))
        if same_line.strip():
            tail = re.split(r"(?:\bthat\b|\bto\b|[:.;])\s+", same_line)[-1]
            if (name := name_in(split_joined(tail))) and cell.at not in signers:
                yield _Found(name, 0.9, cell, anchor[0])
            elif (
                rank_in(tail.strip())
                and (name := name_in(re.split(r",| of | from ", tail)[0]))
                and cell.at not in signers
            ):
                yield _Found(name, 0.88, cell, anchor[0])
            continue
        anchored = sheet.cell_at(anchor.start())
        if anchored.at == 0:
            continue
        for back, above in enumerate(_above(sheet, anchored)):
            if back >= _LINES_BEFORE_ANCHOR:
                break
            if (name := name_in(split_joined(above.text))) and above.at not in signers:
                yield _Found(name, 0.9 - 0.06 * back, above, anchor[0])
                break


def _above(sheet: PageCells, cell: Cell) -> Iterator[Cell]:
    for row in range(sheet.row_of[cell.at] - 1, -1, -1):
        over = [
            other for other in sheet.rows[row] if min(cell.right, other.right) > max(cell.left, other.left)
        ]
        if over:
            yield min(over, key=lambda one: abs(one.middle - cell.middle))


def _behind_ranks(sheet: PageCells, signers: set[int]) -> Iterator[_Found]:
    """`that Officer Dana Ruiz of your agency completed`: a rank within a sentence, and a name of two words or three."""
    for rank in _anchor("rank-in-sentence").finditer(sheet.text):
        cell = sheet.cell_at(rank.start())
        pieces = sheet.text[rank.end() :].split()[:5]
        if cell.at in signers or len(cell.text.split()) < _WORDS_OF_A_SENTENCE or pieces[:1] == [":"]:
            continue
        for size in (5, 4, 3, 2):
            if (name := name_in(" ".join(pieces[:size]))) is not None:
                yield _Found(name, 0.8, cell, rank[0])
                break


def _addressed(sheet: PageCells) -> Iterator[_Found]:
    """`To: Dana Ruiz <druiz@...>` of a forwarded mail, and the subject line of a letter."""
    for cell in sheet.cells:
        match = re.match(r"(?:to|re|subject):\s*(.+)$", cell.text, re.IGNORECASE)
        if match:
            for piece in re.split(r"\s[-\u2013\u2014]\s|[<;(]|\bfor\b", match[1]):
                if name := name_in(piece):
                    yield _Found(name, 0.75, cell, match[0].split(":")[0])


def _by_shape(sheet: PageCells, signers: set[int]) -> Iterator[_Found]:
    """No label and no sentence: the only line that is nothing but a name."""
    names = [
        (cell, name)
        for cell in sheet.cells
        if cell.at not in signers and (name := name_in(cell.text)) and not _role_below(sheet, cell)
    ]
    if len({words.plain(name) for _, name in names}) == 1:
        cell, name = names[0]
        yield _Found(name, 0.6, cell, "")


def _role_below(sheet: PageCells, cell: Cell) -> bool:
    row = sheet.row_of[cell.at]
    return any(
        _is_role(other.text)
        for at in range(row, min(row + 3, len(sheet.rows)))
        for other in sheet.rows[at]
        if other.at != cell.at and min(cell.right, other.right) > max(cell.left, other.left)
    )
