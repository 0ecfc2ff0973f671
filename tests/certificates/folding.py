"""When is a value that was read the value that is printed? Rank, order, accents and an OCR slip do not matter.

Titles: case, accents and punctuation folded, then equal or a rapidfuzz ratio of at least 92. Names: the same folding,
ranks, suffixes and single initials dropped, ``Last, First`` turned, then the words in any order, again with 92. Numbers
and providers: folded, providers with 92, numbers exactly. Days and hours: exactly, ``8``, ``8.0`` and ``8.00`` alike.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

ENOUGH = 92
RANKS = {
    *("ofc", "officer", "sgt", "sergeant", "dep", "deputy", "det", "detective", "cpl", "corporal", "lt"),
    *("lieutenant", "trooper", "reserve", "capt", "captain", "chief", "mr", "ms", "mrs"),
}
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def folded(text: str) -> str:
    """Small letters and figures, one blank between words, no accents."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("&", " and "))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"[^0-9a-z]+", " ", letters.replace("'", "")).split())


def same_words(read: str, printed: str) -> bool:
    """Titles and providers."""
    one, other = folded(read), folded(printed)
    return one == other or fuzz.ratio(one, other) >= ENOUGH


def name_parts(name: str) -> list[str]:
    """The words of a name that tell one person from another, in the order of the alphabet."""
    parts = [part for part in folded(name).split() if part not in RANKS | SUFFIXES]
    return sorted(part for part in parts if len(part) > 1) or parts


def same_name(read: str, printed: str) -> bool:
    """People. A middle initial may be missing on either side; a middle name may not turn into another."""
    one, other = " ".join(name_parts(read)), " ".join(name_parts(printed))
    return bool(one) and (one == other or fuzz.ratio(one, other) >= ENOUGH)


def same_number(read: str, printed: str) -> bool:
    """Approval numbers, without their hyphens and blanks."""
    return folded(read).replace(" ", "") == folded(printed).replace(" ", "")


def same_hours(read: object, printed: str) -> bool:
    """Hours as exact decimals."""
    try:
        return Decimal(str(read)) == Decimal(printed)
    except InvalidOperation:
        return False


def same(field: str, read: object, printed: str) -> bool:
    """One field."""
    if field == "hours":
        return same_hours(read, printed)
    text = str(read)
    if field == "person_name":
        return same_name(text, printed)
    if field in {"title", "provider"}:
        return same_words(text, printed)
    if field == "approval_number":
        return same_number(text, printed)
    return text == printed
