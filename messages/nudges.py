"""Who would be reminded now and of what, and who is passed over and why; and that it was sent."""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.answer import LABEL_ROOM, NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Button, Message, Paragraph, Table
from messages.replies import Reply, button_clause, buttons, reply_clause
from messages.words import Words

# A text holds no more names.
SHORT_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeLine:
    """One person: of what they would be reminded, or why they are not, as a code of ``nudge-skipped-<code>``."""

    name: str
    duty: str
    due_on: date | None
    more: int = 0
    skipped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeFacts:
    """The whole preview as of ``day``; ``on_leave`` are counted alone."""

    day: date
    lines: tuple[NudgeLine, ...]
    on_leave: int = 0

    @property
    def going(self) -> tuple[NudgeLine, ...]:
        """Who would be reminded."""
        return tuple(each for each in self.lines if not each.skipped)


def preview(facts: NudgeFacts, words: Words) -> Message:
    """Nothing is sent by it; the button sends what is shown."""
    going = facts.going
    head = words.say_many("nudge-preview", len(going)) if going else words.say("nudge-nobody")
    skipped = [each for each in facts.lines if each.skipped]
    left = words.say_many("nudge-skipped", len(skipped)) if skipped else ""
    leave = words.say_many("nudge-on-leave", facts.on_leave) if facts.on_leave else ""
    columns = tuple(words.say(f"nudge-column-{name}") for name in ("who", "what", "sent"))
    rows = tuple((each.name, _duty(each, facts.day, words), _sent(each, words)) for each in facts.lines)
    send = Button(
        words.say_many("nudge-send-label", len(going)), "nudge-send", "", words.say("nudge-send-typed")
    )
    replies = (Reply.TEAM, Reply.MENU)
    names = wording.first_of([shortened(each.name, NAME_ROOM) for each in going], SHORT_NAMES, words)
    return Message(
        kind=MessageKind.NUDGE,
        title=words.say("nudge-title"),
        body=(
            Paragraph(" ".join(filter(None, (head, left, leave)))),
            *((Table("", columns, rows),) if rows else ()),
        ),
        sms=(
            Clause(head),
            *((Clause(words.say("nudge-names", names=names), 1),) if going else ()),
            *(Clause(each, 2) for each in (left, leave) if each),
            *(Clause(each, 3) for each in _alone(facts, words)),
            button_clause(send, words) if going else reply_clause(replies, words),
        ),
        actions=(*((send,) if going else ()), *buttons(replies, words)),
    )


def _alone(facts: NudgeFacts, words: Words) -> tuple[str, ...]:
    """Of a single person also a text says why not."""
    return tuple(
        words.say("nudge-alone", name=shortened(each.name, NAME_ROOM), why=_sent(each, words))
        for each in facts.lines
        if len(facts.lines) == 1 and each.skipped
    )


def _duty(each: NudgeLine, today: date, words: Words) -> str:
    if each.due_on is None:
        return words.say("nudge-nothing")
    said = words.say(
        "nudge-duty", duty=shortened(each.duty, LABEL_ROOM), day=wording.day(each.due_on, today, words)
    )
    return words.say_many("nudge-duty-more", each.more, first=said) if each.more else said


def _sent(each: NudgeLine, words: Words) -> str:
    return words.say(f"nudge-skipped-{each.skipped}") if each.skipped else words.say("nudge-goes")


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgedFacts:
    """How many were reminded; ``left`` of the preview were not, because something came between."""

    sent: int
    left: int = 0


def sent(facts: NudgedFacts, words: Words) -> Message:
    """What became of it."""
    text = words.say_many("nudge-sent", facts.sent) if facts.sent else words.say("nudge-sent-nobody")
    if facts.left:
        text = f"{text} {words.say_many('nudge-left', facts.left)}"
    replies = (Reply.TEAM, Reply.MENU)
    return Message(
        kind=MessageKind.NUDGED,
        title=words.say("nudge-title"),
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )
