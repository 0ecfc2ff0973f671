"""What training does somebody describe in their own words: its title, days, place and cost? Fixed rules, no guesses."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from reading.text.dates import FoundDate, find_dates
from reading.text.fractions import with_decimals
from reading.text.normal import with_quoted
from reading.text.wish_doubts import A_YEAR_APART, AMOUNT, LATELY, WishDoubt, no_such_day, rate

# What is read of one message; what is behind it is pasted.
MOST = 400
LONGEST_TITLE, LONGEST_PLACE = 160, 120
# Nobody asks the agency for more; a slip of the thumb does.
MOST_COST = Decimal(100_000)
LONGEST_HOURS = Decimal(1_500)
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|enero|abril|agosto|diciembre)"
# "7-11 jun 2027", as classes are shown here, for a reader of days who wants the month first.
_DAY_FIRST = re.compile(
    rf"\b(?P<first>\d{{1,2}})\s?(?:-|to|al)\s?(?P<last>\d{{1,2}}) (?:de )?(?P<month>{_MONTH})\b"
    r"(?:,? (?:de )?(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_KINDS = {
    "tuition": "tuition",
    "registration": "tuition",
    "fee": "tuition",
    "class": "tuition",
    "course": "tuition",
    "travel": "travel",
    "flight": "travel",
    "airfare": "travel",
    "mileage": "travel",
    "gas": "travel",
    "lodging": "lodging",
    "hotel": "lodging",
    "room": "lodging",
    "meals": "meals",
    "food": "meals",
    "per diem": "meals",
    "backfill": "backfill",
    "overtime": "overtime",
    "ot": "overtime",
    "other": "other",
    "materials": "other",
    "books": "other",
    "parking": "other",
}
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_MONEY = re.compile(
    rf"(?:\b(?:costs?|price|cost (?:is|of)|tuition(?: is| of)?)[: ]*)?"
    rf"(?:(?P<before>\b(?:{_KIND}))(?: is| of|:)? ?)?"
    rf"(?:\$ ?(?P<dollars>{AMOUNT})|(?<![\w.,$])(?P<figures>{AMOUNT}) ?(?:dollars|bucks|usd))(?![\w.]?\d|\w)"
    rf"(?: (?:for |of )?(?P<after>(?:{_KIND})\b(?! ?(?:is |of |:)?\$?\d)))?",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:(?P<kind>{_KIND}|costs?|price))(?: is| of|:)? (?P<amount>{AMOUNT})"
    r"(?![\w.,]?\d|\w| ?(?:hours?|hrs?|h|nights?|days?|miles?|mi|people)\b)",
    re.IGNORECASE,
)
# "Hotel 2 nights at $120": the nights are no dollars, and each of them costs as much.
_NIGHTS = re.compile(
    rf"\b(?P<nights>\d{{1,2}}) nights?(?P<each> (?:at|@|x|of))?(?: for)? \$ ?(?P<amount>{AMOUNT})(?![\w.,]?\d)"
    r"(?P<per> ?(?:(?:a|per|each|/) ?night|each)\b)?",
    re.IGNORECASE,
)
_US_DOLLARS = re.compile(r"\b(?:usd|us ?\$) ?(?=\d)", re.IGNORECASE)
# An amount that cannot be read is asked for again, and is part of no title.
_UNREAD = re.compile(r"(?:\bcosts? )?\$ ?\S+", re.IGNORECASE)
# Less than nothing, or other money than dollars.
_NO_AMOUNT = re.compile(
    rf"(?:\bminus |(?<!\w)- ?(?=\$))\$? ?(?:{AMOUNT})(?: ?(?:dollars|bucks|usd)\b)?"
    r"|[\u00a3\u20ac\u00a5] ?\d[\d.,]*"
    r"|(?<![\w.,])\d[\d.,]* ?(?:cad|aud|gbp|eur|euros?|pounds?|pesos?|mxn)\b"
    r"|\b(?:cad|aud|gbp|eur|mxn) ?\d[\d.,]*",
    re.IGNORECASE,
)
_BARE_AMOUNT = re.compile(rf"(?P<figures>{AMOUNT})[\s.]*")
# Nobody knows yet; it is asked for as if nothing was said.
_UNKNOWN = re.compile(
    r"\b(?:(?:costs?|price|tuition) (?:is )?(?:unknown|tbd|not known|unclear)|unknown (?:cost|price)|tbd)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:free|no (?:cost|charge)|(?:it )?costs? nothing)\b", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,4}(?:\.\d{1,2})?) ?(?:hours?|hrs?|h)\b", re.IGNORECASE)
_REGISTER = re.compile(
    r"\b(?:register(?: it)?|registration(?: deadline| closes| ends)?|sign up|deadline|closes)[: ]*"
    r"(?:is |by |before |on )?"
    r"(?=DAY)",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"\b(?:place|location|where|held (?:in|at)|venue)\s*(?:is|:)?\s+(?P<place>[^,;\n$]{2,120})", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:in|at|en) (?P<place>(?:the )?(?:[A-Z][\w.'&-]*|\d+(?:st|nd|rd|th))"
    r"(?:,? (?:[A-Z][\w.'&-]*|\d{1,4}\b)){0,5})"
)
_OUT_OF_TOWN = re.compile(r"\b(?P<no>not |no )?(?:out of town|out of state|overnight)\b", re.IGNORECASE)
_TITLE_LABEL = re.compile(
    r"\b(?:title|class|course|called)\s*(?:is|:)\s*(?P<title>[^,;\n]{2,160})", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_FIRST = re.compile(
    r"\b(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? "
    rf"(?=(?:the )?\d{{1,2}}\b|{_MONTH}\b)",
    re.IGNORECASE,
)
# How somebody begins to ask; what follows is what they ask for.
_ASKING = re.compile(
    r"^(?:hey |hi |please |pls |rollcall[,:]? )*"
    r"(?:(?:i(?:'d| would)? (?:want|like|wish|need)(?: to)?|id like to|can i|could i|may i|(?:can|could) you"
    r"|i am|i'm|im)"
    r" )?(?:please )?(?:sign|put|book|enroll|register|get|send|schedule|slot)? ?(?:me|us)? ?(?:up |down |in )?"
    r"(?:request(?:ing)?|apply(?:ing)?|attend|take|go(?: to)?|join|enroll|get|have|register|for|a seat|a spot)?"
    r"(?: ?\b(?:for|in|on|to|into|a seat in|a spot in|training)\b)*"
    r"(?: ?\b(?:the|a|an|this|that|seat in|spot in)\b)* ?",
    re.IGNORECASE,
)
# The same in Spanish.
_ASKING_SPANISH = re.compile(
    r"^(?:hola,? |por favor,? )*(?:(?:yo )?(?:quiero|quisiera|necesito|deseo|me gustar[ií]a|puedo|podr[ií]a) )?"
    r"(?:pedir|pido|solicitar|solicito|tomar|hacer|inscribirme|apuntarme|anotarme|asistir|ir)(?: (?:a|al|en|para))?\b ?"
    r"(?:(?:la|el|los|las|una?|lo) )?"
    r"(?:(?:clase|curso|escuela|entrenamiento|capacitaci[oó]n|taller) (?:del? )?(?:la |el )?)?",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:\b(?:on|from|at|in|for|and|to|by|the|please|pls|dates?|is|it|cost|costs|del?|el|al|en|por favor|DAY|[-,;:.])"
    r"\s*)+$",
    re.IGNORECASE,
)
_ONLY_FILLING = re.compile(
    r"[\W_]*(?:\b(?:por favor|del?|el|la|en|al|on|from|at|in|for|and|to|by|the|it|is|its|please|DAY)\b[\W_]*)*"
)
_SEPARATOR = re.compile(r"[,;\n](?!\d{3}\b)")
_TIME_OF_DAY = re.compile(
    r"\b(?:at )?(?:\d{1,2}(?::[0-5]\d)? ?(?:am|pm|a\.m\.|p\.m\.)|[0-2]?\d:[0-5]\d|[0-2]\d[0-5]\d ?(?:hours|hrs|h)?"
    r"|noon|midnight)\b",
    re.IGNORECASE,
)
_BARE_VALUES = re.compile(r"[$#]? ?\d[\d,.]*\b")
# What only says that it is put right.
_CORRECTING = re.compile(
    r"\b(?:no|not|sorry|actually|oops|wait|i|mean|meant|make|should|be|is|it|its|it's|the|that|this|on|at|from|to|for|and|change"
    r"|instead|correction|dates?|days?|cost|costs|please|rather|better|ok|okay|yes|of|a|an|in)\b",
    re.IGNORECASE,
)
# Somewhere in what is left there has to be a word.
_A_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was said; None and empty where nothing was. ``costs`` are kinds with amounts; ``too_dear`` an amount that
    nobody means, or that cannot be read; ``doubt`` what is asked about first."""

    title: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    costs: tuple[tuple[str, Decimal], ...] = ()
    hours: Decimal | None = None
    register_by: date | None = None
    out_of_town: bool | None = None
    too_dear: bool = False
    doubt: WishDoubt | None = None

    @property
    def says_something(self) -> bool:
        """Whether any value was named."""
        return bool(
            self.title
            or self.first
            or self.place
            or self.costs
            or self.hours is not None
            or self.register_by
            or self.out_of_town is not None
            or self.too_dear
            or self.doubt is not None
        )


def wished(text: str, *, today: date, wanted: Collection[str] = (), begins: bool = False) -> Wish:
    """What the words say. ``wanted`` names what was asked for: words without a label are one of these. ``begins``: they
    ask for training, and what they name first is it."""
    left = " ".join(_said(text)[:MOST].split())
    title, left = _labelled(_TITLE_LABEL, "title", left)
    each_night, left = rate(_NIGHTS.sub(_for_all_nights, left))
    if each_night is not None:
        each_night = replace(each_night, kind=_KINDS.get(each_night.kind, "other"))
    costs, too_dear, left = _costs(left, bare="costs" in wanted)
    hours, left = _hours(left)
    nowhere, left = no_such_day(left)
    days, register_by, doubt, left = _days(left, today)
    place, left = _labelled(_PLACE_LABEL, "place", left)
    away, left = _away(left)
    if begins:
        spanish = _ASKING_SPANISH.sub("", left, count=1)
        left = spanish if spanish != left else _ASKING.sub("", left, count=1)
    if not place:
        place, left = _labelled(_PLACE, "place", left)
    pieces = [each for part in _SEPARATOR.split(left) if (each := _bare(part))]
    if begins and not title and pieces:
        title = pieces.pop(0)
    for name in ("title", "place"):
        if name in wanted and pieces and not (title if name == "title" else place):
            said = pieces.pop(0)
            title, place = (said, place) if name == "title" else (title, said)
    if begins and not place and pieces:
        place = pieces.pop(0)
    if nowhere is not None:
        # With one day unread, the other is half of what was said.
        days = None
    if days is not None and days[1] < today:
        doubt = WishDoubt(code="past", first=days[0], last=days[1])
        days = None
    if days is not None and _is_month(days):
        # "In June" says where to look, and is no class of thirty days.
        days = None
    return Wish(
        title=title[:LONGEST_TITLE],
        first=None if days is None else days[0],
        last=None if days is None else days[1],
        place=place[:LONGEST_PLACE],
        costs=costs,
        hours=hours,
        register_by=register_by,
        out_of_town=away,
        too_dear=too_dear,
        doubt=nowhere or doubt or each_night,
    )


def _said(text: str) -> str:
    """What is asked for, with a title that stands in quotation marks."""
    return with_decimals(with_quoted(text)).replace('"', "")


def says_only_values(text: str, *, today: date) -> bool:
    """Whether nothing is said but days, a time of day, hours, amounts or a number: no reason is as bare as that."""
    bare = " ".join(_said(text)[:MOST].split())
    each_night, left = rate(_NIGHTS.sub(_for_all_nights, bare))
    _, _, left = _costs(left, bare=False)
    _, left = _hours(left)
    _, left = no_such_day(left)
    _, _, _, left = _days(left, today)
    left = _BARE_VALUES.sub(" ", _TIME_OF_DAY.sub(" ", left))
    said = bool(re.search(r"\d", bare)) or each_night is not None or left != bare
    return said and not _A_WORD.search(_CORRECTING.sub(" ", left))


def days_meant(text: str, *, today: date) -> tuple[date, date] | None:
    """The days that words name, the month as a whole where only it is named; None without any."""
    return _days(" ".join(_said(text)[:MOST].split()), today)[0]


def _is_month(days: tuple[date, date]) -> bool:
    first, last = days
    return first.day == 1 and (last + timedelta(days=1)).day == 1 and last > first


def _labelled(shape: re.Pattern[str], name: str, text: str) -> tuple[str, str]:
    found = shape.search(text)
    if found is None:
        return "", text
    value = _END.sub("", found[name]).strip(" .,;:")
    return value, f"{text[: found.start()]} , {text[found.end() :]}"


def _costs(text: str, *, bare: bool) -> tuple[tuple[tuple[str, Decimal], ...], bool, str]:
    found: dict[str, Decimal] = {}
    too_dear = False
    alone = _BARE_AMOUNT.fullmatch(text) if bare else None
    if alone is not None:
        text = f"${alone['figures']}"
    text = _UNKNOWN.sub(" , ", _US_DOLLARS.sub("$", text))
    if _NO_AMOUNT.search(text):
        # Half a sum is not what it costs: the whole of it is asked for.
        return (), True, _UNREAD.sub(" , ", _NO_AMOUNT.sub(" , ", text))
    for shape in (_MONEY, _LABELLED):
        while (said := shape.search(text)) is not None:
            named = said.groupdict()
            written = named.get("dollars") or named.get("figures") or named.get("amount") or "0"
            kind = (named.get("before") or named.get("after") or named.get("kind") or "").casefold()
            amount = Decimal(written.replace(",", ""))
            if amount > MOST_COST:
                too_dear = True
            else:
                name = _KINDS.get(kind, "tuition")
                found[name] = found.get(name, Decimal()) + amount
            text = f"{text[: said.start()]} , {text[said.end() :]}"
    if _UNREAD.search(text):
        too_dear, text = True, _UNREAD.sub(" , ", text)
    if not found and not too_dear and _FREE.search(text):
        return (("tuition", Decimal()),), False, _FREE.sub(" ", text)
    return tuple(found.items()), too_dear, text


def _for_all_nights(found: re.Match[str]) -> str:
    amount = Decimal(found["amount"].replace(",", ""))
    return f"${amount * int(found['nights']) if found['each'] or found['per'] else amount}"


def _hours(text: str) -> tuple[Decimal | None, str]:
    said = _HOURS.search(text)
    if said is None:
        return None, text
    hours = Decimal(said[1])
    left = f"{text[: said.start()]} , {text[said.end() :]}"
    return (hours if 0 < hours <= LONGEST_HOURS else None), left


def _days(text: str, today: date) -> tuple[tuple[date, date] | None, date | None, WishDoubt | None, str]:
    """First and last day, the last day of registration, what does not fit, and the text with a mark for each day."""
    text = text.replace("\u2013", "-").replace("\u2014", "-")
    # "Monday, June 7" is one day and not two.
    weekdays = {_WEEKDAYS.index(each[0][:3].casefold()) for each in _WEEKDAY_FIRST.finditer(text)}
    turned = _DAY_FIRST.sub(_month_first, _WEEKDAY_FIRST.sub("", text))
    lowered = turned.lower()
    if len(lowered) != len(turned):
        turned = lowered
    found = sorted(find_dates(lowered, today=today), key=lambda each: each.start)
    for each in reversed(found):
        turned = f"{turned[: each.start]} DAY {turned[each.end :]}"
    register_by = None
    spoken = found
    marked = " ".join(turned.split())
    deadline = _REGISTER.search(marked)
    if deadline is not None and found:
        at = marked[: deadline.end()].count("DAY")
        register_by = _span(found[at], today)[0]
        spoken = [each for place, each in enumerate(found) if place != at]
        marked = f"{marked[: deadline.start()]} , {marked[deadline.end() + len('DAY') :]}"
    spans = [_span(each, today) for each in spoken if not each.is_limit]
    if not spans:
        return None, register_by, None, marked.replace("DAY", ",")
    days = min(first for first, _ in spans), max(last for _, last in spans)
    if len(spans) == 2 and spans[1][1] < spans[0][0]:
        # The last day before the first is a slip of somebody's, and not turned round in silence.
        days = spans[0][0], spans[1][1]
    if len({each.weekday() for each in days} | weekdays) > len({each.weekday() for each in days}):
        # Which of the two is meant is asked.
        said = ", ".join(each[0].strip(" ,.") for each in _WEEKDAY_FIRST.finditer(text))
        doubt = WishDoubt(code="weekday", written=said, first=days[0], last=days[1])
        return None, register_by, doubt, marked.replace("DAY", ",")
    return days, register_by, None, marked.replace("DAY", ",")


def _month_first(found: re.Match[str]) -> str:
    year = f" {found['year']}" if found["year"] else ""
    return f"{found['month']} {found['first']}{year} to {found['month']} {found['last']}{year}"


def _span(found: FoundDate, today: date) -> tuple[date, date]:
    """The days that are meant. What is over is never moved to another year: a day of this year, or of a few weeks ago,
    that is nearer than the next of its name is the one behind."""
    ahead, back = found.days(look_back=False, today=today), found.back
    if found.is_range and back != ahead:
        # Days that run at this moment are those.
        running = ahead[0] - relativedelta(years=1), ahead[1] - relativedelta(years=1)
        if running[0] <= today <= running[1]:
            return running
    behind = today - back[1]
    by_year = back[1] < today and (ahead[0] - back[0]).days >= A_YEAR_APART
    lately = back[1].year == today.year or behind <= LATELY
    return back if by_year and lately and behind < ahead[0] - today else ahead


def _away(text: str) -> tuple[bool | None, str]:
    said = _OUT_OF_TOWN.search(text)
    if said is None:
        return None, text
    return said["no"] is None, f"{text[: said.start()]} , {text[said.end() :]}"


def _bare(part: str) -> str:
    """A piece of the words without what only joins it to the next; empty when nothing else is in it."""
    said = _END.sub("", part).strip(" .,;:-\"'?!")
    if _ONLY_FILLING.fullmatch(said) or not _A_WORD.search(said):
        return ""
    return re.sub(r"^(?:and|in|at|on|for|to) ", "", said, flags=re.IGNORECASE)
