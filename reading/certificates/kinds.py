"""Is a page the proof of finished training, and if not, what is it? Negations are looked for first."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from reading.certificates import words
from reading.certificates.cells import Cell, PageCells
from reading.certificates.labels import Labelled


class Not(StrEnum):
    """Why something is no proof of finished training; the codes of the reading's ``reason``."""

    REGISTRATION = "registration"
    PAYMENT = "payment"
    ADVERTISING = "advertising"
    SCHEDULE = "schedule"
    ROSTER = "roster"
    MEMO = "memo"
    OTHER_CERTIFICATE = "other-certificate"
    UNFINISHED = "unfinished"
    FAILED = "failed"
    NOT_PROOF = "not-proof"
    TEMPLATE = "template"
    SEVERAL_PEOPLE = "several-people"
    NO_COMPLETION = "no-completion"
    NO_PERSON = "no-person"
    NO_TITLE = "no-title"


# Looked for in this order, everywhere; each is certain.
_CERTAIN = (Not.TEMPLATE, Not.NOT_PROOF, Not.FAILED)
# In a list of courses a row may have failed without the rest.
_ROW_TOO = (Not.TEMPLATE, Not.NOT_PROOF)
# Certain in the heading; in the body they only count while nothing says that something was completed.
_BY_PLACE = (
    Not.OTHER_CERTIFICATE,
    Not.REGISTRATION,
    Not.PAYMENT,
    Not.ROSTER,
    Not.SCHEDULE,
    Not.MEMO,
    Not.ADVERTISING,
)
_HEADING_ROWS = 4
_HEADING_WORDS = 9
_PLACEHOLDER = re.compile(
    r"[\[<{\u00ab]{1,2}\s*(?:(?:full|first|last|student|participant|course|recipient|insert|enter|attendee|learner"
    r"|employee|completion|officer)[ _])*(?:name|title|date|hours|course|student|recipient|participant)"
    r"[a-z_ ]*[\]>}\u00bb]{1,2}",
    re.IGNORECASE,
)
_TICKED = re.compile(
    r"(?:\[\s*[xX\u2713\u2714]\s*\]|[\u2611\u2612\u2713\u2714\u25a0\u25cf])\s*([A-Za-z][A-Za-z ]{2,24})"
)
_COMPLETED_SOMETHING = re.compile(
    r"(?:completed|attended|passed)\s+(?:[\"\u201c(]?\d|[\"\u201c]|(?:an?|the|this|all|our|every|one|two|three|four|six|eight|ten|forty)\s)",
    re.IGNORECASE,
)
_WEAK_BODY = 2
_MOST_OF_A_LINE = 0.7
_HALF_A_LINE = 0.5
# A state's form for one person is called a roster too.
_ONE_PERSON = re.compile(r"single[ -](?:person|officer|student)|individual", re.IGNORECASE)
_EMPTY = re.compile(r"(?:\[\s*\]|[\u2610\u25a1\u25cb])\s*([A-Za-z]{3,24})")
_BOTH_RESULTS = re.compile(r"\bpass(?:ed)?\b.{0,12}\bfail(?:ed)?\b|\bfail(?:ed)?\b.{0,12}\bpass(?:ed)?\b")
_BAD_RESULT = re.compile(r"fail|did not|unsat|not |incomplete|attended only|audit|withdr|no show")
_BOX = "\u2610\u2611\u2612\u25a1\u25a0[]() xX"


@cache
def _phrases(group: str) -> re.Pattern[str]:
    return words.any_of(words.groups("kinds.txt")[group])


@cache
def _exact(group: str) -> frozenset[str]:
    return frozenset(words.plain(word) for word in words.groups("kinds.txt")[group])


def says(group: str, text: str) -> bool:
    """True when a value, as a whole, is one of the group's words."""
    return words.plain(text) in _exact(group)


def completion_words(sheet: PageCells, values: Sequence[Labelled]) -> str:
    """The words that say something was completed, or an empty text."""
    text = _phrases("ahead").sub(" ", sheet.text)
    if found := _phrases("completed").search(text) or _COMPLETED_SOMETHING.search(text):
        return found[0]
    for value in values:
        if value.field == "completed" and any(letter.isdigit() for letter in value.value):
            return value.label
        if value.field in ("status", "score") and says("done", value.value):
            return f"{value.label}: {value.value}"
    return ""


def speaks_of_transcript(sheet: PageCells) -> bool:
    """True when the page calls itself a list of training."""
    return bool(_phrases("transcript").search(_heading(sheet)))


def negation(sheet: PageCells, values: Sequence[Labelled], *, rows: bool) -> Not | None:
    """Why this page is no proof, going by what it says; ``rows`` when it lists courses, each with its own status."""
    if reason := _certain(sheet, _ROW_TOO if rows else _CERTAIN, rows=rows):
        return reason
    if reason := _other_paper(sheet, completion_words(sheet, values)):
        return reason
    if not rows:
        if _phrases(Not.UNFINISHED.value).search(_without_options(sheet)):
            return Not.UNFINISHED
        for value in values:
            if value.field in ("status", "score") and says("undone", value.value):
                return Not.FAILED if says("failed-row", value.value) else Not.UNFINISHED
    return None


def _certain(sheet: PageCells, reasons: Sequence[Not], *, rows: bool) -> Not | None:
    """What is certain wherever it stands."""
    text = _without_options(sheet)
    if _PLACEHOLDER.search(text):
        return Not.TEMPLATE
    if not rows:
        if any(says("mark", cell.text) for cell in sheet.cells):
            return Not.TEMPLATE
        if any(says("stamp", line) for line in text.split("\n")):
            return Not.FAILED
        if _ticked_as_failed(sheet):
            return Not.FAILED
    for reason in reasons:
        if _phrases(reason.value).search(text):
            return reason
    return Not.OTHER_CERTIFICATE if not rows and _phrases("other-deed").search(text) else None


def _options(sheet: PageCells) -> list[Sequence[Cell]]:
    """Rows that print several results to tick one of: `[ ] Pass  [ ] Fail`."""
    found: list[Sequence[Cell]] = []
    for row in sheet.rows:
        kinds_of_result = {
            group for cell in row for group in ("stamp", "good-stamp") if says(group, cell.text.strip(_BOX))
        }
        joined = words.plain(" ".join(cell.text for cell in row))
        if len(kinds_of_result) > 1 or _BOTH_RESULTS.search(joined):
            found.append(row)
    return found


def option_cells(sheet: PageCells) -> set[int]:
    """The cells of a form's boxes: they say nothing before one is ticked."""
    return {cell.at for row in _options(sheet) for cell in row}


def _without_options(sheet: PageCells) -> str:
    closed = option_cells(sheet)
    return "\n".join(cell.text for cell in sheet.cells if cell.at not in closed)


def _ticked_as_failed(sheet: PageCells) -> bool:
    """The tick stands by a bad result, or an empty box by the good one alone."""
    for row in _options(sheet):
        text = " ".join(cell.text for cell in row)
        ticked = [words.plain(mark[1]) for mark in _TICKED.finditer(text)]
        if any(_BAD_RESULT.match(word) for word in ticked):
            return True
        empty = [words.plain(mark[1]) for mark in _EMPTY.finditer(text)]
        if empty and not ticked and all(not _BAD_RESULT.match(word) for word in empty):
            return True
    return False


def _other_paper(sheet: PageCells, completed: str) -> Not | None:
    """Another paper by its heading, or by its words while nothing says that something was completed."""
    heading = _heading(sheet)
    closed = {Not.ROSTER} if _ONE_PERSON.search(heading) else set()
    asked = [reason for reason in _BY_PLACE if reason not in closed]
    strong = bool(_phrases("strong").search(_phrases("ahead").sub(" ", sheet.text)))
    for reason in asked:
        if any(_is_headed(line, reason, strong=strong) for line in heading.split("\n")):
            return reason
    for reason in asked:
        said = {words.plain(found) for found in _phrases(reason.value).findall(sheet.text)}
        if said and (not completed or len(said) > _WEAK_BODY):
            return reason
    return None


def _is_headed(line: str, reason: Not, *, strong: bool) -> bool:
    """A heading is the paper's own name: `Lesson Plan`, `Agenda: Radar Operator`, but not `Lesson Plan Development`."""
    found = _phrases(reason.value).search(line)
    if found is None:
        return False
    if line[found.end() :].lstrip().startswith(":") or reason is Not.OTHER_CERTIFICATE:
        return True
    wordy = [word for word in words.plain(line).split() if not any(map(str.isdigit, word))]
    share = len(words.plain(found[0]).split()) / max(len(wordy), 1)
    return share >= (_MOST_OF_A_LINE if strong else _HALF_A_LINE)


def _heading(sheet: PageCells) -> str:
    """The short lines at the top and the largest lines of the page: there a paper says what it is."""
    sizes = sorted(cell.height for cell in sheet.cells)
    large = sizes[len(sizes) * 3 // 4] * 1.2
    chosen = [
        cell.text
        for cell in sheet.cells
        if len(cell.text.split()) <= _HEADING_WORDS
        and (sheet.row_of[cell.at] < _HEADING_ROWS or cell.height >= large)
    ]
    return "\n".join(chosen)
