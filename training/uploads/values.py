"""What is to go on record from what was sent: the values, who said each, and what was read from the file?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from messages.uploads import UnclearCode
from reading.certificates.model import CertificateReading, CourseRead, Read
from reading.certificates.told import Told
from reading.titles import match_title


class From(StrEnum):
    """Who said a value; the catalogue holds ``value-from-<code>`` for each."""

    READ = "read"  # read from the file
    OFFICER = "officer"  # in the officer's own words
    REVIEWER = "reviewer"


# What a row of a transcript says of a class that was completed; a certificate says nothing of the kind.
COMPLETED = frozenset({"", "passed"})
# The values of one class, in the order in which they are shown and asked for.
NAMES = ("title", "completed_on", "hours", "provider", "number")


def in_order(named: Iterable[object]) -> tuple[str, ...]:
    """Of these names those of values, each once and in their order."""
    known = set(named)
    return tuple(each for each in NAMES if each in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One class, or one card, as it would go on record.

    ``no_hours``: the paper gives none, as cards do. ``no_number``: the officer says that there is none on it.
    ``sources`` says who gave each value; ``sure`` how surely one was read.
    """

    title: str = ""
    topics: tuple[str, ...] = ()
    started_on: date | None = None
    completed_on: date | None = None
    expires_on: date | None = None
    hours: Decimal | None = None
    no_hours: bool = False
    provider: str = ""
    number: str = ""
    no_number: bool = False
    sources: Mapping[str, From] = field(default_factory=dict)
    sure: Mapping[str, float] = field(default_factory=dict)

    def with_value(self, said_by: From, **values: Any) -> "Entry":
        """The same with other values; each remembers who said it."""
        return replace(
            self,
            **{name: _legible(value) for name, value in values.items()},
            sources={**self.sources, **dict.fromkeys(values, said_by)},
            sure={name: sure for name, sure in self.sure.items() if name not in values},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A clerical question to the officer: its code, the value it is about, and what it names."""

    code: UnclearCode
    about: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an upload says so far. ``kind`` is empty until the file was read.

    ``same_as`` is the number of an own upload whose picture looks the same; ``held_by_another``: the same file is
    another person's too, which its sender is not told.
    """

    entries: tuple[Entry, ...] = (Entry(),)
    kind: str = ""
    reason: str = ""
    person_name: str = ""
    doubts: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    pages: int = 0
    same_as: int | None = None
    held_by_another: bool = False
    unclear: Doubtful | None = None
    words: str = ""

    @property
    def entry(self) -> Entry:
        """The class, where it is one."""
        return self.entries[0]

    @property
    def is_list(self) -> bool:
        """Whether the file speaks of several classes."""
        return len(self.entries) > 1

    def with_entry(self, entry: Entry) -> "Draft":
        """The same with its first class as it is said now."""
        return replace(self, entries=(entry, *self.entries[1:]))


def from_reading(reading: CertificateReading, words: str = "") -> Draft:
    """What was read, value by value; what was not read stays open."""
    # A row that says that the class was not finished, or was taught, is no completion of it.
    entries = tuple(_entry(course) for course in reading.courses if course.status in COMPLETED) or (Entry(),)
    return Draft(
        entries=entries,
        kind=reading.kind.value,
        reason=reading.reason,
        person_name="" if reading.person_name is None else _legible(reading.person_name.value),
        doubts=tuple(each.value for each in reading.doubts),
        flags=tuple(sorted(each.value for each in reading.flags)),
        numbers=tuple((_legible(each.label), _legible(each.value)) for each in reading.numbers),
        pages=reading.pages,
        words=words,
    )


def _legible(value: Any) -> Any:
    """Words without marks that nobody sees, which hide or turn round what stands beside them, and no database keeps."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())


def _entry(course: CourseRead) -> Entry:
    named: dict[str, Read[Any] | None] = {
        "title": course.title,
        "completed_on": course.completed_on,
        "started_on": course.started_on,
        "expires_on": course.expires_on,
        "hours": course.hours,
        "provider": course.provider,
        "number": course.approval_number,
    }
    read = {name: value for name, value in named.items() if value is not None}
    topics = tuple(each.value for each in course.topics)
    return Entry(
        **{name: _legible(value.value) for name, value in read.items()},
        topics=topics,
        no_hours=course.hours is None and course.expires_on is not None,
        sources=dict.fromkeys([*read, *(["topics"] if topics else [])], From.READ),
        sure={name: value.confidence for name, value in read.items()},
    )


def said(entry: Entry, told: Told, by: From, titles: Mapping[str, str]) -> Entry:
    """The entry with what somebody said; ``titles`` names a topic where no title is known."""
    values: dict[str, Any] = {}
    if told.title:
        values["title"] = told.title
    if told.topics:
        values["topics"] = told.topics
        if not told.title and not (entry.title and entry.sources.get("title") is From.READ):
            named = " and ".join(titles.get(each, each) for each in told.topics)
            values["title"] = named[:1].upper() + named[1:]
    if told.completed_on is not None:
        values["completed_on"] = told.completed_on
        values["started_on"] = told.started_on
    if told.hours is not None:
        values |= {"hours": told.hours, "no_hours": False}
    if told.provider:
        values["provider"] = told.provider
    if told.number:
        values |= {"number": told.number, "no_number": False}
    if told.no_number:
        values |= {"number": "", "no_number": True}
    return entry.with_value(by, **values) if values else entry


def with_topics(entry: Entry) -> Entry:
    """The entry with the topics that its title names, where nobody named any."""
    if entry.topics or not entry.title:
        return entry
    topics = match_title(entry.title).topics
    return entry.with_value(entry.sources.get("title", From.READ), topics=topics) if topics else entry


def differing(entry: Entry, told: Told, sure_from: float) -> Doubtful | None:
    """The first value that the officer says in another way than it was surely read; a person settles which is right."""
    pairs = (("completed_on", told.completed_on), ("hours", told.hours))
    for name, value in pairs:
        read = getattr(entry, name)
        if value is None or read is None or value == read or entry.sources.get(name) is not From.READ:
            continue
        if entry.sure.get(name, 0) >= sure_from:
            return Doubtful(code="differs", about=name, facts={"read": str(read), "said": str(value)})
    return None


def entry_json(entry: Entry) -> dict[str, Any]:
    """The entry as plain values, without what is empty."""
    found: dict[str, Any] = {}
    for each in fields(entry):
        value = getattr(entry, each.name)
        if value in (None, "", (), False) or value == {}:
            continue
        found[each.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case Mapping():
            # A fact holds no binary fraction.
            return {
                key: each.value if isinstance(each, From) else f"{each:.2f}" for key, each in value.items()
            }
        case tuple():
            return list(value)
        case _:
            return value


def entry_of(said: Mapping[str, Any]) -> Entry:
    """The entry again."""
    values = dict(said)
    for name in ("started_on", "completed_on", "expires_on"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    if "hours" in values:
        values["hours"] = Decimal(values["hours"])
    if "topics" in values:
        values["topics"] = tuple(values["topics"])
    if "sources" in values:
        values["sources"] = {name: From(each) for name, each in values["sources"].items()}
    if "sure" in values:
        values["sure"] = {name: float(each) for name, each in values["sure"].items()}
    return Entry(**values)


def read_json(draft: Draft) -> dict[str, Any]:
    """What was read from the file, for the step that keeps it."""
    found = {
        "kind": draft.kind,
        "reason": draft.reason,
        "person_name": draft.person_name,
        "doubts": list(draft.doubts),
        "flags": list(draft.flags),
        "numbers": [list(each) for each in draft.numbers],
        "pages": draft.pages,
        "held_by_another": draft.held_by_another,
    }
    return {name: value for name, value in found.items() if value}


def draft_json(draft: Draft) -> bytes:
    """The draft as it is closed and kept."""
    unclear = draft.unclear
    found = {
        **read_json(draft),
        "entries": [entry_json(each) for each in draft.entries],
        "same_as": draft.same_as,
        "words": draft.words,
        "unclear": None if unclear is None else [unclear.code, unclear.about, dict(unclear.facts)],
    }
    # A chat tool may send half a character, and what somebody wrote is kept as it came.
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def draft_of(body: bytes) -> Draft:
    """The draft again."""
    found: dict[str, Any] = json.loads(body)
    unclear: Sequence[Any] | None = found.pop("unclear")
    return Draft(
        entries=tuple(entry_of(each) for each in found.pop("entries")),
        unclear=None if unclear is None else Doubtful(code=unclear[0], about=unclear[1], facts=unclear[2]),
        doubts=tuple(found.pop("doubts", ())),
        flags=tuple(found.pop("flags", ())),
        numbers=tuple((label, value) for label, value in found.pop("numbers", ())),
        **found,
    )
