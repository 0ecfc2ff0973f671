"""What does somebody hear of a reminder that went past the person? Whom it is about, what is due, and when they were
reminded; never why, and never a judgment."""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.answer import LABEL_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Paragraph
from messages.reminder import Reminded, RemindedAs
from messages.replies import button_clause
from messages.words import Words


@dataclass(frozen=True, slots=True)
class EscalationFacts:
    """``who`` as people are called, ``badge`` how they are asked about. ``told_on`` are the days on which a channel
    took a reminder, ``lost`` a license that is not in force any more."""

    who: str
    badge: str
    duty: Reminded
    told_on: tuple[date, ...]
    today: date
    lost: bool = False


def escalation(facts: EscalationFacts, words: Words) -> Message:
    """To one who answers for the person, in a place that is theirs alone."""
    today, duty = facts.today, facts.duty
    shown = {
        "who": facts.who,
        "duty": shortened(duty.duty, LABEL_ROOM),
        "day": wording.day(duty.due_on, today, words),
        "distance": wording.in_days(duty.due_on, today, words),
    }
    late = duty.due_on < today
    if duty.stands is RemindedAs.UNDATED:
        head = words.say("escalation-undated", who=shown["who"], duty=shown["duty"])
    elif facts.lost:
        head = words.say("escalation-lost", **shown)
    elif late:
        head = words.say("escalation-late", **shown)
    else:
        head = words.say("escalation-due", **shown)
    days = wording.joined_and([wording.day(each, today, words) for each in facts.told_on], words)
    told = words.say("escalation-told", days=days) if facts.told_on else words.say("escalation-not-told")
    ask = Button(
        words.say("escalation-ask-label"),
        "person",
        facts.badge,
        words.say("escalation-ask-typed", badge=facts.badge),
    )
    return Message(
        kind=MessageKind.ESCALATION,
        title=words.say("escalation-title"),
        body=(Paragraph(head), Paragraph(told)),
        sms=(Clause(head), Clause(told, 1), button_clause(ask, words)),
        actions=(ask,),
    )
