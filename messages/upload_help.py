"""How is a certificate sent from here? Said to whoever spoke of one, or sent one that never came."""

from dataclasses import dataclass
from enum import StrEnum

from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Link, Message, Note, Paragraph
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words


class Help(StrEnum):
    """Why it is said how a certificate is sent: ``upload-help-<value>``."""

    HOW = "how"  # it was asked
    TOOK = "took"  # a class was taken, and no certificate was spoken of
    NO_FILE = "no-file"  # a file was spoken of and none came
    LOST = "lost"  # the same by text, where carriers drop what is large


class WithoutFiles(StrEnum):
    """A place in which no file can be sent: ``upload-how-<value>``."""

    TERMINAL = "terminal"
    CHAT = "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpFacts:
    """``away``: why a file that was announced is not here, ``file-refused-<code>``; ``link``: a page that takes one;
    ``without``: the place that takes none, None where one can be sent."""

    why: Help
    coordinator: str
    away: str = ""
    link: str = ""
    without: WithoutFiles | None = None


def help_with(facts: HelpFacts, words: Words) -> Message:
    """A certificate was spoken of and none came: how to send one from here."""
    lead = words.say(f"file-refused-{facts.away}" if facts.away else f"upload-help-{facts.why.value}")
    nothing = words.say("upload-nothing-added")
    link = (Link(words.say("upload-link-label"), facts.link),) if facts.link else ()
    replies = (Reply.STATUS, Reply.HUMAN)
    return Message(
        kind=MessageKind.UPLOAD_HELP,
        title=words.say("upload-taken-title"),
        body=(
            Paragraph(lead),
            Paragraph(_how_to_send(facts, words)),
            *((Note(nothing),) if facts.away else ()),
        ),
        sms=(
            Clause(lead),
            *((Clause(nothing, 1),) if facts.away else ()),
            Clause(_how_by_text(facts, words)),
            reply_clause(replies, words),
        ),
        actions=(*link, *buttons(replies, words)),
    )


def _how_to_send(facts: HelpFacts, words: Words) -> str:
    """On a screen, where the page is behind a button of its own."""
    if facts.without is not None:
        if facts.link:
            return words.say(f"upload-how-{facts.without.value}-link")
        name = shortened(facts.coordinator, NAME_ROOM)
        return words.say(f"upload-how-{facts.without.value}", name=name)
    if facts.link:
        return words.say("upload-again-link" if _was_tried(facts) else "upload-how-link")
    return words.say("upload-how-again" if _was_tried(facts) else "upload-how")


def _how_by_text(facts: HelpFacts, words: Words) -> str:
    """In a text, where an address is what it is."""
    if not facts.link or facts.without is not None:
        return _how_to_send(facts, words)
    return words.say("upload-again-address" if _was_tried(facts) else "upload-how-address", link=facts.link)


def _was_tried(facts: HelpFacts) -> bool:
    return bool(facts.away) or facts.why in (Help.NO_FILE, Help.LOST)
