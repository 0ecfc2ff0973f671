"""How do groups stand, in numbers alone? Nobody is named, and no group is smaller than five."""

from dataclasses import dataclass
from datetime import datetime

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

UNITS_ROOM = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """One group: its units, how many people, and how many of them have nothing open, something open, are overdue."""

    units: tuple[str, ...] = ()
    people: int
    met: int
    open: int
    overdue: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFacts:
    """The agency's figures; ``whole`` is None where it has too few people for any. ``unshown`` are left out of all."""

    agency: str
    whole: GroupFacts | None
    groups: tuple[GroupFacts, ...]
    on_leave: int
    unshown: int
    at: datetime
    packs: tuple[str, ...]
    not_yet: int = 0  # of whom the file says nothing on the day that was asked about


def figures(facts: FiguresFacts, words: Words) -> Message:
    """The agency first, then each group; what is left out is said."""
    replies = (Reply.STATUS, Reply.MENU)
    whole = facts.whole
    if whole is None:
        text = words.say("figures-too-few")
        return Message(
            kind=MessageKind.FIGURES,
            title=words.say("figures-title", agency=facts.agency),
            body=(Paragraph(text),),
            sms=(Clause(text), reply_clause(replies, words)),
            actions=buttons(replies, words),
        )
    share = wording.percent(whole.met * 100 // whole.people, words)
    head = words.say("figures-head", agency=facts.agency, met=whole.met, of=whole.people, percent=share)
    counted = words.say("figures-counts", overdue=whole.overdue, unknown=whole.unknown, open=whole.open)
    left_out = _left_out(facts, words)
    rule = words.say("figures-rule")
    columns = tuple(
        words.say(f"column-{name}") for name in ("group", "people", "met", "open", "overdue", "unknown")
    )
    rows = tuple(
        (
            _named(group, words),
            *(str(n) for n in (group.people, group.met, group.open, group.overdue, group.unknown)),
        )
        for group in facts.groups
    )
    parts: list[Part] = [Paragraph(head), Paragraph(counted)]
    if rows:
        parts.append(Table(words.say("figures-by-unit"), columns, rows))
    parts += [Paragraph(text) for text in left_out]
    packs = wording.joined_and(facts.packs, words)
    as_of = words.say("team-as-of", moment=wording.moment(facts.at, words), packs=packs)
    parts += [Note(rule), Note(as_of)]
    return Message(
        kind=MessageKind.FIGURES,
        title=words.say("figures-title", agency=facts.agency),
        body=tuple(parts),
        sms=(
            Clause(head),
            Clause(counted),
            *(Clause(text, 1) for text in left_out),
            Clause(rule, 2),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _named(group: GroupFacts, words: Words) -> str:
    names = [unit or words.say("figures-no-unit") for unit in group.units]
    return wording.joined_and([shortened(name, UNITS_ROOM) for name in names], words)


def _left_out(facts: FiguresFacts, words: Words) -> tuple[str, ...]:
    reasons = [
        words.say_many(f"excluded-{code}", n)
        for code, n in (
            ("on-leave", facts.on_leave),
            ("not-yet", facts.not_yet),
            ("protected", facts.unshown),
        )
        if n
    ]
    if not reasons:
        return ()
    n = facts.on_leave + facts.not_yet + facts.unshown
    return (words.say_many("team-excluded", n, reasons=wording.listed(reasons)),)
