"""What was written down here, newest first? The log a page at a time, for whoever keeps or audits it."""

from dataclasses import dataclass
from datetime import date

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Table
from messages.replies import onward
from messages.trail import TrailEntryFacts, entry
from messages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """One page of entries, newest first, of the ``days`` from one to another, None for any; ``is_last`` when no older
    entry is left."""

    entries: tuple[TrailEntryFacts, ...]
    page: int = 1
    is_last: bool = True
    days: tuple[date, date] | None = None


def log(facts: LogFacts, words: Words) -> Message:
    """Number, time, sentence and purpose of each entry."""
    lines = [(each, entry(each, words)) for each in facts.entries]
    columns = tuple(words.say(f"column-{name}") for name in ("entry", "when", "what", "purpose"))
    rows = tuple((str(each.position), line.time, line.sentence, each.reason) for each, line in lines)
    head = _head(facts, words)
    way = onward(facts.page, words, is_last=facts.is_last)
    return Message(
        kind=MessageKind.LOG,
        title=words.say("log-title"),
        body=(Paragraph(head), *((Table("", columns, rows),) if rows else ()), Note(words.say("log-note"))),
        sms=(
            Clause(head),
            *(Clause(f"{line.time} {line.sentence}", 2) for _, line in lines),
            way.clause,
        ),
        actions=way.actions,
    )


def _head(facts: LogFacts, words: Words) -> str:
    if facts.days is None:
        return words.say("log-head") if facts.entries else words.say("log-none")
    days = wording.span(*facts.days, words)
    return words.say("log-head-days" if facts.entries else "log-none-days", days=days)
