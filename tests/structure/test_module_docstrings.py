"""Can a reader say within twenty lines what a module is about? It opens with a few sentences on that."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.structure.checkout import modules, rooms, where

MOST_SENTENCES = 4
_END = re.compile(r"[.?](?=\s|$)")
_WORD = re.compile(r"[a-z]+")
# Words that say nothing about a thing that its name does not.
_SMALL = {
    "a",
    "an",
    "and",
    "for",
    "from",
    "get",
    "gets",
    "in",
    "into",
    "is",
    "of",
    "on",
    "return",
    "returns",
    "the",
    "to",
}


def wrong_opening(tree: ast.Module) -> str:
    """What is wrong with how a module opens; empty when nothing is."""
    said = ast.get_docstring(tree)
    if said is None:
        return "" if not tree.body else "no docstring"
    sentences = len(_END.findall(said))
    if not 1 <= sentences <= MOST_SENTENCES:
        return f"{sentences} sentences"
    return "" if len(set(_WORD.findall(said.lower())) - _SMALL) > 2 else "says nothing"


def repeats_its_name(node: ast.AST) -> bool:
    """Whether a docstring has no word that the name has not."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    said = ast.get_docstring(node)
    if said is None or "`" in said:  # an example says more than a name
        return False
    named = set(_WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", node.name).replace("_", " ").lower()))
    stems = {_stem(each) for each in named} | _SMALL
    return all(_stem(each) in stems for each in _WORD.findall(said.lower()) if each not in _SMALL)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word)


def openings(*tops: str) -> Iterator[tuple[Path, str]]:
    # The docstring of a command is its help, and as long as an operator at night needs it.
    return (
        (path, wrong)
        for path, tree in modules(*tops)
        if (wrong := wrong_opening(tree)) and not path.is_relative_to("bot/commands")
    )


def test_every_module_opens_with_what_it_is_about() -> None:
    # What a command opens with is its help, which test_commands.py reads.
    commands = {Path(f"{command.module.replace('.', '/')}.py") for command in COMMANDS}
    assert [each for each in openings(*rooms(), "benchmarks") if each[0] not in commands] == []


def test_every_module_of_the_tests_says_what_it_is_about() -> None:
    assert [path for path, tree in modules("tests") if tree.body and not ast.get_docstring(tree)] == []


def test_no_docstring_only_repeats_the_name() -> None:
    found = [
        where(path, node)
        for path, tree in modules(*rooms(), "benchmarks")
        if "migrations" not in path.parts  # frozen
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and repeats_its_name(node)
    ]
    assert found == []


@pytest.mark.parametrize("offender", ["import ast", '"""Words."""\nx = 1', '"""' + "One more. " * 5 + '"""'])
def test_an_opening_that_says_nothing_is_caught(offender: str) -> None:
    assert wrong_opening(ast.parse(offender))


def test_a_docstring_that_repeats_the_name_is_caught() -> None:
    planted = 'def open_draft():\n    """Opens the draft."""\n'
    assert repeats_its_name(ast.parse(planted).body[0])
    assert not repeats_its_name(ast.parse(planted.replace("the draft", "what waits")).body[0])
