"""What did an act of a reviewer come to? A sentence with who, when and which values, the link if any, and one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import dashed
from messages.kinds import MessageKind
from messages.model import Button, Link, Message, Paragraph
from messages.uploads import called
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """What an act came to, as a code, with who and when where it says so."""

    code: str
    number: int = 0
    who: str = ""
    at: datetime | None = None
    link: str = ""
    values: tuple[str, ...] = ()


def known(facts: ActFacts, words: Words) -> Mapping[str, str]:
    """Whatever a sentence about an act may name."""
    return {
        "upload": called(facts.number),
        "name": shortened(facts.who, NAME_ROOM) or words.say("who-saw-unnamed"),
        "when": wording.moment(facts.at, words) if facts.at is not None else "",
        "values": wording.joined_and([words.say(f"checked-{dashed(each)}") for each in facts.values], words),
    }


def done(kind: MessageKind, title: str, text: str, link: str, step: Button, words: Words) -> Message:
    """The sentence, the link, and the one step that is next."""
    return Message(
        kind=kind,
        title=title,
        body=(Paragraph(text),),
        sms=(Clause(text), *((Clause(link),) if link else ())),
        actions=(*((Link(words.say("review-open-label"), link),) if link else ()), step),
    )
