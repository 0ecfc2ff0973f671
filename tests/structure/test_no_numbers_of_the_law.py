"""Is a number of the law written in Python? Hours and credits belong to packs, dated and cited."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, where

MEASURE = re.compile(r"(?:^|_)(hours?|credits?)(?:_|$)", re.IGNORECASE)


def _is_measure(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return bool(MEASURE.search(name))
        case _:
            return False


def _is_number(node: ast.expr) -> bool:
    """A number other than zero, which only asks whether there is anything; Decimal("8") is one as well."""
    match node:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float() as value):
            return value != 0
        case ast.Call(
            func=ast.Name(id="Decimal") | ast.Attribute(attr="Decimal"), args=[ast.Constant(value=value)]
        ):
            return str(value).strip("0.") != ""
        case _:
            return False


def numbers_of_the_law(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Where hours or credits are compared with a literal number, or set to one."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=comparators):
                sides = [left, *comparators]
                if any(map(_is_measure, sides)) and any(map(_is_number, sides)):
                    yield node
            case (
                ast.Assign(targets=[target], value=value)
                | ast.AnnAssign(target=target, value=ast.expr() as value)
            ):
                if _is_measure(target) and _is_number(value):
                    yield node
            case ast.keyword(arg=str(name), value=value) if MEASURE.search(name) and _is_number(value):
                yield value
            case _:
                continue


def test_no_room_that_decides_holds_a_number_of_the_law() -> None:
    found = [
        where(path, node)
        for path, tree in modules("rules", "messages", "training", "handlers", "scheduler")
        for node in numbers_of_the_law(tree)
    ]
    assert not found, f"hours or credits against a literal number; move it to a pack: {found}"


@pytest.mark.parametrize(
    "offender",
    [
        "if hours >= 48: ...",
        "8 <= line.hours_counted",
        "hours_required = Decimal('16')",
        "Line(credits=40.0)",
    ],
)
def test_a_number_in_code_is_caught(offender: str) -> None:
    assert list(numbers_of_the_law(ast.parse(offender)))


@pytest.mark.parametrize(
    "allowed", ["if hours > 0: ...", "hours_left = Decimal(0)", "if days >= 90: ...", "hours >= needed"]
)
def test_a_sign_or_another_measure_is_not(allowed: str) -> None:
    assert not list(numbers_of_the_law(ast.parse(allowed)))
