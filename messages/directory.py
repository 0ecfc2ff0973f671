"""What waits in the agency's directory? Told to whoever coordinates; the names stand in the preview, not here."""

from dataclasses import dataclass

from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryFacts:
    """How many people the roster would gain, change or could not take, and how many of it have no account any more."""

    new: int = 0
    changed: int = 0
    rejected: int = 0
    gone: int = 0


def waiting(facts: DirectoryFacts, words: Words) -> Message:
    """That changes wait, how many of each, and how they are looked at. Nothing has been written."""
    found = (
        ("new", facts.new),
        ("changed", facts.changed),
        ("gone", facts.gone),
        ("rejected", facts.rejected),
    )
    head = words.say("directory-waits")
    lines = [words.say_many(f"directory-waits-{what}", n) for what, n in found if n]
    onward = words.say("directory-waits-next")
    return Message(
        kind=MessageKind.DIRECTORY,
        title=words.say("directory-title"),
        body=(Paragraph(head), *map(Paragraph, lines), Note(onward)),
        sms=(Clause(head), *(Clause(each, 1) for each in lines), Clause(onward)),
    )
