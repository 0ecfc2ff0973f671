"""What does an officer say beside a file, or about a draft? Course, days, hours, provider and number in plain words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reading.certificates.spoken import EACH_DAY, taken_back, unclear_day, with_days, with_hours
from reading.certificates.words import any_of, groups
from reading.text.dates import FoundDate, find_dates
from reading.text.normal import normalise, own_words
from reading.text.tables import topic_words, word_lists

# What a text is about when it is all there is; nobody's provider is called so.
_FILLER = frozenset(word_lists()["beside a file"])
_NUMBER_LABEL = (
    r"(?:(?:post|course|approval|class|control|board|tcole|ncp|opota|dpsst|clee)(?: approval| course)?"
    r"(?: number| no\.?| num\.?| #|#)?"
    r"|number|no\.|num\.?|#)"
)
# A day, days of a month, or from one hour to another: "class 2/27", "class 8-12 feb", "class 0800-1200".
_NO_DAY = (
    r"(?!\d{1,2}/\d{1,2}\b|\d{4}-\d\d-\d\d\b|\d{1,2}-\d{1,2}\b(?!-)"
    r"|(?:[01]\d|2[0-3])[0-5]\d-(?:[01]\d|2[0-4])[0-5]\d\b)"
)
_NUMBER = re.compile(
    rf"\b{_NUMBER_LABEL}\s*(?:is|was|:|#)?\s*#?\s*"
    rf"(?P<labelled>{_NO_DAY}(?=[A-Z-]{{0,8}}\d)[A-Z\d][A-Z\d./-]{{2,20}}[A-Z\d])"
    r"|#\s?(?P<hash>\d[\dA-Z./-]{1,20}\d)"
    r"|\b(?P<federal>(?:IS|ICS|AWR|PER|MGT)-0{0,3}\d{1,4}(?:\.[a-z\d])?)\b"
    rf"|(?<![\d/-]){_NO_DAY}"
    r"(?!\d{3}-\d{3}-\d{4}\b)(?P<bare>(?!\d{4}-\d{2}-\d{2}\b)\d{3,6}-\d{2,6}(?:-\d{1,6})?)(?![\d/-])",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(
    r"\b(?:no|without(?: a| any)?|not? (?:a |any )?)\s*(?:post |course |approval )*(?:number|no\.|#)"
    r"|\b(?:number|course|#)\s*(?:is |: ?)?(?:none|n/a|missing|blank|unknown)\b"
    r"|\b(?:don'?t|do not|can'?t|cannot|didn'?t) (?:see|find|have|get) (?:a |an |any |the )?"
    r"(?:post |course |approval )*(?:number|#)",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:there (?:is|was) )?none\b.*", re.IGNORECASE)
_PROVIDER = re.compile(
    r"\b(?:provider|sponsor|vendor|school|academy name"
    r"|(?:provided|taught|hosted|put on|given|sponsored|presented|offered|conducted) by)\s*(?:is|was|:)?\s+"
    r"(?P<provider>[^,;\n]{2,80})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:title|course title|class name|course name|called|titled|name of (?:the )?(?:class|course))"
    r"\s*(?:is|was|:)?\s+"
    r"(?P<title>[^,;\n]{2,120})",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b(\d{1,4}(?:\.\d{1,3})?) ?(?:hours?|hrs?|h)\b(?: (?:and )?(\d{1,2}) ?(?:minutes?|mins?)\b)?"
)
_MINUTES = re.compile(r"\b(\d{1,4}) ?(?:minutes?|mins?)\b")
_DAYS = re.compile(r"\b(\d{1,2}) (?:full |whole )?days?\b")
_BARE = re.compile(
    r"(?<![\d./-])(?<!\bat )(?<!\bam )(?<!\bage )(?<!\bbadge )(?<!\broom )(?<!\bunit )(?<!\bcar )(?<!\bsquad )"
    r"(?<!\bbeat )(?<!\bclass )(?<!\bid )(?<!\bpage )(?<!\bof )(\d{1,3}(?:\.\d{1,2})?)(?![\d./-])"
)
_OF_HOURS = re.compile(r"\b(?:hours?|hrs?)\b")
_YES = (
    r"(?:ok|okay|yes|yep|yup|yeah|correct|right|looks (?:good|right)|all (?:good|right|correct)"
    r"|(?:that|it)(?:'?s| is) (?:right|correct|good)|send(?: it)?(?: in| for review)?|submit(?: it)?|confirm(?:ed)?)"
)
_OK = re.compile(rf"(?:k|\U0001f44d|{_YES}(?:[ ,.!]+{_YES})*(?:[.!]* (?:thanks|thx|ty|please|pls))?)[.!\s]*")
_WORD = re.compile(r"[\w&'./-]+")
MOST = 400
SPELLED_OUT = 5
# Among words in capitals what people spell out is shorter.
SHORT = 3
_BEHIND = re.compile(
    r"\b(?:at|by|from|with|through|via) (?:the )?([\w&'.-]+(?: [\w&'.-]+){0,4}?)"
    r"(?=\s*(?:[,;.]|$)| on | for | today| yesterday)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z&][\w&'.-]*(?: [A-Za-z&][\w&'.-]*){0,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said; None and empty where nothing was. ``days`` how many days it took, ``each`` that the hours are of
    each day; ``unclear_day``: a day that can be read in two ways, as it was written."""

    ok: bool = False
    topics: tuple[str, ...] = ()
    title: str = ""
    completed_on: date | None = None
    started_on: date | None = None
    hours: Decimal | None = None
    days: int | None = None
    each: bool = False
    provider: str = ""
    number: str = ""
    no_number: bool = False
    unclear_day: str = ""

    @property
    def says_something(self) -> bool:
        """Whether any value was named."""
        return bool(
            self.topics
            or self.title
            or self.completed_on
            or self.hours is not None
            or self.provider
            or self.number
            or self.no_number
            or self.unclear_day
            or self.days
        )


def told(text: str, *, today: date, wanted: Collection[str] = ()) -> Told:
    """What the words say. ``wanted`` names the values that were asked for: a bare number or name is one of these."""
    raw = " ".join(own_words(text)[:MOST].split())
    if _OK.fullmatch(raw.casefold()):
        return Told(ok=True)
    meant = taken_back(raw)
    left = with_days(with_hours(meant, wanted="hours" in wanted), today)
    unclear = unclear_day(left)
    none = bool(_NO_NUMBER.search(left)) or ("number" in wanted and _NONE.fullmatch(left) is not None)
    number = "" if none else _taken(_NUMBER, left)
    left = (_NO_NUMBER if none else _NUMBER).sub(" ", left)
    provider, left = _labelled(_PROVIDER, "provider", left)
    title, left = _labelled(_TITLE, "title", left)
    each_day = EACH_DAY.search(left) is not None
    even = normalise(EACH_DAY.sub(" ", left)).text
    days_said = sorted(find_dates(even, today=today), key=lambda each: each.start)
    first, last = _days(days_said, today)
    even = _without(even, days_said)
    hours, even = _hours(even)
    count = _DAYS.search(even)
    even = _DAYS.sub(" ", even)
    topics, even = _topics(even)
    bare = _BARE.findall(even)
    said_hours = meant != raw or _OF_HOURS.search(even) is not None
    if hours is None and len(bare) == 1 and ("hours" in wanted or topics or count or last or said_hours):
        hours = Decimal(bare[0])
    rest = _as_written(_words_left(_BARE.sub(" ", even)), left)
    whole = left == raw and not (last or hours)
    if not provider and rest and (_given_by(rest, left) or ("provider" in wanted and "title" not in wanted)):
        provider, rest = rest, ""
    elif not provider and (school := _school(left)):
        provider, rest, whole = school, _cut(rest, school), False
    if not title and rest and not topics and "title" in wanted:
        title, rest = (left.strip(" .") if whole else rest), ""
    return Told(
        topics=topics,
        title=title,
        completed_on=None if unclear else last,
        started_on=None if unclear or first == last else first,
        hours=hours,
        days=int(count[1]) if count else None,
        each=each_day,
        provider=_as_a_name(provider),
        number=number,
        no_number=none,
        unclear_day=unclear,
    )


def _taken(shape: re.Pattern[str], text: str) -> str:
    found = shape.search(text)
    value = next((each for each in found.groups() if each), "") if found else ""
    return value if value != value.lower() else value.upper()


def _labelled(shape: re.Pattern[str], name: str, text: str) -> tuple[str, str]:
    found = shape.search(text)
    if not found:
        return "", text
    value = found[name].strip(" .")
    return value, f"{text[: found.start()]} {text[found.end() :]}"


def _days(found: list[FoundDate], today: date) -> tuple[date | None, date | None]:
    """First and last day. A class was taken: days look back, but one soon ahead is meant as it is said."""
    spans = [
        days
        for each in found
        if (days := each.days(look_back=True, today=today))[1] - days[0] <= timedelta(days=31)
    ]
    if not spans:
        return None, None
    return min(first for first, _ in spans), max(last for _, last in spans)


def _without(text: str, found: list[FoundDate]) -> str:
    for each in reversed(found):
        text = f"{text[: each.start]} {text[each.end :]}"
    return " ".join(text.split())


def _hours(text: str) -> tuple[Decimal | None, str]:
    if found := _HOURS.search(text):
        hours = Decimal(found[1]) + (Decimal(found[2]) / 60 if found[2] else 0)
        return _exact(hours), _HOURS.sub(" ", text)
    if found := _MINUTES.search(text):
        return _exact(Decimal(found[1]) / 60), _MINUTES.sub(" ", text)
    return None, text


def _exact(hours: Decimal) -> Decimal:
    """Minutes as hundredths of an hour at most; what comes out even stays even."""
    rounded = hours.quantize(Decimal("0.01"))
    return rounded.normalize() if rounded.normalize() != rounded.to_integral() else rounded.to_integral()


def _topics(text: str) -> tuple[tuple[str, ...], str]:
    words, found, kept, at = text.split(), [], [], 0
    longest = max(len(each.split()) for each in topic_words())
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            named = topic_words().get(" ".join(words[at : at + length]))
            if named:
                found += [each for each in named if each not in found]
                at += length
                break
        else:
            kept.append(words[at])
            at += 1
    return tuple(found), " ".join(kept)


def _words_left(text: str) -> list[str]:
    return [each for each in _WORD.findall(text) if each.casefold() not in _FILLER]


def _school(text: str) -> str:
    """Between commas, or behind a word that says so, a name that sounds like one who gives classes."""
    known = groups("providers.txt")
    organisation = any_of((*known["organisation"], *known["said"]))
    parts = (*text.split(","), *(found[1] for found in _BEHIND.finditer(text)))
    for part in parts:
        name = part.strip(" .")
        if _NAME.fullmatch(name) and organisation.search(name) and not _topics(name.casefold())[0]:
            return name
    return ""


def _cut(text: str, words: str) -> str:
    return " ".join(re.sub(re.escape(words), " ", text, count=1, flags=re.IGNORECASE).split())


def _as_a_name(written: str) -> str:
    """Typed in a hurry it begins with small letters; one short word is what people spell out, such as FEMA."""
    if written == written.upper() and " " in written:
        return " ".join(each if len(each) <= SHORT else each.title() for each in written.split())
    if written != written.lower():
        return written
    return written.upper() if written.isalpha() and len(written) <= SPELLED_OUT else written.title()


def _given_by(words: str, raw: str) -> bool:
    """Whether a word before them says that they name who gave the class."""
    return bool(
        re.search(rf"\b(?:at|by|from|with|through|via) (?:the )?{re.escape(words)}", raw, re.IGNORECASE)
    )


def _as_written(words: list[str], raw: str) -> str:
    """The words with the capitals and marks that their writer gave them, when they stand together there."""
    if not words:
        return ""
    together = re.search(r"[^\w\n]{1,3}".join(re.escape(each) for each in words), raw, re.IGNORECASE)
    return together[0] if together else " ".join(words)
