"""How is a certificate sent from here? Said to whoever spoke of one, or sent one that never came."""

from dataclasses import dataclass
from enum import StrEnum

from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words


class Help(StrEnum):
    """Why it is said how a certificate is sent: ``upload-help-<value>``."""

    HOW = "how"  # it was asked
    TOOK = "took"  # a class was taken, and no certificate was spoken of
    NO_FILE = "no-file"  # a file was spoken of and none came
    LOST = "lost"  # the same by text, where carriers drop what is large


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpFacts:
    """``away``: why a file that was announced is not here, ``file-refused-<code>``; ``link``: a page that takes one."""

    why: Help
    coordinator: str
    away: str = ""
    link: str = ""
    at_terminal: bool = False


def help_with(facts: HelpFacts, words: Words) -> Message:
    """A certificate was spoken of and none came: how to send one from here."""
    lead = words.say(f"file-refused-{facts.away}" if facts.away else f"upload-help-{facts.why.value}")
    nothing = words.say("upload-nothing-added")
    how = _how_to_send(facts, words)
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.UPLOAD_HELP,
        title=words.say("upload-taken-title"),
        body=(Paragraph(lead), Paragraph(how), *((Note(nothing),) if facts.away else ())),
        sms=(
            Clause(lead),
            *((Clause(nothing, 1),) if facts.away else ()),
            Clause(how),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _how_to_send(facts: HelpFacts, words: Words) -> str:
    if facts.at_terminal and facts.link:
        return words.say("upload-how-terminal-link", link=facts.link)
    if facts.at_terminal:
        return words.say("upload-how-terminal", name=shortened(facts.coordinator, NAME_ROOM))
    tried = bool(facts.away) or facts.why in (Help.NO_FILE, Help.LOST)
    if facts.link:
        return words.say("upload-link" if tried else "upload-how-link", link=facts.link)
    return words.say("upload-how-again" if tried else "upload-how")
