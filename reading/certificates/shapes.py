"""What shape has the value of each field, so that a label takes its own neighbour and no other's?"""

import re

from reading.certificates import hourtext, kinds, words
from reading.certificates.datetext import find
from reading.certificates.labels import Fits, field_of
from reading.certificates.names import name_in

# A day fills most of its cell; a sentence that happens to hold one is no value of a date label.
_MOST_BESIDE_A_DAY = 26
_LONGEST_TITLE = 160
_LONGEST_ORGANISATION = 90
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9.\-/_#:]{1,24}(?: [A-Za-z0-9.\-]{1,10})?")
_SHORT_CODE = re.compile(r"#?\d{1,12}")


def is_day(text: str) -> bool:
    """A day or a range, with little beside it."""
    found = find(text)
    if not found:
        return False
    beside = len(text) - sum(one.end - one.start for one in found)
    return beside <= _MOST_BESIDE_A_DAY


def is_amount(text: str) -> bool:
    return hourtext.labelled(text) is not None and not is_day(text) and len(text) <= 40


def is_name(text: str) -> bool:
    return name_in(text, labelled=True) is not None


def is_title(text: str) -> bool:
    letters = sum(letter.isalpha() for letter in text)
    return (
        letters >= 3
        and len(text) <= _LONGEST_TITLE
        and not is_day(text)
        and not is_amount(text)
        and field_of(text) is None
        and letters * 2 > len(text.replace(" ", ""))
    )


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text.strip()) or _SHORT_CODE.fullmatch(text.strip())) and not is_day(text)


def is_organisation(text: str) -> bool:
    """A line that can be an organisation's name: no label, no day and no words of awarding."""
    if words.any_of(words.groups("anchors.txt")["person-follows"]).search(text):
        return False
    return (
        len(text) <= _LONGEST_ORGANISATION
        and sum(letter.isalpha() for letter in text) >= 3
        and not is_day(text)
        and field_of(text) is None
    )


def is_word(text: str) -> bool:
    said = words.plain(text)
    return bool(said) and (
        kinds.says("done", text) or kinds.says("undone", text) or kinds.says("instructed", text)
    )


def is_score(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"\d{1,3}(?:\.\d+)?\s?%?(?:\s?(?:/|of|out of)\s?\d{1,3})?|pass(?:ed)?|fail(?:ed)?|qualified"
            r"|satisfactory|complete[d]?|[A-DFPS][+-]?",
            text.strip(),
            re.IGNORECASE,
        )
    )


def is_free(text: str) -> bool:
    return not is_day(text) and field_of(text) is None


# Labels behind which a day stands.
DATE_FIELDS = (
    "completed",
    "held",
    "started",
    "issued",
    "expires",
    "printed",
    "letter",
    "due",
    "born",
    "registered",
    "signed",
    "revised",
)
FITS: Fits = {
    **dict.fromkeys(DATE_FIELDS, is_day),
    **dict.fromkeys(("person", "instructor", "director"), is_name),
    **dict.fromkeys(("hours", "minutes", "ceu"), is_amount),
    **dict.fromkeys(
        ("approval", "coursenumber", "credential", "serial", "instructorid", "centerid", "license", "badge"),
        is_code,
    ),
    "title": is_title,
    "provider": is_organisation,
    "host": is_organisation,
    "agency": is_organisation,
    "status": is_word,
    "score": is_score,
    "topics": is_free,
    "location": is_free,
    "rank": is_free,
    "first": is_free,
    "last": is_free,
    "middle": is_free,
}
