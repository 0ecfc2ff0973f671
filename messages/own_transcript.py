"""Somebody asked for their own record as a file: the link to it, or what to do where there is none."""

from dataclasses import dataclass

from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Link, Message, Note, Paragraph
from messages.replies import Reply, buttons
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLinkFacts:
    """Where it is, how many records are in it, how long the link works. ``href`` is empty in what is kept."""

    href: str
    records: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTranscriptFacts:
    """Whose record, who can make the file; ``at_terminal``: there the asker can, with a command."""

    badge: str
    coordinator: str
    at_terminal: bool


def transcript(facts: TranscriptLinkFacts, words: Words) -> Message:
    """First that it is there, then that the link works once."""
    lead = words.say_many("own-transcript", facts.records)
    once = words.say("own-transcript-once", minutes=str(facts.minutes))
    sms = [Clause(lead), Clause(once)]
    if facts.href:
        sms.insert(1, Clause(facts.href))
    return Message(
        kind=MessageKind.TRANSCRIPT,
        title=words.say("own-transcript-title"),
        body=(Paragraph(lead), Paragraph(once), Note(words.say("own-transcript-log"))),
        sms=tuple(sms),
        actions=(Link(words.say("own-transcript-open"), facts.href),) if facts.href else (),
    )


def no_transcript(facts: NoTranscriptFacts, words: Words) -> Message:
    """No link can be made here; who can make the file, and how."""
    lead = words.say("own-transcript-none")
    if facts.at_terminal:
        then = words.say("own-transcript-command", badge=facts.badge)
    else:
        then = words.say("own-transcript-ask", name=shortened(facts.coordinator, NAME_ROOM))
    return Message(
        kind=MessageKind.TRANSCRIPT,
        title=words.say("own-transcript-title"),
        body=(Paragraph(lead), Paragraph(then)),
        sms=(Clause(lead), Clause(then)),
        actions=buttons((Reply.HISTORY, Reply.HUMAN), words),
    )
