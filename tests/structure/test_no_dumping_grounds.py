"""Can a file be found by what it is about? No drawer for leftovers, and no module too long to know."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.structure.checkout import ROOT, files

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}
LONGEST = 500
LONGER_FOR_A_REASON: dict[str, str] = {}


def drawers(paths: Iterable[Path]) -> Iterator[Path]:
    """Paths with a folder or module named for leftovers."""
    return (path for path in paths if DRAWERS & {part.lower() for part in (*path.parts[:-1], path.stem)})


def too_long(path: str, lines: int) -> bool:
    """Whether a module is longer than allowed without a reason."""
    return lines > LONGEST and path not in LONGER_FOR_A_REASON


def lengths() -> dict[str, int]:
    """Lines of every module."""
    return {
        path.as_posix(): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in files()
        if path.suffix == ".py"
    }


def test_nothing_is_named_for_leftovers() -> None:
    assert not list(drawers(files()))


def test_no_module_is_too_long_to_know() -> None:
    found = {path: lines for path, lines in lengths().items() if too_long(path, lines)}
    assert not found, f"split by subject, or give a reason: {found}"


def test_no_reason_outlives_its_module() -> None:
    measured = lengths()
    assert not [path for path in LONGER_FOR_A_REASON if measured.get(path, 0) <= LONGEST]


def test_a_drawer_and_a_long_module_are_caught() -> None:
    offenders = [Path("training/utils.py"), Path("messages/common/dates.py")]
    assert list(drawers([*offenders, Path("messages/wording.py")])) == offenders
    assert too_long("training/roster.py", LONGEST + 1)
    assert not too_long("training/roster.py", LONGEST)
