"""Which day is a question about, and what the file said when? The clauses that say so are taken off the question.

``status as of Dec 31``, ``was I good on June 3``, ``hours as known on 2027-03-01 14:10``, ``what did my file say on
March 2``: what is left is the question as it would be asked about now.
"""

import re
from dataclasses import dataclass
from datetime import date, time

from reading.text.dates import find_dates
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
    r"(?: (?:about|for|on) (?P<whom>(?!on\b|at\b)[a-z][\w' -]*?))?(?: back)? (?:on|at|as of) (?P<when>.+?)[?.!]*$",
    re.IGNORECASE,
)
_ON_FILE_FOR = re.compile(
    r"^\W*what (?:was|did we have) on file (?:for|about) (?P<whom>[\w' -]+?) (?:on|at|as of) (?P<when>.+?)[?.!]*$",
    re.IGNORECASE,
)
# A day at the end of a question that could be about one: "was I good on June 3", "was Ruiz good yesterday".
_ON_A_DAY = re.compile(
    r"^(?P<rest>.*\S),? (?:(?:back )?on |(?=yesterday|today|last |\d+ (?:day|week|month|year)s? ago))"
    r"(?P<when>[^?!]+?)[?.!]*$",
    re.IGNORECASE,
)
_WILL_BE = re.compile(
    r"^(?P<rest>\W*will .+? be .*\S),? (?:on|by|at) (?P<when>[^?!]+?)[?.!]*$", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)
_NOW = (
    (re.compile(r"\bwill (i|we) be\b", re.IGNORECASE), r"\1 be"),
    (re.compile(r"\bi be\b", re.IGNORECASE), "am i"),
    (re.compile(r"\bwe be\b", re.IGNORECASE), "are we"),
    (re.compile(r"\bwill (\S+) be\b", re.IGNORECASE), r"is \1"),
    (re.compile(r"\bwas i\b", re.IGNORECASE), "am i"),
    (re.compile(r"\bwere we\b", re.IGNORECASE), "are we"),
    (re.compile(r"\bdid (i|we) have\b", re.IGNORECASE), r"do \1 have"),
    (re.compile(r"\bdid (i|we) (stand|need|owe)\b", re.IGNORECASE), r"do \1 \2"),
    (re.compile(r"\bhad i\b", re.IGNORECASE), "have i"),
    (re.compile(r"\bwas\b", re.IGNORECASE), "is"),
    (re.compile(r"\bwere\b", re.IGNORECASE), "are"),
)
_TIME = re.compile(
    r"(?:(?:,|\bat\b)?\s*(?<!\d)(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?: hours| hrs)?"
    # Four bare digits are a year unless something says that they are a time.
    r"|\bat (?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?: hours| hrs)?|(?P<hh>[01]\d|2[0-3])(?P<mm>[0-5]\d) (?:hours|hrs)"
    r"|(?:,|\bat\b)?\s*(?<!\d)(?P<h12>1[0-2]|0?[1-9])(?::(?P<m12>[0-5]\d))? ?(?P<half>[ap])\.?m\.?)$",
    re.IGNORECASE,
)
# Not a moment of its own: the answer is about now anyway.
_AT_PRESENT = frozenset({"now", "right now", "today", "this moment", "of now"})
_ISO_TIME = re.compile(r"(?<=\d)t(?=\d\d:\d\d)", re.IGNORECASE)


def part(text: str, *, today: date) -> Parted | None:
    """The question and its moment; None when no clause of the text speaks of one."""
    said = _FILE_SAID.match(text) or _ON_FILE_FOR.match(text)
    if said:
        day, at = _day_and_time(said["when"], today, look_back=True)
        return Parted(
            _about(said.groupdict().get("whose") or "", said["whom"] or ""),
            AskedMoment(known_on=day, known_at=at, unread="" if day else said["when"]),
            sure=True,
        )
    rest, unread = text, ""
    as_of = known_on = known_at = None
    sure = False
    if found := _KNOWN.search(rest):
        known_on, known_at = _day_and_time(found["when"], today, look_back=True)
        unread = "" if known_on else found["when"]
        rest, sure = _without(rest, found), True
    if found := _AS_OF.search(rest):
        back = not sure and bool(_PAST.search(rest))
        as_of, _ = _day_and_time(found["when"], today, look_back=back or _names_the_past(found["when"]))
        unread = unread or ("" if as_of else found["when"])
        rest, sure = _without(rest, found), True
    elif not unread and (found := _WILL_BE.match(rest) or _ON_A_DAY.match(rest)):
        as_of, _ = _day_and_time(found["when"], today, look_back=bool(_PAST.search(rest)))
        rest = found["rest"] if as_of else rest
    if unread.casefold() in _AT_PRESENT:
        unread = ""
    if not (as_of or known_on or unread):
        return None
    return Parted(
        _of_now(rest), AskedMoment(as_of=as_of, known_on=known_on, known_at=known_at, unread=unread), sure
    )


def _names_the_past(when: str) -> bool:
    return bool(re.search(r"\b(?:last|yesterday|ago|past)\b", when, re.IGNORECASE))


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
    return rest.strip(" ,") or "status"


def _day_and_time(when: str, today: date, *, look_back: bool) -> tuple[date | None, time | None]:
    """The one day that the words name, and the time of day beside it; no day when they name none or several."""
    words = " ".join(_ISO_TIME.sub(" ", when).casefold().split()).strip(" .,?!")
    found = _TIME.search(words)
    at = None
    if found and found.start() > 0 and (day := _day(words[: found.start()].strip(" ,"), today, look_back)):
        at = _time(found)
        return day, at
    return _day(words, today, look_back), at


def _time(found: re.Match[str]) -> time:
    for hour, minute in (("h24", "m24"), ("h4", "m4"), ("hh", "mm")):
        if found[hour] is not None:
            return time(int(found[hour]), int(found[minute]))
    afternoon = 12 if found["half"].casefold() == "p" else 0
    return time(int(found["h12"]) % 12 + afternoon, int(found["m12"] or 0))


def _day(words: str, today: date, look_back: bool) -> date | None:
    words = re.sub(
        r"^(?:the )?(?:day of |morning of |evening of )?", "", words.removesuffix(" at").strip(" ,")
    )
    pieces = list(find_dates(words, today=today))
    if (
        len(pieces) != 1
        or pieces[0].is_range
        or words[: pieces[0].start].strip()
        or words[pieces[0].end :].strip()
    ):
        return None
    first, last = pieces[0].days(look_back=look_back, today=today)
    return first if first == last else None
