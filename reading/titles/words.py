"""How is a title cut into words? Case, punctuation, lost ampersands and usual spellings are evened out."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*\.?")
# "AnnualRequired" and "TacMed" lost a blank; "McNeely" and "DeEsc" did not.
_LOST_BLANK = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_EMPTY_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "w", "with"})
_LONGEST_SPELLING = 4


@dataclass(frozen=True, slots=True)
class TitleWord:
    """One word of a title after evening out, and the piece of the title it stands for."""

    text: str
    start: int
    end: int
    dotted: bool
    """Written with a full stop, so it may be a shortened word."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of our data files; lines that begin with # speak to the reader of the file."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def _spellings() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(row["written"].split()): tuple(row["means"].split()) for row in table("spellings.csv")}


def singular(text: str) -> str:
    """The word without a plural s, so that `firearms` and `firearm` are one."""
    if len(text) > 4 and text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-1] if len(text) > 2 and text.endswith("s") and not text.endswith("ss") else text


def words(title: str) -> tuple[TitleWord, ...]:
    """The words of a title that can carry meaning, in order."""
    spaced = _LOST_BLANK.sub(" ", title)
    # Positions must be those of the title as written, and a blank put in moves everything behind it.
    offsets = _offsets(title, spaced)
    raw = [
        TitleWord(
            _POSSESSIVE.sub("", found.group().rstrip(".").casefold()).replace("'", "").replace("\u2019", ""),
            offsets[found.start()],
            offsets[found.end() - 1] + 1,
            found.group().endswith("."),
        )
        for found in _WORD.finditer(spaced)
    ]
    return tuple(
        word
        for word in _respelled(raw)
        if word.text and word.text not in _EMPTY_WORDS and not word.text.isdigit()
    )


def _offsets(title: str, spaced: str) -> list[int]:
    offsets: list[int] = []
    at = 0
    for character in spaced:
        offsets.append(min(at, len(title) - 1))
        if at < len(title) and title[at] == character:
            at += 1
    return offsets


def _respelled(raw: list[TitleWord]) -> list[TitleWord]:
    spellings = _spellings()
    result: list[TitleWord] = []
    at = 0
    while at < len(raw):
        for length in range(min(_LONGEST_SPELLING, len(raw) - at), 0, -1):
            piece = raw[at : at + length]
            means = spellings.get(tuple(word.text for word in piece))
            if means is None and length > 1:
                means = spellings.get(tuple(singular(word.text) for word in piece))
            if means is not None:
                result.extend(TitleWord(text, piece[0].start, piece[-1].end, dotted=False) for text in means)
                at += length
                break
        else:
            result.append(raw[at])
            at += 1
    return result
