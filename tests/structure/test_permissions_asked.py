"""Does every row of the table of permissions decide something? One that nobody asks for is an empty promise."""

import ast

from tests.structure.checkout import modules, rooms
from training.permission_table import Ask


def test_every_row_of_the_table_is_asked_for() -> None:
    asked = {
        node.attr
        for path, tree in modules(*rooms())
        if path.stem != "permission_table"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Ask"
    }
    assert {ask.name for ask in Ask} - asked == set()
