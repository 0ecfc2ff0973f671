"""Does every exception say why? A skipped test, a silenced lint and an ignored type carry their reason on the line."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.structure.checkout import ROOT, trees, where

SKIPS = {"skip", "skipif", "xfail", "importorskip"}
# The mark, its codes, and what is said behind them.
SILENCED = re.compile(r"#\s*(?:noqa(?::[ A-Z0-9,]+)?|type:\s*ignore(?:\[[^\]]*\])?)(?P<reason>.*)$")


def skips_without_a_reason(tree: ast.AST) -> Iterator[ast.expr]:
    """Tests that are passed over and do not say why."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in SKIPS and of_pytest(value):
                said = [*(node.args[:1] if attr == "skip" else []), *_named(node, "reason")]
                if not any(not isinstance(each, ast.Constant) or each.value for each in said):
                    yield node
            case ast.Attribute(value=value, attr=attr) if attr in SKIPS and id(node) not in called:
                if of_pytest(value):
                    yield node
            case _:
                continue


def of_pytest(node: ast.expr) -> bool:
    """``pytest`` or ``pytest.mark``."""
    return ast.unparse(node) in {"pytest", "pytest.mark", "mark"}


def _named(call: ast.Call, name: str) -> list[ast.expr]:
    return [each.value for each in call.keywords if each.arg == name]


def silent(line: str) -> bool:
    """Whether a line silences a check without a reason."""
    found = SILENCED.search(line)
    return found is not None and not re.search(r"[a-z]{2}", found["reason"])


def test_no_test_is_passed_over_without_a_reason() -> None:
    found = [
        where(path, node)
        for path, tree in trees().items()
        if path.parts[0] == "tests"
        for node in skips_without_a_reason(tree)
    ]
    assert found == []


def test_no_check_is_silenced_without_a_reason() -> None:
    found = [
        f"{path}:{number}"
        for path in trees()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if silent(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "offender", ["@pytest.mark.skip\ndef test(): ...", "pytest.skip()", "pytest.skip('')"]
)
def test_a_silent_skip_is_caught(offender: str) -> None:
    assert list(skips_without_a_reason(ast.parse(offender)))


# Put together from pieces, or these lines would be findings themselves.
@pytest.mark.parametrize(
    "offender", ["x = 1  # no" + "qa: S101", "x = 1  # type" + ": ignore[misc]", "y  # no" + "qa"]
)
def test_a_silenced_check_is_caught(offender: str) -> None:
    assert silent(offender)
    assert not silent(f"{offender}  the reason")
