"""Is the project the same on anybody's machine? No file names a place on one, or a package registry."""

import re
from collections.abc import Iterator

import pytest

from tests.structure.checkout import texts

# Put together from pieces, or this file would be its own first finding.
PLACES = [
    *(f"/{folder}/" for folder in ("work", "root")),
    *(f"/{folder}/[A-Za-z]" for folder in ("home", "Users")),
    r"[A-Z]:\\" + "Users",
]
HOSTS = [
    re.escape(".".join(host))
    for host in (
        ("py" + "pi", "org"),
        ("py" + "pi", "python", "org"),
        ("python" + "hosted", "org"),
        ("npm" + "js", "org"),
        ("crates", "io"),
        ("conda", "anaconda", "org"),
    )
]
# A web address may have such a folder in its path; a place on a machine begins at the slash.
PLACE = rf"(?<![\w.~%-])(?:{'|'.join(PLACES)})"
REGISTRY = rf"\b(?:{'|'.join(HOSTS)})\b|--(?:extra-)?index" + "-url"
FORBIDDEN = re.compile(f"{PLACE}|{REGISTRY}")


def findings(text: str) -> Iterator[str]:
    """What in a text belongs to one machine or one registry."""
    return (match.group() for match in FORBIDDEN.finditer(text))


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = {str(path): sorted(set(findings(text))) for path, text in texts() if FORBIDDEN.search(text)}
    assert not found


@pytest.mark.parametrize(
    "offender",
    [
        "open('/" + "work/main/x')",
        "sqlite:////" + "root/rollcall.db",
        "/" + "home/dana/rollcall",
        "https://files." + "python" + "hosted.org/x",
        "--index" + "-url https://example.org",
    ],
)
def test_a_place_on_one_machine_is_caught(offender: str) -> None:
    assert list(findings(offender))


@pytest.mark.parametrize(
    "allowed", ["https://example.gov" + "/work" + "/rules.html", "home/dana", "network/"]
)
def test_a_folder_of_a_web_address_is_not(allowed: str) -> None:
    assert not list(findings(allowed))
