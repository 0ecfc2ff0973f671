"""Which numbers are on the paper, and what is each called? The label decides; the words around decide nothing."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reading.certificates.cells import Cell, PageCells
from reading.certificates.labels import Labelled, field_of
from reading.certificates.model import Number, Read
from reading.certificates.sure import read

_KINDS = {
    "approval": "approval",
    "coursenumber": "course",
    "credential": "credential",
    "serial": "serial",
    "instructorid": "instructor",
    "centerid": "provider",
    "license": "license",
    "badge": "badge",
}
_CODE = r"(?=[A-Za-z./-]{0,8}\d)[A-Za-z0-9][A-Za-z0-9./\-]{0,28}[A-Za-z0-9]|\d"
_IN_TEXT = re.compile(
    rf"(?P<label>(?:[A-Z][\w./&'-]*[ \n]){{0,5}}(?:[A-Za-z][\w./&'-]*))"
    rf"(?:[ \n]?(?P<sign>#|No\.?|Number|ID|Code|number|no\.?|id|code|NUMBER|NO\.?|CODE)|[ ])"
    rf"[ ]?[:.]?\s?#?[ ]?(?P<code>{_CODE})"
)
_BARE_COURSE = re.compile(r"\b(?:IS|ICS|AWR|PER|MGT|G|E|L)-0{0,3}\d{1,4}(?:\.[a-zA-Z0-9])?\b")
# Without "No." or "#" between, a short number behind a label's words is part of the sentence.
_FEWEST_FIGURES = 4
_DATE_LIKE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{2,4}")
_SLIP = str.maketrans("OoIl|", "00111")


def find(sheet: PageCells, values: Sequence[Labelled]) -> list[tuple[Number, Cell]]:
    """Every labelled number of one page, each once."""
    found: dict[tuple[str, str], tuple[Number, Cell]] = {}
    for number, cell in (*_under_labels(values), *_in_lines(sheet), *_bare(sheet)):
        found.setdefault((number.kind, number.value), (number, cell))
    kept: list[tuple[Number, Cell]] = []
    for number, cell in found.values():
        # One number under its own label is not also the number of a shorter label in the same line.
        if not any(
            other.value == number.value and _order(other.kind) < _order(number.kind)
            for other, _ in found.values()
        ):
            kept.append((number, cell))
    return kept


def approval(numbers: Sequence[tuple[Number, Cell]]) -> Read[str] | None:
    """The number a board knows the course by; a card's own code is none."""
    for kind, worth in (("approval", 0.95), ("course", 0.85)):
        chosen = [(number, cell) for number, cell in numbers if number.kind == kind]
        if chosen:
            number, cell = _state_first(chosen)
            several = len({one.value for one, _ in chosen}) > 1
            return read(number.value, worth - (0.2 if several else 0), cell, label=number.label)
    return None


def _state_first(chosen: Sequence[tuple[Number, Cell]]) -> tuple[Number, Cell]:
    return min(chosen, key=lambda one: bool(re.search(r"ncp|iadlest|national", one[0].label, re.I)))


@cache
def _orders() -> dict[str, int]:
    return {
        kind: at
        for at, kind in enumerate(
            ("approval", "credential", "instructor", "provider", "license", "course", "serial", "badge")
        )
    }


def _order(kind: str) -> int:
    return _orders().get(kind, 9)


def _under_labels(values: Sequence[Labelled]) -> Iterator[tuple[Number, Cell]]:
    for value in values:
        kind = _KINDS.get(value.field)
        code = _mended(value.value)
        if kind and code:
            yield Number(label=value.label, value=code, kind=kind), value.cell


def _in_lines(sheet: PageCells) -> Iterator[tuple[Number, Cell]]:
    for match in _IN_TEXT.finditer(sheet.text):
        cell = sheet.cell_at(match.start("code"))
        pieces = match["label"].split()
        for start in range(len(pieces)):
            label = f"{' '.join(pieces[start:])} {match['sign'] or ''}"
            kind = _KINDS.get(field_of(label) or "")
            code = _mended(match["code"])
            if kind and code and (match["sign"] or sum(map(str.isdigit, code)) >= _FEWEST_FIGURES):
                yield Number(label=label.strip(), value=code, kind=kind), cell
                break


def _bare(sheet: PageCells) -> Iterator[tuple[Number, Cell]]:
    for cell in sheet.cells:
        for match in _BARE_COURSE.finditer(cell.text):
            yield Number(label="", value=match[0], kind="course"), cell


def _mended(text: str) -> str | None:
    """A code by its shape: letters among figures are slips where all the rest is figures."""
    match = re.match(rf"#?\s*({_CODE})", text.strip())
    if not match or _DATE_LIKE.fullmatch(match[1]):
        return None
    code = match[1]
    figures = code.translate(_SLIP)
    if (
        re.fullmatch(r"[\d-]+", figures)
        and sum(letter.isdigit() for letter in code) >= len(code.replace("-", "")) - 2
    ):
        return figures
    return code
