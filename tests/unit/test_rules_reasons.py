"""Has every reason that the rules may give a sentence that a person can read?"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import rules
from messages.remarks import remark_sentence
from messages.words import load
from rules.loader import load_packs
from rules.model import ReliefKind
from rules.standing import Remark

ROOM = Path(rules.__file__).parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
# Modules in which every hyphenated word is a reason; elsewhere a reason stands inside Remark(...).
REASONERS = ("finding.py", "subject.py", "tally.py", "working.py", "judges")


def _constants(tree: ast.AST) -> Iterator[str]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def _remarked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Remark":
            yield from (each for each in _constants(node.args[0]) if each)


def _written_in_code() -> set[str]:
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(_remarked(tree))
        if path.relative_to(ROOM).parts[0] in REASONERS:
            found.update(each for each in _constants(tree) if CODE.fullmatch(each))
    return found


def _written_in_packs() -> set[str]:
    return {
        code
        for pack in load_packs()
        for requirement in pack.requirements
        for condition in requirement.counts.conditions
        for code in (condition.fails, condition.unknown)
    }


def _reliefs() -> set[str]:
    return {kind.value for kind in ReliefKind}


REASONS = sorted(_written_in_code() | _written_in_packs() | _reliefs())


def test_the_reasons_are_found_where_they_are_written() -> None:
    """This test would hold nothing if it looked in the wrong place."""
    assert {"wrong-topic", "approval-unknown", "card-gap", "hours-missing", "exempt"} <= set(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_has_its_sentence(code: str) -> None:
    assert f"remark-{code}" in load()


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_can_be_said_of_a_record_without_further_facts(code: str) -> None:
    """``rules evaluate`` gives the reason of a refused record by its code alone."""
    assert remark_sentence(Remark(code), date(2026, 3, 10), load())
