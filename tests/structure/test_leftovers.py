"""Is every name that the search for dead code passes over still there? `make check` has the search."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase

from tests.structure.checkout import pyproject, trees


def names() -> Iterator[str]:
    """Whatever is defined or set anywhere."""
    for tree in trees().values():
        for node in ast.walk(tree):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    yield name
                case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                    yield name
                case _:
                    continue


def test_no_exception_outlives_what_it_was_made_for() -> None:
    known = set(names())
    passed_over = pyproject()["tool"]["vulture"]["ignore_names"]
    assert [each for each in passed_over if not any(fnmatchcase(name, each) for name in known)] == []
