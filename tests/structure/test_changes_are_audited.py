"""Can the record change without an entry in the log? Whoever writes a fact names what it is written down as."""

import ast
from collections.abc import Iterator

import pytest

from tests.structure.checkout import modules, rooms, where

WRITES = {"record", "correct", "withdraw"}
# Part of somebody else's change, which is what the log has.
PART_OF_ANOTHER = {"training/sealed/sealing.py": "a kept item: its caller says what it was kept for"}


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Where a writer records, corrects or withdraws a fact."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr=attr)):
                if attr in WRITES and name.strip("_") == "writer":
                    yield node
            case _:
                continue


def says_what_happened(tree: ast.AST) -> bool:
    """Whether a tag of the log is named."""
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "AuditTag"
        for node in ast.walk(tree)
    )


def test_whatever_changes_the_record_says_so_in_the_log() -> None:
    found = {path.as_posix(): tree for path, tree in modules("training") if any(writes(tree))}
    assert len(found) > 20
    silent = {path for path, tree in found.items() if not says_what_happened(tree)}
    assert silent == set(PART_OF_ANOTHER)


def test_only_training_changes_the_record() -> None:
    others = [room for room in rooms() if room not in {"training", "db"}]
    assert [where(path, each) for path, tree in modules(*others) for each in writes(tree)] == []


@pytest.mark.parametrize("offender", ["writer.record(fact)", "self._writer.correct(3, fact)"])
def test_a_silent_change_is_caught(offender: str) -> None:
    tree = ast.parse(offender)
    assert list(writes(tree))
    assert not says_what_happened(tree)


def test_an_audited_change_is_not() -> None:
    assert says_what_happened(ast.parse("writer.audit(AuditDraft(tag=AuditTag.ROLE_GRANTED))"))
