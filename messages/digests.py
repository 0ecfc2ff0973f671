"""The coordinator's day, the lieutenant's week and the chief's month: exceptions and figures, one line when there is
nothing; a text names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.figures import GroupFacts
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Table
from messages.replies import Reply, button, reply_clause
from messages.words import Words

# More names than these are a list, and lists have a command.
MOST_NAMES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFacts:
    """Somebody whose duty became overdue."""

    name: str
    duty: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedShift:
    """A shift before which no roll call was sent."""

    shift: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReminderFacts:
    """Somebody for whom a reminder is held too long; ``waits`` is a word of ``receipt-why-<word>``, ``until`` None
    where nobody knows how long."""

    name: str
    waits: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A coordinator's day: exceptions only, as of ``day``. Ages are in days."""

    agency: str
    day: date
    overdue: tuple[LateFacts, ...] = ()
    unreached: tuple[str, ...] = ()
    held: tuple[HeldReminderFacts, ...] = ()
    missed: tuple[MissedShift, ...] = ()
    unmatched: int = 0
    unmatched_oldest: int = 0
    forgotten: int = 0
    reviews: int = 0
    reviews_oldest: int = 0
    tickets: int = 0
    roll_call_hours: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no exception at all."""
        counted = (self.unmatched, self.forgotten, self.reviews, self.tickets, self.roll_call_hours)
        return not (self.overdue or self.unreached or self.held or self.missed or any(counted))


def coordinators_day(facts: DayFacts, words: Words) -> Message:
    """Always at least one line, so that silence means that something is broken."""
    day = format_date(facts.day, words.say("date-weekday"), locale=words.language)
    title = words.say("day-title")
    if facts.is_empty:
        text = words.say("day-empty", agency=facts.agency, day=day)
        return Message(
            kind=MessageKind.COORDINATORS_DAY, title=title, body=(Paragraph(text),), sms=(Clause(text),)
        )
    head = words.say("day-head", agency=facts.agency, day=day)
    named = [*_overdue(facts, words), *_unreached(facts, words), *_held(facts, words)]
    counts = [*_missed(facts, words), *_waiting(facts, words)]
    people = len(facts.overdue) + len(facts.unreached) + len(facts.held)
    short = [
        words.say_many("day-overdue-count", len(facts.overdue)) if facts.overdue else "",
        words.say_many("day-unreached-count", len(facts.unreached)) if facts.unreached else "",
        words.say_many("day-held-count", len(facts.held)) if facts.held else "",
        *counts,
    ]
    return Message(
        kind=MessageKind.COORDINATORS_DAY,
        title=title,
        body=tuple(map(Paragraph, (head, *named, *counts))),
        sms=(
            Clause(head),
            *(Clause(each, 1 + at) for at, each in enumerate(short)),
            reply_clause((Reply.TEAM,) if people else (Reply.MENU,), words),
        ),
        actions=_buttons(facts, words),
    )


def _overdue(facts: DayFacts, words: Words) -> list[str]:
    if not facts.overdue:
        return []
    people = [
        words.say(
            "day-late",
            name=shortened(each.name, NAME_ROOM),
            duty=shortened(each.duty, LABEL_ROOM),
            day=wording.day(each.due_on, facts.day, words),
        )
        for each in facts.overdue
    ]
    named = wording.first_of(people, MOST_NAMES, words)
    return [words.say_many("day-overdue", len(people), people=named)]


def _unreached(facts: DayFacts, words: Words) -> list[str]:
    if not facts.unreached:
        return []
    named = wording.first_of([shortened(each, NAME_ROOM) for each in facts.unreached], MOST_NAMES, words)
    return [words.say_many("day-unreached", len(facts.unreached), people=named)]


def _held(facts: DayFacts, words: Words) -> list[str]:
    if not facts.held:
        return []
    people = [_held_person(each, facts.day, words) for each in facts.held]
    named = wording.first_of(people, MOST_NAMES, words)
    return [words.say_many("day-held", len(people), people=named)]


def _held_person(facts: HeldReminderFacts, today: date, words: Words) -> str:
    name, why = shortened(facts.name, NAME_ROOM), words.say(f"receipt-why-{facts.waits}")
    if facts.until is None:
        return words.say("day-held-endless", name=name, why=why)
    return words.say("day-held-person", name=name, why=why, day=wording.day(facts.until, today, words))


def _missed(facts: DayFacts, words: Words) -> list[str]:
    if not facts.missed:
        return []
    shifts = [
        words.say("day-shift", shift=each.shift, moment=wording.moment(each.at, words))
        for each in facts.missed
    ]
    return [words.say_many("day-missed", len(shifts), shifts=wording.listed(shifts))]


def _waiting(facts: DayFacts, words: Words) -> list[str]:
    said = []
    if facts.unmatched:
        age = wording.days(facts.unmatched_oldest, words)
        said.append(words.say_many("day-unmatched", facts.unmatched, days=age))
    if facts.reviews:
        age = wording.days(facts.reviews_oldest, words)
        said.append(words.say_many("day-reviews", facts.reviews, days=age))
    for name, n in (
        ("forgotten", facts.forgotten),
        ("tickets", facts.tickets),
        ("roll-call-hours", facts.roll_call_hours),
    ):
        if n:
            said.append(words.say_many(f"day-{name}", n))
    return said


def _buttons(facts: DayFacts, words: Words) -> tuple[Button, ...]:
    lists = (
        ("reviews", facts.reviews),
        ("unmatched", facts.unmatched),
        ("drafts", facts.forgotten),
        ("tickets", facts.tickets),
        ("roll-calls", facts.roll_call_hours),
        ("unreached", len(facts.unreached) + len(facts.held)),
    )
    found = [
        Button(words.say(f"day-open-{name}"), name, "", words.say(f"day-open-{name}-typed"))
        for name, n in lists
        if n
    ]
    team = (button(Reply.TEAM, words),) if facts.overdue else ()
    return (*found, *team)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFacts:
    """A lieutenant's line or the whole agency in figures. ``groups`` are none smaller than five.

    ``people`` are those overdue whom the reader may see by name, none for whoever asks for names with a reason.
    ``change`` since ``since``: how many more have nothing open; None where there is nothing to compare with. ``whole``
    is None for fewer than five people.
    """

    group: str
    at: datetime
    packs: tuple[str, ...]
    people_counted: int
    whole: GroupFacts | None
    not_counted: int = 0
    groups: tuple[GroupFacts, ...] = ()
    people: tuple[LateFacts, ...] = ()
    change: int | None = None
    since: date | None = None
    chief: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everybody has nothing open."""
        return self.whole is None or self.whole.met == self.whole.people


def board(facts: BoardFacts, words: Words) -> Message:
    """One number and its footnotes."""
    kind = MessageKind.CHIEFS_MONTH if facts.chief else MessageKind.LIEUTENANTS_WEEK
    title = words.say("board-title-chief" if facts.chief else "board-title-lieutenant")
    moment = wording.moment(facts.at, words)
    whole = facts.whole
    if whole is None:
        text = words.say_many("board-too-few", facts.people_counted, group=facts.group, moment=moment)
        return Message(kind=kind, title=title, body=(Paragraph(text),), sms=(Clause(text),))
    said = [
        words.say(
            "board-head",
            group=facts.group,
            moment=moment,
            packs=wording.joined_and(facts.packs, words),
            met=whole.met,
            of=whole.people,
            percent=wording.percent(whole.met * 100 // whole.people, words),
        ),
        words.say("board-counts", open=whole.open, overdue=whole.overdue, unknown=whole.unknown),
        words.say("board-not-counted", n=facts.not_counted, total=whole.people + facts.not_counted),
    ]
    if facts.change is not None and facts.since is not None:
        sign = "+" if facts.change > 0 else ""
        since = wording.day(facts.since, facts.at.date(), words)
        said.append(words.say("board-change", since=since, change=f"{sign}{facts.change}"))
    late = _late_people(facts.people, facts.at.date(), words)
    replies = (Reply.TEAM, Reply.MENU)
    figures = Button(words.say("board-figures-label"), "figures", "", words.say("board-figures-typed"))
    return Message(
        kind=kind,
        title=title,
        body=(Paragraph(" ".join(said)), *late, *_groups(facts, words)),
        sms=(*(Clause(each, at) for at, each in enumerate(said)), reply_clause(replies, words)),
        actions=(figures, button(Reply.TEAM, words)),
    )


def _late_people(people: Sequence[LateFacts], today: date, words: Words) -> tuple[Paragraph, ...]:
    if not people:
        return ()
    named = [
        words.say(
            "day-late",
            name=shortened(each.name, NAME_ROOM),
            duty=shortened(each.duty, LABEL_ROOM),
            day=wording.day(each.due_on, today, words),
        )
        for each in people
    ]
    text = words.say_many("board-people", len(named), people=wording.first_of(named, MOST_NAMES, words))
    return (Paragraph(text),)


def _groups(facts: BoardFacts, words: Words) -> tuple[Table | Note, ...]:
    if not facts.groups:
        return ()
    columns = tuple(words.say(f"board-column-{name}") for name in ("units", "met", "open", "overdue"))
    rows = tuple(
        (
            wording.joined_and(each.units, words),
            f"{each.met}/{each.people}",
            str(each.open),
            str(each.overdue),
        )
        for each in facts.groups
    )
    return (Table("", columns, rows), Note(words.say("board-groups")))
