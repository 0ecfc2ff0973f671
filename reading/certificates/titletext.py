"""Which part of a sentence or of a label's value is the title itself?"""

import re

from reading.certificates import words
from reading.certificates.datetext import find as find_days

_QUOTE = '"\u201c\u201d'
_QUOTED = re.compile(rf"[{_QUOTE}]([^{_QUOTE}]{{4,160}})[{_QUOTE}]")
_KIND_OF_HOUR = r"(?:contact |credit |training |clock |ceu |classroom )*"
_UNIT = r"(?:hours?|hrs?|credits?)\b\.?"
_OF = r"\s*(?:of\s+)?(?:instruction\s+|training\s+)?(?:in\s+|on\s+)?"
_HOURS_FRONT = re.compile(
    rf"^(?:[a-z]+\s)?\(?\d{{1,3}}(?:\.\d+)?\)?[\s-]*{_KIND_OF_HOUR}{_UNIT}{_OF}", re.IGNORECASE
)
_SPELLED_FRONT = re.compile(
    r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|twenty|twenty-four|thirty|forty|eighty)"
    rf"(?: ?\(\d{{1,3}}\))?[\s-]*(?:{_UNIT}|(?:days?|weeks?)\b){_OF}",
    re.IGNORECASE,
)
_DAYS_FRONT = re.compile(r"^(?:\d{1,2}|one|two|three|four|five)[- ](?:day|week)s?\b\s*", re.IGNORECASE)
_APPROVED_FRONT = re.compile(
    r"^(?:[A-Z]{2,6}|[Ss]tate|[Bb]oard)[ -](?:[Cc]ertified|[Aa]pproved|[Aa]ccredited)\s+"
    r"(?:[Cc]ourse|[Cc]lass|[Tt]raining)[,:]?\s+"
)
_NUMBER_BEHIND = re.compile(
    r"\s*[,;(\u2013-]\s*(?:[A-Z]{2,6}\s+)?(?:(?:[Ss]tate|[Cc]ourse|[Cc]ontrol|[Aa]pproval|[Cc]ertification|POST)\s*)*"
    r"(?:[Nn]umber|[Nn]o\b\.?|#|ID\b|CCN|NCP|TCOLE|OPOTC).*$|\s*\((?=[^)]*\d)[^)]*\)?$|\s+(?:#|[Nn]o\.)\s?[\w-]*\d[\w-]*$"
)
_HOURS_BEHIND = re.compile(
    r"\s*(?:[,;(\u2013-]\s*(?:a|an|for)?\s*|\bfor\s+|\ba\s+total\s+of\s+)(?:[a-z]+ )?\(?\d{1,3}(?:\.\d{1,2})?\)?"
    rf"[\s-]*{_KIND_OF_HOUR}(?:hours?|hrs?|credits?|ceus?)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_HOURS_AT_END = re.compile(
    rf"\s+\(?\d{{1,3}}(?:\.\d{{1,2}})?\)?[\s-]*{_KIND_OF_HOUR}(?:hours?|hrs?\.?|ceus?)$", re.IGNORECASE
)
_CODE_FRONT = re.compile(
    r"^(?:(?:[A-Z]{2,6} )?(?:[Cc]ourse|[Cc]lass) (?:#|[Nn]o\.? ?)?\d[\w-]*|[A-Z]{2,4}-?\d{2,5}(?:\.[a-z0-9])?|\d{3,6})"
    r"\s*[:\u2013-]\s+(?=[A-Z])"
)
# Only in small letters: "Police Cyclist Course" is the course's own name.
_KIND_BEHIND = re.compile(
    r"\s+(?:(?:training )?(?:course|class|seminar|program)|workshop|webinar|course of instruction"
    r"|independent study course)\.?$"
)


_LONGEST_LEAD = 6
# Never the first word of a title, whatever its letters.
_SURE_FRONTS = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "following",
        "entitled",
        "titled",
        "course entitled",
        "course titled",
        "online course",
    }
    | {"training course", "course of instruction", "training program", "independent study course", "hours of"}
)


def is_generic(text: str) -> bool:
    """True for words that stand where a title could and name none."""
    said = words.plain(text)
    return said in words.groups("anchors.txt")["generic"] or said.startswith(
        ("certificate of", "requirements", "hours of")
    )


def without_hours(text: str) -> str:
    """The text without the amount of hours it opens with."""
    return _HOURS_FRONT.sub("", text)


def front_off(text: str) -> str:
    """The text without the words that lead to a title."""
    fronts = sorted(words.groups("anchors.txt")["title-front"], key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        for pattern in (_HOURS_FRONT, _SPELLED_FRONT, _DAYS_FRONT, _APPROVED_FRONT):
            shorter = pattern.sub("", text, count=1)
            if shorter != text:
                text, changed = shorter, True
        for front in fronts:
            # "Training for Trainers" keeps its first word: it is the title's own, in capitals.
            match = re.match(rf"{re.escape(front)}(?:[\s:,]+|$)", text, re.IGNORECASE)
            if match and (text[:1].islower() or front in _SURE_FRONTS or match.end() == len(text)):
                text, changed = text[match.end() :].lstrip(' :,"\u201c'), True
                break
    return text


def _from_capital(text: str) -> str:
    """`classroom instruction in Conflict Management`: where a title follows in capitals, the small words go."""
    capital = re.search(r"(?:^|\s)[\"\u201c(]?[A-Z0-9]", text)
    lead = text[: capital.start()].strip() if capital else ""
    if not lead or len(lead.split()) > _LONGEST_LEAD or ends_at(lead) is not None:
        return text
    return text[len(lead) :].strip()


def ends_at(text: str) -> int | None:
    """Where, in a text, the title is over."""
    ends = [found.start() for found in words.any_of(words.groups("anchors.txt")["title-ends"]).finditer(text)]
    ends.extend(max(0, day.start) for day in find_days(text))
    return min(ends) if ends else None


def out_of_sentence(text: str) -> str:
    """The title a sentence leads to, without what goes before and behind it."""
    text = " ".join(text.split()).strip(" :,.;")
    if quoted := _QUOTED.search(text):
        before = front_off(text[: quoted.start()].strip(" :,"))
        if not before.strip(' :,"\u201c'):
            return quoted[1].strip(" ,.;")
    text = _from_capital(front_off(text))
    if text.startswith(('"', "\u201c")) and (quoted := _QUOTED.match(text)):
        return quoted[1].strip(" ,.;")
    text = _NUMBER_BEHIND.sub("", text)
    end = ends_at(text)
    if end is not None:
        text = text[:end]
    text = re.split(r"[.;]\s+(?=[A-Z])|\s\|\s|\s[-\u2013]\s(?=\d)", text, maxsplit=1)[0]
    text = _HOURS_AT_END.sub("", _HOURS_BEHIND.sub("", text))
    text = _CODE_FRONT.sub("", text)
    text = re.sub(
        r"\s+(?:on|at|in|from|for|this|the|of|and|by|with|held|dated|a|an)$",
        "",
        text.strip(" :,.;("),
        flags=re.IGNORECASE,
    )
    return _KIND_BEHIND.sub("", text).strip(' :,.;"\u201c\u201d(')


def bare(text: str) -> str:
    """A value without its quotation marks and stops."""
    quoted = _QUOTED.fullmatch(text.strip())
    return (quoted[1] if quoted else text).strip(' .,;:*"')
