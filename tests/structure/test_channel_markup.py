"""Does a channel's markup stay behind its door? A message is neutral until the door draws it."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, rooms, where

# What Slack's blocks and Teams' cards are called in their dictionaries.
ELEMENTS = {
    "Action.Execute", "Action.OpenUrl", "Action.Submit", "AdaptiveCard", "Column", "ColumnSet", "Container", "FactSet",
    "Input.ChoiceSet", "Input.Date", "Input.Text", "TextBlock",
    "actions", "button", "context", "divider", "header", "home", "image", "input",
    "modal", "mrkdwn", "plain_text", "rich_text", "section", "table",
}  # fmt: skip
DRAW = {
    "bot/slack/blocks.py": "the parts of a message",
    "bot/slack/home.py": "the Home tab",
    "bot/slack/modal.py": "a form as a window",
    "bot/slack/windows.py": "what stands in a window while there is no form",
    "bot/teams/cards.py": "the parts of a message",
    "bot/teams/dialogs.py": "a form as a dialog",
    "bot/teams/presses.py": "what a button does",
}


def elements(tree: ast.AST) -> Iterator[ast.Dict]:
    """Dictionaries whose type is an element of a channel."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                match (key, value):
                    case (ast.Constant(value="type"), ast.Constant(value=name)) if name in ELEMENTS:
                        yield node
                    case _:
                        continue


def test_only_the_modules_that_draw_know_the_elements_of_a_channel() -> None:
    found = {
        path.as_posix(): [where(path, each) for each in elements(tree)] for path, tree in modules(*rooms())
    }
    assert {path: places for path, places in found.items() if places and path not in DRAW} == {}
    assert [path for path in DRAW if not found.get(path)] == []


@pytest.mark.parametrize("offender", ['{"type": "section", "text": said}', '{"type": "AdaptiveCard"}'])
def test_markup_is_caught(offender: str) -> None:
    assert list(elements(ast.parse(offender)))


def test_another_type_is_not() -> None:
    assert not list(elements(ast.parse('{"type": "message"}')))
