"""Does every test module stand alone? What two of them need is in a cast, not in one of the two."""

import ast
from collections.abc import Iterator

from tests.structure.checkout import modules


def borrowed(tree: ast.Module) -> Iterator[str]:
    """Test modules that a module imports from."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                named = [module, *(f"{module}.{each.name}" for each in names)]
            case ast.Import(names=names):
                named = [each.name for each in names]
            case _:
                continue
        for each in named:
            room, *inside = each.split(".")
            if room == "tests" and inside and inside[-1].startswith("test_"):
                yield each


def test_no_module_imports_a_test_module() -> None:
    found = {path.as_posix(): list(borrowed(tree)) for path, tree in modules("tests", "benchmarks")}
    assert {path: taken for path, taken in found.items() if taken} == {}


def test_a_borrowed_cast_is_caught() -> None:
    planted = """
from tests.scenario.test_ledger import asked_to_wait
from tests.scenario import test_ledger
import tests.unit.test_forms
from tests.scenario.cast import Agency
from tests.fakes import test_clock
"""
    assert list(borrowed(ast.parse(planted))) == [
        "tests.scenario.test_ledger",
        "tests.scenario.test_ledger",
        "tests.unit.test_forms",
        "tests.fakes.test_clock",
    ]
