"""What a sentence says in a language: a catalogue file by key, read once, strict about the facts."""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter

from babel.messages.pofile import read_po

DEFAULT_LANGUAGE = "en"


class UnknownSentenceError(LookupError):
    """Code asked for a key that the catalogue does not hold: add it to ``messages/catalogue``."""


class FactsMismatchError(ValueError):
    """A sentence was given other facts than its placeholders name: one of the two is wrong."""


class CatalogueError(ValueError):
    """A catalogue file cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The forms of one sentence (one, or one per plural) and the facts it needs."""

    forms: tuple[str, ...]
    facts: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether the sentence changes with a number."""
        return len(self.forms) > 1


def named(sentence: Sentence, facts: Mapping[str, object]) -> dict[str, str]:
    """Of these facts the ones that a sentence names."""
    return {name: _plain(facts[name]) for name in sorted(sentence.facts)}


def _plain(fact: object) -> str:
    return "; ".join(str(each) for each in fact) if isinstance(fact, tuple) else str(fact)


class Words:
    """Every sentence of one language. ``day``: what is said is about that day and not about today, None for today."""

    def __init__(
        self,
        language: str,
        sentences: Mapping[str, Sentence],
        plural: Callable[[int], int],
        day: date | None = None,
    ) -> None:
        self.language = language
        self.day = day
        self._sentences = sentences
        self._plural = plural

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def about(self, day: date) -> "Words":
        """The same sentences for an answer about another day, in which nothing may be called today."""
        return Words(self.language, self._sentences, self._plural, day)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in catalogue order."""
        return tuple(self._sentences)

    def sentence(self, key: str) -> Sentence:
        """The forms and facts of one key."""
        try:
            return self._sentences[key]
        except KeyError:
            raise UnknownSentenceError(key) from None

    def say(self, key: str, /, **facts: str | int) -> str:
        """The sentence of ``key`` with exactly the facts it names."""
        sentence = self.sentence(key)
        if sentence.counts:
            raise FactsMismatchError(f"{key}: has plural forms, so it needs a number")
        self._check(key, sentence.facts, facts)
        return sentence.forms[0].format_map(facts)

    def say_many(self, key: str, n: int, /, **facts: str | int) -> str:
        """The plural form of ``key`` for ``n``; ``{n}`` is filled in."""
        sentence = self.sentence(key)
        if not sentence.counts:
            raise FactsMismatchError(f"{key}: has no plural forms")
        self._check(key, sentence.facts - {"n"}, facts)
        return sentence.forms[self._plural(n)].format_map({**facts, "n": n})

    def _check(self, key: str, named: frozenset[str], given: Mapping[str, object]) -> None:
        if named != given.keys():
            missing, unused = sorted(named - given.keys()), sorted(given.keys() - named)
            raise FactsMismatchError(f"{key}: missing {missing}, unused {unused}")


@cache
def load(language: str = DEFAULT_LANGUAGE) -> Words:
    """The words of one language; each file is read once per process."""
    source = files("messages.catalogue").joinpath(f"{language}.po")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    sentences: dict[str, Sentence] = {}
    for entry in catalogue:
        if not entry.id:
            continue
        key = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if not forms or not all(forms) or entry.fuzzy:
            raise CatalogueError(f"{language}.po: {key} has an empty or unreviewed form")
        sentences[key] = Sentence(forms, frozenset().union(*map(_placeholders, forms)))
    return Words(language, sentences, gettext.c2py(catalogue.plural_expr))


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
