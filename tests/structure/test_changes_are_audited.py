"""Can the record change without an entry in the log? Each function that writes a fact names what it is written down as,
or whoever calls it does."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.structure.checkout import modules, rooms, where

WRITES = {"record", "correct", "withdraw"}


@dataclass(frozen=True, slots=True)
class Place:
    """A function, its own lines only: one inside it is another. ``within`` is None where any module may call it."""

    name: str
    within: Path | None
    writes: bool
    says: bool
    calls: frozenset[str]


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Where a writer records, corrects or withdraws a fact."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=attr)):
                if attr in WRITES and name.strip("_") == "writer":
                    yield node
            case _:
                continue


def says_what_happened(nodes: Iterable[ast.AST]) -> bool:
    """Whether an entry of the log is named, made or written."""
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id="AuditTag")) | ast.Name(id="AuditDraft"):
                return True
            case ast.Attribute(attr="audit"):
                return True
            case _:
                continue
    return False


def places(path: Path, tree: ast.AST) -> Iterator[Place]:
    """Every function of a module."""
    yield from _inside(tree, path, private=False, nested=False)


def _inside(parent: ast.AST, path: Path, *, private: bool, nested: bool) -> Iterator[Place]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.ClassDef):
            yield from _inside(node, path, private=node.name.startswith("_"), nested=nested)
        elif isinstance(node, ast.FunctionDef):
            own = list(_own(node))
            # What is made inside a function is handed out, and may be called anywhere.
            own_module = not nested and (private or node.name.startswith("_"))
            found = any(next(writes(each), None) is each for each in own)
            called = frozenset(name for each in own for name in _called(each))
            yield Place(node.name, path if own_module else None, found, says_what_happened(own), called)
            yield from _inside(node, path, private=False, nested=True)
        else:
            yield from _inside(node, path, private=private, nested=nested)


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef):
            yield node
            waiting += ast.iter_child_nodes(node)


def _called(node: ast.AST) -> Iterator[str]:
    """What is called here, or handed to what is called."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
            yield name
            yield from (each.id for each in args if isinstance(each, ast.Name))
        case _:
            return


def silent(found: Mapping[Path, ast.AST]) -> set[str]:
    """Functions that write a fact which nobody writes down: neither they, nor each that calls them, nor theirs."""
    known = [(path, each) for path, tree in found.items() for each in places(path, tree)]
    callers: dict[str, list[tuple[Path, Place]]] = defaultdict(list)
    for path, each in known:
        for name in each.calls:
            callers[name].append((path, each))

    def is_said(each: Place, seen: frozenset[str]) -> bool:
        if each.says or each.name in seen:
            return each.says
        by = [one for path, one in callers[each.name] if each.within in (None, path)]
        return bool(by) and all(is_said(one, seen | {each.name}) for one in by)

    return {f"{path}:{each.name}" for path, each in known if each.writes and not is_said(each, frozenset())}


def test_whatever_changes_the_record_says_so_in_the_log() -> None:
    found = dict(modules("training"))
    assert sum(each.writes for path, tree in found.items() for each in places(path, tree)) > 40
    assert silent(found) == set()


def test_only_training_changes_the_record() -> None:
    others = [room for room in rooms() if room not in {"training", "db"}]
    assert [where(path, each) for path, tree in modules(*others) for each in writes(tree)] == []


WRITTEN_DOWN = """
def grant(writer):
    writer.record(fact)
    writer.audit(AuditDraft(tag=AuditTag.ROLE_GRANTED))
"""
PART_OF_ANOTHER = """
def ask(writer):
    _keep(writer)
    writer.audit(AuditDraft(tag=AuditTag.TICKET_OPENED))

def _keep(writer):
    writer.record(item)
"""
BESIDE_ANOTHER = f"{WRITTEN_DOWN}\ndef end(writer):\n    self._writer.correct(3, fact)\n"
HANDED_OUT = """
def ends(writer):
    AuditTag.ROLE_ENDED
    def does(writer):
        writer.withdraw(3, Grant)
    return does
"""
HANDED_ON = """
def give(writer):
    def made(writer):
        return writer.record(item)
    decide(AuditTag.ROLE_GRANTED, made)
"""
BY_ONE_WHO_SAYS_NOTHING = f"{PART_OF_ANOTHER}\ndef slip(writer):\n    _keep(writer)\n"


@pytest.mark.parametrize("sound", [WRITTEN_DOWN, PART_OF_ANOTHER, HANDED_ON])
def test_a_change_that_is_written_down_is_seen_as_such(sound: str) -> None:
    assert silent({Path("one.py"): ast.parse(sound)}) == set()


@pytest.mark.parametrize(
    ("offender", "name"), [(BESIDE_ANOTHER, "end"), (HANDED_OUT, "does"), (BY_ONE_WHO_SAYS_NOTHING, "_keep")]
)
def test_a_silent_change_is_caught(offender: str, name: str) -> None:
    assert silent({Path("one.py"): ast.parse(offender)}) == {f"one.py:{name}"}
