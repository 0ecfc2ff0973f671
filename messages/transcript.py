"""How is a transcript at one moment said with where each entry comes from, and the difference between two of them?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from messages import wording
from messages.moment import doubt_line
from messages.standing_change import StandingChange, line_change
from messages.words import Words
from rules.standing import StandingWord


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLineFacts:
    """One completion as it stood. Instants are where the agency is; ``recorded_by`` and ``file_name`` may be empty.

    ``later`` is the number of the record that replaced it, None with ``ended_at`` when it was withdrawn or moved.
    """

    number: int
    on: date
    title: str
    hours: Decimal | None
    topics: tuple[str, ...]
    provider: str
    credit: str
    recorded_at: datetime
    recorded_by: str
    file_name: str
    source: str
    ended_at: datetime | None = None
    later: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFacts:
    """A person's file on ``as_of`` as known at ``known_at``; ``recorded_later``: what had happened and was not known.

    ``word`` is None when the person was not on the roster then. ``doubtful``: a clock was set back over ``known_at``.
    """

    name: str
    badge: str
    agency: str
    as_of: date
    known_at: datetime
    sequence: int
    word: StandingWord | None
    packs: tuple[str, ...]
    entries: tuple[TranscriptLineFacts, ...]
    recorded_later: tuple[TranscriptLineFacts, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that is new, gone, or other than it was; ``late``: it had happened before, and was recorded later."""

    before: TranscriptLineFacts | None
    after: TranscriptLineFacts | None
    fields: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptChange:
    """Two transcripts of one person; ``standing`` is None when nobody could be judged on one side."""

    before: TranscriptFacts
    after: TranscriptFacts
    added: tuple[EntryChange, ...]
    removed: tuple[EntryChange, ...]
    changed: tuple[EntryChange, ...]
    standing: StandingChange | None

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.changed or self.standing)


def transcript_lines(facts: TranscriptFacts, words: Words) -> Iterator[str]:
    """Who, when and as known when; the standing with its rules; each entry with where it comes from."""
    yield words.say("transcript-title", name=facts.name, badge=facts.badge, agency=facts.agency)
    yield _moment(facts, words)
    if facts.doubtful:
        yield doubt_line(words)
    if facts.word is None:
        yield words.say("transcript-not-on-roster")
    else:
        yield words.say("transcript-standing", word=facts.word.value, packs=wording.listed(facts.packs))
    if facts.entries:
        yield words.say_many("transcript-entries", len(facts.entries))
    else:
        yield words.say("transcript-none")
    for entry in facts.entries:
        yield from _entry(entry, words)
    if facts.recorded_later:
        yield words.say_many("transcript-recorded-later", len(facts.recorded_later))
    for entry in facts.recorded_later:
        yield from _entry(entry, words)


def change_lines(change: TranscriptChange, words: Words) -> Iterator[str]:
    """What was added, removed and changed from the first to the second, and what it did to the standing."""
    before, after = _moment(change.before, words), _moment(change.after, words)
    yield words.say("transcript-compared", before=before, after=after)
    if change.before.doubtful or change.after.doubtful:
        yield doubt_line(words)
    if change.same:
        yield words.say("transcript-same")
    yield from _section(words.say("transcript-added"), change.added, words)
    yield from _section(words.say("transcript-removed"), change.removed, words)
    yield from _section(words.say("transcript-changed"), change.changed, words)
    if change.standing:
        words_were, words_are = change.standing.before.value, change.standing.after.value
        yield words.say("transcript-standing-change", before=words_were, after=words_are)
        for line in change.standing.lines:
            yield "  " + line_change(line, words)


def _moment(facts: TranscriptFacts, words: Words) -> str:
    return words.say(
        "transcript-moment",
        day=wording.day_with_year(facts.as_of, words),
        known=wording.moment(facts.known_at, words),
        sequence=facts.sequence,
    )


def _entry(entry: TranscriptLineFacts, words: Words) -> Iterator[str]:
    yield f"  {_said(entry, words)}"
    yield f"      {_provenance(entry, words)}"


def _said(entry: TranscriptLineFacts, words: Words) -> str:
    parts = [entry.title]
    if entry.hours is not None:
        parts.append(wording.hours(entry.hours, words))
    parts += [topic.replace("-", " ") for topic in entry.topics]
    if entry.provider:
        parts.append(entry.provider)
    if entry.credit != "yes":
        parts.append(words.say(f"transcript-credit-{entry.credit}"))
    return words.say(
        "transcript-entry",
        day=wording.day_with_year(entry.on, words),
        what=wording.listed(parts),
        number=entry.number,
    )


def _provenance(entry: TranscriptLineFacts, words: Words) -> str:
    at = wording.moment(entry.recorded_at, words)
    source = entry.file_name or entry.source
    if entry.recorded_by:
        said = words.say("transcript-recorded-by", at=at, who=entry.recorded_by, source=source)
    else:
        said = words.say("transcript-recorded", at=at, source=source)
    if entry.ended_at is None:
        return said
    ended = wording.moment(entry.ended_at, words)
    if entry.withdrawn:
        fate = words.say("transcript-withdrawn-later", at=ended)
    elif entry.later is None:
        fate = words.say("transcript-moved-later", at=ended)
    else:
        fate = words.say("transcript-replaced-later", at=ended, number=entry.later)
    return f"{said} {fate}"


def _section(title: str, changes: tuple[EntryChange, ...], words: Words) -> Iterator[str]:
    if changes:
        yield title
    for each in changes:
        yield from _entry_change(each, words)


def _entry_change(change: EntryChange, words: Words) -> Iterator[str]:
    late = f" {words.say('transcript-late')}" if change.late else ""
    if change.before is not None and change.after is not None:
        yield f"  {_said(change.before, words)}"
        yield f"    -> {_said(change.after, words)}{late}"
        if change.fields:
            yield "      " + words.say(
                "transcript-changed-fields",
                fields=wording.listed(each.replace("_", " ") for each in change.fields),
            )
    for entry in (change.after or change.before,):
        if entry is not None:
            if change.before is None or change.after is None:
                yield f"  {_said(entry, words)}{late}"
            yield f"      {_provenance(entry, words)}"
