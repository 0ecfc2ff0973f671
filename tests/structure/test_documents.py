"""Do the documents point at what exists? Links, commands of the Makefile and the numbered decisions."""

import re
from pathlib import Path

from tests.structure.checkout import DECISIONS, ROOT, documents, texts

LINK = re.compile(r"\[[^\]]+\]\((?!https?://|mailto:|#)([^)#\s]+)")
NUMBERED = re.compile(r"\[decision\s+(\d+)\]\([^)]*?(\d{4})-[^)]*\.md\)")
COMMAND = re.compile(r"`make ([a-z]+)`|^ *make ([a-z]+)\b", re.MULTILINE)


def dead_links(path: Path, text: str) -> list[str]:
    """Links of a document that lead nowhere in this checkout."""
    return [target for target in LINK.findall(text) if not (ROOT / path.parent / target).exists()]


def commands(text: str) -> set[str]:
    """The make commands a text names."""
    return {first or second for first, second in COMMAND.findall(text)}


def test_every_link_leads_somewhere() -> None:
    assert not {str(path): dead for path, text in documents() if (dead := dead_links(path, text))}


def test_every_make_command_named_in_a_document_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert not {str(path): stray for path, text in documents() if (stray := commands(text) - targets)}


def test_decisions_are_numbered_without_gaps_and_all_listed() -> None:
    names = sorted(
        path.name for path, _ in documents() if path.parent == DECISIONS and path.name != "README.md"
    )
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (ROOT / DECISIONS / "README.md").read_text(encoding="utf-8")
    assert LINK.findall(index) == names


def test_every_decision_says_what_was_not_taken_and_what_it_costs() -> None:
    parts = {"## Context", "## Decision", "## Not taken", "## Cost"}
    found = {
        path.name: missing
        for path, text in documents()
        if path.parent == DECISIONS
        and path.name != "README.md"
        and (missing := parts - set(text.splitlines()))
    }
    assert not found


def misnumbered(text: str) -> list[str]:
    """Links that call a decision by the number of another one."""
    return [said for said, target in NUMBERED.findall(text) if int(said) != int(target)]


def test_a_decision_is_called_by_its_own_number() -> None:
    found = {str(path): wrong for path, text in texts() if (wrong := misnumbered(text))}
    assert not found
    assert misnumbered("[decision\n0032](docs/decisions/" + "0033-a-phone.md)") == ["0032"]


def test_a_dead_link_and_an_unknown_command_are_caught() -> None:
    assert dead_links(Path("README.md"), "see [the moon](docs/moon.md)") == ["docs/moon.md"]
    assert commands("first\n    make lunch\nthen `make test`") == {"lunch", "test"}
