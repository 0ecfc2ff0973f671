"""What is in this checkout: its rooms, files and modules, read for the tests of its shape."""

import ast
import gc
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GIT = shutil.which("git")
UNTRACKED = {"__pycache__", "data", "dist"}  # walked past where there is no git, as in an unpacked release


@cache
def pyproject() -> dict[str, Any]:
    """The project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def rooms() -> tuple[str, ...]:
    """The packages that ship."""
    return tuple(pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or is about to be committed, relative to the checkout."""
    if not (ROOT / ".git").exists() or GIT is None:
        inside = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return tuple(
            path for path in inside if not UNTRACKED & set(path.parts) and not path.parts[0].startswith(".")
        )
    listed = subprocess.run(  # noqa: S603  nothing of it comes from outside
        [GIT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    named = {Path(name) for name in listed.split("\0") if name}
    return tuple(sorted(path for path in named if (ROOT / path).is_file()))


def modules(*tops: str) -> Iterator[tuple[Path, ast.Module]]:
    """The Python modules under the given top-level folders, parsed."""
    return ((path, tree) for path, tree in trees().items() if path.parts[0] in tops)


@cache
def trees() -> dict[Path, ast.Module]:
    """Every Python module, parsed once for all tests: it is most of what they cost."""
    gc.disable()  # it would go through a million nodes again and again, and there is nothing to collect
    try:
        return {
            path: ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))
            for path in files()
            if path.suffix == ".py"
        }
    finally:
        gc.freeze()
        gc.enable()


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that can be read as text."""
    for path in files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a spreadsheet


def where(path: Path, node: ast.expr | ast.stmt) -> str:
    """How a finding names its place."""
    return f"{path}:{node.lineno}"


DECISIONS = Path("docs/decisions")


def documents() -> Iterator[tuple[Path, str]]:
    """The documents of the project."""
    return ((path, text) for path, text in texts() if path.suffix == ".md")
