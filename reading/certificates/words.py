"""Where are the word lists kept? Loads the files beside it; a line that begins with # is a note on the form."""

import csv
import itertools
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_NOT_WORDS = re.compile(r"[^a-z0-9&%']+")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list that are neither empty nor a note."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file."""
    return tuple(csv.DictReader(lines(name)))


@cache
def groups(name: str) -> dict[str, tuple[str, ...]]:
    """Lists under names: ``name | item, item``; several lines of one name are one list."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        group, items = line.split("|", 1)
        found.setdefault(group.strip(), []).extend(item.strip() for item in items.split(",") if item.strip())
    return {group: tuple(items) for group, items in found.items()}


def wordings(pattern: str) -> Iterator[str]:
    """Every wording a pattern of ``a/b`` and ``[a/b]`` stands for; words joined with - are one alternative."""
    choices: list[tuple[str, ...]] = []
    for item in pattern.split():
        words = tuple(word.replace("-", " ") for word in item.strip("[]").split("/"))
        choices.append(("", *words) if item.startswith("[") else words)
    for chosen in itertools.product(*choices):
        yield " ".join(word for word in chosen if word)


def plain(text: str) -> str:
    """The words alone: lower case, one blank between, straight apostrophes."""
    return " ".join(_NOT_WORDS.sub(" ", text.casefold().replace("\u2019", "'")).split())


@lru_cache(maxsize=64)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for whole phrases, the longest first; a blank may be a line's end, or lost."""
    longest_first = sorted(phrases, key=len, reverse=True)
    escaped = (r"\s*".join(re.escape(word) for word in phrase.split()) for phrase in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(escaped)})(?![^\W_])", re.IGNORECASE)
