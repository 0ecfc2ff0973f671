"""What is said where others read along, and about something that was not there? Never anything about anybody."""

from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Paragraph
from messages.words import Words


def answered_privately(words: Words, *, with_file: bool = False) -> Message:
    """To somebody who asked in a channel: the answer is where only they see it; a file of theirs there is not."""
    said = words.say("answered-privately")
    if with_file:
        said = f"{said} {words.say('delete-copy')}"
    return _plain(MessageKind.ANSWERED_PRIVATELY, said)


def not_installed(words: Words, *, with_file: bool = False) -> Message:
    """To somebody who asked in a channel and has no chat with Rollcall that an answer could go to."""
    said = words.say("answered-not-installed")
    if with_file:
        said = f"{said} {words.say('delete-copy')}"
    return _plain(MessageKind.ANSWERED_PRIVATELY, said)


def delete_copy(words: Words) -> Message:
    """To somebody who had a file taken that lies where others see it."""
    return _plain(MessageKind.ANSWERED_PRIVATELY, words.say("delete-copy"))


def which_file(words: Words) -> Message:
    """To somebody who chose a message that holds no file."""
    return _plain(MessageKind.WHICH_FILE, words.say("which-file"))


def _plain(kind: MessageKind, text: str) -> Message:
    return Message(kind=kind, title="", body=(Paragraph(text),), sms=(Clause(text),))
