"""Whom does nothing reach? The list of it, and the line that whoever coordinates is told on the day."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from messages import wording
from messages.clauses import Clause
from messages.kinds import MessageKind
from messages.model import Button, Message, Note, Paragraph, Part, Table
from messages.pages import Pages
from messages.replies import button_clause, onward
from messages.words import Words


class Unreached(StrEnum):
    """Why somebody is not reached; the catalogue holds ``unreached-<value>`` and ``unreached-told-<value>``."""

    NO_WAY = "no-way"
    OPTED_OUT = "opted-out"
    ONLY_FAILED = "only-failed"


class LostReminder(StrEnum):
    """How a reminder is known not to have reached anybody; the catalogue holds ``unreached-<value>``."""

    NOT_TAKEN = "not-taken"
    SILENT = "silent"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class UnreachedFacts:
    """Somebody who is not reached; ``since`` when a reminder was planned. What is held waits for ``waits``, a word of
    ``receipt-why-<word>``, ``until`` then, None where nobody knows."""

    who: str
    why: Unreached | LostReminder
    since: datetime | None = None
    waits: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachedList:
    """Everybody who is not reached, and the page that is shown."""

    found: tuple[UnreachedFacts, ...]
    page: int = 1
    lines: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachFacts:
    """How many reminders are new among those that reached nobody; and how many people are not reached, by why."""

    reminders: int
    counts: tuple[tuple[Unreached, int], ...] = ()


def unreached(facts: UnreachedList, words: Words) -> Message:
    """How many, a page of them, and what helps."""
    pages = Pages(len(facts.found), facts.lines, facts.page)
    shown = pages.of(facts.found)
    n = len(facts.found)
    head = words.say_many("unreached-found", n) if n else words.say("unreached-none")
    parts: list[Part] = [Paragraph(head)]
    if shown:
        columns = tuple(words.say(f"column-{name}") for name in ("who", "state", "when"))
        parts.append(Table("", columns, tuple(_row(each, words) for each in shown)))
        parts.append(Note(words.say("unreached-next")))
        if any(each.why is LostReminder.HELD for each in shown):
            parts.append(Note(words.say("unreached-held-next")))
    if pages.count > 1:
        parts.append(Note(words.say("page-of", page=pages.page, pages=pages.count)))
    way = onward(pages.page, words, is_last=pages.is_last)
    return Message(
        kind=MessageKind.UNREACHED,
        title=words.say("unreached-title"),
        body=tuple(parts),
        sms=(
            Clause(head),
            *(Clause(words.say("unreached-line", who=each.who, why=_why(each, words)), 1) for each in shown),
            way.clause,
        ),
        actions=way.actions,
    )


def told(facts: ReachFacts, words: Words) -> Message:
    """To whoever coordinates: what is new, in a line each; the list has the names."""
    lines = []
    if facts.reminders:
        lines.append(words.say_many("unreached-told-reminders", facts.reminders))
    lines += [words.say_many(f"unreached-told-{why.value}", n) for why, n in facts.counts]
    ask = Button(words.say("unreached-ask-label"), "unreached", "", words.say("unreached-ask-typed"))
    return Message(
        kind=MessageKind.UNREACHED,
        title=words.say("unreached-title"),
        body=tuple(map(Paragraph, lines)),
        sms=(Clause(lines[0]), *(Clause(each, 1) for each in lines[1:]), button_clause(ask, words)),
        actions=(ask,),
    )


def _row(facts: UnreachedFacts, words: Words) -> tuple[str, ...]:
    since = "" if facts.since is None else wording.moment(facts.since, words)
    return facts.who, _why(facts, words), since


def _why(facts: UnreachedFacts, words: Words) -> str:
    if not facts.waits:
        return words.say(f"unreached-{facts.why.value}")
    why = words.say(f"receipt-why-{facts.waits}")
    if facts.until is None:
        return words.say("unreached-held-endless", why=why)
    return words.say("unreached-held", why=why, until=wording.moment(facts.until, words))
