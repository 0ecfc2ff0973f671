"""Which of the classes that were shown is meant: the second, the cheaper one, number 3; or none or several of them?"""

import re
from typing import Literal

from reading.text.normal import without_accents

_PLACES = (
    ("first", "1st", "primero", "primera", "primer", "uno", "one"),
    ("second", "2nd", "segundo", "segunda", "dos", "two"),
    ("third", "3rd", "tercero", "tercera", "tercer", "tres", "three"),
    ("fourth", "4th", "cuarto", "cuarta", "cuatro", "four"),
    ("fifth", "5th", "quinto", "quinta", "cinco", "five"),
    ("sixth", "6th", "sexto", "sexta", "six"),
    ("seventh", "7th", "septima", "septimo", "seven"),
    ("eighth", "8th", "octava", "octavo", "eight"),
    ("ninth", "9th", "novena", "noveno", "nine"),
    ("tenth", "10th", "decima", "decimo", "ten"),
)
_PLACE_OF = {word: place for place, words in enumerate(_PLACES, start=1) for word in words}
_ORDINAL = "|".join(sorted(_PLACE_OF, key=len, reverse=True))
_ASKING = (
    r"(?:(?:please|ok|okay|yes|yeah|sure|i(?:'ll| will)? (?:want|take|pick|choose|like|need)|i would like|i'd like"
    r"|give me|pick|choose|take|let's do|lets do|make it|quiero|dame|mejor|por favor)[, ]+)*"
)
_PICKED = re.compile(
    rf"{_ASKING}(?:(?:the|la|el|number|no\.?|option|opcion|choice|class|#)[ ]?)*"
    rf"(?P<place>{_ORDINAL}|last|ultim[oa]|latter|former)(?: (?:one|option|class|date|of them))?"
    r"(?:[, ]+(?:please|pls|por favor|thanks))*"
)
_LAST = frozenset({"last", "ultimo", "ultima"})
_OF_TWO = ("former", "latter")
Compared = Literal["cheapest", "dearest", "earliest", "latest"]
_COMPARED: dict[Compared, str] = {
    "cheapest": r"(?:less|least) expensive|cheap(?:er|est)?|lowest|mas barat[oa]|barat[oa]",
    "dearest": r"(?:more|most) expensive|mas car[oa]",
    "earliest": r"earli(?:er|est)|soon(?:er|est)|mas pronto|proxim[oa]",
    "latest": r"later|latest|mas tarde",
}
_COMPARING = re.compile(
    rf"{_ASKING}(?:the|la|el|whichever is|whatever is)? ?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _COMPARED.items())})(?: (?:one|class|option|date))?"
)
# It says how many, or that it does not matter, and none of them.
_UNDECIDED = re.compile(
    r"(?:both|all|either|any|each|whichever|whatever|ambas|ambos|las dos|los dos|cualquiera|todas|todos)"
    r"(?: (?:one|of (?:them|those|these)|is fine|works|is ok|dates))?"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?:,? (?:and|or|y|o|&) (?:the )?\d{1,2}(?:st|nd|rd|th)?)+(?: .{0,30})?"
    r"|[-+]?\d{1,4}(?:[.,]\d+)?|yes|yep|yeah|ok|okay|sure|si|both please"
    r"|(?:i )?(?:do not|don't|dont) (?:care|mind)(?: which(?: one)?)?"
)


def _plain(raw: str) -> str:
    return without_accents(" ".join(raw.casefold().replace("\u2019", "'").split()).strip(" .!?\u00bf\u00a1"))


def place_meant(raw: str, count: int) -> int | None:
    """Which place of so many is named in words, from 1; None for any other text, and for a place that is not there."""
    found = _PICKED.fullmatch(_plain(raw))
    if found is None:
        return None
    named = found["place"]
    if named in _OF_TWO and count != len(_OF_TWO):
        return None
    if named in _LAST or named in _OF_TWO:
        return 1 if named == "former" else count
    place = _PLACE_OF[named]
    return place if place <= count else None


def is_odd_number(raw: str) -> bool:
    """Whether it is a number that no list has: less than nothing, or part of one."""
    return re.fullmatch(r"[-+]\d+(?:[.,]\d+)?|\d+[.,]\d+", _plain(raw)) is not None


def compared(raw: str) -> Compared | None:
    """By what one of them is told from the others; None for every other text."""
    found = _COMPARING.fullmatch(_plain(raw))
    if found is None:
        return None
    return next(name for name in _COMPARED if found[name])


def is_undecided(raw: str) -> bool:
    """Whether a choice is answered without choosing: several, any, yes, or a number that none of them has."""
    text = _plain(raw)
    return _UNDECIDED.fullmatch(text) is not None or _PICKED.fullmatch(text) is not None
