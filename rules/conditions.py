"""How a pack says whom a duty is for and which records count: small tests that answer yes, no or not known."""

from collections.abc import Callable
from functools import partial
from typing import Any

from rules.document import Mapping, Value
from rules.logic import every, negate, some
from rules.model import Completion, KnownFacts, Truth
from rules.pack import PersonTest, RecordCondition, RecordTest

# Words a fact may be; another word is a slip of the hand and tells nothing, so a test of it is not known.
VOCABULARY: dict[str, frozenset[str]] = {
    "status": frozenset({"active", "inactive", "part-time", "reserve", "auxiliary", "separated"}),
    "certificate_level": frozenset(
        {"basic", "intermediate", "advanced", "master", "supervisory", "management", "executive"}
    ),
    "disciplines": frozenset(
        {"police", "corrections", "parole-probation", "regulatory-specialist", "telecommunicator", "emd"}
    ),
}
OPERATORS = ("is", "is_not", "in", "not_in", "has", "lacks")
RECORD_FIELDS = {"approved", "title"}


def always(_: KnownFacts) -> Truth:
    """A duty for everybody the pack covers."""
    return True


def person_test(value: Value) -> PersonTest:
    """``all``, ``any`` or ``not`` over tests of facts, or ``everybody``."""
    if not value.is_mapping():
        if value.text() != "everybody":
            value.refuse("everybody, or a mapping with all, any, not, fact or assigned")
        return always
    keys = value.mapping(optional=None)
    for name, combine in (("all", every), ("any", some)):
        if name in keys:
            value.mapping(required=(name,))
            return partial(combined, tuple(person_test(each) for each in keys[name].some()), combine)
    if "not" in keys:
        value.mapping(required=("not",))
        return partial(negated, person_test(keys["not"]))
    if "assigned" in keys:
        fields = value.mapping(required=("assigned",), optional=("or_coming",))
        test = coming if fields.read("or_coming", Value.flag, default=False) else assigned
        return partial(test, fields["assigned"].text())
    if "fact" not in keys:
        value.refuse("one of all, any, not, fact, assigned")
    fields = value.mapping(required=("fact",), optional=(*OPERATORS, "if_absent"))
    return partial(fact_passes, fields["fact"].text(), _check(fields), _if_absent(fields))


def record_condition(value: Value) -> RecordCondition:
    """A test of one field of a record with the reason codes for no and for not known."""
    fields = value.mapping(
        required=("record",), optional=(*OPERATORS, "if_absent", "unknown", "fails", "doubts")
    )
    doubts = "doubts" in fields
    if doubts == ("fails" in fields):
        value.refuse("the key 'fails' or the key 'doubts'", "both" if doubts else "no such key")
    test = _record_test(fields["record"].text(), _check(fields), _if_absent(fields))
    reason = fields["doubts" if doubts else "fails"].text()
    return RecordCondition(test, reason, fields.read("unknown", Value.text, "condition-unknown"), doubts)


def record_test(value: Value) -> RecordTest:
    """A test of one field of a record, without a reason."""
    fields = value.mapping(required=("record",), optional=(*OPERATORS, "if_absent"))
    return _record_test(fields["record"].text(), _check(fields), _if_absent(fields))


def _record_test(name: str, check: Callable[[Any], bool], absent: Truth) -> RecordTest:
    if name in RECORD_FIELDS:
        return partial(field_passes, name, check, absent)
    return partial(record_fact_passes, name, check, absent)


def combined(tests: tuple[PersonTest, ...], combine: Callable[..., Truth], facts: KnownFacts) -> Truth:
    """All of several tests, or one of them."""
    return combine(test(facts) for test in tests)


def negated(test: PersonTest, facts: KnownFacts) -> Truth:
    """The contrary of a test; what is not known stays so."""
    return negate(test(facts))


def assigned(kind: str, facts: KnownFacts) -> Truth:
    """Holds an assignment of this kind now."""
    if facts.assignments is None:
        return None
    return any(assignment.kind == kind for assignment in facts.assignments)


def coming(kind: str, facts: KnownFacts) -> Truth:
    """The same, or one that begins later."""
    held = assigned(kind, facts)
    return True if any(assignment.kind == kind for assignment in facts.coming) else held


def fact_passes(name: str, check: Callable[[Any], bool], absent: Truth, facts: KnownFacts) -> Truth:
    """A fact of the person stands a check; a word that no such fact can be tells nothing."""
    value = facts.values.get(name)
    if value is None:
        return absent
    known = VOCABULARY.get(name)
    if known is not None and not known.issuperset(value if isinstance(value, tuple) else (value,)):
        return None
    return check(value)


def field_passes(name: str, check: Callable[[Any], bool], absent: Truth, record: Completion) -> Truth:
    """A field of the record stands a check."""
    value = getattr(record, name)
    return absent if value is None else check(value)


def record_fact_passes(name: str, check: Callable[[Any], bool], absent: Truth, record: Completion) -> Truth:
    """What else the record says stands a check."""
    value = None if record.facts is None else record.facts.get(name)
    return absent if value is None else check(value)


def _if_absent(fields: Mapping) -> Truth:
    return fields.read("if_absent", Value.flag, None)


def _check(fields: Mapping) -> Callable[[Any], bool]:
    operators = [name for name in OPERATORS if name in fields]
    if len(operators) != 1:
        fields.value.refuse("exactly one of " + ", ".join(OPERATORS))
    name = operators[0]
    value = fields[name]
    if name in {"is", "is_not"}:
        return partial(equals, _scalar(value), name == "is")
    wanted = frozenset(_scalar(each) for each in value.some())
    if name in {"in", "not_in"}:
        return partial(among, wanted, name == "in")
    return partial(holds_any, wanted, name == "has")


def _scalar(value: Value) -> str | bool:
    text = value.text()
    return text == "true" if text in {"true", "false"} else text


def equals(wanted: str | bool, expected: bool, value: Any) -> bool:
    """Is the wanted word, or is not where ``expected`` is false."""
    return (value == wanted) is expected


def among(wanted: frozenset[str | bool], expected: bool, value: Any) -> bool:
    """Is one of the wanted words, or none of them."""
    return (value in wanted) is expected


def holds_any(wanted: frozenset[str | bool], expected: bool, value: Any) -> bool:
    """Of several words at least one is wanted, or none."""
    held = value if isinstance(value, tuple) else (value,)
    return any(each in wanted for each in held) is expected
