"""What in a description of training cannot be taken as it is written: a day that is over or that no calendar has, a
weekday beside another day, an amount for each night without how many?"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from reading.text.normal import number_words

WishDoubtCode = Literal["past", "no-such-day", "weekday", "rate"]
AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,15}(?:\.\d{1,2})?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:,? (?P<year>20\d\d))?"
_DAYS = (
    re.compile(
        rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d){_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of |de )?(?P<month>{_MONTH})\b{_YEAR}", re.IGNORECASE
    ),
    re.compile(r"(?<![\d/.-])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>20\d\d|\d\d)(?![\d/])"),
    re.compile(r"(?<![\d/.-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
)
_DECEMBER = 12
_LEAP_YEAR, _CENTURY = 2028, 100
# So far apart are the two days that one way of writing may mean when only the year is missing.
A_YEAR_APART = 300
# So long ago a day of the year before is still the one that is meant.
LATELY = timedelta(days=60)
_KIND = r"hotel|motel|lodging|room|airbnb|meals|food|per diem|parking|travel|mileage|gas"
_NIGHT = r"(?:nights?|nite|nt|days?|weeks?|miles?|mi|hours?|hrs?)"
_COUNTED = "|".join(
    sorted((*number_words(), "hundred", "thousand", "twenty", "eighty", "and"), key=len, reverse=True)
)
_RATE = re.compile(
    rf"(?:\b(?P<kind>{_KIND})(?: is| at|:)? )?"
    rf"(?:\$ ?(?P<amount>{AMOUNT})|(?<![\w.,$])(?P<figures>{AMOUNT})(?: dollars| bucks)?"
    rf"|\b(?P<said>(?:{_COUNTED})(?:[ -](?:{_COUNTED}))*)(?: dollars| bucks)?)"
    rf"(?: ?(?:a|an|per|each|every|/) ?(?P<unit>{_NIGHT})\b| (?P<nightly>nightly|daily)\b)"
    rf"(?:,? (?:for|x|times) (?P<count>\d{{1,2}}) ?{_NIGHT}\b)?",
    re.IGNORECASE,
)
_DOLLARS = re.compile(r"\b(?:dollars|bucks)\b", re.IGNORECASE)
_NIGHTS = re.compile(r"\b(?P<count>\d{1,2}) nights?\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?:for )?(?P<count>\d{{1,2}}|{_COUNTED})(?: {_NIGHT})?", re.IGNORECASE)
_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WishDoubt:
    """What is asked about before it is taken. ``written``: the words as they stand; ``first`` and ``last``: the days
    they come to; ``rate``: how much for each, where that can be read."""

    code: WishDoubtCode
    written: str = ""
    first: date | None = None
    last: date | None = None
    kind: str = ""
    rate: Decimal | None = None


def no_such_day(text: str) -> tuple[WishDoubt | None, str]:
    """A day that no calendar has, and the text without it."""
    for shape in _DAYS:
        for found in shape.finditer(text):
            if not _exists(found):
                left = f"{text[: found.start()]} , {text[found.end() :]}"
                return WishDoubt(code="no-such-day", written=found[0].strip()), left
    return None, text


def _exists(found: re.Match[str]) -> bool:
    name = found["month"][:3].casefold()
    month = int(name) if name.isdecimal() else _MONTHS.index(name) + 1
    year = int(found["year"] or _LEAP_YEAR)
    if not 1 <= month <= _DECEMBER:
        return False
    return 1 <= int(found["day"]) <= monthrange(year if year > 99 else year + 2000, month)[1]


def rate(text: str) -> tuple[WishDoubt | None, str]:
    """An amount for each night or the like: multiplied where it is said by how many, else asked about and taken out."""
    found = _RATE.search(text)
    if found is None:
        return None, text
    at_night = (found["unit"] or found["nightly"] or "").casefold().startswith("n")
    if found["amount"] is None and not at_night and not _DOLLARS.search(found[0]):
        # "Twice a week" and "8 a day" are no money.
        return None, text
    written = found["amount"] or found["figures"]
    amount = None if written is None else Decimal(written.replace(",", ""))
    before, after = text[: found.start()], text[found.end() :]
    count = found["count"]
    nights = [*_NIGHTS.finditer(f"{before} {after}")]
    if count is None and at_night and len(nights) == 1:
        count = nights[0]["count"]
        before, after = _NIGHTS.sub(" , ", before), _NIGHTS.sub(" , ", after)
    kind = (found["kind"] or ("hotel" if at_night else "other")).casefold()
    kind = "hotel" if kind in ("motel", "airbnb") else kind
    if amount is not None and count is not None:
        return None, f"{before}{kind} ${amount * int(count)}{after}"
    doubt = WishDoubt(code="rate", written=found[0].strip(), kind=kind, rate=amount)
    return doubt, f"{before} , {after}"


def count_meant(text: str) -> int | None:
    """How many, where nothing else is said: ``3``, ``for three nights``."""
    found = _COUNT.fullmatch(" ".join(text.split()).rstrip(".!"))
    if found is None:
        return None
    said = found["count"].casefold()
    number = number_words().get(said, said)
    return int(number) if number.isdecimal() and 0 < int(number) <= _MOST else None
