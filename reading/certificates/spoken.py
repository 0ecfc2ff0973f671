"""How do the ways in which people type days and amounts become one? What they take back, halves, figures in words."""

import re
from datetime import date, timedelta

from reading.text.normal import number_words

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_NAME = r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?"
_DAY_FIGURE = r"\d{1,2}(?:st|nd|rd|th)?"
_A_DAY = (
    rf"(?:today|yesterday|(?:last |on )?{_DAY_NAME}|{_MONTH} {_DAY_FIGURE}(?:,? \d{{4}})?"
    rf"|{_DAY_FIGURE} (?:of )?{_MONTH}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d|the \d{1,2}(?:st|nd|rd|th))"
)
_AMOUNT = r"\d{1,4}(?:[.,]\d{1,2})?(?: ?(?:hours?|hrs?|h|minutes?|mins?))?"
_TAKEN_BACK = re.compile(rf"\bnot (?:on |from )?(?:{_A_DAY}|{_AMOUNT})(?![\w/.-]*\d)\b", re.IGNORECASE)
_DASHED = re.compile(rf"\b(\d{{1,2}})-({_MONTH})-(\d{{4}})\b", re.IGNORECASE)
_DASHED_RANGE = re.compile(rf"\b(\d{{1,2}})\s?-\s?(\d{{1,2}})\s+({_MONTH})(?![a-z])", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([-.])(\d{1,2})\2(\d{4})(?![\d/.-]|\s?-\s?\d)")
_DAY_FIRST = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_TWO_FIGURES = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](\d{2})(?![\d/-])")
_SHORT_YEAR = re.compile(rf"\b({_MONTH} {_DAY_FIGURE},?) '(\d\d)\b", re.IGNORECASE)
_LAST_WEEK = re.compile(
    rf"\blast week'?s? ({_DAY_NAME})\b|\b({_DAY_NAME}) (?:of )?last week\b", re.IGNORECASE
)
_NTH = re.compile(
    rf"\b(?:on )?the (\d{{1,2}}(?:st|nd|rd|th))\b(?! (?:of |{_MONTH}|class|course|time|day|one|part|session))",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = 12

_TENS = r"(twenty|thirty|forty|fifty)"
_ONES = r"(one|two|three|four|five|six|seven|eight|nine)"
_TWO_WORDS = re.compile(rf"\b{_TENS}[ -]{_ONES}\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:half (?:an |a )?hour|1/2 (?:an )?hour)\b", re.IGNORECASE)
_HOUR_AND_HALF = re.compile(r"\b(?:an? )?hour and a half\b", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\b([a-z]+|\d{1,3}) and a half\b(?: (?:hours?|hrs?|h)\b)?", re.IGNORECASE)
_HOURS_MINUTES = re.compile(
    r"\b(\d{1,3}) ?(?:hours?|hrs?\.?|h) ?(?:and )?([0-5]\d)(?: ?(?:m|mins?|minutes?)\b|(?=\s*(?:$|[,;.](?!\d))))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\s*(\d{1,2}):([0-5]\d)\s*")
_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d)\s*h)", re.IGNORECASE)
_COMMA_ALONE = re.compile(r"\s*(\d{1,3}),(\d{1,2})\s*")
_ALONE = re.compile(r"\s*([a-z]+)[\s.!]*", re.IGNORECASE)
EACH_DAY = re.compile(
    r"\b(?:each|per|a|every) day\b|\bdaily\b|\b(?:both|all) days\b|(?<=\bhours )each\b|(?<=\bhrs )each\b",
    re.I,
)


def taken_back(text: str) -> str:
    """The text without what its writer says that it is not: "6 hours not 4", "not mar 2, mar 1"."""
    return _TAKEN_BACK.sub(" ", text)


def with_days(text: str, today: date) -> str:
    """The text with its days in the ways that the reader of days knows."""
    text = _DASHED.sub(r"\1 \2 \3", _DASHED_RANGE.sub(r"\3 \1-\2", text))
    text = _FIGURES.sub(r"\1/\3/\4", text)
    text = _DAY_FIRST.sub(_month_first, text)
    text = _TWO_FIGURES.sub(lambda found: _one_way(found, today), text)
    text = _SHORT_YEAR.sub(r"\1 20\2", text)
    text = _LAST_WEEK.sub(lambda found: _of_last_week(found[1] or found[2], today), text)
    return _NTH.sub(r"on the \1", text)


def unclear_day(text: str) -> str:
    """The first day in it that can be read in two ways, as it was written; empty where there is none."""
    found = _TWO_FIGURES.search(text)
    return found[0] if found else ""


def _month_first(found: re.Match[str]) -> str:
    first, second = int(found[1]), int(found[2])
    return f"{second}/{first}/{found[3]}" if first > MONTHS >= second else found[0]


def _one_way(found: re.Match[str], today: date) -> str:
    """A year of two figures is a year where no other order of these figures is a day of a class."""
    first, second, year = int(found[1]), int(found[2]), 2000 + int(found[3])
    plain = first <= MONTHS and (second > MONTHS or first == second) and year <= today.year
    return f"{first}/{second}/{year}" if plain else found[0]


def _of_last_week(name: str, today: date) -> str:
    monday = today - timedelta(days=today.weekday() + 7)
    return (monday + timedelta(days=_WEEKDAYS.index(name.casefold()[:3]))).isoformat()


def with_hours(text: str, *, wanted: bool) -> str:
    """The text with its amounts in figures; ``wanted``: hours were asked for, so that a bare amount is one of hours."""
    text = _TWO_WORDS.sub(lambda found: str(_figure(found[1]) + _figure(found[2])), text)
    text = _HOUR_AND_HALF.sub("1.5 hours", _HALF.sub("0.5 hours", text))
    text = _AND_A_HALF.sub(_and_a_half, text)
    text = _HOURS_MINUTES.sub(r"\1 hours \2 minutes", _COMMA.sub(".", text))
    if not wanted:
        return text
    if found := _CLOCK.fullmatch(text):
        return f"{found[1]} hours {found[2]} minutes"
    if found := _COMMA_ALONE.fullmatch(text):
        return f"{found[1]}.{found[2]}"
    found = _ALONE.fullmatch(text)
    return number_words().get(found[1].casefold(), text) if found and len(found[1]) > 1 else text


def _figure(word: str) -> int:
    return int(number_words()[word.casefold()])


def _and_a_half(found: re.Match[str]) -> str:
    figures = found[1] if found[1].isdecimal() else number_words().get(found[1].casefold())
    return found[0] if figures is None else f"{figures}.5 hours"
