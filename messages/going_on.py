"""What is said to whoever goes on here with what they asked elsewhere."""

from dataclasses import replace
from enum import StrEnum

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words


class GoOn(StrEnum):
    """What became of the wish; ``go-on-<value>`` says it."""

    NOTHING = "nothing"  # nothing is remembered elsewhere
    SHARED = "shared"  # this is a phone that many share
    TAKEN = "taken"  # it is here now, and there is nothing to show again


def go_on(said: GoOn, words: Words) -> Message:
    """One sentence, and what can be asked."""
    text = words.say(f"go-on-{said.value}")
    replies = (Reply.WHY, Reply.MORE, Reply.MENU) if said is GoOn.TAKEN else (Reply.STATUS, Reply.MENU)
    return Message(
        kind=MessageKind.GO_ON,
        title="",
        body=(Paragraph(text),),
        sms=(Clause(text), reply_clause(replies, words)),
        actions=buttons(replies, words),
    )


def with_origin(message: Message, channel: str, words: Words) -> Message:
    """The answer, with the door on which it was asked first."""
    door = wording.door_in_words(channel, words)
    return replace(message, body=(*message.body, Note(words.say("go-on-from", door=door))))
