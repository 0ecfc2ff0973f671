"""How do many ways of typing become one? Quotes, case, abbreviations and slips of the thumb go."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from reading.text.fractions import with_decimals
from reading.text.tables import is_word, lines, spellings, topic_words, word_lists

_MAIL_ABOVE = re.compile(
    r"^(?:on .{4,80} wrote:|-+ ?original message ?-+|from: .+|begin forwarded message:?)", re.I | re.M
)
_STRAIGHT = {0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0x2013: "-", 0x2014: " "}
_QUOTED = re.compile(r'"[^"\n]{2,}"')
_THUMB = re.compile("[\U0001f44d\U0001f44c\u2705\u2714]")
_THUMB_DOWN = re.compile("[\U0001f44e\u274c]")
_POSSESSIVE = re.compile(r"\b([^\W\d_]+)'s\b")
_JOINED_LETTERS = re.compile(r"(?<=[a-z])[-/._](?=[a-z])")
_UNIT_GLUED = re.compile(r"\b(\d+(?:\.\d+)?)-?(h|hrs?|hours?|days?|d|wks?|weeks?|mos?|months?)\b")
_NOT_TEXT = re.compile(r"[^a-z0-9$%?.,:/#<>*=-]+")
_ENDS = ".,:/-*="
_LONGEST_SPELLING = 5
# Nobody types more than this to a training desk; what is behind it is pasted.
_LONGEST_MESSAGE = 2000
_SHORTEST_WORD_WITH_SLIP = 5
_SHORTEST_WORD_WITH_TWO_SLIPS = 9
_ROUND_NUMBERS = {
    "a": "1",
    "an": "1",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A message after evening out."""

    words: tuple[str, ...]
    question: bool
    raw: str
    """The sender's own words as typed, without what they quoted."""
    quoted: str = ""
    """The words in quotation marks, without the marks."""
    whole: str = ""
    """The same as ``raw`` with what they quoted: what somebody else reads of it is not cut."""

    @property
    def text(self) -> str:
        return " ".join(self.words)


def own_words(text: str) -> str:
    """The message without forwarded mail and without words in quotation marks: those are not the sender's."""
    text = with_decimals(with_quoted(text))
    stripped = text.strip()
    if _QUOTED.fullmatch(stripped):
        return stripped.strip('"')
    return _QUOTED.sub(" quoted ", text)


def with_quoted(text: str) -> str:
    """The message without what was forwarded with it. What stands in quotation marks is what its sender says of it."""
    text = text[:_LONGEST_MESSAGE].translate(_STRAIGHT)
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    above = _MAIL_ABOVE.search(text)
    return text[: above.start()] if above and text[: above.start()].strip() else text


# As long as before, so that what follows is found at its place.
_ACCENTS = str.maketrans("\u00e1\u00e9\u00ed\u00f3\u00fa\u00fc\u00f1", "aeiouun")


def without_accents(text: str) -> str:
    """Small letters without the accents of Spanish: on a phone they are often left out."""
    return text.translate(_ACCENTS)


def as_written(said: re.Match[str], raw: str, whole: str) -> str:
    """The ``words`` of a command as they were written, with what they quote and a question mark: somebody reads them.

    ``said`` is the command as it was found in ``raw``, in which nothing is quoted; ``whole`` is the same with that."""
    for text in (whole, raw):
        line = " ".join(text.split())
        bare = line.strip("\u00bf\u00a1").rstrip(".!? ")
        found = said.re.fullmatch(without_accents(bare.casefold()))
        if found is not None and found["words"]:
            # From its end: other letters may be longer in small.
            return bare[-len(found["words"]) :] + ("?" if "?" in line[len(bare) :] else "")
    return said["words"] or ""


@cache
def _correctable() -> frozenset[str]:
    ours = " ".join(
        [
            *lines("sentences.txt"),
            *lines("guards.txt"),
            *topic_words(),
            *(w for words in word_lists().values() for w in words),
        ]
    )
    return frozenset(
        word
        for word in re.findall(r"[a-z]+", ours.replace("_", " "))
        if len(word) >= _SHORTEST_WORD_WITH_SLIP
    )


@lru_cache(maxsize=8192)
def corrected(word: str) -> str:
    """The word, or the one word of our tables that it is a slip for."""
    if is_word(word) or not word.isalpha():
        return word
    squeezed = re.sub(r"(.)\1{2,}", r"\1", word)
    if squeezed != word:
        return corrected(squeezed)
    if len(word) < _SHORTEST_WORD_WITH_SLIP:
        return word
    allowed = 2 if len(word) >= _SHORTEST_WORD_WITH_TWO_SLIPS else 1
    near: dict[int, list[str]] = {}
    for known in _correctable():
        distance = OSA.distance(word, known, score_cutoff=allowed)
        if distance <= allowed and known[0] == word[0]:
            near.setdefault(distance, []).append(known)
    best = near[min(near)] if near else []
    return best[0] if len(best) == 1 else word


@cache
def number_words() -> dict[str, str]:
    """Numbers that people write out, as figures."""
    counted = {word: str(number) for number, word in enumerate(word_lists()["numbers"])}
    return counted | _ROUND_NUMBERS


def _numbers(words: list[str]) -> list[str]:
    following_words = [*words[1:], ""] if words else []
    return [
        number_words()[word] if word in number_words() and following in word_lists()["counted"] else word
        for word, following in zip(words, following_words, strict=True)
    ]


def respelled(words: list[str], table: Callable[[str], str | None]) -> list[str]:
    """The words with every entry of the table replaced, longest entry first, each word once."""
    result: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_SPELLING, len(words) - at), 0, -1):
            means = table(" ".join(words[at : at + length]))
            if means is not None:
                result.extend(means.split())
                at += length
                break
        else:
            result.append(words[at])
            at += 1
    return result


def normalise(text: str, *, keep: Collection[str] = ()) -> Plain:
    """The message as plain words; words of `keep` (names) are never taken for slips."""
    raw = own_words(text)
    marked = _THUMB_DOWN.sub(" thumbsdown ", _THUMB.sub(" thumbsup ", raw))
    decomposed = unicodedata.normalize("NFKD", marked).casefold()
    line = "".join(character for character in decomposed if not unicodedata.combining(character))
    line = _POSSESSIVE.sub(
        lambda found: found[1] + ("s" if found[1] in word_lists()["contracted"] else ""), line
    ).replace("'", "")
    line = line.replace("w/o", "without").replace("w/", "with ").replace("%", " percent ").replace("$", " $")
    line = _UNIT_GLUED.sub(lambda found: f"{found[1]} {'hours' if found[2] == 'h' else found[2]}", line)
    line = _JOINED_LETTERS.sub(" ", line)
    question = "?" in line
    rough = (word.strip(_ENDS) for word in _NOT_TEXT.sub(" ", line).replace("?", " ").split())
    words = [word for word in rough if word]
    fixed = respelled(words, spellings().get)
    kept = {word.casefold() for word in keep}
    fixed = [word if word in kept else corrected(word) for word in fixed]
    # A corrected word may itself be an abbreviation or part of one.
    quoted = " ".join(_QUOTED.findall(text[:_LONGEST_MESSAGE].translate(_STRAIGHT))).replace('"', "")
    words = _numbers(respelled(fixed, spellings().get))
    return Plain(tuple(words), question, raw, quoted, with_quoted(text))
