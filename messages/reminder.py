"""What is somebody reminded of? Every duty that is due for it on one day, in one message, the most pressing first.

No name, no hours and no reason: a text is read by whoever holds the phone.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from messages import wording
from messages.answer import LABEL_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from messages.replies import Reply, button, buttons, reply_clause
from messages.words import Words


class RemindedAs(StrEnum):
    """How a duty stands; the catalogue holds ``reminder-<code>`` for each."""

    DUE = "due"
    OVERDUE = "overdue"
    EXPIRES = "expires"  # good until then, and to be renewed
    EXPIRED = "expired"
    UNSETTLED = "unsettled"  # a record in doubt decides whether it is owed
    UNDATED = "undated"  # overdue, and no day is known


@dataclass(frozen=True, slots=True)
class Reminded:
    """One duty and its date. ``safe_until`` is the last day on which the rest can be scheduled, where that comes near;
    where the calendar says so, ``safe_class`` is the day of the last class in time, and ``safe_part`` what it is for.

    ``about`` is how its buttons name it again.
    """

    duty: str
    due_on: date
    stands: RemindedAs = RemindedAs.DUE
    safe_until: date | None = None
    safe_class: date | None = None
    safe_part: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """Whose training desk it is, the day on which it is said, and what is due."""

    agency: str
    day: date
    duties: tuple[Reminded, ...]


# Between the duties that a button is about.
BETWEEN = ";"


def reminder(facts: ReminderFacts, words: Words) -> Message:
    """One for a person and a day, however many duties there are."""
    in_order = sorted(facts.duties, key=lambda each: (each.due_on, each.duty))
    lines = [_line(each, facts.day, words) for each in in_order]
    head = words.say("reminder", agency=facts.agency, duty=lines[0])
    about = BETWEEN.join(each.about for each in in_order)
    return Message(
        kind=MessageKind.REMINDER,
        title=words.say("reminder-title"),
        body=(Paragraph(head), *map(Paragraph, lines[1:])),
        sms=(
            Clause(head),
            *(Clause(line, 1) for line in lines[1:]),
            reply_clause((Reply.STATUS, Reply.SNOOZE, Reply.DONE), words),
        ),
        actions=(
            *buttons((Reply.STATUS, Reply.WHY), words),
            button(Reply.SNOOZE, words, about),
            button(Reply.DONE, words),
        ),
    )


# What is said of it once its day is over.
_LATE = {RemindedAs.DUE: RemindedAs.OVERDUE, RemindedAs.EXPIRES: RemindedAs.EXPIRED}


def _line(each: Reminded, today: date, words: Words) -> str:
    stands = _LATE.get(each.stands, each.stands) if each.due_on < today else each.stands
    duty = shortened(each.duty, LABEL_ROOM)
    if stands is RemindedAs.UNDATED:
        return words.say("reminder-undated", duty=duty)
    said = words.say(
        f"reminder-{stands.value}",
        duty=duty,
        day=wording.day(each.due_on, today, words),
        distance=wording.in_days(each.due_on, today, words),
    )
    if each.safe_until is None:
        return said
    if each.safe_until < today:
        return words.say("reminder-too-late", line=said)
    day = wording.day(each.safe_until, today, words)
    if each.safe_class is None:
        return words.say("reminder-safe", line=said, day=day)
    held = wording.day(each.safe_class, today, words)
    part = shortened(each.safe_part, LABEL_ROOM)
    return words.say("reminder-safe-class", line=said, part=part, held=held, day=day)


@dataclass(frozen=True, slots=True)
class PutOffFacts:
    """What LATER came to: the duties, and the day of the next reminder. Empty ``duties`` is nothing to put off."""

    duties: tuple[str, ...]
    again_on: date | None
    today: date


def put_off(facts: PutOffFacts, words: Words) -> Message:
    """The answer to LATER: when they hear of it again, never that it is due later."""
    if facts.again_on is None:
        text = words.say("reminder-nothing-later")
    else:
        text = words.say(
            "reminder-later",
            duties=wording.joined_and([shortened(each, LABEL_ROOM) for each in facts.duties], words),
            day=wording.day(facts.again_on, facts.today, words),
        )
    replies = (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.REMINDER_PUT_OFF,
        title=words.say("reminder-later-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )
