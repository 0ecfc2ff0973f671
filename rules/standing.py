"""What is kept of an evaluation: where one person stands on one day, line by line, under which packs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class StandingWord(StrEnum):
    """The first word of every answer."""

    YES = "YES"  # nothing open in any current window
    NOT_YET = "NOT YET"  # something is open and there is still time
    OVERDUE = "OVERDUE"  # something is known to be unmet and past due
    UNKNOWN = "UNKNOWN"  # a doubtful record or a missing fact would change the word


class LineState(StrEnum):
    """Where one requirement stands for one window or item."""

    MET = "met"
    OPEN = "open"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"  # excused by a dated, approved decision that the answer shows
    UNCHECKED = "unchecked"  # the rule itself is not verified: it never decides and is never hidden


class Measure(StrEnum):
    """What a requirement counts."""

    HOURS = "hours"
    EVENT = "event"  # passed or not, no hours
    CARD = "card"  # held without a gap
    PRESENCE = "presence"  # any record of the topic will do
    STATUS = "status"  # computed from the person's own facts: a cycle, a lapse


class PoolRole(StrEnum):
    """How a requirement sits inside a larger total."""

    FLOOR = "floor"  # at least this much of the total in one topic
    ELECTIVE = "elective"  # what is left of the total, filled by surplus above the floors
    TOTAL = "total"  # a total that itself counts inside a larger one


class Remark(NamedTuple):
    """A reason with its facts; the catalogue holds the sentence under ``remark-<code>``."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


# Requirement, window and item of a duty.
Place = tuple[str, str | None, str | None]


class StandingLine(NamedTuple):
    """One requirement in one window or for one item. Hours are exact decimals, dates are days in the agency's zone.

    A tuple, because a sweep of a state's officers makes a quarter of a million of them.
    """

    requirement: str
    short: str
    label: str
    track: str
    pack: str
    measure: Measure
    state: LineState
    decides: bool
    window: str | None = None
    item: str | None = None
    inside: str | None = None
    pool_role: PoolRole | None = None
    hours_counted: Decimal | None = None
    hours_possible: Decimal | None = None
    hours_required: Decimal | None = None
    records: int = 0
    due_on: date | None = None
    due_on_alternatives: tuple[date, ...] = ()
    consequence: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def place(self) -> Place:
        """By what the same duty is found again in another standing of the person."""
        return self.requirement, self.window, self.item

    @property
    def hours_left(self) -> Decimal | None:
        """Hours still owed on the certain count, never below zero; None where hours are not the measure."""
        if self.hours_required is None or self.hours_counted is None:
            return None
        return max(self.hours_required - self.hours_counted, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person stands on ``as_of``; ``next_change_on`` is the first later day on which it changes by itself."""

    as_of: date
    word: StandingWord
    compliant: bool | None
    headline: str | None
    percent: int | None
    lines: tuple[StandingLine, ...]
    verdicts: tuple[tuple[str, bool | None], ...]
    next_change_on: date | None
    packs: tuple[str, ...]
    engine: str

    def line(self, requirement: str) -> StandingLine | None:
        """The first line of a requirement, or None when it does not apply or is not held."""
        return next((line for line in self.lines if line.requirement == requirement), None)

    def on(self, day: date) -> "Standing":
        """The same standing on a later day before it changes."""
        return self if day == self.as_of else replace(self, as_of=day)

    def until(self, day: date) -> "Standing":
        """The same standing, looked at again on ``day`` at the latest."""
        if self.next_change_on is not None and self.next_change_on <= day:
            return self
        return replace(self, next_change_on=day)

    def in_state(self, *states: LineState) -> tuple[StandingLine, ...]:
        """Lines in any of the given states, in pack order."""
        return tuple(line for line in self.lines if line.state in states)


def to_json(standing: Standing) -> str:
    """Compact text for the standings table; ``from_json`` gives the equal value back."""
    lines = [
        [
            line.requirement,
            line.short,
            line.label,
            line.track,
            line.pack,
            line.measure,
            line.state,
            line.decides,
            line.window,
            line.item,
            line.inside,
            line.pool_role,
            _text(line.hours_counted),
            _text(line.hours_possible),
            _text(line.hours_required),
            line.records,
            _day(line.due_on),
            [day.isoformat() for day in line.due_on_alternatives],
            line.consequence,
            [[remark.code, remark.facts] for remark in line.remarks],
        ]
        for line in standing.lines
    ]
    return json.dumps(
        {
            "as_of": standing.as_of.isoformat(),
            "word": standing.word,
            "compliant": standing.compliant,
            "headline": standing.headline,
            "percent": standing.percent,
            "lines": lines,
            "verdicts": standing.verdicts,
            "next_change_on": _day(standing.next_change_on),
            "packs": standing.packs,
            "engine": standing.engine,
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )


def from_json(text: str) -> Standing:
    """The standing that ``to_json`` wrote."""
    kept: Mapping[str, Any] = json.loads(text)
    return Standing(
        as_of=date.fromisoformat(kept["as_of"]),
        word=StandingWord(kept["word"]),
        compliant=kept["compliant"],
        headline=kept["headline"],
        percent=kept["percent"],
        lines=tuple(_line(fields) for fields in kept["lines"]),
        verdicts=tuple((name, verdict) for name, verdict in kept["verdicts"]),
        next_change_on=_to_day(kept["next_change_on"]),
        packs=tuple(kept["packs"]),
        engine=kept["engine"],
    )


def _line(fields: list[Any]) -> StandingLine:
    return StandingLine(
        requirement=fields[0],
        short=fields[1],
        label=fields[2],
        track=fields[3],
        pack=fields[4],
        measure=Measure(fields[5]),
        state=LineState(fields[6]),
        decides=fields[7],
        window=fields[8],
        item=fields[9],
        inside=fields[10],
        pool_role=PoolRole(fields[11]) if fields[11] else None,
        hours_counted=_hours(fields[12]),
        hours_possible=_hours(fields[13]),
        hours_required=_hours(fields[14]),
        records=fields[15],
        due_on=_to_day(fields[16]),
        due_on_alternatives=tuple(date.fromisoformat(day) for day in fields[17]),
        consequence=fields[18],
        remarks=tuple(
            Remark(code, tuple((name, value) for name, value in facts)) for code, facts in fields[19]
        ),
    )


def _text(hours: Decimal | None) -> str | None:
    return None if hours is None else str(hours)


def _hours(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
