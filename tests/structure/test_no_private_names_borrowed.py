"""Does a module rest on what another keeps to itself? What two modules need is public and says what it is."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, rooms, where


def borrowed(tree: ast.AST) -> Iterator[ast.stmt]:
    """Imports of a name, or from a module, that begins with an underscore."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if "._" in module or any(
                each.name.startswith("_") for each in names
            ):
                yield node
            case _:
                continue


def test_no_module_borrows_what_another_keeps_to_itself() -> None:
    found = [where(path, node) for path, tree in modules(*rooms(), "tests") for node in borrowed(tree)]
    assert not found, f"give it a public name, or move it down: {found}"


@pytest.mark.parametrize("offender", ["from rules.conditions import always, _among", "from a._b import c"])
def test_a_borrowed_name_is_caught(offender: str) -> None:
    assert list(borrowed(ast.parse(offender)))


def test_a_public_name_is_not() -> None:
    assert not list(borrowed(ast.parse("from rules.conditions import among\nfrom __future__ import x")))
