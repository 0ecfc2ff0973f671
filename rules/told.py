"""What does a test of a pack say, as a value that can be compared and put into words?

A pack's tests are read into callables, and two callables that ask the same are not equal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from rules.conditions import (
    always,
    among,
    assigned,
    combined,
    coming,
    equals,
    fact_passes,
    field_passes,
    holds_any,
    negated,
    record_fact_passes,
)
from rules.logic import every
from rules.model import Truth


@dataclass(frozen=True, slots=True)
class Everybody:
    """A duty for everybody the pack covers."""


@dataclass(frozen=True, slots=True)
class Asks:
    """One test of one fact of a person or a record. ``operator`` is the pack's own word, such as ``not_in``."""

    fact: str
    operator: str
    words: frozenset[str | bool]
    if_absent: Truth


@dataclass(frozen=True, slots=True)
class Together:
    """Several tests; ``every`` of them or one. A set, because their order says nothing."""

    every: bool
    parts: frozenset["Told"]


@dataclass(frozen=True, slots=True)
class Denied:
    """The contrary of a test."""

    part: "Told"


@dataclass(frozen=True, slots=True)
class AssignedTo:
    """An assignment of a kind; ``or_coming``: one that begins later is enough."""

    kind: str
    or_coming: bool


@dataclass(frozen=True, slots=True)
class Other:
    """A test this module has not met: still compared, and shown as it is written in code."""

    text: str


Told: TypeAlias = Everybody | Asks | Together | Denied | AssignedTo | Other

_OPERATORS: dict[tuple[Callable[..., bool], bool], str] = {
    (equals, True): "is",
    (equals, False): "is_not",
    (among, True): "in",
    (among, False): "not_in",
    (holds_any, True): "has",
    (holds_any, False): "lacks",
}


def told(test: Callable[..., Any]) -> Told:
    """The test as a value: equal for two tests exactly when they ask the same."""
    if test is always:
        return Everybody()
    if not isinstance(test, partial) or test.keywords:
        return Other(_name(test))
    if test.func is combined:
        parts, combine = test.args
        return Together(combine is every, frozenset(told(part) for part in parts))
    if test.func is negated:
        return Denied(told(test.args[0]))
    if test.func in {assigned, coming}:
        return AssignedTo(test.args[0], or_coming=test.func is coming)
    if test.func in {fact_passes, field_passes, record_fact_passes}:
        fact, check, absent = test.args
        wanted, expected = check.args
        words = wanted if isinstance(wanted, frozenset) else frozenset({wanted})
        return Asks(fact, _OPERATORS[check.func, expected], words, absent)
    return Other(_name(test))


def _name(test: Callable[..., Any]) -> str:
    """No address in memory: it differs from one reading to the next."""
    if isinstance(test, partial):
        inner = [_name(each) if callable(each) else repr(each) for each in test.args]
        named = [f"{key}={value!r}" for key, value in sorted(test.keywords.items())]
        return f"{_name(test.func)}({', '.join([*inner, *named])})"
    return getattr(test, "__qualname__", type(test).__qualname__)
