"""Which parts does a printed name have? ``Last, First M., Jr.`` and ``Sgt. First Last`` alike."""

import re
from dataclasses import dataclass

from reading.tables.rows import ReadName

# "V" is left out: on a list it is far more often a middle initial than a fifth of the name.
SUFFIXES = {
    "jr": "Jr.",
    "sr": "Sr.",
    "ii": "II",
    "iii": "III",
    "iv": "IV",
}

# Abbreviations that stand before a name on a list; the full words too, since both are typed.
RANKS = {
    "ofc": "Officer",
    "off": "Officer",
    "officer": "Officer",
    "po": "Officer",
    "sgt": "Sergeant",
    "sergeant": "Sergeant",
    "cpl": "Corporal",
    "corporal": "Corporal",
    "det": "Detective",
    "detective": "Detective",
    "dep": "Deputy",
    "deputy": "Deputy",
    "lt": "Lieutenant",
    "lieutenant": "Lieutenant",
    "capt": "Captain",
    "captain": "Captain",
    "cmdr": "Commander",
    "commander": "Commander",
    "chief": "Chief",
    "sheriff": "Sheriff",
    "tpr": "Trooper",
    "trooper": "Trooper",
}

# Parts of a family name that stand before its last word.
PARTICLES = frozenset({"da", "de", "del", "della", "der", "di", "du", "la", "le", "san", "st", "van", "von"})

_LETTER = re.compile(r"[^\W\d_]")
_NOT_IN_A_NAME = re.compile(r"[0-9@<>{}\[\]=|\\/;:!?#$%^&*_+~\"]")


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name and the rank that was printed in front of it."""

    name: ReadName
    rank: str | None = None


def read_name(text: str) -> NameReading | None:
    """Read one cell; None when it is not a person's name."""
    words = " ".join(text.split())
    if not _LETTER.search(words) or _NOT_IN_A_NAME.search(words):
        return None
    pieces = [piece.strip() for piece in words.split(",") if piece.strip()]
    if not pieces:
        return None
    if len(pieces) > 1 and not all(_suffix(piece) for piece in pieces[1:]):
        return _family_first(pieces)
    suffix = _suffix(pieces[1]) if len(pieces) > 1 else ""
    return _given_first(pieces[0].split(), suffix)


def join_name(family: str, given: str) -> NameReading | None:
    """A name whose parts stand in two columns."""
    return read_name(f"{family}, {given}") if family and given else None


def _suffix(word: str) -> str:
    return SUFFIXES.get(word.casefold().rstrip("."), "")


def _family_first(pieces: list[str]) -> NameReading | None:
    family_words = pieces[0].split()
    suffix = ""
    if len(family_words) > 1 and (found := _suffix(family_words[-1])):
        suffix = found
        family_words.pop()
    rank, family_words = _rank(family_words)
    given_words: list[str] = []
    for piece in pieces[1:]:
        for word in piece.split():
            if given_words and (found := _suffix(word)) and not suffix:
                suffix = found
            else:
                given_words.append(word)
    if not given_words or not family_words:
        return None
    return _named(given_words, " ".join(family_words), suffix, rank)


def _given_first(words: list[str], suffix: str) -> NameReading | None:
    rank, words = _rank(words)
    if not suffix and len(words) > 2 and (found := _suffix(words[-1])):
        suffix = found
        words = words[:-1]
    if len(words) < 2:
        alone = " ".join(words)
        return NameReading(ReadName(display=alone, family=alone, given=""), rank) if alone else None
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold().rstrip(".") in PARTICLES:
        start -= 1
    return _named(words[:start], " ".join(words[start:]), suffix, rank)


def _rank(words: list[str]) -> tuple[str | None, list[str]]:
    # "Chief" alone or "Dep Long" could be a name: a rank is taken off only where a name is left.
    if len(words) > 1 and (rank := RANKS.get(words[0].casefold().rstrip("."))):
        return rank, words[1:]
    return None, words


def _named(given: list[str], family: str, suffix: str, rank: str | None) -> NameReading:
    middle = " ".join(given[1:])
    display = " ".join(part for part in (given[0], middle, family, suffix) if part)
    name = ReadName(display=display, family=family, given=given[0], middle=middle, suffix=suffix)
    return NameReading(name, rank)
