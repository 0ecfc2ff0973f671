"""What became of an act on one certificate, to the reviewer alone: a sentence, and the link that it may carry.

What can be done next belongs to the act, and is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.answer import NAME_ROOM
from messages.clauses import Clause, shortened
from messages.entry_values import dashed
from messages.kinds import MessageKind
from messages.model import Button, Link, Message, Paragraph
from messages.replies import button_clause
from messages.uploads import called
from messages.words import Sentence, Words, named


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """How it ended, with who and when where the sentence says so; ``values`` are those that it is about.

    Each subject adds the codes of its own.
    """

    number: int = 0
    who: str = ""
    at: datetime | None = None
    link: str = ""
    values: tuple[str, ...] = ()


def names(facts: ActFacts, sentence: Sentence, words: Words) -> dict[str, str]:
    """Of what is known about the act as much as the sentence names."""
    known = {
        "upload": called(facts.number),
        "name": shortened(facts.who, NAME_ROOM) if facts.who else words.say("who-saw-unnamed"),
        "when": wording.moment(facts.at, words) if facts.at is not None else "",
        "values": wording.joined_and([words.say(f"checked-{dashed(each)}") for each in facts.values], words),
    }
    return named(sentence, known)


def came_to(
    kind: MessageKind, title: str, text: str, facts: ActFacts, then: Sequence[Button], words: Words
) -> Message:
    """The sentence with its link and with what can be done next; a link alone is enough to go on with."""
    link = (Link(words.say("review-open-label"), facts.link),) if facts.link else ()
    at = (Clause(facts.link),) if facts.link else tuple(button_clause(each, words) for each in then[:1])
    return Message(
        kind=kind, title=title, body=(Paragraph(text),), sms=(Clause(text), *at), actions=(*link, *then)
    )
