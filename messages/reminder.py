"""What is somebody reminded of? Every duty that is due for it on one day, in one message, the most pressing first.

No name, no hours and no reason: a text is read by whoever holds the phone.
"""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.answer import LABEL_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words


@dataclass(frozen=True, slots=True)
class Reminded:
    """One duty and its date."""

    duty: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """Whose training desk it is, the day on which it is said, and what is due."""

    agency: str
    day: date
    duties: tuple[Reminded, ...]


def reminder(facts: ReminderFacts, words: Words) -> Message:
    """One for a person and a day, however many duties there are."""
    replies = (Reply.STATUS, Reply.WHY)
    in_order = sorted(facts.duties, key=lambda each: (each.due_on, each.duty))
    lines = [_line(each, facts.day, words) for each in in_order]
    head = words.say("reminder", agency=facts.agency, duty=lines[0])
    return Message(
        kind=MessageKind.REMINDER,
        title=words.say("reminder-title"),
        body=(Paragraph(head), *map(Paragraph, lines[1:])),
        sms=(Clause(head), *(Clause(line, 1) for line in lines[1:]), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def _line(each: Reminded, today: date, words: Words) -> str:
    late = each.due_on < today
    return words.say(
        "reminder-overdue" if late else "reminder-due",
        duty=shortened(each.duty, LABEL_ROOM),
        day=wording.day(each.due_on, today, words),
        distance=wording.in_days(each.due_on, today, words),
    )
