"""Do the tests use the real thing? No replacing by dotted path, and no waiting for time to pass."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, where


def tricks(tree: ast.AST) -> Iterator[ast.expr]:
    """Calls that replace something by its dotted path, or that sleep."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="patch" | "patch_object")
                | ast.Attribute(attr="patch" | "setattr" | "dict" | "multiple"),
                args=[ast.Constant(value=str()), *_],
            ):
                yield node
            case ast.Call(func=ast.Attribute(attr="sleep")):
                yield node
            case ast.Call(func=ast.Attribute(value=ast.Name(id="patch") | ast.Attribute(attr="patch"))):
                yield node
            case ast.Call(func=ast.Name(id="sleep")):
                yield node
            case _:
                continue


def test_no_test_patches_by_path_or_sleeps() -> None:
    found = [where(path, node) for path, tree in modules("tests", "benchmarks") for node in tricks(tree)]
    assert not found, f"hand the fake in, or move the clock: {found}"


def test_no_test_runs_a_loop_in_its_own_thread() -> None:
    """A browser that is open in the same process has one running there, and then a second one is refused."""
    found = [
        where(path, node)
        for path, tree in modules("tests")
        if path.name.startswith("test_")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"asyncio.run", "asyncio.Runner"}
    ]
    assert not found, f"ask the service over HTTP, or run it in a thread: {found}"


@pytest.mark.parametrize(
    "offender",
    [
        "patch('training.roster.load')",
        "mock.patch('bot.cli.main')",
        "monkeypatch.setattr('time.time', lambda: 0)",
        "time.sleep(1)",
        "await_(asyncio.sleep(0.1))",
        "anyio.sleep(1)",
        "patch.object(roster, 'load')",
        "mock.patch.object(roster, 'load')",
    ],
)
def test_a_trick_is_caught(offender: str) -> None:
    assert list(tricks(ast.parse(offender)))


def test_setting_a_variable_of_the_environment_is_not_a_trick() -> None:
    assert not list(tricks(ast.parse("monkeypatch.setenv('ROLLCALL_TIME_ZONE', 'UTC')")))
