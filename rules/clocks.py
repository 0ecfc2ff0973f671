"""How a pack writes each shape of clock, one reader a shape.

A new shape is one value in ``pack``, one line here and one judge.
"""

from collections.abc import Callable

from rules.conditions import person_test
from rules.document import Value
from rules.pack import (
    AfterLeave,
    AfterSeparation,
    AtAllTimes,
    BeforeAssignment,
    BeforeReturn,
    CalendarYear,
    Clock,
    CycleItself,
    Lapse,
    LicensingCycle,
    MakeUp,
    Rolling,
    Transition,
    Unverified,
)
from rules.periods import Length


def read_length(value: Value) -> Length:
    """``{years: 3}``, ``{months: 6}`` or ``{days: 30}``."""
    fields = value.mapping(optional=("years", "months", "days"))
    parts = {name: entry.whole() for name, entry in fields.items()}
    if not any(parts.values()):
        value.refuse("a length of time, such as {years: 3}")
    return Length(**parts)


def read_clock(value: Value) -> Clock:
    """One of the shapes, written as its name or as ``{name: {...}}``."""
    if not value.is_mapping():
        plain = PLAIN.get(value.text())
        if plain is None:
            value.refuse("one of " + ", ".join((*PLAIN, *SHAPED)))
        return plain
    entries = list(value.mapping(optional=None).items())
    if len(entries) != 1 or entries[0][0] not in SHAPED:
        value.refuse("exactly one of " + ", ".join(SHAPED))
    name, fields = entries[0]
    return SHAPED[name](fields)


def _calendar_year(value: Value) -> Clock:
    each = value.mapping(required=("for_each",))["for_each"].mapping(
        required=("fact", "record"), optional=("since_assignment",)
    )
    return CalendarYear(
        each["fact"].text(), each["record"].text(), each.read("since_assignment", Value.text, "")
    )


def _before_return(value: Value) -> Clock:
    fields = value.mapping(required=("at_least", "since"), optional=("shorter_than",))
    return BeforeReturn(
        read_length(fields["at_least"]), fields["since"].day(), fields.read("shorter_than", read_length, None)
    )


def _make_up(value: Value) -> Clock:
    return MakeUp(value.mapping(required=("of",))["of"].text())


def _rolling(value: Value) -> Clock:
    fields = value.mapping(required=("every",), optional=("for_each",))
    if "for_each" not in fields:
        return Rolling(read_length(fields["every"]))
    item = fields["for_each"].mapping(required=("fact", "record"))
    return Rolling(read_length(fields["every"]), item["fact"].text(), item["record"].text())


def _at_all_times(value: Value) -> Clock:
    fields = value.mapping(required=("covers",), optional=("after_leave_of_days", "relief_days"))
    return AtAllTimes(
        frozenset(fields["covers"].texts()),
        fields.read("after_leave_of_days", Value.whole, None),
        fields.read("relief_days", Value.whole, None),
    )


def _after_leave(value: Value) -> Clock:
    fields = value.mapping(required=("of_days", "within_days"))
    return AfterLeave(fields["of_days"].whole(), fields["within_days"].whole())


def _after_separation(value: Value) -> Clock:
    fields = value.mapping(required=("longer_than", "shorter_than", "within_days"))
    return AfterSeparation(
        read_length(fields["longer_than"]), read_length(fields["shorter_than"]), fields["within_days"].whole()
    )


def _before_assignment(value: Value) -> Clock:
    fields = value.mapping(required=("assignment", "since", "repeat"), optional=("transitions",))
    transitions = []
    for each in fields["transitions"].some() if "transitions" in fields else ():
        entry = each.mapping(required=("when", "is", "due_on"), optional=("alternatives",))
        others = tuple(day.day() for day in entry["alternatives"].some()) if "alternatives" in entry else ()
        transitions.append(
            Transition(entry["when"].text(), entry["is"].flag(), entry["due_on"].day(), others)
        )
    return BeforeAssignment(
        fields["assignment"].text(),
        fields["since"].day(),
        read_length(fields["repeat"]),
        tuple(transitions),
    )


def _lapse(value: Value) -> Clock:
    fields = value.mapping(required=("after",), optional=("unless", "otherwise"))
    if ("unless" in fields) != ("otherwise" in fields):
        value.refuse("unless and otherwise together")
    if "unless" not in fields:
        return Lapse(read_length(fields["after"]))
    return Lapse(
        read_length(fields["after"]), person_test(fields["unless"]), read_length(fields["otherwise"])
    )


PLAIN: dict[str, Clock] = {
    "licensing-cycle": LicensingCycle(),
    "calendar-year": CalendarYear(),
    "the-cycle-itself": CycleItself(),
    "not-verified": Unverified(),
}
SHAPED: dict[str, Callable[[Value], Clock]] = {
    "rolling": _rolling,
    "at-all-times": _at_all_times,
    "after-leave": _after_leave,
    "after-separation": _after_separation,
    "before-assignment": _before_assignment,
    "lapse": _lapse,
    "calendar-year": _calendar_year,
    "before-return": _before_return,
    "make-up": _make_up,
}
