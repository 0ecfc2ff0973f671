"""Which class of the calendar is meant by these words, and what is to be done with it: NEW CLASS, CHANGE C-12?"""

import re
from functools import cache

from rapidfuzz.distance import OSA

from reading.text.model import Slot, Understood
from reading.text.normal import without_accents
from reading.text.tables import spellings, word_lists

_NUMBER = r"(?:class |course )?c ?[-#]? ?(?P<number>\d{1,6})"
_ONE = r"(?:an? )?(?:new )?(?:class|course)"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(form))
    for command, form in (
        ("class-new", rf"(?:add|enter|make|create) {_ONE}|new (?:class|course)"),
        ("class-change", rf"(?:change|correct|edit|update|fix) {_NUMBER}"),
        ("class-cancel", rf"(?:cancel|call off) {_NUMBER}"),
        ("class", rf"(?:show |see |open |view )?{_NUMBER}"),
        ("next", r"(?:what|which) (?:classes|courses|class|course) should i take|what can i take next"),
        ("next", r"i (?:want|need|would like) (?:some |more |a )?(?:training|classes|class|course)"),
    )
)
_WORD = re.compile(r"[a-z0-9]+")
_TITLES_IN_ENGLISH = frozenset(
    {"class", "school", "workshop", "seminar", "negotiation", "negotiator", "next", "i want"}
)
_SHORTEST_BEGINNING = 3
_SHORTEST_WITH_SLIP = 6


def course_command(raw: str) -> Understood | None:
    """The command and the number it names, or None for every other text."""
    text = " ".join(raw.casefold().split()).rstrip(".!?")
    for command, form in _FORMS:
        said = form.fullmatch(text)
        if said is not None:
            slots: dict[str, Slot] = {name: told for name, told in said.groupdict().items() if told}
            return Understood(intent="course_search", slots=slots, confidence=0.95, command=command)
    return None


def asks_online(text: str) -> bool:
    """Whether a class is looked for to which nobody has to go."""
    said = text.casefold()
    return "online" in said or "virtual" in said


def words_for_class(text: str) -> tuple[str, ...]:
    """The words of a message that can be of a title, a place or a provider; nothing of how it is asked."""
    written = _WORD.findall(without_accents(text.casefold().replace("'", "")))
    found = [each for word in written for each in _in_english().get(word, word).split()]
    return tuple(dict.fromkeys(each for each in found if each not in _no_title() and not each.isdigit()))


@cache
def _no_title() -> frozenset[str]:
    classes = frozenset(word_lists()["class"]) - {"program"}
    asking = frozenset(word_lists()["asking for a class"])
    return asking | classes | frozenset(word_lists()["fillers"])


@cache
def _in_english() -> dict[str, str]:
    """Words of Spanish by which a class is asked for, as titles have them."""
    return {written: means for written, means in spellings().items() if means in _TITLES_IN_ENGLISH}


def names_class(words: tuple[str, ...], said: str) -> bool:
    """Whether every word is one of those by which a class is called: begun, or with a slip of the thumb, will do."""
    own = _WORD.findall(said.casefold().replace("'", ""))
    return all(any(_same(word, each) for each in own) for word in words)


def _same(word: str, own: str) -> bool:
    if word == own or (len(word) >= _SHORTEST_BEGINNING and own.startswith(word)):
        return True
    return len(word) >= _SHORTEST_WITH_SLIP and OSA.distance(word, own, score_cutoff=1) <= 1
