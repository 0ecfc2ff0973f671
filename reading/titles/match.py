"""Which topics does a course title name? A phrase table decides; every topic names its phrase."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from reading.titles.words import TitleWord, singular, table, words

BOOKKEEPING = "bookkeeping"
NONE = "none"

# State systems cut titles at about fifty characters; shorter titles end where their author ended them.
_CUT_FROM = 44
_SHORTEST_CUT = 3
_LONGEST_TITLE = 300
_SHORTEST_CUT_ALONE = 6
# A slip of the pen is only believed in long words: four letters are one slip away from too many others.
_SHORTEST_WORD_WITH_SLIP = 6
_SHORTEST_WORD_WITH_TWO_SLIPS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReason:
    """One phrase of the table that fired."""

    topic: str
    """General topic name; `bookkeeping` or `none` for a phrase that speaks against a topic."""
    phrase: str
    """The phrase as the table has it."""
    written: str
    """The words of the title it was found in."""

    def __str__(self) -> str:
        read_as = "" if self.written.casefold() == self.phrase.casefold() else f" = {self.phrase}"
        return f'{self.topic}: "{self.written}"{read_as}'


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleMatch:
    """What a title says, and why; no topics means that nobody can tell from the title alone."""

    topics: tuple[str, ...]
    bookkeeping: bool
    reasons: tuple[TitleReason, ...]

    @property
    def reason(self) -> str:
        """The reasons on one line, as codes and quoted words."""
        return "; ".join(map(str, self.reasons)) or "no-phrase"


@dataclass(frozen=True, slots=True)
class _Phrase:
    topics: tuple[str, ...]
    written: str
    words: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    capitals: bool


def _stems(text: str) -> tuple[str, ...]:
    return tuple(singular(word.text) for word in words(text))


def _alternatives(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_stems(part) for part in cell.split("|") if part)


@cache
def _phrases() -> tuple[_Phrase, ...]:
    """The table, longest phrase first; rows of equal length keep the order of the file."""
    rows = [
        _Phrase(
            tuple(row["topics"].split()),
            row["phrase"],
            _stems(row["phrase"]),
            _alternatives(row["needs"]),
            _alternatives(row["unless"]),
            row["phrase"].isupper(),
        )
        for row in table("phrases.csv")
    ]
    return tuple(sorted(rows, key=lambda phrase: -len(phrase.words)))


@cache
def _by_word() -> Mapping[str, tuple[_Phrase, ...]]:
    """Phrases by their first word, in the order in which they are tried."""
    index: dict[str, list[_Phrase]] = {}
    for phrase in _phrases():
        index.setdefault(phrase.words[0], []).append(phrase)
    return {word: tuple(found) for word, found in index.items()}


@cache
def _known_words() -> Mapping[str, int]:
    """Words of the table and how long they are as written: `ethic` stands for the six letters of `ethics`."""
    lengths: dict[str, int] = {}
    for row in table("phrases.csv"):
        for word in words(row["phrase"]):
            stem = singular(word.text)
            lengths[stem] = max(lengths.get(stem, 0), len(word.text))
    return lengths


@cache
def _look_alikes() -> frozenset[str]:
    return frozenset(singular(row["word"]) for row in table("lookalikes.csv"))


@lru_cache(maxsize=8192)
def _slips(stem: str) -> frozenset[str]:
    """Words of the table that this word, unknown as it stands, is most likely a slip for."""
    if stem in _known_words() or stem in _look_alikes() or len(stem) < _SHORTEST_WORD_WITH_SLIP - 2:
        return frozenset()
    best: dict[str, int] = {}
    for known, length in _known_words().items():
        if length < _SHORTEST_WORD_WITH_SLIP or any(map(str.isdigit, known)):
            continue
        allowed = 2 if length >= _SHORTEST_WORD_WITH_TWO_SLIPS else 1
        distance = OSA.distance(stem, known, score_cutoff=allowed)
        if distance <= allowed and (known[0] == stem[0] or distance == 1):
            best[known] = distance
    nearest = min(best.values(), default=0)
    return frozenset(known for known, distance in best.items() if distance == nearest)


def _read_as(stem: str) -> str:
    slips = _slips(stem)
    return next(iter(slips)) if len(slips) == 1 else stem


def _readings(title_words: tuple[TitleWord, ...], *, title: str) -> list[dict[str, bool]]:
    """For every word of the title, the table's words it may stand for; True when it was only cut short."""
    readings: list[dict[str, bool]] = []
    for at, word in enumerate(title_words):
        stem = singular(word.text)
        found = dict.fromkeys(_slips(stem) | {stem}, False)
        last = at == len(title_words) - 1 and len(title) >= _CUT_FROM
        if (last or word.dotted) and len(word.text) >= _SHORTEST_CUT:
            for known in _known_words():
                if known.startswith(word.text):
                    found.setdefault(known, True)
        readings.append(found)
    return readings


def _stands_in(stems: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(stems[at : at + len(wanted)] == wanted for at in range(len(stems) - len(wanted) + 1))


@dataclass(slots=True)
class _Title:
    """One title while phrases are being tried on it; a word that was read is not read again."""

    title: str
    words: tuple[TitleWord, ...]
    readings: list[dict[str, bool]]
    stems: tuple[str, ...]
    free: list[bool]

    def fits(self, phrase: _Phrase, at: int) -> bool:
        end = at + len(phrase.words)
        if end > len(self.words) or not all(self.free[at:end]):
            return False
        pairs = zip(self.readings[at:end], phrase.words, strict=True)
        if not all(word in reading for reading, word in pairs):
            return False
        alone = len(phrase.words) == 1
        if alone and self.readings[at][phrase.words[0]] and len(self.words[at].text) < _SHORTEST_CUT_ALONE:
            return False
        if phrase.capitals and not self.written(at, end).isupper():
            return False
        rest = (*self.stems[:at], "", *self.stems[end:])
        return (not phrase.needs or any(_stands_in(rest, need) for need in phrase.needs)) and not any(
            _stands_in(self.stems, stop) for stop in phrase.unless
        )

    def written(self, at: int, end: int) -> str:
        return self.title[self.words[at].start : self.words[end - 1].end]

    def take(self, phrase: _Phrase, at: int) -> list[TitleReason]:
        end = at + len(phrase.words)
        self.free[at:end] = [False] * len(phrase.words)
        return [
            TitleReason(topic=topic, phrase=phrase.written, written=self.written(at, end))
            for topic in phrase.topics
        ]


def match_title(title: str) -> TitleMatch:
    """General topics named by a course title, sorted; a bookkeeping row has none."""
    title = title[:_LONGEST_TITLE]
    title_words = words(title)
    readings = _readings(title_words, title=title)
    # A corrected word counts in `needs` and `unless` too, when there is only one thing it can be.
    stems = tuple(_read_as(singular(word.text)) for word in title_words)
    state = _Title(title, title_words, readings, stems, [True] * len(title_words))
    candidates = [
        (phrase, at)
        for at, reading in enumerate(readings)
        for word in reading
        for phrase in _by_word().get(word, ())
    ]
    candidates.sort(key=lambda pair: (-len(pair[0].words), pair[1]))
    reasons: dict[str, TitleReason] = {}
    for phrase, at in candidates:
        if state.fits(phrase, at):
            for reason in state.take(phrase, at):
                reasons.setdefault(reason.topic, reason)
    if BOOKKEEPING in reasons:
        return TitleMatch(topics=(), bookkeeping=True, reasons=(reasons[BOOKKEEPING],))
    topics = tuple(sorted(reasons.keys() - {NONE}))
    shown = topics or tuple(reasons)
    return TitleMatch(topics=topics, bookkeeping=False, reasons=tuple(reasons[topic] for topic in shown))
