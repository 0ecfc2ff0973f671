"""Is each room the one in this checkout? The top-level names are common words another install may use."""

import importlib.util
from pathlib import Path

import pytest

from tests.structure.checkout import ROOT, rooms


def origin(package: str) -> Path:
    """The file a package would be imported from."""
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} cannot be imported"
    assert spec.origin is not None, (
        f"{package} has no __init__.py, so any folder of that name could take its place"
    )
    return Path(spec.origin).resolve()


@pytest.mark.parametrize("package", [*rooms(), "tests"])
def test_each_room_comes_from_this_checkout(package: str) -> None:
    assert origin(package) == ROOT / package / "__init__.py"


def test_a_package_from_elsewhere_is_noticed() -> None:
    assert not origin("json").is_relative_to(ROOT)
