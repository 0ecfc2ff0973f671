"""How requests are decided, in figures of groups in which nobody is named; and how many wait for whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from messages import wording
from messages.clauses import Clause, shortened
from messages.kinds import MessageKind
from messages.model import Message, Note, Paragraph, Part, Table
from messages.replies import Reply, buttons, reply_clause
from messages.words import Words

NAME_ROOM = 40
By = Literal["unit", "shift", "rank"]
LeftOut = Literal["pending", "unsent", "protected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestGroupFacts:
    """One group: its names, how many asked and decided, how it was decided, after how many seconds, and how hastily."""

    names: tuple[str, ...] = ()
    askers: int
    deciders: int
    decided: int
    approved: int
    median: Decimal
    ninetieth: Decimal
    approvals: int
    quick: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFiguresFacts:
    """The figures of ``days`` up to ``at``; ``whole`` is None where fewer than ``smallest`` stand behind them.

    ``by`` holds each list of groups by what they are grouped by. ``excluded``: requests that are in none, by reason.
    """

    days: int
    at: datetime
    smallest: int
    whole: RequestGroupFacts | None
    by: Mapping[By, tuple[RequestGroupFacts, ...]]
    excluded: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFacts:
    """How many requests wait for the asker, and for how many seconds the one in the middle does."""

    waiting: int
    median: Decimal | None
    at: datetime


def figures(facts: RequestFiguresFacts, words: Words) -> Message:
    """The agency, then by unit, shift and rank; what is not shown says why."""
    days = wording.days(facts.days, words)
    whole = facts.whole
    said: list[str] = []
    if whole is None:
        head = words.say("request-figures-too-few", smallest=facts.smallest, days=days)
    else:
        head = words.say_many(
            "request-figures-head",
            whole.decided,
            days=days,
            approved=_share(whole.approved, whole.decided, words),
            denied=_share(whole.decided - whole.approved, whole.decided, words),
        )
        said = [
            words.say(
                "request-figures-times",
                median=_span(whole.median, words),
                ninetieth=_span(whole.ninetieth, words),
            ),
            words.say("request-figures-quick", n=whole.quick, of=whole.approvals),
        ]
    out = _excluded(facts, words)
    as_of = words.say("request-figures-as-of", when=wording.moment_with_weekday(facts.at, words))
    rule = words.say("request-figures-rule", smallest=facts.smallest)
    tables: list[Part] = [_table(by, groups, words) for by, groups in facts.by.items() if groups]
    unshown = [
        words.say("request-figures-one-group", by=words.say(f"request-figures-{by}"))
        for by, groups in facts.by.items()
        if not groups
    ]
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REQUEST_FIGURES,
        title=words.say("request-figures-title"),
        body=(
            Paragraph(head),
            *(Paragraph(each) for each in said),
            *tables,
            *(Paragraph(each) for each in (*unshown, *out)),
            Note(rule),
            Note(as_of),
        ),
        sms=(
            Clause(head),
            *(Clause(each, place) for place, each in enumerate(said, start=1)),
            *(Clause(each, 3) for each in out),
            Clause(as_of, 1),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )


def _table(by: By, groups: tuple[RequestGroupFacts, ...], words: Words) -> Table:
    columns = tuple(
        words.say(f"column-{name}")
        for name in (
            "group",
            "askers",
            "deciders",
            "decided",
            "approved-share",
            "median",
            "ninetieth",
            "quick",
        )
    )
    rows = tuple(
        (
            wording.joined_and(
                [shortened(name, NAME_ROOM) or words.say("request-figures-unnamed") for name in each.names],
                words,
            ),
            str(each.askers),
            str(each.deciders),
            str(each.decided),
            _share(each.approved, each.decided, words),
            _span(each.median, words),
            _span(each.ninetieth, words),
            words.say("request-figures-quick-cell", n=each.quick, of=each.approvals),
        )
        for each in groups
    )
    return Table(words.say(f"request-figures-by-{by}"), columns, rows)


def _share(n: int, of: int, words: Words) -> str:
    return words.say("request-figures-share", n=n, percent=wording.percent(n * 100 // of, words))


def _span(seconds: Decimal, words: Words) -> str:
    return wording.lasting(timedelta(milliseconds=int(seconds * 1000)), words)


def _excluded(facts: RequestFiguresFacts, words: Words) -> tuple[str, ...]:
    named = [words.say_many(f"request-figures-excluded-{code}", n) for code, n in facts.excluded.items() if n]
    return (words.say("costs-excluded", reasons=wording.listed(named)),) if named else ()


def pending(facts: PendingFacts, words: Words) -> Message:
    """One's own count and the age of the one in the middle; nobody else's."""
    text = (
        words.say_many("my-pending-count", facts.waiting) if facts.waiting else words.say("my-pending-none")
    )
    median = (
        words.say("my-pending-median", age=_span(facts.median, words)) if facts.median is not None else ""
    )
    as_of = words.say("request-figures-as-of", when=wording.moment_with_weekday(facts.at, words))
    replies = (Reply.MENU,)
    return Message(
        kind=MessageKind.REQUEST_FIGURES,
        title=words.say("my-pending-title"),
        body=(Paragraph(text), *((Paragraph(median),) if median else ()), Note(as_of)),
        sms=(
            Clause(text),
            *((Clause(median, 1),) if median else ()),
            Clause(as_of, 2),
            reply_clause(replies, words),
        ),
        actions=buttons(replies, words),
    )
