"""Does an install bring exactly what was reviewed? Rooms named one by one, every pin with its hashes."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure.checkout import ROOT, files, pyproject, rooms, trees
from tests.structure.pinned import APART, HASH, PINS, pins

NOT_SHIPPED = {"tests", "benchmarks"}


def read_pins(name: str) -> dict[str, tuple[str, int]]:
    """The pins of requirements/<name>.txt."""
    return pins((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))


def versions(pinned: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Package to version."""
    return {package: version for package, (version, _) in pinned.items()}


def test_every_room_ships_and_no_test_does() -> None:
    packages = {path.parts[0] for path in files() if len(path.parts) == 2 and path.name == "__init__.py"}
    assert set(rooms()) == packages - NOT_SHIPPED


def test_every_room_is_under_the_import_contract_and_typed() -> None:
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    named = contract.partition("root_packages =")[2].partition("include_external")[0].split()
    assert sorted(named) == sorted(rooms())
    assert set(pyproject()["tool"]["mypy"]["packages"]) == {*rooms(), *NOT_SHIPPED}


@pytest.mark.parametrize("name", [*PINS, *APART])
def test_every_pin_carries_hashes(name: str) -> None:
    assert not [package for package, (_, hashes) in read_pins(name).items() if not hashes]


def test_a_pin_without_a_hash_and_a_loose_one_are_caught() -> None:
    assert pins("babel==2.18.0\n") == {"babel": ("2.18.0", 0)}
    with pytest.raises(AssertionError, match="not a pin"):
        pins("babel>=2.18\n")


def sources(text: str) -> list[str]:
    """Lines of a file of pins that name a place to fetch from, or an option other than a hash."""
    instructions = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in instructions if "://" in line or (line.startswith("-") and not HASH.match(line))]


def test_no_pin_says_where_packages_come_from() -> None:
    for path in sorted((ROOT / "requirements").iterdir()):
        assert not sources(path.read_text(encoding="utf-8")), path.name
    assert len(sources("--find-links wheels\nbabel @ https://example.org/babel.whl\nbabel==2.18\n")) == 2


def test_what_runs_is_what_was_tested() -> None:
    assert versions(read_pins("runtime")).items() <= versions(read_pins("dev")).items()


def test_the_pins_satisfy_what_the_project_asks_for() -> None:
    project = pyproject()["project"]
    for name, wanted in (
        ("runtime", project["dependencies"]),
        ("dev", project["optional-dependencies"]["dev"]),
    ):
        pinned = versions(read_pins(name))
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(
                pinned[canonicalize_name(requirement.name)], prereleases=True
            )


def test_the_build_is_pinned_too() -> None:
    pinned = versions(read_pins("dev"))
    for requirement in map(Requirement, pyproject()["build-system"]["requires"]):
        assert str(requirement.specifier) == f"=={pinned[canonicalize_name(requirement.name)]}"


def test_the_directory_kit_is_brought_only_when_asked_for() -> None:
    """It is 390 MB: an extra of its own, which whoever runs the tests has."""
    assert "msgraph-sdk" not in read_pins("runtime")
    assert "msgraph-sdk" in read_pins("dev")


def test_the_command_is_where_the_project_says() -> None:
    module, _, function = pyproject()["project"]["scripts"]["rollcall"].partition(":")
    path = Path(module.replace(".", "/")).with_suffix(".py")
    assert path in trees(), f"the command rollcall starts in {module}, which is not there"
    assert function in {node.name for node in trees()[path].body if isinstance(node, ast.FunctionDef)}
