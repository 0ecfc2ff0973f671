"""The values of one class as a reader sees them: in one line, day by day, and each with who gave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from messages import wording
from messages.clauses import shortened
from messages.model import Fact, Facts
from messages.words import Words

# As much of a title, a provider and a number as a text has room for.
VALUE_ROOM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """One class as it would go on record; ``sources`` says who gave each value, ``missing`` what is still asked for."""

    title: str = ""
    topics: tuple[str, ...] = ()
    completed_on: date | None = None
    started_on: date | None = None
    expires_on: date | None = None
    hours: Decimal | None = None
    no_hours: bool = False
    provider: str = ""
    number: str = ""
    no_number: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def dashed(name: str) -> str:
    """The name of a value as the catalogue writes it."""
    return name.replace("_", "-")


def values_text(entry: EntryFacts, words: Words) -> str:
    """``Autism, 4 h, Mar 2, Hennepin Tech, course 9100-0442``: what is known, in one order everywhere."""
    said = [shortened(entry.title, VALUE_ROOM)] if entry.title else []
    if entry.hours is not None:
        said.append(wording.hours(entry.hours, words))
    elif entry.no_hours:
        said.append(words.say("value-no-hours"))
    if entry.completed_on is not None:
        said.append(days_text(entry, words))
    if entry.expires_on is not None:
        said.append(words.say("value-expires", day=wording.day_with_year(entry.expires_on, words)))
    if entry.provider:
        said.append(shortened(entry.provider, VALUE_ROOM))
    if entry.number:
        said.append(words.say("value-number", number=shortened(entry.number, VALUE_ROOM)))
    elif entry.no_number:
        said.append(words.say("value-no-number"))
    return wording.listed(said) if said else words.say("value-nothing")


def days_text(entry: EntryFacts, words: Words) -> str:
    """``Mar 2 2027``, or the first and the last day."""
    if entry.completed_on is None:
        return ""
    return wording.span(entry.started_on or entry.completed_on, entry.completed_on, words)


def entry_facts(entry: EntryFacts, words: Words) -> Facts:
    """Each value with who gave it."""
    given = {
        "title": entry.title,
        "completed_on": days_text(entry, words),
        "hours": wording.hours(entry.hours, words)
        if entry.hours is not None
        else (words.say("value-no-hours") if entry.no_hours else ""),
        "provider": entry.provider,
        "number": entry.number or (words.say("value-no-number") if entry.no_number else ""),
    }
    rows = [
        Fact(
            words.say("value-number-label" if name == "number" else f"value-{dashed(name)}"),
            _with_source(name, value, entry, words),
        )
        for name, value in given.items()
    ]
    if entry.topics:
        topics = wording.listed([wording.topic_name(each, words) for each in entry.topics])
        rows.append(Fact(words.say("value-topics"), _with_source("topics", topics, entry, words)))
    if entry.expires_on is not None:
        day = wording.day_with_year(entry.expires_on, words)
        rows.append(Fact(words.say("value-expires-on"), _with_source("expires_on", day, entry, words)))
    return Facts(tuple(rows))


def _with_source(name: str, value: str, entry: EntryFacts, words: Words) -> str:
    if not value:
        return words.say("value-not-read")
    source = entry.sources.get(name, "")
    if name in entry.missing:
        return words.say("value-check", value=value)
    return words.say(f"value-from-{source}", value=value) if source else value


def value_label(name: str, words: Words) -> str:
    """What a value is called where it is chosen or entered."""
    return words.say("value-number-label" if name == "number" else f"value-{dashed(name)}")
