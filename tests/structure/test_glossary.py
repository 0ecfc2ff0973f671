"""Is one word used for one thing? The table of words that are not used stands in docs/glossary.md, and nowhere else."""

import ast
import re
from collections.abc import Iterator

from messages.words import load
from tests.structure.checkout import ROOT, modules, rooms, where

ROW = re.compile(r"^\| ([a-z ]+) \| [a-z, ]+ \|$", re.MULTILINE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def not_used() -> tuple[str, ...]:
    """The words of the table."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return tuple(ROW.findall(page.partition("## Words that are not used")[2]))


PATTERN = re.compile(rf"\b(?:{'|'.join(not_used())})s?\b", re.IGNORECASE)


def names(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """What a module names: functions, what they take, classes, and what is assigned."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, args=args) | ast.AsyncFunctionDef(name=name, args=args):
                yield node, name
                yield from ((node, each.arg) for each in (*args.posonlyargs, *args.args, *args.kwonlyargs))
            case ast.ClassDef(name=name):
                yield node, name
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield node, name
            case _:
                continue


def in_words(name: str) -> str:
    """``license_cycle`` and ``LicenseCycle`` as the words they are made of."""
    return _CAMEL.sub(" ", name).replace("_", " ")


def test_there_is_a_table() -> None:
    assert len(not_used()) > 8


def test_no_sentence_uses_another_word_for_a_thing() -> None:
    words = load()
    found = [key for key in words.keys for form in words.sentence(key).forms if PATTERN.search(form)]
    assert found == []


def test_no_name_uses_another_word_for_a_thing() -> None:
    found = [
        f"{where(path, node)} {name}"
        for path, tree in modules(*rooms())
        for node, name in names(tree)
        if PATTERN.search(in_words(name))
    ]
    assert found == []


def test_another_word_is_caught() -> None:
    planted = "def read_certs(employee_id): ...\nclass RegulatorRule: ...\nreporting_period = 3\n"
    caught = [name for _, name in names(ast.parse(planted)) if PATTERN.search(in_words(name))]
    assert caught == ["read_certs", "employee_id", "RegulatorRule", "reporting_period"]


# Two of one name, on purpose.
SHARED = {
    "Assignment": "the fact on record, and the same as the rules are given it",
    "Card": "the fact on record, and the same as the rules are given it",
    "Completion": "the fact on record, and the same as the rules are given it",
    "Credit": "the fact on record, and the same as the rules are given it",
    "Door": "an agency's own door as a fact, and the door itself",
    "Fact": "what the record is made of, and a label with its value in a message",
    "Leave": "the fact on record, and the same as the rules are given it",
}


def test_a_class_has_a_name_of_its_own() -> None:
    named: dict[str, list[str]] = {}
    for path, tree in modules(*rooms()):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(path.as_posix())
    assert {name: paths for name, paths in named.items() if len(paths) > 1 and name not in SHARED} == {}
    assert {name for name in SHARED if len(named.get(name, ())) < 2} == set()
