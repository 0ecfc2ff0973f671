"""What does whoever looks after an agency's rules read before a pack is taken up: how many move, then who and why?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from messages import wording
from messages.standing_change import LineChange, StandingChange, line_change
from messages.words import Words
from rules.pack import Pack
from rules.standing import StandingWord


class PackChangeReason(StrEnum):
    """What a version does to a requirement."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPreview:
    """Everybody judged on ``day`` under the rules before and after; ``moved`` are the ids of whoever would notice.

    ``words`` counts people by word before and after, ``reasons`` says by requirement what the version does to it.
    """

    pack: Pack
    starts_on: date
    instead_of: str | None
    too_early: bool
    day: date
    words: Mapping[tuple[StandingWord, StandingWord], int]
    moved: tuple[int, ...]
    reasons: Mapping[str, PackChangeReason]

    @property
    def people(self) -> int:
        """How many were judged."""
        return sum(self.words.values())


@dataclass(frozen=True, slots=True)
class Moved:
    """One person whose word, duties or due dates would be others."""

    badge: str
    given: str
    family: str
    change: StandingChange


_ORDER = tuple(StandingWord)


def preview_head(found: PackPreview, agency: str, words: Words) -> Iterator[str]:
    """What is compared, on which day, and how many people there are of each word before and after."""
    since = wording.day_with_year(found.starts_on, words)
    if found.instead_of is None:
        yield words.say("pack-preview-added", pack=found.pack.name, agency=agency, day=since)
    else:
        yield words.say(
            "pack-preview", pack=found.pack.name, instead_of=found.instead_of, agency=agency, day=since
        )
    if found.too_early and found.pack.effective_from is not None:
        effective = wording.day_with_year(found.pack.effective_from, words)
        yield words.say("pack-preview-too-early", pack=found.pack.name, day=effective)
    day = wording.day_with_year(found.day, words)
    yield words.say_many("pack-preview-people", found.people, day=day)
    for (before, after), count in sorted(found.words.items(), key=lambda each: _place(each[0])):
        yield "  " + words.say("turn-states", before=before.value, after=after.value) + f": {count}"
    if found.moved:
        yield words.say_many("pack-preview-moved", len(found.moved))
    else:
        yield words.say("pack-preview-nobody")


def preview_person(moved: Moved, found: PackPreview, words: Words) -> Iterator[str]:
    """One person: the word, then each duty with the requirement that makes the difference."""
    change = moved.change
    word = change.after.value
    if change.before is not change.after:
        word = words.say("turn-states", before=change.before.value, after=word)
    yield words.say(
        "pack-preview-person", family=moved.family, given=moved.given, badge=moved.badge, word=word
    )
    for each in change.lines:
        yield "  " + words.say(
            "pack-preview-line", change=line_change(each, words), reason=_reason(each, found, words)
        )


def _reason(change: LineChange, found: PackPreview, words: Words) -> str:
    reason = found.reasons.get(change.line.requirement)
    if reason is None:
        return words.say("pack-preview-follows", rule=change.line.requirement)
    return words.say(f"pack-preview-{reason.value}-rule", rule=change.line.requirement)


def _place(words: tuple[StandingWord, StandingWord]) -> tuple[int, int]:
    before, after = words
    return _ORDER.index(before), _ORDER.index(after)
