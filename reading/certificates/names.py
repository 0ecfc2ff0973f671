"""Is this text somebody's name? Ranks, badges and degrees are taken off; words that no name has speak against it."""

import re
from functools import cache

from reading.certificates import words
from reading.tables.names import PARTICLES, SUFFIXES, read_name

_MOST_WORDS = 5
_LONGEST_WORD = 22
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019`.\-](?=[^\W\d_]))*\.?")
# What follows a name on the same line without belonging to it.
_BEHIND = re.compile(
    r"\s*(?:\(.*|\[.*|#.*|[|/;].*|\s[-\u2013\u2014]\s.*|,?\s*\b(?:badge|post|id|pid|dpsst|tcole|psid|license|lic|emp|employee|unit|serial|star|dsn|dob)\b.*\d.*|,?\s*\d.*)$",
    re.IGNORECASE,
)
# "Ill", "lII": the third of the name, its capitals read as other strokes.
_SUFFIX_SLIP = re.compile(r"(?<=[A-Za-z.] )(?!II\b|III\b)[Il1|]{2,3}(?=$|,)")
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
_AFTER_MARK = re.compile(
    r"(?<=[a-z]{2}),(?=\S)|(?<=[A-Z]{2}),(?=\S)|(?<=[A-Za-z]{3})\.(?=[A-Z])|(?<=\b[A-Z])\.(?=[A-Z][a-z])"
)


@cache
def _group(name: str) -> frozenset[str]:
    return frozenset(words.plain(word) for word in words.groups("names.txt")[name])


@cache
def _ranks() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(rank.split()) for rank in _group("rank")), key=len, reverse=True))


def name_in(text: str, *, labelled: bool = False) -> str | None:
    """The name as first, middle, family, suffix; None when the text is no name.

    Under a label that asks for a name, odd capitals and ordinary words are believed.
    """
    text = _SUFFIX_SLIP.sub(lambda found: "I" * len(found[0]), text)
    bare = _BEHIND.sub("", _AFTER_MARK.sub(lambda found: f"{found[0]} ", text)).strip(' ,.;:*"\u201c\u201d')
    pieces = [piece.strip() for piece in bare.split(",") if piece.strip()]
    while len(pieces) > 1 and _is_title(pieces[-1]):
        pieces.pop()
    if not pieces or len(pieces) > 3:
        return None
    pieces = [_without_rank(piece) for piece in pieces]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    every = [word for piece in pieces for word in piece.split()]
    if not _believable(every, labelled=labelled, comma=len(pieces) > 1):
        return None
    reading = read_name(", ".join(pieces))
    if reading is None or not reading.name.given:
        return None
    return reading.name.display


def rank_in(text: str) -> bool:
    """True when the text begins with a rank and goes on."""
    cut = _without_rank(text)
    return cut != " ".join(text.split()) and bool(cut)


def _is_title(piece: str) -> bool:
    said = words.plain(piece)
    return said in _group("rank") or said in _group("degree")


def _without_rank(piece: str) -> str:
    left = piece.split()
    changed = True
    while changed:
        changed = False
        said = [words.plain(word) for word in left]
        for rank in _ranks():
            size = len(rank)
            if len(left) <= size:
                continue
            if tuple(said[:size]) == rank and not (
                size == 1 and len(rank[0]) <= 2 and not left[0].endswith(".") and left[0].islower()
            ):
                left, changed = left[size:], True
                break
            # Two letters behind a name may be its end ("Co", "Ma"); a rank there is written out or has a full stop.
            if (
                tuple(said[-size:]) == rank
                and len(left) - size >= 2
                and (len(rank[0]) > 2 or left[-1].endswith("."))
            ):
                left, changed = left[:-size], True
                break
    while len(left) > 2 and words.plain(left[-1]) in _group("degree") and left[-1].isupper():
        left.pop()
    return " ".join(left)


def _believable(every: list[str], *, labelled: bool, comma: bool) -> bool:
    if not 2 <= len(every) <= _MOST_WORDS:
        return False
    against = _group("role") if labelled else _group("never")
    long = 0
    for word in every:
        said = word.casefold().strip(".")
        if not _WORD.fullmatch(word) or len(word) > _LONGEST_WORD or words.plain(word) in against:
            return False
        long += len(said) > 1 and said not in SUFFIXES
        if not labelled and not word[0].isupper() and said not in PARTICLES:
            return False
    if long == 0 or (long == 1 and not comma and len(every) > 3):
        return False
    # At least one word of a family name's length.
    return any(len(word.strip(".")) >= 2 for word in every)


def split_joined(text: str) -> str:
    """`DanaRuiz` with its lost blank put back, where capitals show the place."""
    return _CAMEL.sub(" ", text) if " " not in text.strip() else text
