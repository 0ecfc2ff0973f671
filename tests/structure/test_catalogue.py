"""Is every sentence a person reads in the catalogue, once, plain and calm, and every reason of the rules with it?"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import yaml

from bot.cli import COMMANDS
from messages.words import load
from tests.structure.checkout import ROOT, modules, rooms
from tests.structure.said import alternatives

KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)+")

# Where a string may read like a sentence although nobody in a chat reads it, each with the reason.
NOT_SAID = {
    "bot/service/metrics.py": "what each metric means; read by whoever scrapes them",
    "bot/demo": "texts that the people of the demo agency type; input, not our words",
}
# Mistakes of programmers, read in a traceback only; and what is wrong with a setting, which `config` says to whoever
# runs the service, in its own words: it stands below everything and has no catalogue.
PROGRAMMER_ERRORS = {
    "AssertionError",
    "CatalogueError",
    "FactsMismatchError",
    "KeyError",
    "LookupError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "UnknownSentenceError",
    "ValueError",
}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log", "warn"}


@dataclass(frozen=True)
class Module:
    path: str
    tree: ast.Module


def speaking() -> list[Module]:
    return [Module(path.as_posix(), tree) for path, tree in modules(*rooms())]


def sentences(module: Module) -> Iterator[tuple[int, str]]:
    """String literals that read like something said to a person."""
    skipped = _not_read_by_people(module.tree)
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        if isinstance(node.value, str) and reads_like_a_sentence(node.value):
            yield node.lineno, node.value


def reads_like_a_sentence(text: str) -> bool:
    """At least three words, two of them plain lower-case, and a capital or a full stop where one belongs."""
    words = text.split()
    plain = [word for word in words if re.fullmatch(r"[a-z']+[,;:.?]?", word)]
    if len(words) < 3 or len(plain) < 2 or re.search(r"[\\|*^=<>]|\(\?", text):
        return False
    if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH)\b", text):
        return False
    return bool(re.search(r"[.?]\s*$", text) or re.match(r"[A-Z][a-z]+ ", text))


def _not_read_by_people(tree: ast.Module) -> set[int]:
    """Docstrings, log lines and programmers' errors."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        inside: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside = [node.value]
        elif isinstance(node, ast.Call) and _name(node.func) in PROGRAMMER_ERRORS | LOGGING:
            inside = [*node.args, *(keyword.value for keyword in node.keywords)]
        skipped |= {id(each) for root in inside for each in ast.walk(root)}
    return skipped


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _said(module: Module) -> bool:
    return not any(_is_at(module, place) for place in NOT_SAID)


def _is_at(module: Module, place: str) -> bool:
    return module.path == place or module.path.startswith(f"{place}/")


def test_every_command_has_its_sentence() -> None:
    assert [command.help_key for command in COMMANDS if command.help_key not in load()] == []


def test_no_key_is_written_twice() -> None:
    for path in sorted((ROOT / "messages" / "catalogue").glob("*.po")):
        written = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)

        assert sorted({key for key in written if written.count(key) > 1}) == []


def test_no_sentence_is_written_outside_the_catalogue() -> None:
    found = [
        f"{module.path}:{line} {text!r}"
        for module in speaking()
        if _said(module)
        for line, text in sentences(module)
    ]

    assert found == []


@pytest.mark.parametrize("place", NOT_SAID)
def test_no_reason_outlives_its_sentences(place: str) -> None:
    assert any(any(sentences(module)) for module in speaking() if _is_at(module, place))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing was changed.", True),
        ("Reply with the number", True),
        ("your file is too large.", True),
        ("SELECT id FROM person WHERE unit = 1", False),
        ("am i good", False),
        ("mn-demo-2026.2", False),
        (r"(?:am|are) (i|we) good\b.", False),
        ("31.5 of 48 h", False),
    ],
)
def test_the_check_knows_a_sentence_when_it_sees_one(text: str, expected: bool) -> None:
    assert reads_like_a_sentence(text) is expected


def test_a_sentence_in_a_builder_would_be_found() -> None:
    tree = ast.parse(
        '"""Docstrings may speak like this."""\n'
        'raise ValueError("So may this one here.")\n'
        'x = "Not this one here."'
    )

    assert [text for _, text in sentences(Module("messages/x.py", tree))] == ["Not this one here."]


def test_every_reason_of_the_rules_has_a_sentence() -> None:
    keys = load().keys
    codes = set(_codes_in_code()) | set(_codes_in_packs())

    assert sorted(code for code in codes if not {f"remark-{code}", f"remark-{code}-plain"} & set(keys)) == []


def _codes_in_code() -> Iterator[str]:
    """First facts of every remark, and the reason codes of the two modules that judge records."""
    for path, tree in modules("rules"):
        judges_records = path.name in {"tally.py", "working.py"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "Remark" and node.args:
                yield from (code for each in alternatives(node.args[0]) for code in _code(each))
            elif judges_records:
                yield from _code(node)


def _code(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEBAB.fullmatch(node.value):
        yield node.value


def _codes_in_packs() -> Iterator[str]:
    for path in sorted((ROOT / "rules" / "packs").rglob("*.yaml")):
        yield from _fails(yaml.safe_load(path.read_text("utf-8")))


def _fails(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"fails", "unknown"} and isinstance(inner, str):
                yield inner
            yield from _fails(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fails(inner)


def test_the_word_ai_stands_only_where_the_register_says_so() -> None:
    words = load()
    elsewhere = [
        key
        for key in words.keys
        if not key.startswith(("ai-", "menu-are-you-ai-"))
        and any(re.search(r"\bA\.?I\b", form) for form in words.sentence(key).forms)
    ]

    assert elsewhere == []


def test_sentences_are_plain_and_calm() -> None:
    words = load()
    wrong = [
        key
        for key in words.keys
        for form in words.sentence(key).forms
        if not form.isascii()
        or "!" in form
        or re.search(r"please be advised|oops|licence|colour", form, re.IGNORECASE)
    ]

    assert wrong == []
