"""The roll call before a shift: a part to read aloud in which nobody is named, a private part, what waits; and what is
said of what was covered."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.dates import format_date

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.lines import Owed, duty_text, line_label
from messages.model import Button, Form, Message, NumberField, Paragraph, TextField
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words, named
from rules.standing import LineState, PoolRole

# More than these are no phone screen; who is left is counted, and stands in MY TEAM.
MOST_PEOPLE = 5
MOST_DUTIES = 3
SIXTIETHS = 60
HUNDREDTH = Decimal("0.01")
EVENING = 17
RollCallCode = Literal[
    "already",
    "asked",
    "covered",
    "late-asked",
    "no-draft",
    "no-minutes",
    "none",
    "own",
    "recorded",
    "refused",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSeats:
    """A class that people of the shift could go to."""

    title: str
    on: date
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyOut:
    """A policy that is to be read and signed."""

    number: str
    version: str
    title: str
    minutes: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSoon:
    """Duties that run out on this shift within some days, of nobody in particular."""

    duties: tuple[str, ...]
    days: int


ReadAloud = ClassSeats | PolicyOut | DueSoon


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateFacts:
    """One person who owes something: what is most pressing, when they were told of it, and when they answered.

    ``safe_until``: the last day on which the first open part can still be taken in time, where that is known.
    """

    name: str
    first: Owed
    told: tuple[date, ...] = ()
    answered: date | None = None
    safe_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallFacts:
    """One shift as its supervisor hears of it. ``hours_asked`` and ``reviews`` wait for them.

    Of those who are not there, ``on_leave`` and ``in_court``; nobody learns why somebody is on leave.
    """

    shift: str
    at: datetime
    assigned: int
    on: int
    on_leave: int = 0
    in_court: int = 0
    aloud: tuple[ReadAloud, ...] = ()
    private: tuple[PrivateFacts, ...] = ()
    reviews: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say but that the shift begins."""
        return not self.aloud and not self.private and not self.reviews


def roll_call(facts: RollCallFacts, words: Words) -> Message:
    """One line where there is nothing to say; else what is read aloud, what is private, who is left, what waits."""
    head = _head(facts, words)
    if facts.is_empty:
        text = f"{head} {words.say('roll-call-nothing')}"
        return Message(
            kind=MessageKind.ROLL_CALL,
            title=words.say("roll-call-title"),
            body=(Paragraph(text),),
            sms=(Clause(text),),
        )
    today = facts.at.date()
    aloud = " ".join(_aloud(each, today, words) for each in facts.aloud)
    parts = [words.say("roll-call-aloud", text=aloud)] if aloud else []
    shown = facts.private[:MOST_PEOPLE]
    private = [words.say("roll-call-private", text=_private(each, today, words)) for each in shown]
    rest = _rest(facts, words)
    reviews = words.say_many("roll-call-reviews", facts.reviews) if facts.reviews else ""
    covered = Button(
        words.say("roll-call-cover-label"), "roll-call-covered", "", words.say("roll-call-cover-typed")
    )
    actions = (covered,) if aloud else ()
    replies = (Reply.TEAM,)
    return Message(
        kind=MessageKind.ROLL_CALL,
        title=words.say("roll-call-title"),
        body=tuple(map(Paragraph, (head, *parts, *private, rest))),
        sms=(
            Clause(head),
            *(Clause(each, 1) for each in parts),
            # A text is read by whoever holds the phone: nobody is named in it.
            *((Clause(words.say_many("roll-call-count", len(facts.private)), 1),) if private else ()),
            Clause(reviews, 2),
            *((button_clause(covered, words),) if aloud else (reply_clause(replies, words),)),
        ),
        actions=(*actions, *buttons(replies, words)),
    )


def _head(facts: RollCallFacts, words: Words) -> str:
    away = facts.assigned - facts.on
    other = away - facts.on_leave - facts.in_court
    reasons = [
        words.say_many(f"roll-call-away-{name}", n)
        for name, n in (("leave", facts.on_leave), ("court", facts.in_court), ("other", other))
        if n
    ]
    when = "tonight" if facts.at.hour >= EVENING else "today"
    said = words.say(f"roll-call-on-{when}", on=facts.on)
    on = words.say("roll-call-on-of", on=said, away=wording.listed(reasons)) if reasons else said
    # Some call it "B", others "B shift".
    is_whole = facts.shift.casefold().endswith("shift")
    shift = facts.shift if is_whole or not facts.shift else words.say("roll-call-shift", shift=facts.shift)
    return words.say(
        "roll-call-head" if shift else "roll-call-head-unnamed",
        **({"shift": shift} if shift else {}),
        day=_day(facts.at.date(), words),
        time=wording.clock(facts.at, words),
        assigned=facts.assigned,
        on=on,
    )


def _aloud(each: ReadAloud, today: date, words: Words) -> str:
    match each:
        case ClassSeats():
            on = wording.day(each.on, today, words)
            return words.say_many("roll-call-class", each.seats, title=each.title, day=on)
        case PolicyOut():
            return words.say(
                "roll-call-policy",
                number=each.number,
                version=each.version,
                title=each.title,
                minutes=each.minutes,
                day=wording.day(each.due_on, today, words),
            )
        case DueSoon():
            duties = [shortened(duty, LABEL_ROOM) for duty in each.duties]
            return words.say_many(
                "roll-call-due", each.days, duties=wording.first_of(duties, MOST_DUTIES, words)
            )


def _private(each: PrivateFacts, today: date, words: Words) -> str:
    line = each.first.line
    said = [
        words.say("roll-call-person", name=shortened(each.name, NAME_ROOM), first=_owes(each, today, words))
    ]
    if line.consequence and line.state is LineState.OVERDUE:
        what = line.consequence[:1].upper() + line.consequence[1:].rstrip(".")
        said.append(words.say("roll-call-consequence", consequence=what))
    if each.safe_until is not None:
        said.append(
            words.say(
                "roll-call-pace",
                duty=_first_part(each.first, words),
                day=wording.day(each.safe_until, today, words),
            )
        )
    if each.told:
        days = wording.listed(wording.day(day, today, words) for day in each.told)
        if each.answered is None:
            said.append(words.say("roll-call-told", days=days))
        else:
            answered = wording.day(each.answered, today, words)
            said.append(words.say("roll-call-told-answered", days=days, answered=answered))
    return " ".join(said)


def _owes(each: PrivateFacts, today: date, words: Words) -> str:
    """``16.5 h and 2 topics + 1 elective by Jun 30``, or the duty as everywhere."""
    first = each.first
    line = first.line
    if line.hours_left is None or line.due_on is None or line.state is not LineState.OPEN:
        return duty_text(line, today, words)
    elective = sum(part.line.pool_role is PoolRole.ELECTIVE for part in first.parts)
    topics = len(first.parts) - elective
    hours = wording.hours(line.hours_left, words)
    parts = [words.say_many("roll-call-topics", topics)] if topics else []
    parts += [words.say_many("roll-call-electives", elective)] if elective else []
    owed = words.say("roll-call-and", hours=hours, parts=" + ".join(parts)) if parts else hours
    return words.say("roll-call-by", owed=owed, day=wording.day(line.due_on, today, words))


def _first_part(first: Owed, words: Words) -> str:
    return line_label(first.parts[0].line if first.parts else first.line, words)


def _rest(facts: RollCallFacts, words: Words) -> str:
    hidden = len(facts.private) - MOST_PEOPLE
    said = [words.say_many("roll-call-more", hidden)] if hidden > 0 else []
    others = facts.assigned - len(facts.private)
    if others > 0:
        said.append(words.say_many("roll-call-others", others))
    if facts.reviews:
        said.append(words.say_many("roll-call-reviews", facts.reviews))
    return " ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredFacts:
    """What an act about a roll call came to: ``roll-call-done-<code>``.

    ``present`` are on the roster of the shift, ``absent`` are listed for make-up. ``reviewer`` decides about hours.
    """

    code: RollCallCode
    at: datetime | None = None
    items: int = 0
    present: int = 0
    absent: int = 0
    topic: str = ""
    minutes: int = 0
    instructor: str = ""
    reviewer: str = ""


def done(facts: CoveredFacts, words: Words) -> Message:
    """What was noted or asked for, and what comes next."""
    known: dict[str, str | int] = {
        "items": words.say_many("roll-call-items", facts.items),
        "day": "" if facts.at is None else wording.day_short(facts.at.date(), words),
        "time": "" if facts.at is None else wording.clock(facts.at, words),
        "present": facts.present,
        "people": words.say_many("roll-call-people", facts.present),
        "topic": facts.topic,
        "minutes": facts.minutes,
        "hours": wording.hours(hours_of_minutes(facts.minutes), words),
        "instructor": facts.instructor,
        "reviewer": facts.reviewer,
        "absent": words.say_many("roll-call-absent", facts.absent)
        if facts.absent
        else words.say("roll-call-all"),
    }
    sentence = words.sentence(f"roll-call-done-{facts.code}")
    text = words.say(f"roll-call-done-{facts.code}", **named(sentence, known))
    hours = Button(
        words.say("roll-call-hours-label"), "roll-call-hours", "", words.say("roll-call-hours-typed")
    )
    offers = facts.code in {"covered", "already", "no-minutes"}
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.ROLL_CALL_DONE,
        title=words.say("roll-call-title"),
        body=(Paragraph(text),),
        sms=(
            Clause(text),
            *((Clause(words.say("roll-call-hours-how"), 1),) if offers else ()),
            reply_clause(replies, words),
        ),
        actions=(*((hours,) if offers else ()), *buttons(replies, words)),
    )


def hours_form(instructor: str, words: Words) -> Message:
    """The form that asks for hours."""
    form = Form(
        title=words.say("roll-call-title"),
        route="roll-call-hours",
        submit=words.say("roll-call-hours-submit"),
        fields=(
            TextField(name="topic", label=words.say("roll-call-hours-topic")),
            NumberField(name="minutes", label=words.say("roll-call-hours-minutes")),
            TextField(name="instructor", label=words.say("roll-call-hours-instructor"), value=instructor),
        ),
    )
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.ROLL_CALL_DONE,
        title=words.say("roll-call-title"),
        body=(Paragraph(words.say("roll-call-hours-form")),),
        sms=(Clause(words.say("roll-call-hours-how")), reply_clause(replies, words)),
        actions=buttons(replies, words),
        form=form,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHoursFacts:
    """One draft: who asks, for which shift, and for how many."""

    number: int
    who: str
    shift: str
    at: datetime
    topic: str
    minutes: int
    instructor: str
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedHoursList:
    """Drafts that wait, the oldest first."""

    waiting: tuple[AskedHoursFacts, ...]


def asked_hours(facts: AskedHoursList, words: Words) -> Message:
    """Every draft with the two words that decide about it; people are named, because each gets the hours."""
    replies = (Reply.MENU,)
    if not facts.waiting:
        text = words.say("roll-calls-none")
        return Message(
            kind=MessageKind.ROLL_CALLS,
            title=words.say("roll-calls-title"),
            body=(Paragraph(text),),
            sms=(Clause(text), reply_clause(replies, words)),
            actions=buttons(replies, words),
        )
    head = words.say_many("roll-calls-waiting", len(facts.waiting))
    lines = [_asked(each, words) for each in facts.waiting]
    first = facts.waiting[0].number
    record = Button(
        words.say("roll-calls-record-label", number=first),
        "record-roll-call",
        str(first),
        words.say("roll-calls-record-typed", number=first),
    )
    refuse = Button(
        words.say("roll-calls-refuse-label", number=first),
        "refuse-roll-call",
        str(first),
        words.say("roll-calls-refuse-typed", number=first),
    )
    return Message(
        kind=MessageKind.ROLL_CALLS,
        title=words.say("roll-calls-title"),
        body=(Paragraph(head), *map(Paragraph, lines)),
        sms=(Clause(head), *(Clause(each, 2) for each in lines), button_clause(record, words)),
        actions=(record, refuse, *buttons(replies, words)),
    )


def _asked(each: AskedHoursFacts, words: Words) -> str:
    said = words.say(
        "roll-calls-line",
        number=each.number,
        topic=each.topic,
        minutes=each.minutes,
        hours=wording.hours(hours_of_minutes(each.minutes), words),
        instructor=each.instructor,
        who=each.who,
        moment=wording.moment(each.at, words),
        present=wording.listed(each.present),
    )
    if not each.absent:
        return said
    return f"{said} {words.say('roll-calls-make-up', absent=wording.listed(each.absent))}"


def hours_of_minutes(minutes: int) -> Decimal:
    """``0.17`` of ten minutes: hundredths of an hour."""
    return (Decimal(minutes) / SIXTIETHS).quantize(HUNDREDTH, ROUND_HALF_UP)


def _day(on: date, words: Words) -> str:
    return format_date(on, words.say("date-weekday"), locale=words.language)
