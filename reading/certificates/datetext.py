"""Which days are written in a text? Every way certificates print a day or a range, and no look-alike."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from reading.certificates import words
from reading.tables.dates import MONTH_NUMBERS, real_day

# A certificate older than the oldest officer or far ahead of any renewal is a misread year.
_FIRST_YEAR, _LAST_YEAR = 1970, 2059
_CENTURY_TURN = 60
_SHORTEST_MONTH_WITH_SLIP = 5
_LONGEST_RANGE_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDays:
    """One day or range and where it stands in the text.

    ``first`` is None for a single day. ``sure`` falls with each repair and each thing the reader had to assume.
    """

    start: int
    end: int
    last: date
    first: date | None = None
    month_only: bool = False
    sure: float = 1.0


_SPACE = r"[ \t]*\n?[ \t]*"
# A figure within a word is a slip; at its end it is the day, its blank lost.
_LETTERS = r"(?P<{0}>[A-Za-z0|1](?:[A-Za-z]|[0|1](?=[A-Za-z])){{2,9}})\.?"
_DAY = r"(?P<{0}>[0-9OoIl|]{{1,2}})(?:" + _SPACE + r"(?:st|nd|rd|th|ST|ND|RD|TH))?"
_YEAR = r"(?P<{0}>(?:[12][0-9OolIS]{{3}}|'[0-9]{{2}}))(?![0-9])"
_SHORT_YEAR = r"(?P<{0}>(?:[12][0-9OolIS]{{3}}|'?[0-9Ool]{{2}}))(?![0-9/])"
_DIGITS = r"(?P<{0}>[0-9OolI|]{{1,2}})"
_TO = _SPACE + r"(?:-{1,2}|\u2013|\u2014|~|to|through|thru|until|and|&|TO|THROUGH|THRU|AND)" + _SPACE
_DASH = _SPACE + r"(?:-|\u2013|\u2014|~|to|thru|through|&|and)" + _SPACE
_BEGIN = r"(?<![A-Za-z0-9/\-])(?<![A-Za-z0-9]\.)"
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)[A-Za-z]{0,6}\.?,?[ \t]*)?"
_COMMA = _SPACE + r"[,.]?" + _SPACE
_CLOCK = (
    r"(?:[T ]+(?P<clock>[0-9]{1,2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?[ ]*(?:[AaPp]\.?[Mm]\.?)?[ ]*"
    r"(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?"
)
# The written-out forms of legal wording.
_SPELLED_DAY = r"(?P<spelled>(?i:(?:twenty|thirty)[ -])?[A-Za-z]+)"
_ERA = r"(?:" + _SPACE + r"(?:,|in the year(?: of our Lord)?|A\.? ?D\.?|of|,? ?year))*" + _SPACE
_SPELLED_YEAR = (
    r"(?P<yearwords>(?i:two)"
    + _SPACE
    + r"(?i:thousand)(?:[ \n-]+(?:and[ \n]+)?[A-Za-z]+(?:[ \n-][A-Za-z]+)?)?|(?i:twenty[ -]twenty)(?:[ -][A-Za-z]+)?)"
)


def find(text: str) -> list[WrittenDays]:
    """Every day and range, in the order of the text; ranges are never read as their first day."""
    found: list[WrittenDays] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            written = read(match)
            if written is not None:
                found.append(written)
                taken.append((start, end))
    return sorted(found, key=lambda written: written.start)


@cache
def _numbers() -> dict[str, int]:
    """Ordinals and cardinals in words, up to ninety-nine."""
    named = {row["word"]: int(row["number"]) for row in words.rows("numbers.csv")}
    tens = {word: number for word, number in named.items() if number >= 20 and number % 10 == 0}
    ones = {word: number for word, number in named.items() if 0 < number < 10}
    joined = {f"{ten} {one}": more + less for ten, more in tens.items() for one, less in ones.items()}
    return named | joined


def number_in_words(text: str) -> int | None:
    """The number a few words name."""
    return _numbers().get(" ".join(text.casefold().replace("-", " ").split()))


def _figure(text: str) -> tuple[int, float]:
    """A number whose letters are slips for figures."""
    mended = text.translate(str.maketrans("OoIl|S'", "001115 ")).strip()
    return int(mended), 1.0 if mended == text.strip("'") else 0.85


def month_number(text: str) -> tuple[int, float] | None:
    """The month a word names, with one slip allowed in a long one."""
    word = text.casefold().rstrip(".").translate(str.maketrans("0|1", "oll"))
    sure = 1.0 if word == text.casefold().rstrip(".") else 0.85
    if word in MONTH_NUMBERS:
        return MONTH_NUMBERS[word], sure
    if len(word) < _SHORTEST_MONTH_WITH_SLIP:
        return None
    tried = {word, word.replace("rn", "m"), word.replace("m", "rn")}
    near = {
        number
        for name, number in MONTH_NUMBERS.items()
        if len(name) >= _SHORTEST_MONTH_WITH_SLIP and any(OSA.distance(name, one) <= 1 for one in tried)
    }
    return (near.pop(), 0.85) if len(near) == 1 else None


def _year(text: str) -> tuple[int, float]:
    year, sure = _figure(text)
    if year < 100:
        return year + (2000 if year < _CENTURY_TURN else 1900), sure
    return year, sure


def _day(year: int, month: int, day: int) -> date | None:
    return real_day(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _made(match: re.Match[str], last: date | None, first: date | None, sure: float) -> WrittenDays | None:
    if last is None:
        return None
    if first is not None and not 0 <= (last - first).days <= _LONGEST_RANGE_DAYS:
        return None
    if first == last:
        first = None
    return WrittenDays(start=match.start(), end=match.end(), last=last, first=first, sure=sure)


def _month_range(match: re.Match[str]) -> WrittenDays | None:
    """`March 9-13, 2026`, `March 30 - April 3, 2026`, `Dec 29, 2025 - Jan 2, 2026`, `9-13 March 2026`."""
    parts = match.groupdict()
    last_name = parts.get("month2") or parts["month"]
    months = month_number(parts["month"]), month_number(last_name)
    if months[0] is None or months[1] is None:
        return None
    year, sure = _year(parts["year"])
    first_year = _year(parts["year1"])[0] if parts.get("year1") else year - (months[0][0] > months[1][0])
    day1, sure1 = _figure(parts["day1"])
    day2, sure2 = _figure(parts["day2"])
    last, first = _day(year, months[1][0], day2), _day(first_year, months[0][0], day1)
    if first is None:
        return None
    return _made(match, last, first, sure * sure1 * sure2 * months[0][1] * months[1][1])


def _day_list(match: re.Match[str]) -> WrittenDays | None:
    """`March 9, 10, 11 and 12, 2026`."""
    month = month_number(match["month"])
    days = [int(day) for day in re.findall(r"\d{1,2}", match["days"])]
    if month is None or sorted(set(days)) != days:
        return None
    year, sure = _year(match["year"])
    first = _day(year, month[0], days[0])
    return None if first is None else _made(match, _day(year, month[0], days[-1]), first, sure * month[1])


def _named(match: re.Match[str]) -> WrittenDays | None:
    month = month_number(match["month"])
    if month is None:
        return None
    year, sure = _year(match["year"])
    day, sure1 = _figure(match["day"])
    return _made(match, _day(year, month[0], day), None, sure * sure1 * month[1] * _zone(match))


def _legal(match: re.Match[str]) -> WrittenDays | None:
    """`this 2nd day of June, A.D. 2026`, `this third day of June, two thousand twenty-six`."""
    parts = match.groupdict()
    month = month_number(parts["month"])
    day = _figure(parts["day"])[0] if parts.get("day") else number_in_words(parts.get("spelled") or "")
    if month is None or day is None:
        return None
    if parts.get("yearwords"):
        year = _spelled_year(parts["yearwords"] or "")
        sure = 1.0
    else:
        year, sure = _year(parts["year"])
    return None if year is None else _made(match, _day(year, month[0], day), None, sure * month[1])


def _spelled_year(text: str) -> int | None:
    said = " ".join(text.casefold().replace("-", " ").replace("\n", " ").split())
    rest = re.sub(r"^(?:two thousand(?: and)?|twenty(?= twenty))", "", said).strip()
    number = number_in_words(rest) if rest else 0
    return None if number is None else 2000 + number


def _slashed(match: re.Match[str]) -> WrittenDays | None:
    month, sure1 = _figure(match["a"])
    day, sure2 = _figure(match["b"])
    year, sure3 = _year(match["year"])
    sure = sure1 * sure2 * sure3 * _zone(match)
    if month > 12 >= day:  # a day first, which the US does not write
        return _made(match, _day(year, day, month), None, sure * 0.8)
    return _made(match, _day(year, month, day), None, sure)


def _slashed_range(match: re.Match[str]) -> WrittenDays | None:
    """`3/9-3/13/26`, `03/09/2026 - 03/13/2026`, `3/9-13/2026`."""
    parts = match.groupdict()
    month1, sure1 = _figure(parts["a"])
    day1, sure2 = _figure(parts["b"])
    day2, sure3 = _figure(parts["d"])
    month2 = _figure(parts["c"])[0] if parts.get("c") else month1
    year, sure = _year(parts["year"])
    first_year = _year(parts["year1"])[0] if parts.get("year1") else year - (month1 > month2)
    first = _day(first_year, month1, day1)
    return (
        None if first is None else _made(match, _day(year, month2, day2), first, sure * sure1 * sure2 * sure3)
    )


def _iso(match: re.Match[str]) -> WrittenDays | None:
    last = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return _made(match, last, None, _zone(match))


def _iso_range(match: re.Match[str]) -> WrittenDays | None:
    first = _day(int(match["year1"]), int(match["month1"]), int(match["day1"]))
    last = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if first is None else _made(match, last, first, 1.0)


def _military(match: re.Match[str]) -> WrittenDays | None:
    month = month_number(match["month"])
    if month is None:
        return None
    year, sure = _year(match["year"])
    return _made(match, _day(year, month[0], _figure(match["day"])[0]), None, sure * month[1] * _zone(match))


def _zone(match: re.Match[str]) -> float:
    """An evening here is the next day in UTC: before about eleven the printed day may not be the day meant."""
    parts = match.groupdict()
    clock, zone = parts.get("clock"), parts.get("zone")
    if clock is None or zone is None or not re.fullmatch(r"Z|UTC|GMT|[+-]00:?00", zone):
        return 1.0
    hour, minute = map(int, clock.split(":"))
    return 0.6 if (hour, minute) != (0, 0) and hour < 11 else 1.0


def _month_of_year(match: re.Match[str]) -> WrittenDays | None:
    """`02/2028`, `February 2028`: the last day of the month, known to be a month only."""
    parts = match.groupdict()
    year, sure = _year(parts["year"])
    named = month_number(parts["month"]) if parts.get("month") else _figure(parts["a"])
    if named is None or not 1 <= named[0] <= 12 or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    first = date(year, named[0], 1)
    following = date(year + (first.month == 12), first.month % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1)
    return WrittenDays(start=match.start(), end=match.end(), last=last, month_only=True, sure=sure * named[1])


def _form(
    pattern: str, read: Callable[[re.Match[str]], WrittenDays | None]
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], WrittenDays | None]]:
    return re.compile(_BEGIN + pattern), read


_M, _M2 = _LETTERS.format("month"), _LETTERS.format("month2")
_D, _D1, _D2 = _DAY.format("day"), _DAY.format("day1"), _DAY.format("day2")
_Y, _Y1 = _YEAR.format("year"), _YEAR.format("year1")
_SY, _SY1 = _SHORT_YEAR.format("year"), _SHORT_YEAR.format("year1")
_A, _B, _C, _DD = (_DIGITS.format(name) for name in "abcd")
_HOUR = r"(?:[ ,]+(?:at )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ]*(?:[AaPp]\.?[Mm]\.?)?)?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_SLASH = r"[ ]?[/.\-][ ]?"
_AFTER = r"(?![A-Za-z0-9]|[/\-][0-9])"

# Longer forms first.
_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], WrittenDays | None]]] = (
    _form(
        rf"{_WEEKDAY}{_M}{_SPACE}{_D1}(?:{_COMMA}{_Y1}{_HOUR})?{_TO}{_WEEKDAY}{_M2}{_SPACE}{_D2}{_COMMA}{_Y}",
        _month_range,
    ),
    _form(
        rf"{_WEEKDAY}{_D1}{_SPACE}(?:of )?{_M}(?:,?{_SPACE}{_Y1})?{_TO}"
        rf"{_WEEKDAY}{_D2}{_SPACE}(?:of )?{_M2},?{_SPACE}{_Y}",
        _month_range,
    ),
    _form(rf"{_WEEKDAY}{_M}{_SPACE}{_D1}{_DASH}{_D2}{_COMMA}(?:of )?{_Y}", _month_range),
    _form(rf"{_D1}{_DASH}{_D2}[ \n-](?:of )?{_M}[,\- \n]{{1,2}}{_Y}", _month_range),
    _form(
        rf"{_M}{_SPACE}(?P<days>{_NTH}(?:, ?(?:and |& )?{_NTH})*,?(?: and | & ){_NTH}|\d{{1,2}}(?:, ?\d{{1,2}})+)"
        rf"{_COMMA}{_Y}",
        _day_list,
    ),
    _form(
        r"(?P<year1>(?:19|20)\d\d)-(?P<month1>\d\d)-(?P<day1>\d\d)"
        rf"(?:{_TO}|[ ]?/[ ]?)"
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)" + _AFTER,
        _iso_range,
    ),
    _form(
        rf"{_A}{_SLASH}{_B}{_SLASH}{_SY1}{_HOUR}{_TO}{_C}{_SLASH}{_DD}{_SLASH}{_SY}{_AFTER}", _slashed_range
    ),
    _form(rf"{_A}/{_B}{_TO}{_C}/{_DD}[/]{_SY}{_AFTER}", _slashed_range),
    _form(rf"{_A}/{_B}[ ]?[-\u2013&][ ]?{_DD}/{_SY}{_AFTER}", _slashed_range),
    _form(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK + _AFTER, _iso),
    _form(rf"{_D}{_SPACE}(?i:day{_SPACE}of){_SPACE}{_M}{_ERA}{_Y}", _legal),
    _form(rf"{_D}{_SPACE}(?i:day{_SPACE}of){_SPACE}{_M}{_ERA}{_SPELLED_YEAR}", _legal),
    _form(rf"{_SPELLED_DAY}{_SPACE}(?i:day{_SPACE}of){_SPACE}{_M}{_ERA}{_Y}", _legal),
    _form(rf"{_SPELLED_DAY}{_SPACE}(?i:day{_SPACE}of){_SPACE}{_M}{_ERA}{_SPELLED_YEAR}", _legal),
    _form(rf"{_WEEKDAY}{_M}{_SPACE}{_D}{_COMMA}(?:of )?{_Y}{_CLOCK}", _named),
    _form(rf"{_WEEKDAY}{_D}[- ](?P<month>[A-Za-z]{{3,9}})\.?,?[- ]{_SY}{_CLOCK}{_AFTER}", _military),
    _form(rf"{_WEEKDAY}{_D}{_SPACE}(?:of )?{_M},?{_SPACE}{_Y}", _named),
    _form(rf"(?P<day>\d{{2}})(?P<month>[A-Za-z]{{3}})(?P<year>\d{{4}}|\d{{2}}){_AFTER}", _military),
    _form(rf"{_A}{_SLASH}{_B}{_SLASH}{_SY}{_CLOCK}{_AFTER}", _slashed),
    _form(rf"(?P<a>0?[1-9]|1[0-2])[/\-](?P<year>(?:19|20)\d\d){_AFTER}", _month_of_year),
    _form(rf"(?P<month>[A-Za-z]{{3,9}})\.?,?[ \n](?P<year>(?:19|20)\d\d){_AFTER}", _month_of_year),
)
