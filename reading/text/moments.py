"""Which day is a question about, and what the file said when? The clauses that say so are taken off the question.

``status as of Dec 31``, ``was I good on June 3``, ``hours as known on 2027-03-01 14:10``, ``what did my file say on
March 2``: what is left is the question as it would be asked about now.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from reading.text.dates import FoundDate, find_dates
from reading.text.model import AskedMoment


@dataclass(frozen=True, slots=True)
class Parted:
    """The question without its clauses, and the moment they name.

    ``sure``: the words can mean nothing else. Otherwise a day was only named beside a question, and what kind of
    question it is decides whether the answer is about that day.
    """

    rest: str
    moment: AskedMoment
    sure: bool


Tense = Literal["back", "ahead", "near"]

_END = r"(?=,? (?:and |but )?(?:as (?:of|known|recorded|filed|on file|it was|we knew)|known|recorded|on file) |[?.!]*$)"
_KNOWN = re.compile(
    r"(?:,|\band\b|\bfrom\b)?\s*\b(?:as (?:it |was |we )*(?:then )?(?:known|knew|recorded|filed|on file|on record)"
    r"|(?:as )?known (?:as )?(?=of|on|at)|going by (?:the|my) (?:file|record))"
    rf"(?: as)?(?: (?:of|on|at|by|from))? (?P<when>.+?){_END}",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    rf"(?:,|\band\b)?\s*\b(?:as of|as at|as it stood on|how it stood on) (?P<when>.+?){_END}", re.IGNORECASE
)
_FILE_SAID = re.compile(
    r"^\W*what (?:did|does|was|is) (?:it say (?:in|on) )?(?P<whose>my|the|our|[\w'-]+?'s)"
    r" (?:file|record|training record|training file)(?: (?:say|said|show|showed|look like))?"
    r"(?: (?:about|for|on) (?P<whom>(?!on\b|at\b)[a-z][\w' -]*?))?(?: back)? (?:(?:on|at|as of) |(?=yesterday|last ))"
    r"(?P<when>.+?)[?.!]*$",
    re.IGNORECASE,
)
_ON_FILE_FOR = re.compile(
    r"^\W*what (?:was|did we have) on file(?: (?:for|about) (?P<whom>[\w' -]+?))? (?:on|at|as of) (?P<when>.+?)[?.!]*$",
    re.IGNORECASE,
)
# A day somewhere in a question that could be about one: "was I good on June 3", "am I good 2026-12-31".
_BESIDE_A_DAY = re.compile(
    r"(?:,? ?(?:\b(?:back )?on|\bat|\bfor|\buntil|\btill?|\bthrough|\bthru|\bup to|@|\(|,) ?)$", re.IGNORECASE
)
_LASTING = re.compile(r"\b(?:for|until|till?|through|thru|up to) ?$", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:until|till?|through|thru|end of|rest of|remainder of|later|next|coming|within|over)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:\b(?:by|before)(?: the)?) ?$", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:after|since|from|prior to|around|during|between|past)(?: the| about)? ?$", re.IGNORECASE
)
_SO_LONG_FROM = re.compile(
    r"\b(?:a|an|one|\d+) (?:day|week|month|year)s? (?:from|after|before|ago) ?(?:the )?$", re.IGNORECASE
)
# "1/2 the hours" and "the 4/10 schedule" are no days; "on 7/28" is.
_BARE_SLASH = re.compile(r"\d{1,2}/\d{1,2}")
_ASKS_AFTERWARDS = re.compile(r"\b(?:am|was|are|were|is|do|did|have) (?:i|we|my)\b", re.IGNORECASE)
_WEEKDAY_OR_NTH = re.compile(r"day\b|\bthe \d", re.IGNORECASE)
_AFTER_A_DAY = re.compile(r"^[\s)]*(?:and|or|to|through|-|,)\s*(?:\d|[a-z]+ \d)", re.IGNORECASE)
# What looks like a day to whoever typed it, in a writing that is not read.
_LOOKS_LIKE_A_DAY = re.compile(
    r"(?<![\w.#-])(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(?:19|20)\d{6}|(?:19|20)\d\d-\d\d)(?![\w/-])"
    r"|(?<![\w.#/-])\d{1,2}[/-]\d{1,2}(?=\W*$)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]* \d{1,2}\b|\bweekend\b"
    r"|\b(?:day|week|month|year)s? (?:ago|from (?:now|today))\b"
    r"|\b(?:until|till?|through|thru) (?:the )?(?:end of )?(?:19|20)\d\d\b|\beo[ymq]\b|\b(?:year|month)[ -]end\b"
    r"|\b(?:at|in|by|for|until|till?|through|thru|over|within|on|this|next|last|later)\b(?: [\w']+){0,4}? ?"
    r"(?:(?<!this )(?:year|month|week|quarter)s?|days|summer|fall|autumn|winter|spring|christmas|birthday"
    r"|new years?(?:'s)?(?: day| eve)?)(?=\W*$)"
    r"|\bat \d{1,2}(?::\d\d)?(?: ?[ap]m)?(?=\W*$)|\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)(?=\W*$)"
    r"|'\d\d(?=\W*$)",
    re.IGNORECASE,
)
_WILL_BE = re.compile(r"^\W*(?:who )?will\b", re.IGNORECASE)
_SUPPOSES = re.compile(r"\b(?:what if|whatif|if (?:i|we) |suppose|supposing|assuming)\b", re.IGNORECASE)
# What has days of its own: those of a class that is only supposed, of a log, of a history, or the year of one.
_HAS_ITS_DAYS = re.compile(
    r"^\W*(?:completeness|(?:show (?:me )?)?(?:the )?(?:audit )?log|who (?:has )?(?:saw|seen|looked|viewed|accessed)"
    r"|(?:show (?:me )?)?(?:my )?history)\b",
    re.IGNORECASE,
)
_LONGEST_QUESTION = 200
_MEANS = re.compile(r"^\W*(?:what (?:does|do|is|are)\b.*\bmean\b|define|glossary)", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)
_NOW = (
    (re.compile(r"\bwill (i|we) be\b", re.IGNORECASE), r"\1 be"),
    (re.compile(r"\bi be\b", re.IGNORECASE), "am i"),
    (re.compile(r"\bwe be\b", re.IGNORECASE), "are we"),
    (re.compile(r"\bwill (\S+) be\b", re.IGNORECASE), r"is \1"),
    (re.compile(r"\bwho will be\b", re.IGNORECASE), "who is"),
    (re.compile(r"\bwas i\b", re.IGNORECASE), "am i"),
    (re.compile(r"\bwere we\b", re.IGNORECASE), "are we"),
    (re.compile(r"\bdid (i|we) have\b", re.IGNORECASE), r"do \1 have"),
    (re.compile(r"\bdid (i|we) (stand|need|owe)\b", re.IGNORECASE), r"do \1 \2"),
    (re.compile(r"\bhad i\b", re.IGNORECASE), "have i"),
    (re.compile(r"\bwas\b", re.IGNORECASE), "is"),
    (re.compile(r"\bwere\b", re.IGNORECASE), "are"),
)
_NOON = re.compile(r",? ?(?:at )?noon$", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?:,|\bat\b)?\s*(?<!\d)(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?: hours| hrs)?"
    # Four bare digits are a year unless something says that they are a time.
    r"|\bat (?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?: hours| hrs)?|(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d) (?:hours|hrs)"
    r"|(?:,|\bat\b)?\s*(?<!\d)(?P<h12>1[0-2]|0?[1-9])(?::(?P<m12>[0-5]\d))? ?(?P<half>[ap])\.?m\.?)$",
    re.IGNORECASE,
)
# Not a moment of its own: the answer is about now anyway.
_AT_PRESENT = frozenset({"now", "right now", "today", "this moment", "of now"})
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})(?= (?:day|week|month|year)s?\b)", re.IGNORECASE)
_TOMORROW = re.compile(r"\b(?:tmrw|tmr|2mrw)\b", re.IGNORECASE)
_IN_ONE = re.compile(r"\bin an? (day|week|month|year)\b", re.IGNORECASE)
_MONTH_WITH_A_DOT = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.(?= ?\d)", re.IGNORECASE)
_ODD_DAY = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/.-])")
_CLOSE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_ISO_TIME = re.compile(r"(?<=\d)t(?=\d\d:\d\d)", re.IGNORECASE)


def part(text: str, *, today: date) -> Parted | None:
    """The question and its moment; None when nothing in the text speaks of one."""
    if _MEANS.match(text):
        return None
    # One blank for many, or every one of them would be tried as the beginning of a clause.
    text = _evened(" ".join(text.split()))
    said = _FILE_SAID.match(text) or _ON_FILE_FOR.match(text)
    if said:
        day, at = _day_and_time(said["when"], today, "back")
        return Parted(
            _about(said.groupdict().get("whose") or "", said["whom"] or ""),
            AskedMoment(known_on=day, known_at=at, unread="" if day else said["when"]),
            sure=True,
        )
    return _by_its_clauses(text, today) or _by_a_day_in_it(text, today)


def keeps_its_days(rest: str) -> bool:
    """Whether a day in the question is none that the answer is about."""
    return bool(_SUPPOSES.search(rest) or _HAS_ITS_DAYS.match(rest))


def may_name_its_days(rest: str) -> bool:
    """Whether it is worth reading once more for them. A text of nothing but clauses would be read for each of them."""
    return len(rest) <= _LONGEST_QUESTION and keeps_its_days(rest)


def _by_its_clauses(text: str, today: date) -> Parted | None:
    rest, unread = text, ""
    as_of = known_on = known_at = None
    if found := _KNOWN.search(rest):
        known_on, known_at = _day_and_time(found["when"], today, "near")
        unread = "" if known_on else found["when"]
        rest = _without(rest, found)
    if found := _AS_OF.search(rest):
        as_of, _ = _day_and_time(found["when"], today, _tense(rest))
        unread = unread or ("" if as_of else found["when"])
        rest = _without(rest, found)
    elif (
        known_on is not None
        and not keeps_its_days(rest)
        and (beside := _by_a_day_in_it(rest, today)) is not None
    ):
        # "Was I good on June 3, as known on March 2": the day has no clause of its own.
        as_of, unread, rest = beside.moment.as_of, beside.moment.unread, beside.rest
    if rest == text:
        return None
    if unread.casefold().strip(" .?!") in _AT_PRESENT:
        unread = ""
    moment = AskedMoment(as_of=as_of, known_on=known_on, known_at=known_at, unread=unread)
    return Parted(_of_now(rest), moment, sure=True)


def _by_a_day_in_it(text: str, today: date) -> Parted | None:
    """A question with a day in it and no words that say what the day is for."""
    lower = text.casefold()
    pieces = sorted(find_dates(lower, today=today), key=lambda piece: piece.start)
    if len(pieces) == 1:
        return _by_one(pieces[0], text, today)
    if pieces:
        first, last = pieces[0], pieces[-1]
        return _unread(text, text[first.start : last.end])
    if found := _LOOKS_LIKE_A_DAY.search(text):
        return _unread(text, found[0])
    return None


def _by_one(piece: FoundDate, text: str, today: date) -> Parted | None:
    before, after = text[: piece.start], text[piece.end :]
    words = text[piece.start : piece.end]
    by = _BY.search(before)
    beside = by or _BESIDE_A_DAY.search(before)
    if _ASKS_AFTERWARDS.search(after) and not _opens(before):
        # "I requalified Jan 27, am I good": the day is that of something else.
        return None
    if _BARE_SLASH.fullmatch(words.strip()) and (
        beside is None or re.match(r"\s*[a-z]", after, re.IGNORECASE)
    ):
        return None if re.match(r"\s*[a-z]", after, re.IGNORECASE) else _unread(text, words)
    if found := _SO_LONG_FROM.search(before):
        return _unread(text, f"{found[0]}{words}")
    if by and not _may_be_by(text):
        # What is owed by a day is owed today, and the answer names its days.
        return None
    if by and "before" in by[0].casefold():
        return _unread(text, words)
    one_day = not piece.is_range and piece.ahead[0] == piece.ahead[1]
    if _BEYOND.search(before) or _AFTER_A_DAY.match(after) or not one_day:
        # This year or this month are no other moment than now; the end or the rest of them is.
        is_now = piece.ahead[0] <= today <= piece.ahead[1] and not _NOT_NOW.search(f"{before}{words}")
        return None if is_now else _unread(text, words)
    start = beside.start() if beside else piece.start
    rest = " ".join(f"{text[:start]} {after.lstrip(' )')}".split())
    day = _chosen(piece, today, _tense_of(piece, text, before, words, looks_ahead=by is not None))
    return Parted(_of_now(rest.strip(" ,")), AskedMoment(as_of=day), sure=False)


def _opens(before: str) -> bool:
    """Whether the day stands first, as in "On June 3, was I good"."""
    return not re.sub(r"\b(?:on|at|for|by|and|so|ok)\b", "", before, flags=re.IGNORECASE).strip(" ,")


def _tense_of(piece: FoundDate, text: str, before: str, words: str, *, looks_ahead: bool) -> Tense:
    tense = _tense(text)
    if tense == "near" and (looks_ahead or _LASTING.search(before) or _WEEKDAY_OR_NTH.search(words)):
        # Nobody is good until a day that is over, and "Tuesday" without "last" is the one to come.
        is_past = piece.ahead == piece.back and piece.ahead[0] == piece.ahead[1]
        return "near" if is_past else "ahead"
    return tense


def _may_be_by(text: str) -> bool:
    """ "Good by June 30" is about that day; "hours by June 30" names the day until which they are owed."""
    return bool(
        _WILL_BE.match(text) or re.search(r"\b(?:good|ok|okay|compliant|current|set|legal)\b", text, re.I)
    )


def _unread(text: str, words: str) -> Parted:
    rest = _of_now(" ".join(text.replace(words, " ", 1).split()))
    rest = re.sub(
        r"(?:\s+(?:on|at|by|in|for|until|through|before|after|since|from|during|the))+\W*$", "", rest
    )
    return Parted(rest, AskedMoment(unread=words.strip()), sure=False)


def _evened(text: str) -> str:
    text = _TOMORROW.sub("tomorrow", text)
    text = _MONTH_WITH_A_DOT.sub(r"\1", text)
    text = _IN_ONE.sub(r"in 1 \1", text)
    text = _NUMBER_WORD.sub(lambda found: _NUMBER_WORDS[found[1].casefold()], text)
    text = _CLOSE_DAY.sub(r"\1-\2-\3", text)
    return _ODD_DAY.sub(lambda found: f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", text)


def _tense(text: str) -> Tense:
    """Which way a day without its year lies: as the question speaks, else whichever is nearer."""
    if _PAST.search(text):
        return "back"
    return "ahead" if _WILL_BE.match(text) or _SUPPOSES.search(text) else "near"


def _chosen(piece: FoundDate, today: date, tense: Tense) -> date:
    ahead, back = piece.ahead[0], piece.back[0]
    if tense == "near":
        return back if today - back <= ahead - today else ahead
    return ahead if tense == "ahead" else back


def _about(whose: str, whom: str) -> str:
    if whom.strip().casefold() in ("me", "myself", ""):
        owner = re.sub(r"'s$", "", whose, flags=re.IGNORECASE)
        return "status" if owner.casefold() in ("my", "the", "our", "") else f"how is {owner}"
    return f"how is {whom.strip()}"


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def _of_now(rest: str) -> str:
    for past, present in _NOW:
        rest = past.sub(present, rest, count=1)
    return rest.strip(" ,")


def _day_and_time(when: str, today: date, tense: Tense) -> tuple[date | None, time | None]:
    """The one day that the words name, and the time of day beside it; no day when they name none or several."""
    words = " ".join(_ISO_TIME.sub(" ", when).casefold().split()).strip(" .,?!")
    words = _NOON.sub(" 12:00", words)
    found = _TIME.search(words)
    at = None
    if found and found.start() > 0 and (day := _day(words[: found.start()].strip(" ,"), today, tense)):
        at = _time(found)
        return day, at
    return _day(words, today, tense), at


def _time(found: re.Match[str]) -> time:
    for hour, minute in (("h24", "m24"), ("h4", "m4"), ("hh", "mm")):
        if found[hour] is not None:
            return time(int(found[hour]), int(found[minute]))
    afternoon = 12 if found["half"].casefold() == "p" else 0
    return time(int(found["h12"]) % 12 + afternoon, int(found["m12"] or 0))


def _day(words: str, today: date, tense: Tense) -> date | None:
    words = re.sub(
        r"^(?:the )?(?:day of |morning of |evening of )?", "", words.removesuffix(" at").strip(" ,")
    )
    words = re.sub(r"\W+(?:please|thanks|thx)$", "", words)
    pieces = list(find_dates(words, today=today))
    if (
        len(pieces) != 1
        or pieces[0].is_range
        or words[: pieces[0].start].strip()
        or words[pieces[0].end :].strip()
    ):
        return None
    piece = pieces[0]
    return _chosen(piece, today, tense) if piece.ahead[0] == piece.ahead[1] else None
