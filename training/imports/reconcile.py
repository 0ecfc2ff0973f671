"""Which rows are on file already, which correct something on file, and which are new?

A row that came before is known by its source key, whatever has become of it since. Any other row is about the same
thing as a kept fact when the two agree on who, what and when; then a value that differs is a correction.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, count
from typing import Any, Generic, TypeVar

from db.records.courses import CourseOffering
from db.records.facts import Assignment, Card, Completion, Credential, Fact, Kept, Leave
from db.records.imports import IMPORTED, RowFate
from db.records.shifts import ShiftPattern, WorkSpan
from reading.tables.keys import source_key
from reading.tables.preview import AcceptedRow, TableKind
from reading.tables.rows import CourseRow, RosterRow, Row
from training.imports.model import (
    Add,
    Change,
    PlanCode,
    PlannedRow,
    Replace,
    RowInPlan,
    Why,
    Write,
    why,
    whys,
)
from training.imports.register import Register

Sourced = TypeVar(
    "Sourced", Completion, Credential, Card, Leave, Assignment, WorkSpan, ShiftPattern, CourseOffering
)

# A shift or a class that is put back to what it was is put back: what the file of today says holds, whatever earlier
# ones said.
ANY_KEY: frozenset[str] = frozenset()
# Whose words they are and how they were understood is not what a fact says.
_NOT_SAID = frozenset({"person_id", "source_key", "topic_reasons"})


@dataclass(slots=True)
class Candidate(Generic[Sourced]):
    """A row that a fact was made of. ``fact`` None: it is to be skipped or rejected for what its draft says."""

    draft: RowInPlan
    fact: Sourced | None
    skipped: bool = False


def draft_of(accepted: AcceptedRow, badge_number: str) -> RowInPlan:
    """The beginning of a row's plan: what the reader doubted and noted."""
    return RowInPlan(
        line=accepted.line,
        badge_number=badge_number,
        notes=[
            *whys(accepted.doubts),
            *(
                Why(each.code.value, (("column", each.column), ("old", each.old), ("new", each.new)))
                for each in accepted.corrections
            ),
            *whys(accepted.notes),
        ],
    )


class Keys:
    """Source keys that hold when a badge changes: the row is keyed by the person it is about."""

    def __init__(self, kind: TableKind) -> None:
        self._kind = kind
        self._seen: dict[str, int] = {}

    def key(self, row: Row, person_id: int) -> str:
        """The key of a row. The second of two identical rows of one file has its own."""
        # A roster is compared with the record as a whole, and a class is nobody's.
        assert not isinstance(row, RosterRow | CourseRow)  # noqa: S101  neither is keyed by a person
        return source_key(self._kind, replace(row, badge_number=f"person {person_id}"), self._seen)


def person_of(register: Register, draft: RowInPlan) -> int | None:
    """The person a row is about; None and a reason on the draft when there is none."""
    found = register.whose(draft.badge_number)
    if isinstance(found, int):
        return found
    draft.because.append(found)
    return None


def reconcile(
    candidates: Sequence[Candidate[Sourced]],
    kept: Iterable[Kept[Sourced]],
    known_keys: Collection[str],
    same_thing: Callable[[Sourced], Hashable],
    merged: Callable[[Sourced, Sourced], Sourced],
) -> tuple[list[PlannedRow], int]:
    """The plan of every row, and how many imported facts of these people the file does not hold.

    ``merged(kept, new)`` is the new fact with what its file has no column for left as it is kept.
    """
    of_these = {_whose(each.fact) for each in candidates if each.fact is not None}
    shelf = _Shelf([each for each in kept if _whose(each.fact) in of_these], same_thing)
    rows: list[PlannedRow] = []
    groups: defaultdict[Hashable, list[Candidate[Sourced]]] = defaultdict(list)
    for candidate in candidates:
        fact = candidate.fact
        if fact is None:
            rows.append(candidate.draft.done(RowFate.SKIPPED if candidate.skipped else RowFate.REJECTED))
        elif fact.source_key in known_keys:
            earlier = shelf.claim_key(fact.source_key)
            if earlier is None:
                candidate.draft.notes.append(why(PlanCode.WITHDRAWN_SINCE))
            elif (
                changes_between(earlier.fact, merged(earlier.fact, fact)) and earlier.replaces_id is not None
            ):
                candidate.draft.notes.append(why(PlanCode.CORRECTED_SINCE))
            rows.append(candidate.draft.done(RowFate.UNCHANGED))
        else:
            groups[_whose(fact), same_thing(fact)].append(candidate)
    for key, group in groups.items():
        rows += _compared(group, shelf.left(key), shelf, merged)
    rows.sort(key=lambda row: row.line)
    return rows, shelf.imported_left()


def _whose(fact: Fact) -> int | None:
    """The person a fact is about; a class is nobody's."""
    person_id: int | None = getattr(fact, "person_id", None)
    return person_id


class _Shelf(Generic[Sourced]):
    """Kept facts that no row has claimed yet."""

    def __init__(self, kept: Sequence[Kept[Sourced]], same_thing: Callable[[Sourced], Hashable]) -> None:
        self._left: defaultdict[Hashable, dict[int, Kept[Sourced]]] = defaultdict(dict)
        self._by_key: dict[str, Kept[Sourced]] = {}
        self._place: dict[int, Hashable] = {}
        for each in kept:
            place = (_whose(each.fact), same_thing(each.fact))
            self._left[place][each.id] = each
            self._place[each.id] = place
            if each.fact.source_key is not None:
                self._by_key[each.fact.source_key] = each

    def left(self, place: Hashable) -> list[Kept[Sourced]]:
        return list(self._left[place].values()) if place in self._left else []

    def claim(self, kept: Kept[Sourced]) -> None:
        self._left[self._place[kept.id]].pop(kept.id, None)

    def claim_key(self, key: str | None) -> Kept[Sourced] | None:
        found = self._by_key.get(key or "")
        if found is not None:
            self.claim(found)
        return found

    def imported_left(self) -> int:
        return sum(
            1 for place in self._left.values() for kept in place.values() if kept.fact.source_key is not None
        )


def _compared(
    group: list[Candidate[Sourced]],
    facts: list[Kept[Sourced]],
    shelf: _Shelf[Sourced],
    merged: Callable[[Sourced, Sourced], Sourced],
) -> list[PlannedRow]:
    rows: list[PlannedRow] = []
    different: list[tuple[Candidate[Sourced], Sourced]] = []
    for candidate in group:
        fact = candidate.fact
        assert fact is not None  # noqa: S101  groups are made of facts
        equal = next(
            (each for each in facts if not changes_between(each.fact, merged(each.fact, fact))), None
        )
        if equal is None:
            different.append((candidate, fact))
            continue
        facts.remove(equal)
        shelf.claim(equal)
        rows.append(candidate.draft.done(RowFate.UNCHANGED))
    if facts and (len(different) > 1 or len(facts) > 1):
        count = str(max(len(different), len(facts)))
        for candidate, _fact in different:
            candidate.draft.because.append(why(PlanCode.CORRECTS_UNCLEAR, count=count))
            rows.append(candidate.draft.done())
        return rows
    for candidate, fact in different:
        if facts:
            _correct(candidate.draft, facts[0], merged(facts[0].fact, fact))
            shelf.claim(facts[0])
        else:
            candidate.draft.writes.append(Add(fact))
        rows.append(candidate.draft.done())
    return rows


def _correct(draft: RowInPlan, earlier: Kept[Sourced], fact: Sourced) -> None:
    if earlier.replaces_id is not None and not earlier.source.startswith(IMPORTED):
        draft.because.append(why(PlanCode.CORRECTED_BY_HAND))
        return
    draft.changes += changes_between(earlier.fact, fact)
    # A fact keeps the key it came in under, so that the file it came in with stays known.
    draft.writes.append(
        Replace(earlier.id, replace(fact, source_key=earlier.fact.source_key or fact.source_key))
    )


def with_free_keys(rows: Sequence[PlannedRow], known: Collection[str]) -> tuple[PlannedRow, ...]:
    """What moved away and came back beside its successor is new, and its old key is taken."""
    taken = set(known)
    return tuple(
        replace(row, writes=tuple(_with_free_key(each, taken) for each in row.writes)) for row in rows
    )


def _with_free_key(write: Write, taken: set[str]) -> Write:
    fact = write.fact if isinstance(write, Add) else None
    if not isinstance(fact, WorkSpan | ShiftPattern | CourseOffering) or fact.source_key is None:
        return write
    key = next(
        each
        for each in chain([fact.source_key], (f"{fact.source_key}-{n}" for n in count(2)))
        if each not in taken
    )
    taken.add(key)
    return Add(replace(fact, source_key=key))


def changes_between(old: Any, new: Any) -> list[Change]:
    """What differs between two facts of one kind, in words a report can show."""
    found = []
    for each in fields(old):
        if each.name in _NOT_SAID:
            continue
        before, after = getattr(old, each.name), getattr(new, each.name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found += [
                Change(name, shown(before.get(name)), shown(after.get(name)))
                for name in sorted(before.keys() | after.keys())
                if shown(before.get(name)) != shown(after.get(name))
            ]
        elif before != after:
            found.append(Change(each.name, shown(before), shown(after)))
    return found


def shown(value: object) -> str:
    """One value as a report shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Mapping():
            return "; ".join(f"{name}: {shown(part)}" for name, part in sorted(value.items()))
        case tuple() | list():
            return ", ".join(shown(part) for part in value)
        case _:
            return str(value)


def keeping(kept: Sourced, new: Sourced, absent: Iterable[str]) -> Sourced:
    """The new fact with the kept one's values in some fields: those its file has no column for."""
    return replace(new, **{name: getattr(kept, name) for name in absent})
