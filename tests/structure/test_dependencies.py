"""Is every package that we stand on named, explained and used, and nothing used that is not named?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.structure.checkout import ROOT, pyproject, rooms, texts
from tests.structure.pinned import PINS

NOBODY = "none"
IMPORT = re.compile(r"^(?:import (\w+)|from (\w+)[\w.]* import\b)|import_module\(\"(\w+)", re.MULTILINE)
ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([a-z, ]+) \|(.+)\|$", re.MULTILINE)
COLUMNS = 7
MONTH = re.compile(r"\d{4}-\d{2}")
SERVER = "What a server installs"
DEVELOPER = "What a developer installs"
TESTING = ("tests", "benchmarks")


@dataclass(frozen=True, slots=True)
class Row:
    """One package as the document tells of it."""

    rooms: frozenset[str]
    told: tuple[str, ...]

    @property
    def since(self) -> str:
        return self.told[2]

    @property
    def pinned(self) -> str:
        return self.told[3]


def rows(text: str) -> dict[str, Row]:
    """The tables of a document, by package."""
    return {
        name: Row(
            frozenset(each.strip() for each in used.split(",")) - {NOBODY},
            tuple(cell.strip() for cell in rest.split("|")),
        )
        for name, used, rest in ROW.findall(text)
    }


@cache
def document() -> Mapping[str, Mapping[str, Row]]:
    """The tables of docs/dependencies.md, by heading."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:])
    return {heading: found for heading, _, body in parts if (found := rows(body))}


def named(wanted: Iterable[str]) -> set[str]:
    """The packages of a list of requirements."""
    return {canonicalize_name(Requirement(each).name) for each in wanted}


def declared() -> dict[str, set[str]]:
    """What pyproject.toml names: ``server`` and each extra."""
    project = pyproject()["project"]
    extras = {extra: named(wanted) for extra, wanted in project["optional-dependencies"].items()}
    return {"server": named(project["dependencies"]), **extras}


def imported(text: str) -> set[str]:
    """Top-level names a module imports, by a statement or by name. Imports stand at the top of a module, one a line
    (other structure tests keep that), so that text is enough and nothing need be parsed."""
    return {name for found in IMPORT.findall(text) for name in found if name}


@cache
def users() -> Mapping[str, frozenset[str]]:
    """Which package is imported in which room."""
    packages = packages_distributions()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, text in texts():
        if path.suffix == ".py":
            for name in imported(text) & packages.keys():
                for package in packages[name]:
                    found[canonicalize_name(package)].add(path.parts[0])
    return {
        package: frozenset(tops)
        for package, tops in found.items()
        if package != pyproject()["project"]["name"]
    }


def users_in(*tops: str) -> dict[str, set[str]]:
    """The same, of these rooms only."""
    return {package: inside for package, used in users().items() if (inside := set(used) & set(tops))}


def test_every_dependency_has_a_row_and_every_row_is_one() -> None:
    wanted = declared()
    extras = set().union(*(packages for extra, packages in wanted.items() if extra not in {"server", "dev"}))
    assert set(document()[SERVER]) == wanted["server"]
    assert set(document()["What only some install"]) == extras
    assert set(document()[DEVELOPER]) == wanted["dev"] - extras


def test_each_row_names_the_rooms_that_import_it() -> None:
    in_rooms, in_tests = users_in(*rooms()), users_in("tests")
    wrong: dict[str, set[str]] = {}
    for heading, found in document().items():
        used = in_tests if heading == DEVELOPER else in_rooms
        wrong |= {name: right for name, row in found.items() if row.rooms != (right := used.get(name, set()))}
    assert not wrong


def test_nobody_imports_what_only_came_along_with_another() -> None:
    wanted = declared()
    extras = set().union(*(packages for extra, packages in wanted.items() if extra != "dev"))
    assert not set(users_in(*rooms())) - extras
    assert not set(users_in(*TESTING)) - extras - wanted["dev"]


def test_each_row_tells_everything_of_the_version_that_is_pinned() -> None:
    pins: defaultdict[str, list[str]] = defaultdict(list)
    text = "\n".join((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in PINS)
    for name, version in sorted(set(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.MULTILINE))):
        pins[name].append(version)
    wrong = []
    for name, row in {name: row for found in document().values() for name, row in found.items()}.items():
        version, _, month = row.pinned.partition(", ")
        if version != " and ".join(pins[name]) or not re.match(r"\d{4}", month):
            wrong.append(f"{name} is pinned to {' and '.join(pins[name])}; the row says {row.pinned}")
        if len(row.told) != COLUMNS or not MONTH.fullmatch(row.since):
            wrong.append(f"{name}: the row has {len(row.told)} columns behind the rooms, since {row.since}")
        wrong.extend(f"{name}: column {n} is empty" for n, cell in enumerate(row.told) if not cell and n != 4)
    assert not wrong


def test_an_import_by_statement_and_by_name_is_found() -> None:
    text = 'import os.path\nfrom rich.text import Text\n  kit = importlib.import_module("pgserver.pg")\nfrom the top\n'
    assert imported(text) == {"os", "rich", "pgserver"}
    assert rows("| rich | bot, db | tables | MIT |\n")["rich"].rooms == {"bot", "db"}
