"""What does an officer say beside a file, or about a draft? Course, days, hours, provider and number in plain words."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sofar:
    """What was found, and the words that no reader has taken yet: as they were ``written``, and later ``even``."""

    said: Told
    wanted: frozenset[str]
    today: date
    raw: str  # all of it
    written: str
    even: str = ""
    dated: bool = False  # a day was said, clear or not

    def found(self, *, written: str | None = None, even: str | None = None, **values: Any) -> "_Sofar":
        """With values found, and without the words that said them."""
        return replace(
            self,
            said=replace(self.said, **values),
            written=self.written if written is None else written,
            even=self.even if even is None else even,
        )


def told(text: str, *, today: date, wanted: Collection[str] = ()) -> Told:
    """What the words say. ``wanted`` names the values that were asked for: a bare number or name is one of these."""
    raw = " ".join(own_words(text)[:MOST].split())
    if _OK.fullmatch(raw.casefold()):
        return Told(ok=True)
    written = with_days(with_hours(taken_back(raw), wanted="hours" in wanted), today)
    sofar = _Sofar(said=Told(), wanted=frozenset(wanted), today=today, raw=raw, written=written)
    # Each takes its own words away, so that no word is read twice: labels first, then shapes, then what is left.
    for reader in (
        _number,
        _labelled_provider,
        _labelled_title,
        _days,
        _hours,
        _count,
        _topics,
        _bare_hours,
        _names,
    ):
        sofar = reader(sofar)
    return sofar.said


def _number(sofar: _Sofar) -> _Sofar:
    """The number of the class, or that it has none; the day is looked at before its figures are taken for one."""
    text, unclear = sofar.written, unclear_day(sofar.written)
    if _NO_NUMBER.search(text) or ("number" in sofar.wanted and _NONE.fullmatch(text)):
        return sofar.found(written=_NO_NUMBER.sub(" ", text), no_number=True, unclear_day=unclear)
    return sofar.found(written=_NUMBER.sub(" ", text), number=_taken(_NUMBER, text), unclear_day=unclear)


def _labelled_provider(sofar: _Sofar) -> _Sofar:
    provider, written = _labelled(_PROVIDER, "provider", sofar.written)
    return sofar.found(written=written, provider=provider)


def _labelled_title(sofar: _Sofar) -> _Sofar:
    title, written = _labelled(_TITLE, "title", sofar.written)
    return sofar.found(written=written, title=title)


def _days(sofar: _Sofar) -> _Sofar:
    """First and last day. From here on the words are read evened out."""
    even = normalise(EACH_DAY.sub(" ", sofar.written)).text
    found = sorted(find_dates(even, today=sofar.today), key=lambda each: each.start)
    first, last = _first_and_last(found, sofar.today)
    clear = not sofar.said.unclear_day
    dated = sofar.found(
        even=_without(even, found),
        each=EACH_DAY.search(sofar.written) is not None,
        started_on=first if clear and first != last else None,
        completed_on=last if clear else None,
    )
    return replace(dated, dated=last is not None)


def _hours(sofar: _Sofar) -> _Sofar:
    hours, even = _labelled_hours(sofar.even)
    return sofar.found(even=even, hours=hours)


def _count(sofar: _Sofar) -> _Sofar:
    count = _DAYS.search(sofar.even)
    return sofar.found(even=_DAYS.sub(" ", sofar.even), days=int(count[1]) if count else None)


def _topics(sofar: _Sofar) -> _Sofar:
    topics, even = _topics_in(sofar.even)
    return sofar.found(even=even, topics=topics)


def _bare_hours(sofar: _Sofar) -> _Sofar:
    """One figure without a word is the hours where something says that hours are spoken of."""
    said, bare = sofar.said, _BARE.findall(sofar.even)
    of_hours = taken_back(sofar.raw) != sofar.raw or _OF_HOURS.search(sofar.even) is not None
    spoken_of = "hours" in sofar.wanted or said.topics or said.days or sofar.dated or of_hours
    hours = Decimal(bare[0]) if said.hours is None and len(bare) == 1 and spoken_of else said.hours
    return sofar.found(even=_BARE.sub(" ", sofar.even), hours=hours)


def _names(sofar: _Sofar) -> _Sofar:
    """What is left names who gave the class, or the class, or nothing that was asked for."""
    said, wanted, written = sofar.said, sofar.wanted, sofar.written
    provider, title = said.provider, said.title
    rest = _as_written(_words_left(sofar.even), written)
    whole = written == sofar.raw and not (sofar.dated or said.hours)
    for_provider = "provider" in wanted and "title" not in wanted
    if not provider and rest and (for_provider or _given_by(rest, written) or _ends_with_school(sofar, rest)):
        provider, rest = rest, ""
    elif not provider and (school := _school(written)):
        provider, rest, whole = school, _cut(rest, school), False
    if not title and rest and not said.topics and "title" in wanted:
        title = written.strip(" .") if whole else rest
    return sofar.found(provider=_as_a_name(provider), title=title)


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


def _first_and_last(found: list[FoundDate], today: date) -> tuple[date | None, date | None]:
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


def _labelled_hours(text: str) -> tuple[Decimal | None, str]:
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


def _topics_in(text: str) -> tuple[tuple[str, ...], str]:
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
        if _NAME.fullmatch(name) and organisation.search(name) and not _topics_in(name.casefold())[0]:
            return name
    return ""


def _ends_with_school(sofar: _Sofar, rest: str) -> bool:
    """Whether day and hours are told, and what is left at the end is a school and nothing else, or is called as schools
    are where the class is told too."""
    if not (sofar.dated and sofar.said.hours and sofar.raw.casefold().rstrip(" .").endswith(rest.casefold())):
        return False
    organisation = any_of(groups("providers.txt")["organisation"])
    return organisation.fullmatch(rest) is not None or (
        bool(sofar.said.topics) and organisation.search(rest) is not None
    )


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
