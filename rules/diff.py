"""What is different between two packs: requirements added, removed and changed, and what the packs say as a whole?

Every field of the model is compared, whatever its name: a property added later cannot be passed over. Values only;
the sentences are in ``messages.pack_diff``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, TypeAlias

from rules.pack import (
    DatedAmount,
    DatedReport,
    Deferral,
    Excuse,
    Grace,
    NotEncoded,
    Pack,
    RecordCondition,
    Reference,
    Reporting,
    Requirement,
    Track,
    Transition,
)
from rules.periods import Length
from rules.told import told

# Fields that say where a pack lies, and not what it says; each with the reason.
NOT_COMPARED: dict[tuple[type, str], str] = {
    (Requirement, "file"): "the path within one copy; another copy has another",
    (Pack, "folder"): "the same",
    (Pack, "digest"): "stands in the first line; it also moves with a comment",
    (Pack, "requirements"): "listed one by one as added, removed or changed; their order is compared",
}


class Side(Enum):
    """What stands in place of a value on the side that has none; None is a value of its own."""

    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class DiffStep:
    """A field on the way to what differs. ``item`` is which of its several entries, where it has any."""

    owner: type
    field: str
    item: Any = Side.ABSENT


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that differs, and the way to it from the requirement or pack."""

    path: tuple[DiffStep, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A requirement that both packs have, and what it says differently."""

    before: Requirement
    after: Requirement
    changes: tuple[ValueChange, ...]


@dataclass(frozen=True, slots=True)
class PackDiff:
    """Everything that is different, in pack order. ``reordered`` are ids as listed before and after."""

    before: Pack
    after: Pack
    heading: tuple[ValueChange, ...]
    reordered: tuple[tuple[str, ...], tuple[str, ...]]
    added: tuple[Requirement, ...]
    removed: tuple[Requirement, ...]
    changed: tuple[Changed, ...]

    @property
    def same(self) -> bool:
        """Whether the two packs say the same."""
        return not (self.heading or any(self.reordered) or self.added or self.removed or self.changed)


def compare(before: Pack, after: Pack) -> PackDiff:
    """What ``after`` says differently from ``before``. A requirement is the same one when its id is."""
    old = {each.id: each for each in before.requirements}
    new = {each.id: each for each in after.requirements}
    pairs = [(old[each.id], each) for each in after.requirements if each.id in old]
    changed = (Changed(was, now, _fields(was, now, ())) for was, now in pairs)
    return PackDiff(
        before=before,
        after=after,
        heading=_fields(before, after, ()),
        reordered=_reordered([name for name in old if name in new], [name for name in new if name in old]),
        added=tuple(each for each in after.requirements if each.id not in old),
        removed=tuple(each for each in before.requirements if each.id not in new),
        changed=tuple(each for each in changed if each.changes),
    )


def comparable(value: Any) -> Any:
    """The value in a form whose equality means that it says the same: tests by what they ask."""
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(comparable(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return frozenset((name, comparable(inner)) for name, inner in value.items())
    if isinstance(value, tuple | list):
        return tuple(comparable(each) for each in value)
    if isinstance(value, frozenset):
        return frozenset(comparable(each) for each in value)
    return told(value) if callable(value) else value


def _fields(before: Any, after: Any, path: tuple[DiffStep, ...]) -> tuple[ValueChange, ...]:
    """Every compared field of two values of one type."""
    owner = type(after)
    return tuple(
        change
        for field in fields(owner)
        if (owner, field.name) not in NOT_COMPARED
        for change in _changes(
            getattr(before, field.name), getattr(after, field.name), path, owner, field.name
        )
    )


def _changes(
    before: Any, after: Any, path: tuple[DiffStep, ...], owner: type, name: str
) -> tuple[ValueChange, ...]:
    if comparable(before) == comparable(after):
        return ()
    here = (*path, DiffStep(owner, name))
    found: tuple[ValueChange, ...] = ()
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        found = _entries(before, after, path, owner, name)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        kinds = {type(each) for each in (*before, *after)}
        kind = kinds.pop() if len(kinds) == 1 else None
        if kind in _KEYS:
            found = _items(before, after, path, owner, name, _KEYS[kind])
    elif is_dataclass(before) and type(before) is type(after) and not isinstance(after, Length):
        found = _fields(before, after, here)
    # What differs and has no parts that can be told apart is shown whole: nothing is passed over.
    return found or (ValueChange(here, before, after),)


def _entries(
    before: Mapping[str, Any], after: Mapping[str, Any], path: tuple[DiffStep, ...], owner: type, name: str
) -> tuple[ValueChange, ...]:
    names = (*after, *(each for each in before if each not in after))
    return tuple(
        ValueChange(
            (*path, DiffStep(owner, name, each)), before.get(each, Side.ABSENT), after.get(each, Side.ABSENT)
        )
        for each in names
        if comparable(before.get(each, Side.ABSENT)) != comparable(after.get(each, Side.ABSENT))
    )


Key: TypeAlias = Callable[[Any], object]

# By what two entries of a list are known to be the same one, the surest first.
_KEYS: dict[type | None, tuple[Key, ...]] = {
    DatedAmount: (lambda each: (each.since, each.reckoned), lambda each: each.since),
    Reference: (lambda each: (each.title, each.href), lambda each: each.title, lambda each: each.href),
    RecordCondition: (lambda each: each.fails, lambda each: comparable(each.test)),
    Deferral: (lambda each: each.start, lambda each: each.reference),
    Excuse: (lambda each: each.because, lambda each: (each.rule, each.facts)),
    Grace: (lambda each: each.start, lambda each: each.reference),
    Reporting: (lambda each: each.id,),
    DatedReport: (lambda each: each.since,),
    Transition: (lambda each: (each.when_fact, each.is_value),),
    NotEncoded: (lambda each: each.row, lambda each: each.reason),
    Track: (lambda each: each.id,),
}


def _items(
    before: Sequence[Any],
    after: Sequence[Any],
    path: tuple[DiffStep, ...],
    owner: type,
    name: str,
    keys: Sequence[Key],
) -> tuple[ValueChange, ...]:
    partners = _partners(before, after, (comparable, *keys))
    taken = set(partners.values())
    found: list[ValueChange] = []
    for place, now in enumerate(after):
        step = (*path, DiffStep(owner, name, now))
        if place in partners:
            was = before[partners[place]]
            found += _fields(was, now, (*path, DiffStep(owner, name, was)))
        else:
            found.append(ValueChange(step, Side.ABSENT, now))
    found += [
        ValueChange((*path, DiffStep(owner, name, was)), was, Side.ABSENT)
        for place, was in enumerate(before)
        if place not in taken
    ]
    places = [partners[place] for place in sorted(partners)]
    if places != sorted(places):  # what stands later wins, or is shown later
        found.append(ValueChange((*path, DiffStep(owner, name)), tuple(before), tuple(after)))
    return tuple(found)


def _partners(before: Sequence[Any], after: Sequence[Any], keys: Sequence[Key]) -> dict[int, int]:
    """The place after to the place before of the entries that are the same one; each is taken once."""
    partners: dict[int, int] = {}
    for key in keys:
        for place, now in enumerate(after):
            free = (at for at in range(len(before)) if at not in partners.values())
            match = next((at for at in free if key(before[at]) == key(now)), None)
            if place not in partners and match is not None:
                partners[place] = match
    return partners


def _reordered(before: list[str], after: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids from the first to the last that stand elsewhere; empty when the order is the same."""
    moved = [place for place, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]
    if not moved:
        return (), ()
    first, last = moved[0], moved[-1] + 1
    return tuple(before[first:last]), tuple(after[first:last])
