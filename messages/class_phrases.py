"""How is one class said in a few words: what, when, where, how much, and what it does for whoever reads?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from babel.dates import format_date

from messages import wording
from messages.answer import LABEL_ROOM
from messages.clauses import shortened
from messages.words import Words

TITLE_ROOM, PLACE_ROOM = 48, 40
ClosedCode = Literal["", "deadline", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDuty:
    """A duty that a class does something for; ``hours`` are those it adds, as far as they are still owed."""

    label: str
    due_on: date | None
    hours: Decimal | None = None
    closes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingFacts:
    """One class as its reader finds it. Times are on the clock of the reader's shifts, ``0600``; empty where unknown.

    ``closed`` says why nobody can register; ``late_for`` are duties whose day is over before the class.
    """

    number: int
    title: str
    starts_on: date
    ends_on: date
    begins: str = ""
    ends: str = ""
    place: str = ""
    provider: str = ""
    course_number: str = ""
    topics: tuple[str, ...] = ()
    hours: Decimal | None = None
    topic_hours: Mapping[str, Decimal] = field(default_factory=dict)
    delivery: str = ""
    miles: int | None = None
    miles_source: str = ""
    seats: int | None = None
    cost: Decimal | None = None
    register_by: date | None = None
    board_approved: bool | None = None
    link: str = ""
    serves: tuple[ServedDuty, ...] = ()
    late_for: tuple[ServedDuty, ...] = ()
    closed: ClosedCode = ""
    cancelled: bool = False
    shift_ends: str = ""
    shift_begins: str = ""
    during_shift: bool = False
    day_off: bool = False
    on_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFacts:
    """What the agency's own settings say about pay for a class on a day off, and where that is written."""

    says: str
    source: str


def called(number: int) -> str:
    return f"C-{number}"


def title_text(facts: OfferingFacts, words: Words) -> str:
    """``Autism Response 4 h``."""
    title = shortened(facts.title, TITLE_ROOM)
    if facts.hours is None:
        return title
    return words.say("line-hours", label=title, hours=wording.hours(facts.hours, words))


def when_text(facts: OfferingFacts, today: date, words: Words, *, short: bool = False) -> str:
    """``Thu Mar 18 0800-1200``, ``Apr 12-16 0800-1700``; ``short`` leaves out when it ends."""
    day = _days(facts, today, words)
    clock = facts.begins if short or not facts.ends else f"{facts.begins}-{facts.ends}"
    return words.say("class-when", day=day, time=clock) if facts.begins else day


def _days(facts: OfferingFacts, today: date, words: Words) -> str:
    first, last = facts.starts_on, facts.ends_on
    if first == last:
        pattern = "date-weekday" if first.year == today.year else "date-weekday-year"
        return format_date(first, words.say(pattern), locale=words.language)
    if (first.year, first.month) == (last.year, last.month):
        return words.say("class-days", first=wording.day(first, today, words), last=last.day)
    start = wording.day(first, today, words)
    return words.say("class-days-two-months", first=start, last=wording.day(last, today, words))


def whole(facts: OfferingFacts, today: date, words: Words) -> str:
    """``Autism Response 4 h, Thu Mar 18 0800-1200, Station 2, 6 seats``."""
    return wording.listed(
        each
        for each in (
            title_text(facts, words),
            when_text(facts, today, words),
            shortened(facts.place, PLACE_ROOM),
            wording.dollars(facts.cost) if facts.cost else "",
            seats_text(facts, words),
        )
        if each
    )


def price_text(facts: OfferingFacts, words: Words) -> str:
    return words.say("class-unsaid") if facts.cost is None else wording.dollars(facts.cost)


def seats_text(facts: OfferingFacts, words: Words) -> str:
    if facts.closed:
        return words.say(f"class-closed-{facts.closed}")
    return "" if facts.seats is None else words.say_many("class-seats", facts.seats)


def serves_text(facts: OfferingFacts, today: date, words: Words) -> str:
    """``Closes: Autism (by Jun 30).``, or what it adds to; or that its day comes too late."""
    said = _served_by(facts, today, words)
    return f"{said} {doubt_text(facts, words)}".strip()


def doubt_text(facts: OfferingFacts, words: Words) -> str:
    """What all that counts hangs on, where the calendar does not say that the board approved the class."""
    return words.say("class-if-approved") if facts.serves and facts.board_approved is None else ""


def _served_by(facts: OfferingFacts, today: date, words: Words) -> str:
    closed = [_served(each, today, words) for each in facts.serves if each.closes]
    if closed:
        return words.say("class-closes", duties=wording.first_of(closed, 3, words))
    added = [
        words.say("class-adds-to", hours=wording.hours(each.hours, words), duty=_served(each, today, words))
        for each in facts.serves
        if each.hours is not None
    ]
    if added:
        return words.say("class-adds", duties=wording.first_of(added, 2, words))
    if facts.serves:
        return words.say(
            "class-may-help",
            duties=wording.first_of([_served(each, today, words) for each in facts.serves], 2, words),
        )
    if facts.late_for:
        late = [_served(each, today, words) for each in facts.late_for]
        return words.say("class-too-late", duties=wording.first_of(late, 2, words))
    return ""


def _served(each: ServedDuty, today: date, words: Words) -> str:
    label = shortened(each.label, LABEL_ROOM)
    if each.due_on is None:
        return label
    if each.due_on < today:
        return words.say("class-duty-overdue", label=label)
    return words.say("class-duty-by", label=label, day=wording.day(each.due_on, today, words))


def deadline_text(facts: OfferingFacts, today: date, words: Words) -> str:
    if facts.register_by is None or facts.closed:
        return ""
    return words.say("class-register-by", day=wording.day(facts.register_by, today, words))


def remarks(facts: OfferingFacts, words: Words, pay: PayFacts | None = None) -> list[str]:
    """What the day means beside the reader's own shifts, in a few words each."""
    said = []
    if facts.on_leave:
        said.append(words.say("class-on-leave"))
    elif facts.during_shift:
        said.append(words.say("class-during-shift"))
    else:
        if facts.shift_ends:
            said.append(words.say("class-shift-ends", time=facts.shift_ends))
        elif facts.shift_begins:
            said.append(words.say("class-shift-begins", time=facts.shift_begins))
        if facts.day_off:
            said.append(
                words.say("class-day-off")
                if pay is None
                else words.say("class-day-off-pay", pay=wording.phrase(pay.says))
            )
    return said


def note_text(facts: OfferingFacts, pay: PayFacts | None, words: Words) -> str:
    """``Note: your shift ends 0600 that day.``"""
    said = remarks(facts, words, pay)
    if not said:
        return ""
    that_day = (
        words.say("class-that-day", remark=said[0]) if facts.shift_ends or facts.shift_begins else said[0]
    )
    return words.say("class-note", remark=that_day)


def distance_text(miles: int | None, source: str, words: Words) -> str:
    """``142 miles (county map)``; empty where nobody knows."""
    if miles is None:
        return ""
    said = words.say_many("class-miles", miles)
    return (
        words.say("class-miles-source", miles=said, source=shortened(source, PLACE_ROOM)) if source else said
    )
