"""Does whoever only chats never load the kit of Microsoft Graph? It is an extra, and a second of work at its first
answer: nothing that is loaded when the service starts may reach it."""

import ast
from collections.abc import Iterator

from tests.structure.checkout import modules, rooms

KIT = {"msgraph", "msgraph_core", "kiota_abstractions", "kiota_http"}


def loaded_at_once(tree: ast.Module) -> Iterator[str]:
    """What is loaded with a module: what it imports outside its functions."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{each.name}" for each in names)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                continue
            case _:
                waiting.extend(ast.iter_child_nodes(node))


def test_nothing_that_starts_loads_the_kit() -> None:
    loads = {
        ".".join(path.with_suffix("").parts): set(loaded_at_once(tree)) for path, tree in modules(*rooms())
    }
    heavy = {name for name, loaded in loads.items() if {each.partition(".")[0] for each in loaded} & KIT}
    assert heavy == {f"bot.graph.{each}" for each in ("calendars", "installing", "kit", "parsed", "people")}
    reaching = set(heavy)
    while more := {name for name, loaded in loads.items() if loaded & reaching} - reaching:
        reaching |= more
    # Loaded by name, in one function, when the directory is first asked.
    assert reaching == heavy | {"bot.graph.directory"}


def test_an_import_at_the_top_and_under_a_condition_is_found_and_one_in_a_function_is_not() -> None:
    text = "import msgraph\nif True:\n    from kiota_http import middleware\ndef later():\n    import msgraph_core\n"
    assert set(loaded_at_once(ast.parse(text))) == {"msgraph", "kiota_http", "kiota_http.middleware"}
