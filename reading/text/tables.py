"""Where are the words kept? Loads the tables of phrases, sentences, topics and guards beside it."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_SHORTEST_WITH_ENDING = 4
_GAP = r"(?:\S+ ){0,6}?"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file; lines that begin with # speak to the reader of the file."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a text file that are neither empty nor a note to its reader."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """The named lists that the sentence table refers to with %."""
    pairs = (line.split("=", 1) for line in lines("lists.txt"))
    return {name.strip(): tuple(part.strip() for part in words.split(",")) for name, words in pairs}


def _alternatives(item: str) -> str:
    words: list[str] = []
    for part in item.split("/"):
        if part.startswith("%"):
            words.extend(word_lists()[part[1:]])
        else:
            words.append(part.replace("_", " "))
    # A longer wording must be tried before a shorter one that it begins with.
    escaped = sorted((re.escape(word) for word in words), key=len, reverse=True)
    return f"(?:{'|'.join(escaped)}) "


def compile_words(words: str) -> re.Pattern[str]:
    """A row's words as an expression over a message whose every word is followed by one blank."""
    parts: list[str] = []
    for item in words.split():
        if item == "^":
            parts.append("^")
        elif item == "$":
            parts.append("$")
        elif item == "...":
            parts.append(_GAP)
        elif item.startswith("["):
            parts.append(f"(?:{_alternatives(item[1:-1])})?")
        else:
            parts.append(_alternatives(item))
    start = "" if parts[0] == "^" else r"(?:^|(?<= ))"
    return re.compile(start + "".join(parts))


def any_of(cell: str) -> re.Pattern[str] | None:
    """The wordings of an `unless` cell as one expression, or None for an empty cell."""
    stops = [part.strip().replace(" ", "_") for part in cell.split(",") if part.strip()]
    return compile_words("/".join(stops)) if stops else None


def any_shape(cell: str) -> re.Pattern[str]:
    """The shapes of a cell, separated by commas, as one expression."""
    return re.compile("|".join(compile_words(shape).pattern for shape in cell.split(",")))


@dataclass(frozen=True, slots=True)
class SentenceShape:
    """One shape of sentence and the intent it speaks for."""

    intent: str
    confidence: float
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    leads_only: bool


@cache
def sentences() -> tuple[SentenceShape, ...]:
    """The sentence table, in the order of the file."""
    table: list[SentenceShape] = []
    for line in lines("sentences.txt"):
        intent, confidence, words, unless, who = (cell.strip() for cell in line.split("|"))
        table.append(
            SentenceShape(
                intent, float(confidence), compile_words(words), any_of(unless), leads_only=who == "lead"
            )
        )
    return tuple(table)


@dataclass(frozen=True, slots=True)
class Guard:
    """One shape that is recognised before any question of intent."""

    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def guards() -> tuple[Guard, ...]:
    """The guard table, in the order of the file."""
    table: list[Guard] = []
    for line in lines("guards.txt"):
        kind, shapes, unless = (cell.strip() for cell in line.split("|"))
        table.append(Guard(kind, any_shape(shapes), any_of(unless)))
    return tuple(table)


@cache
def spellings() -> dict[str, str]:
    """What people type, to the words the tables use."""
    return {row["written"]: row["means"] for row in rows("spellings.csv")}


@cache
def topic_words() -> dict[str, tuple[str, ...]]:
    """A wording to the topics it names."""
    return {row["says"]: tuple(row["topic"].split()) for row in rows("topics.csv")}


@cache
def known_words() -> frozenset[str]:
    """Every word that is no name: the words of our own tables and the ordinary words of the language."""
    text = " ".join(
        [
            *(_HERE / "sentences.txt").read_text(encoding="utf-8").split("\n"),
            *lines("lists.txt"),
            *lines("guards.txt"),
            *lines("words.txt"),
            *topic_words(),
            *spellings(),
            *spellings().values(),
            *(row["says"] for row in rows("phrases.csv")),
        ]
    )
    return frozenset(re.findall(r"[a-z]+", text.replace("_", " ").casefold()))


def is_word(text: str) -> bool:
    """True for an ordinary word in any of its endings; anything else may be a name or a slip."""
    known = known_words()
    return text in known or any(
        text.endswith(ending)
        and (text.removesuffix(ending) in known or f"{text.removesuffix(ending)}e" in known)
        for ending in ("s", "es", "ed", "ing", "ly")
        if len(text) > _SHORTEST_WITH_ENDING
    )
