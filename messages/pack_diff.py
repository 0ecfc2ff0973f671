"""How is the difference between two packs said: what is new, what is gone, and each value before and after?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from messages.wording import day_with_year, hours, listed, number
from messages.words import Words
from rules.diff import DiffStep, PackDiff, Side, ValueChange
from rules.pack import Clock, Counts, DatedAmount, Pack, Reckoned, Requirement, Transition, UnsaidNumber
from rules.periods import Length
from rules.standing import Measure
from rules.told import AssignedTo, Denied, Everybody, Other, Together, Told, told

DIGEST_SHOWN = 8
# Two values that are longer together stand on lines of their own, one below the other.
LONGEST_PAIR = 80
# Which field names an entry of a list; it stands before the entry and is not said again.
NAMED_BY = {
    "DatedReport": "since",
    "Deferral": "reference",
    "Excuse": "because",
    "Grace": "reference",
    "NotEncoded": "row",
    "RecordCondition": "fails",
    "Reference": "title",
    "Reporting": "id",
    "Track": "id",
    "Transition": "when_fact",
}


def diff_lines(diff: PackDiff, words: Words) -> list[str]:
    """The whole comparison; two lines when the packs say the same."""
    lines = [words.say("pack-diff-packs", before=_name(diff.before, words), after=_name(diff.after, words))]
    if diff.same:
        same_files = diff.before.digest == diff.after.digest
        return [*lines, words.say("pack-diff-same" if same_files else "pack-diff-same-but-files")]
    heading = list(_changes(diff.heading, None, None, words))
    if any(diff.reordered):
        before, after = map(listed, diff.reordered)
        heading += _arrow(words.say("pack-diff-order"), before, after, words)
    if heading:
        lines += ["", words.say("pack-diff-heading"), *heading]
    if diff.added:
        lines += ["", words.say("pack-diff-added"), *(_title(each) for each in diff.added)]
    if diff.removed:
        lines += ["", words.say("pack-diff-removed"), *(_title(each) for each in diff.removed)]
    if diff.changed:
        lines += ["", words.say("pack-diff-changed")]
    for changed in diff.changed:
        told_changes = _changes(changed.changes, changed.before, changed.after, words)
        lines += [_title(changed.after), *(f"  {line}" for line in told_changes)]
    return lines


def label_key(owner: type, field: str) -> str:
    """The key of a field's plain-word label."""
    return f"pack-diff-field-{_kebab(owner.__name__)}-{field.replace('_', '-')}"


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _label(owner: type, field: str, words: Words) -> str:
    """A field without a label is shown by its own name: never passed over, and a test asks for the label."""
    if label_key(owner, field) not in words:
        return field
    return words.say(f"pack-diff-field-{_kebab(owner.__name__)}-{field.replace('_', '-')}")


def _name(pack: Pack, words: Words) -> str:
    return words.say("pack-diff-pack", name=pack.name, digest=pack.digest[:DIGEST_SHOWN])


def _title(requirement: Requirement) -> str:
    return f"  {requirement.short}  {requirement.id}  {requirement.label}"


def _changes(
    changes: tuple[ValueChange, ...], before: Requirement | None, after: Requirement | None, words: Words
) -> Iterator[str]:
    was, now = (_Teller(words, None if each is None else each.measure) for each in (before, after))
    for change in changes:
        what = listed(filter(None, (was.step(step) for step in change.path)))
        last = change.path[-1]
        if change.before is Side.ABSENT:
            yield "  " + words.say("pack-diff-new", what=what, value=now.entry(change.after))
        elif change.after is Side.ABSENT:
            yield "  " + words.say("pack-diff-gone", what=what, value=was.entry(change.before))
        else:
            yield from _arrow(what, was.value(change.before, last), now.value(change.after, last), words)


def _arrow(what: str, before: str, after: str, words: Words) -> list[str]:
    if len(before) + len(after) <= LONGEST_PAIR:
        return ["  " + words.say("pack-diff-arrow", what=what, before=before, after=after)]
    return [
        "  " + words.say("pack-diff-long", what=what),
        "    " + words.say("pack-diff-was", value=before),
        "    " + words.say("pack-diff-now", value=after),
    ]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says the values of one side. ``measure`` is its requirement's: 0 hours of an event are a record."""

    words: Words
    measure: Measure | None

    def step(self, step: DiffStep) -> str:
        """A field on the way to a value, and which of its entries; empty where the entry says it all."""
        if isinstance(step.item, DatedAmount):
            return self._since(step.item)
        if (step.owner, step.field) == (DatedAmount, "amount"):
            return ""
        label = _label(step.owner, step.field, self.words)
        if step.item is Side.ABSENT:
            return label
        return self.words.say("pack-diff-item", what=label, item=self._named(step.item))

    def _named(self, item: Any) -> str:
        """By what an entry is known among the others."""
        if isinstance(item, Transition):  # one for yes and one for no, under the same fact
            return self.words.say("pack-diff-test-is", fact=item.when_fact, words=self.value(item.is_value))
        named_by = NAMED_BY.get(type(item).__name__)
        return self.value(item if named_by is None else getattr(item, named_by))

    def entry(self, value: Any) -> str:
        """An entry that only one side has, without what already names it."""
        if isinstance(value, DatedAmount):
            return self._whole_amount(value)
        return (
            self._parts(value, NAMED_BY.get(type(value).__name__))
            if is_dataclass(value)
            else self.value(value)
        )

    def value(self, value: Any, step: DiffStep | None = None) -> str:
        """Any value of the model in plain words."""
        where = None if step is None else (step.owner, step.field)
        if where == (DatedAmount, "amount"):
            return self._amount(value)
        if where == (Counts, "topics") and not value:
            return self.words.say("pack-diff-any-topic" if value is None else "pack-diff-no-record")
        if value is None or (isinstance(value, str | tuple | frozenset | Mapping) and not value):
            return self.words.say("pack-diff-none")
        if isinstance(value, bool):
            return self.words.say("pack-diff-yes" if value else "pack-diff-no")
        if isinstance(value, tuple | frozenset):
            return self._several(value)
        return self._one(value)

    def _several(self, values: tuple[Any, ...] | frozenset[Any]) -> str:
        said = [self.value(each) for each in values]
        if isinstance(values, frozenset):
            said.sort()
        # Entries that hold commas themselves are kept apart by something stronger.
        return "; ".join(said) if any(is_dataclass(each) for each in values) else listed(said)

    def _one(self, value: Any) -> str:
        match value:
            case Reckoned():
                return self.words.say(f"cli-reckoned-{value.value}")
            case Enum():
                return str(value.value)
            case date():
                return self._day(value)
            case Decimal():
                return number(value)
            case Length():
                return self._length(value)
            case DatedAmount():
                return f"{self._since(value)}: {self._whole_amount(value)}"
            case Mapping():
                return listed(f"{name}: {self.value(inner)}" for name, inner in value.items())
        return self._made(value)

    def _made(self, value: Any) -> str:
        """What is made of parts: a window, an entry of a list, a test. Else the text itself."""
        if isinstance(value, Clock):
            shape = self.words.say(f"pack-diff-clock-{_kebab(type(value).__name__)}")
            return listed(filter(None, (shape, self._parts(value))))
        if is_dataclass(value):
            return self._parts(value)
        return self._test(told(value)) if callable(value) else str(value)

    def _parts(self, value: Any, without: str | None = None) -> str:
        """A value field by field, without what it does not say."""
        owner = type(value)
        said = [
            (_label(owner, field.name, self.words), self.value(shown, DiffStep(owner, field.name)))
            for field in fields(owner)
            if field.name != without
            and (shown := getattr(value, field.name)) not in (None, (), "")
            and not (isinstance(shown, bool | frozenset) and shown == field.default)
        ]
        if without is not None and len(said) == 1:
            return said[0][1]
        # Values may hold commas themselves: something stronger keeps the parts apart.
        return "; ".join(self.words.say("pack-diff-part", label=label, value=each) for label, each in said)

    def _since(self, dated: DatedAmount) -> str:
        reckoned = self.words.say(f"cli-reckoned-{dated.reckoned.value}")
        return self.words.say("pack-diff-from", day=self._day(dated.since), reckoned=reckoned)

    def _whole_amount(self, dated: DatedAmount) -> str:
        """How much, and whether it is settled."""
        said = self._amount(dated.amount)
        return said if dated.settled else self.words.say("cli-rule-amount-open", amount=said)

    def _amount(self, amount: Decimal | UnsaidNumber) -> str:
        if isinstance(amount, UnsaidNumber):
            return self.words.say(f"cli-owed-{amount.value}")
        return (
            hours(amount, self.words) if self.measure is Measure.HOURS else self.words.say("cli-owed-record")
        )

    def _day(self, day: date) -> str:
        return self.words.say("cli-long-standing") if day == date.min else day_with_year(day, self.words)

    def _length(self, length: Length) -> str:
        parts = []
        if length.years:
            parts.append(self.words.say_many("pack-diff-years", length.years))
        if length.months:
            parts.append(self.words.say_many("pack-diff-months", length.months))
        if length.days:
            parts.append(self.words.say_many("days", length.days))
        return listed(parts)

    def _test(self, test: Told) -> str:
        match test:
            case Everybody():
                return self.words.say("pack-diff-everybody")
            case Together():
                said, *others = sorted(self._inner(part) for part in test.parts)
                for other in others:
                    said = self.words.say(
                        "pack-diff-and" if test.every else "pack-diff-or", first=said, second=other
                    )
                return said
            case Denied():
                return self.words.say("pack-diff-not", test=self._test(test.part))
            case AssignedTo():
                return self.words.say(
                    "pack-diff-assigned-or-coming" if test.or_coming else "pack-diff-assigned", kind=test.kind
                )
            case Other():
                return test.text
        operator = test.operator.replace("_", "-")
        said = self.words.say(f"pack-diff-test-{operator}", fact=test.fact, words=self.value(test.words))
        if test.if_absent is None:
            return said
        absent = self.value(test.if_absent)
        return self.words.say("pack-diff-if-absent", test=said, absent=absent)

    def _inner(self, test: Told) -> str:
        said = self._test(test)
        return f"({said})" if isinstance(test, Together) else said
