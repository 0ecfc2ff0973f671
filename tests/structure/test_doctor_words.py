"""Has everything a check can find its sentence, with a next step where one is due, and no sentence is left over?"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot import health
from bot.doctor.examination import CHECKS
from bot.doctor.model import State
from db.state import DatabaseState
from messages.words import load
from tests.structure.checkout import modules

FOUND_BY = {"ok", "attention", "not_set", "failed", "not_checked"}
NEEDS_A_NEXT_STEP = {"attention", "failed"}


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a check finds something: how it is, its code, and the facts it gives."""

    how: str
    code: str
    facts: frozenset[str]


def findings(tree: ast.AST) -> Iterator[Found]:
    """Every finding that is written out; a computed code is that of a database's state."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=how), args=[code], keywords=keywords) if how in FOUND_BY:
                facts = frozenset(each.arg for each in keywords if each.arg is not None)
                if isinstance(code, ast.Constant):
                    yield Found(how, str(code.value), facts)
                else:
                    yield from (Found(how, f"database-{state.value}", facts) for state in DatabaseState)
            case _:
                continue


FOUND = [
    each
    for path, tree in modules("bot")
    if "doctor" in path.parts or path.stem == "health"
    for each in findings(tree)
]
# A state that a computed code reaches only where all is well: there is nothing to mend.
WELL = {"database-current"}


def test_there_is_something_to_look_at() -> None:
    assert len(FOUND) > 40


@pytest.mark.parametrize("found", FOUND, ids=lambda found: f"{found.how}-{found.code}")
def test_every_finding_can_be_said_from_its_facts(found: Found) -> None:
    words = load()
    if found.code in WELL and found.how in NEEDS_A_NEXT_STEP:
        return
    codes = [found.code, *([f"{found.code}-next"] if found.how in NEEDS_A_NEXT_STEP else [])]
    for code in codes:
        assert f"doctor-{code}" in words
        assert words.sentence(f"doctor-{code}").facts <= found.facts


def test_every_state_and_every_check_has_its_name() -> None:
    words = load()
    assert not [state for state in State if f"doctor-state-{state.value}" not in words]
    names = {check.name for check in (*CHECKS, *health.CHECKS, health.SCHEDULER)}
    assert not [name for name in names if f"doctor-name-{name}" not in words]


def test_no_sentence_of_the_doctor_is_left_over() -> None:
    said = {f"doctor-{each.code}{end}" for each in FOUND for end in ("", "-next")} | {"doctor-not-checked"}
    own = ("doctor-state-", "doctor-name-")
    assert not [
        key
        for key in load().keys
        if key.startswith("doctor-") and not key.startswith(own) and key not in said
    ]
