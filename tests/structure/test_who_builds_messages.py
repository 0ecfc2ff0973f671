"""Which modules of training build a whole message? An answer is built by the handler that was asked; what is said to
somebody else, or unasked, is built where it is planned, in the transaction that it tells of."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.structure.checkout import modules

# A folder ends with a stroke. The reason says to whom it goes, for whoever asked is answered by a handler.
MAY = {
    "training/accounts/account_questions.py": "another account of the asker's is asked whether it is theirs",
    "training/accounts/accounts.py": "the hello that goes before the first answer on an account",
    "training/digests/": "whoever answers for others is told of them by a job; nobody asked",
    "training/directory/waiting.py": "whoever coordinates hears of what waits in the directory by a job",
    "training/ledger/saying.py": "a planned message is read back as it was kept, to be handed over",
    "training/phones/mailed_codes.py": "a code goes to the address on file, and only that it did stays on record",
    "training/phones/phones.py": "a person is told elsewhere that their number ended, was lost or is used up",
    "training/phones/shared_phones.py": "a code goes to the phone that is to be shared",
    "training/reminders/": "what falls due is said by a job; nobody asked",
    "training/requests/behalf.py": "somebody hears that training was asked for on their behalf",
    "training/requests/cards.py": "whoever decides gets a card of what somebody asked for, and others' are settled",
    "training/requests/late.py": "whoever began a request and never sent it is reminded by a job",
    "training/requests/by_the_clock.py": "who was at a class is asked by a job; nobody asked",
    "training/requests/news.py": "whoever a request is about, or sees to it, hears what somebody else did with it",
    "training/requests/telling.py": "whoever asked for training hears what was decided about it",
    "training/requests/waiting.py": "whoever decides is reminded of what waits by a job",
    "training/tickets.py": "whoever answers hears of the question, and whoever asked of the answer",
    "training/uploads/cards.py": "cards that other reviewers still hold are settled in place",
    "training/uploads/late.py": "a file that took longer than the asking is told of by a job",
    "training/uploads/reviewers.py": "reviewers get a card of what somebody sent",
}


def builders() -> Mapping[str, frozenset[str]]:
    """By module, the functions of messages that give a whole one."""
    return {
        ".".join(path.with_suffix("").parts): frozenset(
            each.name
            for each in tree.body
            if isinstance(each, ast.FunctionDef) and each.returns and ast.unparse(each.returns) == "Message"
        )
        for path, tree in modules("messages")
    }


def built(tree: ast.AST, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Builders that a module calls, by the names under which it imports them."""
    functions, whole = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for each in node.names:
                name = each.asname or each.name
                if each.name in known.get(node.module, ()):
                    functions[name] = each.name
                elif f"{node.module}.{each.name}" in known:
                    whole[name] = known[f"{node.module}.{each.name}"]
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in functions:
                yield functions[name]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in whole.get(
                name, ()
            ):
                yield attr
            case _:
                continue


def place_of(path: Path) -> str:
    folder = f"{path.parent.as_posix()}/"
    return folder if folder in MAY else path.as_posix()


def test_only_these_build_messages_in_training_and_each_of_them_does() -> None:
    known = builders()
    assert sum(map(len, known.values())) > 100
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in modules("training"):
        for name in built(tree, known):
            found[place_of(path)].append(name)
    assert set(found) == set(MAY), (
        "an answer is built by its handler; anything else has its reason in the list"
    )


@pytest.mark.parametrize(
    "source",
    [
        "from messages import status as say\nsay.status(facts, words)",
        "from messages.status import status\nstatus(facts, words)",
        "from messages.status import status as built\nbuilt(facts, words)",
    ],
)
def test_a_builder_is_seen_under_any_name(source: str) -> None:
    assert list(built(ast.parse(source), {"messages.status": frozenset({"status"})})) == ["status"]


def test_facts_for_a_message_are_none() -> None:
    source = "from messages import status as say\nsay.StatusFacts(name)"
    assert list(built(ast.parse(source), {"messages.status": frozenset({"status"})})) == []
