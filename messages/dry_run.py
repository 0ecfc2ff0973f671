"""What goes out tomorrow: how much and by which ways, then a line for each message, with what is held for later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.reminder import Reminded, RemindedAs
from messages.replies import onward
from messages.words import Words

TEXTS = "sms"
DUTIES_NAMED = 2
COLUMNS = ("when", "who", "what", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingFacts:
    """One message. ``way`` is a channel, empty for none; ``waits`` is a word of ``receipt-why-<word>``, empty for
    nothing. ``title`` is said where no duties are; ``about`` is whose duties they are, where it went past them.
    ``then`` is the channel on which it goes next, where nothing says that it arrived."""

    who: str
    at: datetime
    way: str
    title: str = ""
    duties: tuple[Reminded, ...] = ()
    about: str = ""
    waits: str = ""
    held: bool = False
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRunFacts:
    """The day in figures, and the lines that the reader is shown. ``ways`` are counts by channel."""

    day: date
    messages: int
    people: int
    ways: tuple[tuple[str, int], ...]
    segments: int
    held: int
    rows: tuple[ComingFacts, ...]
    unshown: int = 0
    paused: bool = False
    waiting: int = 0
    burst: int = 0
    page: int = 1
    lines: int = 10


def dry_run(facts: DryRunFacts, words: Words) -> Message:
    """The figures first; whatever stops them next; then a page of lines."""
    pages = Pages(len(facts.rows), facts.lines, facts.page)
    shown = pages.of(facts.rows)
    head, *more = _figures(facts, words)
    parts: list[Part] = [Paragraph(each) for each in (head, *more)]
    if shown:
        columns = tuple(words.say(f"column-{name}") for name in COLUMNS)
        parts.append(Table("", columns, tuple(_row(each, facts.day, words) for each in shown)))
    parts.append(Note(words.say("dry-run-note")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.DRY_RUN,
        title=words.say("dry-run-title"),
        body=tuple(parts),
        # Two lines have room beside the figures, which stand on the first page alone.
        sms=(
            Clause(head),
            *(Clause(each, 2) for each in more if pages.page == 1),
            *(Clause(_line(each, facts.day, words), 1) for each in shown),
            way.clause,
        ),
        actions=way.actions,
    )


def _figures(facts: DryRunFacts, words: Words) -> Iterator[str]:
    day = wording.day_short(facts.day, words)
    if facts.messages:
        yield words.say_many("dry-run-found", facts.messages, day=day, people=str(facts.people))
    else:
        yield words.say("dry-run-none", day=day)
    if facts.paused:
        yield words.say("dry-run-paused", waiting=str(facts.waiting))
    elif facts.burst:
        yield words.say("dry-run-burst", count=str(facts.burst))
    if facts.messages:
        ways = [_count(each, count, facts.segments, words) for each, count in facts.ways]
        yield words.say("dry-run-ways", ways=wording.listed(ways))
    if facts.held:
        yield words.say_many("dry-run-held", facts.held)
    if facts.unshown:
        yield words.say_many("dry-run-unshown", facts.unshown)


def _count(way: str, count: int, segments: int, words: Words) -> str:
    said = words.say("dry-run-way", way=_way(way, words), count=str(count))
    return words.say_many("dry-run-way-segments", segments, way=said) if way == TEXTS and segments else said


def _row(facts: ComingFacts, day: date, words: Words) -> tuple[str, ...]:
    way = _way(facts.way, words)
    if facts.then:
        way = words.say("dry-run-then", way=way, then=_way(facts.then, words))
    return _when(facts, words), facts.who, _what(facts, day, words), way


def _line(facts: ComingFacts, day: date, words: Words) -> str:
    return words.say(
        "dry-run-line",
        who=shortened(facts.who, NAME_ROOM),
        when=wording.moment(facts.at, words) if facts.held else wording.clock(facts.at, words),
        way=_way(facts.way, words),
        what=_what(facts, day, words, named=1),
    )


def _when(facts: ComingFacts, words: Words) -> str:
    at = wording.moment(facts.at, words) if facts.held else wording.clock(facts.at, words)
    if not facts.waits:
        return at
    return words.say("dry-run-when", at=at, why=words.say(f"receipt-why-{facts.waits}"))


def _what(facts: ComingFacts, day: date, words: Words, named: int = DUTIES_NAMED) -> str:
    what = facts.title
    if facts.duties:
        what = wording.first_of([_duty(each, day, words) for each in facts.duties], named, words)
    return words.say("dry-run-past", who=facts.about, what=what) if facts.about else what


def _duty(duty: Reminded, day: date, words: Words) -> str:
    label = shortened(duty.duty, LABEL_ROOM)
    if duty.stands is RemindedAs.UNDATED:
        return label
    return words.say("dry-run-duty", duty=label, day=wording.day(duty.due_on, day, words))


def _way(channel: str, words: Words) -> str:
    return wording.door_in_words(channel, words) if channel else words.say("dry-run-no-way")
