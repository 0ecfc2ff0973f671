"""Which header stands for which column? By the alias table, by a person's answer, or asked; never guessed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reading.tables.aliases import MINUTES, TABLES, Columns
from reading.tables.cells import HeaderScore, Wanted
from reading.tables.codes import FileCode, FileQuestion, QuestionCode, TableRefusal
from reading.tables.preview import ColumnUse, TableKind

# The column we add to a file of rejected rows; it is not read when the mended file comes back.
REASON_HEADER = "rejected_because"

WORDS = {"no": "number", "nbr": "number", "num": "number", "dt": "date", "compl": "completed"}

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where each column stands, and what only a person can say about the header."""

    positions: Mapping[str, int]
    uses: tuple[ColumnUse, ...]
    extras: tuple[tuple[int, str], ...]  # position and label of columns kept verbatim
    left_out: tuple[str, ...]  # labels of columns that a private table does not keep
    width: int  # cells beyond the last header are shifted, not extra
    reasons: int | None  # where the column stands that our own file of rejected rows has added
    questions: tuple[FileQuestion, ...]
    hours_in_minutes: bool


def plain(header: str) -> str:
    """A header as it is compared: ``Date Completed (MM/DD/YYYY)`` and ``date_completed`` are the same."""
    bare = _CAMEL.sub(" ", _BRACKETS.sub(" ", header)).replace("'", "")
    words = bare.casefold().replace("#", " number ")
    plain_words = [WORDS.get(word, word) for word in _NOT_WORD.split(words) if word]
    # "Badge No. #" is still one number.
    return " ".join(
        word for place, word in enumerate(plain_words) if plain_words[place - 1 : place] != [word]
    )


def header_score(kind: TableKind, mapping: Mapping[str, str]) -> HeaderScore:
    """Count the cells of a row that this kind knows as headers."""
    table = TABLES[kind]
    known = {alias for aliases in table.names.values() for alias in aliases}
    known |= {plain(column) for column in table.names} | set(table.either) | set(table.unsure)
    known |= {plain(header) for header in mapping.values() if header}

    def score(cells: Sequence[str]) -> int:
        # A long cell is a sentence or a row of data; looking at it would only cost time.
        return len({word for cell in cells if 0 < len(cell) <= 60 and (word := plain(cell)) in known})

    return score


def wanted_of(kind: TableKind, mapping: Mapping[str, str], sheet: str | None = None) -> Wanted:
    """What a reader has to look for in a file of a kind."""

    def fits(cells: Sequence[str]) -> bool:
        return not isinstance(lay_out(kind, cells, mapping), TableRefusal)

    return Wanted(score=header_score(kind, mapping), fits=fits, sheet=sheet)


def lay_out(kind: TableKind, header: Sequence[str], mapping: Mapping[str, str]) -> Layout | TableRefusal:
    """Match the header against the columns of a kind."""
    table = TABLES[kind]
    labels = _labels(header)
    ours = [place for place, text in enumerate(header) if plain(text) == plain(REASON_HEADER)]
    matcher = _Matcher(table, labels, ours[-1] if ours else None)
    refusal = matcher.take_answers(mapping)
    if refusal is not None:
        return refusal
    matcher.take_names()
    if _missing(table, matcher.found.keys() | matcher.asked):
        # A header that might at best be meant is no proof that this is the right kind of table.
        missing = _missing(table, matcher.found.keys() | (matcher.asked - matcher.unsure))
        found = ", ".join(label for label in labels if label)
        facts = (("kind", kind.value), ("missing", ", ".join(missing)), ("found", found[:500]))
        return TableRefusal(FileCode.COLUMNS_MISSING, facts)
    return matcher.layout()


def _labels(header: Sequence[str]) -> list[str]:
    """Headers made unique, so that an answer can name the second ``Date``; unnamed and our own are empty."""
    times: Counter[str] = Counter()
    labels: list[str] = []
    for text in header:
        if not text or plain(text) == plain(REASON_HEADER):
            labels.append("")
            continue
        times[text.casefold()] += 1
        count = times[text.casefold()]
        labels.append(text if count == 1 else f"{text} ({count})")
    return labels


def _missing(table: Columns, there: set[str]) -> list[str]:
    lacking = [[column for column in need if column not in there] for need in table.needs]
    return min(lacking, key=len)


class _Matcher:
    """Claims headers for columns, the surest first."""

    def __init__(self, table: Columns, labels: Sequence[str], reasons: int | None) -> None:
        self.found: dict[str, int] = {}
        self.asked: set[str] = set()
        self.unsure: set[str] = set()
        self._table = table
        self._labels = labels
        self._reasons = reasons
        self._closed: set[str] = set()  # a person said that the file has no such column
        self._questions: list[FileQuestion] = []
        self._plain = [_without_count(label, labels) for label in labels]

    def take_answers(self, mapping: Mapping[str, str]) -> TableRefusal | None:
        for column, header in mapping.items():
            if column not in self._table.names:
                return TableRefusal(FileCode.MAPPING_COLUMN_UNKNOWN, (("column", column),))
            if not header.strip():
                self._closed.add(column)
                continue
            position = self._position(header.strip())
            if position is None:
                return TableRefusal(FileCode.MAPPING_HEADER_UNKNOWN, (("column", column), ("header", header)))
            self.found[column] = position
        return None

    def _position(self, header: str) -> int | None:
        for place, label in enumerate(self._labels):
            if label and label.casefold() == header.casefold():
                return place
        alike = [place for place, word in enumerate(self._plain) if word and word == plain(header)]
        return alike[0] if len(alike) == 1 else None

    def take_names(self) -> None:
        answered = set(self.found.values())
        free = [place for place, label in enumerate(self._labels) if label and place not in answered]
        claims: dict[str, list[int]] = {}
        several: list[tuple[int, list[str]]] = []
        for place in free:
            fits = self._fits(self._plain[place])
            if len(fits) == 1:
                claims.setdefault(fits[0], []).append(place)
            elif fits:
                several.append((place, fits))
        for column, places in claims.items():
            if self._open(column):
                self._claim(column, places)
        for place, fits in several:
            left = [column for column in fits if self._open(column)]
            if len(left) == 1:
                self._claim(left[0], [place])
            elif left:
                self._ask_which_column(place, left)
        self._ask_about_unsure(free)

    def _fits(self, word: str) -> list[str]:
        if word in self._table.either:
            return list(self._table.either[word])
        return [name for name, aliases in self._table.names.items() if word in aliases or word == plain(name)]

    def _open(self, column: str) -> bool:
        return column not in self.found and column not in self._closed and column not in self.asked

    def _claim(self, column: str, places: Sequence[int]) -> None:
        if len(places) == 1:
            self.found[column] = places[0]
            return
        headers = [self._labels[place] for place in places]
        facts = (("column", column), ("headers", ", ".join(headers)))
        self._ask(QuestionCode.COLUMN_TWICE, column, headers, facts)

    def _ask_which_column(self, place: int, columns: Sequence[str]) -> None:
        label = self._labels[place]
        self.asked.update(columns)
        options = (*(f"{column}={label}" for column in columns), *(f"{column}=" for column in columns))
        facts = (("header", label), ("columns", ", ".join(columns)))
        code = QuestionCode.HEADER_FITS_TWO
        self._questions.append(FileQuestion(code=code, column=columns[0], options=options, facts=facts))

    def _ask_about_unsure(self, free: Sequence[int]) -> None:
        unsure: dict[str, list[str]] = {}
        for place in free:
            column = self._table.unsure.get(self._plain[place])
            if column is not None and self._open(column):
                unsure.setdefault(column, []).append(self._labels[place])
        self.unsure = set(unsure)
        for column, headers in unsure.items():
            facts = (("header", ", ".join(headers)), ("column", column))
            self._ask(QuestionCode.HEADER_UNSURE, column, headers, facts)

    def _ask(
        self,
        code: QuestionCode,
        column: str,
        headers: Sequence[str],
        facts: tuple[tuple[str, str], ...],
    ) -> None:
        self.asked.add(column)
        options = (*(f"{column}={header}" for header in headers), f"{column}=")
        self._questions.append(FileQuestion(code=code, column=column, options=options, facts=facts))

    def layout(self) -> Layout:
        used = set(self.found.values())
        unknown = [(place, label) for place, label in enumerate(self._labels) if label and place not in used]
        private = self._table.private
        named = [place for place, label in enumerate(self._labels) if label]
        hours = self.found.get("hours")
        return Layout(
            positions=self.found,
            uses=tuple(ColumnUse(column, self._labels[position]) for column, position in self.found.items()),
            extras=() if private else tuple(unknown),
            left_out=tuple(label for _place, label in unknown) if private else (),
            width=(named[-1] + 1) if named else 0,
            questions=tuple(self._questions),
            reasons=self._reasons,
            hours_in_minutes=hours is not None and self._in_minutes(hours),
        )

    def _in_minutes(self, position: int) -> bool:
        return self._plain[position] in MINUTES or bool(_MINUTES_SAID.search(self._labels[position]))


# "Hours (min)": the unit in brackets is the unit of the cells.
_MINUTES_SAID = re.compile(r"[(\[]\s*(?:in\s+)?(?:min|mins|minutes)\.?\s*[)\]]", re.IGNORECASE)
_COUNT = re.compile(r" \(\d+\)$")


def _without_count(label: str, labels: Sequence[str]) -> str:
    bare = _COUNT.sub("", label)
    return plain(bare) if bare in labels else plain(label)
