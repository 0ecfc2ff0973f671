"""What keeps reminders back, and who may let them go? To whoever coordinates, and in answer to their word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Button, Message, Paragraph
from messages.replies import button_clause
from messages.words import Words


class SwitchSaid(StrEnum):
    """What became of a word about all reminders; the catalogue holds ``reminders-<value>`` for each."""

    PAUSED = "paused"
    RESUMED = "resumed"
    RELEASED = "released"
    NOT_PAUSED = "not-paused"
    WHY_PAUSE = "why-pause"
    WHY_RESUME = "why-resume"


@dataclass(frozen=True, slots=True)
class TooManyFacts:
    """How many became due at once."""

    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchFacts:
    """What became of the word, and how many wait; ``since`` when they were stopped already, and by whom."""

    said: SwitchSaid = SwitchSaid.PAUSED
    waiting: int = 0
    who: str = ""
    since: datetime | None = None


def too_many(facts: TooManyFacts, words: Words) -> Message:
    """More at once than the agency wants to go without a word: nothing goes until somebody gives one."""
    head = words.say_many("reminders-too-many", facts.due)
    then = words.say("reminders-too-many-next")
    go = Button(words.say("go-ahead-label"), "go-ahead", "", words.say("go-ahead-typed"))
    return Message(
        kind=MessageKind.REMINDERS_HELD,
        title=words.say("reminders-too-many-title"),
        body=(Paragraph(head), Paragraph(then)),
        sms=(Clause(head), Clause(then, 1), button_clause(go, words)),
        actions=(go,),
    )


def texts_used_up(most: int, words: Words) -> Message:
    """What reminders may take as texts in a month is taken: they go on other ways."""
    text = words.say("reminder-texts-used-up", count=str(most))
    return Message(
        kind=MessageKind.TEXTS_USED_UP,
        title=words.say("reminder-texts-used-up-title"),
        body=(Paragraph(text),),
        sms=(Clause(text),),
    )


def switched(facts: SwitchFacts, words: Words) -> Message:
    """What holds from now on, and what undoes it."""
    if facts.since is None:
        head = words.say(f"reminders-{facts.said.value}")
    else:
        who = facts.who or words.say("who-saw-unnamed")
        head = words.say("reminders-paused-since", since=wording.moment(facts.since, words), who=who)
    parts = [head]
    if facts.waiting:
        parts.append(words.say_many("reminders-waiting", facts.waiting))
    return Message(
        kind=MessageKind.REMINDER_SWITCH,
        title=words.say("reminders-switch-title"),
        body=tuple(Paragraph(each) for each in parts),
        sms=(Clause(head), *(Clause(each, 1) for each in parts[1:])),
    )
