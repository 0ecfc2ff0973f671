"""Does every module say at its top what it needs? An import inside a function hides a cycle or a cost."""

import ast
from collections.abc import Iterator

from tests.structure.checkout import modules, rooms, where

ALLOWED = {
    "bot/cli.py": "one command table; a JSON command starts in under a second because it loads only its own",
    "bot/graph/opening.py": "the kit of Microsoft Graph is an extra, and heavy: no directory, no kit",
    "db/files/opening.py": "the kit for buckets is an extra; whoever keeps files in a folder does not have it",
}


def hidden_imports(tree: ast.AST) -> Iterator[ast.stmt]:
    """Imports inside a function, at any depth."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, inside = waiting.pop()
        if inside and isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not isinstance(node, ast.expr):
            waiting.extend((child, inside) for child in ast.iter_child_nodes(node))


def test_imports_stand_at_the_top_of_the_module() -> None:
    found = [
        where(path, node)
        for path, tree in modules(*rooms(), "tests", "benchmarks")
        if path.as_posix() not in ALLOWED
        for node in hidden_imports(tree)
    ]
    assert not found, f"move the import up, or the shared type down: {found}"


def test_an_import_inside_a_function_is_caught() -> None:
    planted = "def standing():\n    if late:\n        from training import compliance\n"
    assert [node.lineno for node in hidden_imports(ast.parse(planted))] == [3]
    assert not list(hidden_imports(ast.parse("from training import compliance\n")))
