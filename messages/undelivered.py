"""What came in and was not answered, and what could not be sent? Each with its reference and what to do about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import onward
from messages.words import Words


class Trouble(StrEnum):
    """What became of something; ``undelivered-<value>`` says it, ``undelivered-<value>-next`` what to do."""

    NOT_ANSWERED = "not-answered"
    NOT_SENT = "not-sent"
    UNCLEAR = "unclear"  # nobody can tell whether it was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleFacts:
    """One thing that failed for good. ``who`` is empty where nobody is to be named."""

    trouble: Trouble
    at: datetime
    who: str
    what: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredFacts:
    """Everything that failed, the newest first, and the page that is shown.

    ``unclaimed``: what carriers said of texts that nobody here has sent, the oldest since then.
    """

    found: tuple[TroubleFacts, ...]
    page: int = 1
    lines: int = 10
    unclaimed: int = 0
    since: datetime | None = None


def undelivered(facts: UndeliveredFacts, words: Words) -> Message:
    """How many, a page of them, and what to do about each sort that is shown."""
    pages = Pages(len(facts.found), facts.lines, facts.page)
    shown = pages.of(facts.found)
    n = len(facts.found)
    head = words.say_many("undelivered-found", n) if n else words.say("undelivered-none")
    nexts = [
        words.say(f"undelivered-{each.value}-next")
        for each in Trouble
        if any(one.trouble is each for one in shown)
    ]
    strange = _unclaimed(facts, words)
    parts: list[Part] = [Paragraph(head)]
    if shown:
        columns = tuple(words.say(f"column-{name}") for name in ("when", "who", "what", "state", "reference"))
        parts.append(Table("", columns, tuple(_row(each, words) for each in shown)))
    parts += [Paragraph(text) for text in (*nexts, *strange)]
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.UNDELIVERED,
        title=words.say("undelivered-title"),
        body=tuple(parts),
        sms=(Clause(head), *(Clause(text, 1) for text in (*nexts, *strange)), way.clause),
        actions=way.actions,
    )


def _unclaimed(facts: UndeliveredFacts, words: Words) -> list[str]:
    if not facts.unclaimed or facts.since is None:
        return []
    since = wording.moment(facts.since, words)
    return [
        words.say_many("undelivered-unclaimed", facts.unclaimed, since=since),
        words.say("undelivered-unclaimed-next"),
    ]


def _row(facts: TroubleFacts, words: Words) -> tuple[str, ...]:
    return (
        wording.moment(facts.at, words),
        facts.who or words.say("who-saw-unnamed"),
        facts.what,
        words.say(f"undelivered-{facts.trouble.value}"),
        facts.reference,
    )
