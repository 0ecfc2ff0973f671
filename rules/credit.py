"""How many hours is a record worth under a board's arithmetic, before any duty counts it?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules.logic import every
from rules.model import Completion, RecordFact
from rules.model import Credit as CreditGiven
from rules.pack import CreditRule


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The records with their hours. The sets hold the ids of record objects, which are those of ``records``."""

    records: tuple[Completion, ...]
    too_short: frozenset[int] = field(default_factory=frozenset)
    repeated: frozenset[int] = field(default_factory=frozenset)
    perhaps_repeated: frozenset[int] = field(default_factory=frozenset)


def reckon(credit: CreditRule | None, records: Iterable[Completion]) -> Reckoning:
    """The records as they are where the board has no arithmetic of its own."""
    if credit is None:
        return Reckoning(tuple(records))
    reckoned = tuple(_in_hours(credit, record) for record in records)
    repeated, perhaps = _repeats(credit, reckoned)
    too_short = frozenset(id(record) for record in reckoned if _too_short(credit, record))
    return Reckoning(reckoned, too_short, repeated, perhaps)


def credit_refused(record: Completion) -> str:
    """The reason a record is no credit under any rule, or ""."""
    if record.credit is CreditGiven.NO:
        return record.credit_reason or "not-passed"
    facts = record.facts
    if facts:
        if facts.get("passed") is False or facts.get("completed") is False:
            return "not-passed"
        if facts.get("never_counts") is True:
            return "never-counts"
    return ""


def _in_hours(credit: CreditRule, record: Completion) -> Completion:
    """Minutes of instruction decide over hours of the clock where somebody wrote them down."""
    minutes = _number(record, "instruction_minutes") if credit.minutes else None
    return (
        record if minutes is None or not credit.minutes else record._replace(hours=minutes / credit.minutes)
    )


def _too_short(credit: CreditRule, record: Completion) -> bool:
    if credit.shortest is None or any(test(record) is True for test in credit.shortest_unless):
        return False
    block = _number(record, "session_hours")
    if block is None:
        block = record.hours
    return block is not None and 0 < block < credit.shortest


def _repeats(credit: CreditRule, records: tuple[Completion, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """Later records of a class that is credited once: surely, and those of which a fact is missing to tell."""
    seen: dict[RecordFact, bool] = {}
    repeated: set[int] = set()
    perhaps: set[int] = set()
    by = credit.once_by
    named = [record for record in records if record.facts and by in record.facts] if by else []
    for record in sorted(named, key=lambda each: (each.on or date.max, each.ref)):
        name = record.facts.get(by or "") if record.facts else None
        once = every(test(record) for test in credit.once_where)
        if name is None or once is False or record.on is None or credit_refused(record):
            continue
        if name in seen:
            (repeated if once and seen[name] else perhaps).add(id(record))
        seen[name] = seen.get(name, False) or once is True
    return frozenset(repeated), frozenset(perhaps)


def _number(record: Completion, name: str) -> Decimal | None:
    value = record.facts.get(name) if record.facts else None
    if value is None or isinstance(value, Decimal):
        return value
    written = value if isinstance(value, str) else ""
    return Decimal(written) if written.replace(".", "", 1).isdecimal() and written.isascii() else None
