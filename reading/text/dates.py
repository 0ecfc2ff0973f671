"""Which day or days does a message speak of? A small grammar that leaves words which only look like dates."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Days = tuple[date, date]
"""First and last day, both included."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero",
            "february feb febrero",
            "march mar marzo",
            "april apr abril",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto",
            "september sept sep septiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon lunes",
            "tuesday tues tue martes",
            "wednesday wed miercoles",
            "thursday thurs thur thu jueves",
            "friday fri viernes",
            "saturday sat sabado",
            "sunday sun domingo",
        )
    )
    for name in names.split()
}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
# Short names that are also words or names of other things; they need a number or a preposition beside them.
_WEAK_MONTHS = frozenset({"may", "mar", "march", "mon", "sat", "sun", "wed"})
_MONTH = f"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = f"(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})"
_NUMERIC = rf"(?:{_YEAR}-\d\d-\d\d|\d\d?/\d\d?(?:/(?:\d{{4}}|\d\d))?)"
_IN_WORDS = rf"(?:{_MONTH} {_DAY}(?:,? {_YEAR})?|{_DAY} (?:of |de )?{_MONTH}(?: {_YEAR})?)"
_POINT = (
    rf"(?:{_NUMERIC}|{_IN_WORDS}|(?:next |this |last )?{_WEEKDAY}|today|tomorrow|yesterday"
    rf"|{_MONTH}(?: {_YEAR})?|{_YEAR})"
)
_LIMIT = re.compile(r"\b(?:by|before|until|till|due) (?:the |end of (?:the )?)?\S+(?: \S+)?$")
# A day far behind and soon ahead is the one ahead, even where people usually speak of the past.
# No answer about people who serve today needs another century, and one of thousands of years is reckoned for minutes.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SOON = timedelta(days=45)
_LONG_AGO = timedelta(days=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A piece of the message that names days, in both readings."""

    start: int
    end: int
    ahead: Days
    back: Days
    is_range: bool
    is_limit: bool
    """Said after `by` or `before`: nobody sets a limit in the past."""

    def days(self, *, look_back: bool, today: date) -> Days:
        """The days meant, by whether this kind of message usually speaks of the past."""
        if not look_back or self.is_limit:
            return self.ahead
        soon = self.ahead[0] >= today and self.ahead[0] - today <= _SOON and today - self.back[0] >= _LONG_AGO
        return self.ahead if soon else self.back


def _month_days(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return first, first + relativedelta(months=1, days=-1)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


class _Reader:
    """Resolves pieces of text against one today; every reading is a pair (ahead, back)."""

    def __init__(self, today: date) -> None:
        self.today = today

    def month(self, name: str, year: str | None) -> tuple[Days, Days]:
        number = _MONTHS[name]
        if year:
            days = _month_days(int(year), number)
            return days, days
        this = self.today.year
        ahead = _month_days(this + (number < self.today.month), number)
        back = _month_days(this - (number > self.today.month), number)
        return ahead, back

    def month_day(self, name: str, day: str, year: str | None) -> tuple[Days, Days] | None:
        return self.numbers(_MONTHS[name], _number(day), int(year) if year else None)

    def numbers(self, month: int, day: int, year: int | None) -> tuple[Days, Days] | None:
        if year is not None:
            fixed = _valid(year, month, day)
            return ((fixed, fixed), (fixed, fixed)) if fixed else None
        candidates = [_valid(self.today.year + step, month, day) for step in range(-4, 5)]
        days = [found for found in candidates if found]
        if not days:
            return None
        ahead = min(found for found in days if found >= self.today)
        back = max(found for found in days if found <= self.today)
        return (ahead, ahead), (back, back)

    def weekday(self, name: str, which: str | None) -> tuple[Days, Days]:
        number = _WEEKDAYS[name]
        monday = self.today - timedelta(days=self.today.weekday())
        ahead = self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)
        back = self.today - timedelta(days=(self.today.weekday() - number - 1) % 7 + 1)
        if which == "next":
            ahead = back = monday + timedelta(days=7 + number)
        elif which == "this":
            ahead = back = monday + timedelta(days=number)
        elif which in ("last", "past"):
            ahead = back
        return (ahead, ahead), (back, back)

    def point(self, text: str) -> tuple[Days, Days] | None:
        """Any single way of naming a day, a month or a year."""
        words = text.replace(",", "").split()
        simple = {"today": 0, "now": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
        if text in simple:
            day = self.today + timedelta(days=simple[text])
            return (day, day), (day, day)
        if re.fullmatch(_YEAR, text):
            year = int(text), int(text)
            days = date(year[0], 1, 1), date(year[0], 12, 31)
            return days, days
        if iso := re.fullmatch(rf"({_YEAR})-(\d\d)-(\d\d)", text):
            return self.numbers(int(iso[2]), int(iso[3]), int(iso[1]))
        if slashed := re.fullmatch(r"(\d\d?)/(\d\d?)(?:/(\d{4}|\d\d))?", text):
            written_year = slashed[3]
            year_number = (
                int(written_year) + (2000 if len(written_year) == 2 else 0) if written_year else None
            )
            return self.numbers(int(slashed[1]), int(slashed[2]), year_number)
        if words[-1] in _WEEKDAYS:
            return self.weekday(words[-1], words[0] if len(words) > 1 else None)
        return self.named_month(text)

    def named_month(self, text: str) -> tuple[Days, Days] | None:
        """`june`, `june 3`, `june 3 2027`, `3 june`, `june 2027`."""
        found = re.fullmatch(rf"({_MONTH})(?: ({_DAY}))?(?:,? ({_YEAR}))?", text)
        if found and found[2]:
            return self.month_day(found[1], found[2], found[3])
        if found:
            return self.month(found[1], found[3])
        found = re.fullmatch(rf"({_DAY}) (?:of |de )?({_MONTH})(?: ({_YEAR}))?", text)
        return self.month_day(found[2], found[1], found[3]) if found else None

    def ordinal_weekday(self, which: str, weekday: str, month: str, year: str | None) -> tuple[Days, Days]:
        def of(days: Days) -> Days:
            first, last = days
            if _ORDINALS[which] < 0:
                day = last - timedelta(days=(last.weekday() - _WEEKDAYS[weekday]) % 7)
            else:
                day = first + timedelta(
                    days=(_WEEKDAYS[weekday] - first.weekday()) % 7 + 7 * (_ORDINALS[which] - 1)
                )
            return day, day

        ahead, back = self.month(month, year)
        return of(ahead), of(back)

    def period(self, which: str, unit: str) -> Days:
        """This, next or last week, weekend, month, quarter or year."""
        step = {"next": 1, "last": -1, "past": -1, "previous": -1}.get(which, 0)
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=step)
        if unit == "week":
            return monday, monday + timedelta(days=6)
        if unit == "weekend":
            return monday + timedelta(days=5), monday + timedelta(days=6)
        if unit == "month":
            first = self.today.replace(day=1) + relativedelta(months=step)
            return _month_days(first.year, first.month)
        if unit == "quarter":
            first = date(self.today.year, 3 * ((self.today.month - 1) // 3) + 1, 1) + relativedelta(
                months=3 * step
            )
            return first, first + relativedelta(months=3, days=-1)
        year = self.today.year + step
        return date(year, 1, 1), date(year, 12, 31)

    def shifted(self, number: int, unit: str, sign: int) -> date:
        step = {
            "day": relativedelta(days=1),
            "week": relativedelta(weeks=1),
            "month": relativedelta(months=1),
        }
        return self.today + step.get(unit, relativedelta(years=1)) * (number * sign)


_Rule = tuple[re.Pattern[str], Callable[[_Reader, re.Match[str]], tuple[Days, Days, bool] | None]]


def _span(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    """Two points: between X and Y, from X to Y, `feb 3 and 4`."""
    first, second = found["first"], found["second"]
    if re.fullmatch(_DAY, second) and (month := re.match(_MONTH, first)):
        second = f"{month[0]} {second}"
    if re.fullmatch(_DAY, first) and (month := re.match(_MONTH, second)):
        first = f"{month[0]} {first}"
    left, right = reader.point(first), reader.point("today" if second in ("now", "date") else second)
    if left is None or right is None:
        return None
    begin = left[1][0] if right[1][1] <= reader.today and second in ("now", "today", "date") else left[0][0]
    end_ahead = right[0][1]
    while end_ahead < begin and not re.search(_YEAR, second):
        end_ahead += relativedelta(years=1)
    back_end = right[1][1]
    back_begin = left[1][0]
    if back_begin > back_end:
        back_begin -= relativedelta(years=1)
    return ((begin, end_ahead), (back_begin, back_end), True) if begin <= end_ahead else None


def _since(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    point = reader.point(found["point"])
    if point is None or point[1][0] > reader.today:
        return None
    days = point[1][0], reader.today
    return days, days, True


def _end_of(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    if found["month"]:
        ahead, back = reader.month(found["month"], found["year"])
        return (ahead[1], ahead[1]), (back[1], back[1]), False
    days = reader.period(found["which"] or "this", found["unit"])
    day = days[1]
    if found["unit"] == "week" and found["edge"].startswith("end"):
        day = days[0] + timedelta(days=4)
    return (day, day), (day, day), False


def _start_of(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    if found["month"]:
        ahead, back = reader.month(found["month"], None)
        return (ahead[0], ahead[0]), (back[0], back[0]), False
    day = reader.period(found["which"] or "this", found["unit"])[0]
    return (day, day), (day, day), False


def _within(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    number, unit = int(found["n"] or 1), found["unit"].rstrip("s")
    if found["which"] in ("last", "past", "previous"):
        days = reader.shifted(number, unit, -1), reader.today
    else:
        days = reader.today, reader.shifted(number, unit, 1)
    return days, days, True


def _offset(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    sign = -1 if found.groupdict().get("ago") else 1
    day = reader.shifted(int(found["n"]), found["unit"].rstrip("s"), sign)
    return (day, day), (day, day), False


def _quarter(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    year = int(found["year"]) if found["year"] else reader.today.year
    first = date(year, 3 * int(found["q"]) - 2, 1)
    days = first, first + relativedelta(months=3, days=-1)
    return days, days, True


def _whole(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    point = reader.point(found["point"])
    if point is None:
        return None
    return (*point, point[0][0] != point[0][1])


def _which_month(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    ahead, back = reader.month(found["month"], None)
    days = back if found["which"] in ("last", "past") else ahead
    return days, days, True


def _period(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    days = reader.period(found["which"], found["unit"])
    return days, days, True


def _year_to_date(reader: _Reader, _found: re.Match[str]) -> tuple[Days, Days, bool]:
    days = date(reader.today.year, 1, 1), reader.today
    return days, days, True


def _near_day(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    step = {"last night": -1, "day after tomorrow": 2, "day before yesterday": -2}.get(found[0])
    if step is None:
        step = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}[found[0].split()[0]]
    day = reader.today + timedelta(days=step)
    return (day, day), (day, day), False


def _nth(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool] | None:
    """`on the 3rd`: the nearest month that has such a day."""
    number = _number(found["day"])
    ahead = back = reader.today
    while ahead.day != number and ahead - reader.today < timedelta(days=70):
        ahead += timedelta(days=1)
    while back.day != number and reader.today - back < timedelta(days=70):
        back -= timedelta(days=1)
    return ((ahead, ahead), (back, back), False) if ahead.day == back.day == number else None


def _ordinal_weekday(reader: _Reader, found: re.Match[str]) -> tuple[Days, Days, bool]:
    return (*reader.ordinal_weekday(found["which"], found["weekday"], found["month"], found["year"]), False)


def _rule(pattern: str, resolve: Callable[[_Reader, re.Match[str]], tuple[Days, Days, bool] | None]) -> _Rule:
    return re.compile(rf"(?<![\w.:/-])(?:{pattern})(?![\w/]|[.:-]\w)"), resolve


_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_THIS = r"(?P<which>this|next|last|past|previous|current|the)"
_STRONG_MONTH = "|".join(
    sorted((name for name in _MONTHS if name not in _WEAK_MONTHS), key=len, reverse=True)
)
_STRONG_WEEKDAY = "|".join(
    sorted((name for name in _WEEKDAYS if name not in _WEAK_MONTHS), key=len, reverse=True)
)
_BEFORE_MONTH = (
    "in",
    "by",
    "of",
    "for",
    "since",
    "this",
    "next",
    "last",
    "before",
    "until",
    "till",
    "during",
    "after",
    "en",
)
_BEFORE_YEAR = ("in", "for", "of", "during", "year", "history", "since")
_WHICH = r"(?:(?P<which>this|next|last) )?"
_PERIOD = r"(?P<unit>week|month|quarter|year)"


def _after(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"


# Longer forms first: a range must not be read as its first day.
_RULES: tuple[_Rule, ...] = (
    _rule(
        rf"(?:from |between )?(?P<first>{_POINT})(?: (?:to|until|through|thru|till|and|-) |-)(?:the )?"
        rf"(?P<second>{_POINT}|{_DAY}|now|date)",
        _span,
    ),
    _rule(
        rf"(?:from |between )(?:the )?(?P<first>{_DAY}) (?:to|and|through) (?:the )?(?P<second>{_POINT})",
        _span,
    ),
    _rule(rf"since (?:the )?(?:start of |beginning of )?(?P<point>{_POINT})", _since),
    _rule(r"year to date|so far this year", _year_to_date),
    _rule(
        rf"(?P<edge>end|close) of (?:the )?{_WHICH}(?:{_PERIOD}|(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?)",
        _end_of,
    ),
    _rule(rf"(?:start|beginning) of (?:the )?{_WHICH}(?:{_PERIOD}|(?P<month>{_MONTH}))", _start_of),
    _rule(
        rf"(?P<which>{'|'.join(_ORDINALS)}) (?P<weekday>{_WEEKDAY}) (?:of|in) "
        rf"(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
        _ordinal_weekday,
    ),
    _rule(
        rf"(?:in |over |for )?(?:the )?(?P<which>next|last|past|previous|coming) (?P<n>\d+) {_UNIT}", _within
    ),
    _rule(rf"(?P<which>within) (?P<n>\d+) {_UNIT}", _within),
    _rule(rf"(?P<n>\d+) {_UNIT} (?P<ago>ago|back)", _offset),
    _rule(rf"in (?P<n>\d+) {_UNIT}", _offset),
    _rule(rf"(?P<n>\d+) {_UNIT} from (?:now|today)", _offset),
    _rule(rf"(?:q(?P<q>[1-4])(?: (?:of )?(?P<year>{_YEAR}))?)", _quarter),
    _rule(rf"{_THIS} (?P<unit>week|weekend|month|quarter|year)(?!s| end)", _period),
    _rule(
        r"last night|day after tomorrow|day before yesterday"
        r"|(?:today|tonight|tomorrow|yesterday)(?: morning| night| evening| afternoon)?",
        _near_day,
    ),
    _rule(rf"(?P<point>{_NUMERIC})", _whole),
    _rule(rf"(?P<point>{_IN_WORDS}|{_MONTH} {_YEAR})", _whole),
    _rule(rf"(?P<point>(?:next|this|last|past) {_WEEKDAY}|{_STRONG_WEEKDAY})", _whole),
    _rule(rf"(?:(?:on|by|before|since|until|next|this|last) )(?P<point>{_WEEKDAY})", _whole),
    _rule(r"(?:on|by|until|before|since) the (?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th))", _nth),
    _rule(rf"(?P<which>last|past|next|this) (?P<month>{_MONTH})", _which_month),
    _rule(rf"{_after(_BEFORE_MONTH)}(?P<point>{_MONTH})(?! \d)", _whole),
    _rule(rf"(?P<point>{_STRONG_MONTH}|march(?= \w))(?! \d)", _whole),
    _rule(rf"(?:{_after(_BEFORE_YEAR)}|^)(?P<point>{_YEAR})", _whole),
)


def find_dates(text: str, *, today: date) -> Iterator[FoundDate]:
    """Every piece of the (evened-out) text that names days; pieces never overlap."""
    reader = _Reader(today)
    taken: list[tuple[int, int]] = []
    for pattern, resolve in _RULES:
        for found in pattern.finditer(text):
            start, end = found.span()
            if start == end or any(start < stop and begin < end for begin, stop in taken):
                continue
            try:
                days = resolve(reader, found)
            except (ValueError, OverflowError):
                continue  # "in 9999999 weeks" is no day of this calendar
            if days is not None:
                taken.append((start, end))
                if not all(_FIRST_YEAR <= day.year <= _LAST_YEAR for each in days[:2] for day in each):
                    continue
                yield FoundDate(
                    start=start,
                    end=end,
                    ahead=days[0],
                    back=days[1],
                    is_range=days[2],
                    is_limit=bool(_LIMIT.search(text[:end])),
                )
