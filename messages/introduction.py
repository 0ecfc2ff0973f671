"""What does Rollcall say the first time it meets somebody? Who it is, what it keeps, who sees it, how to stop.

Nothing about anybody: whoever reads along on a shared screen learns only that there is a training desk.
"""

from dataclasses import dataclass

from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Fact, Facts, Message, Note, Paragraph
from messages.replies import Reply, buttons
from messages.words import Words

# The version of the notice that the words below are. Other words are another version, and are shown again.
NOTICE = "notice-1"


@dataclass(frozen=True, slots=True)
class IntroductionFacts:
    """Whose training desk it is."""

    agency: str


def introduction(facts: IntroductionFacts, words: Words) -> Message:
    """Sent once to each person and version, before the first answer."""
    greeting = words.say("introduction", agency=facts.agency)
    rows = tuple(
        Fact(words.say(f"introduction-{name}"), words.say(f"introduction-{name}-text"))
        for name in ("keeps", "sees", "not-for", "stop")
    )
    return Message(
        kind=MessageKind.INTRODUCTION,
        title=words.say("introduction-title"),
        body=(Paragraph(greeting), Facts(rows), Note(words.say("introduction-notice", notice=NOTICE))),
        actions=buttons((Reply.STATUS, Reply.MENU), words),
        sms=(
            Clause(greeting),
            Clause(words.say("introduction-sms-keeps"), 1),
            Clause(words.say("introduction-sms-stop")),
        ),
    )
