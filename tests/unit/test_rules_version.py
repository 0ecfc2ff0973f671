"""Does the evaluator's version follow from its code, so that no kept standing outlives the code that made it?"""

import shutil
from pathlib import Path

import rules
from rules.evaluate import ENGINE
from rules.version import code_digest, digest_of

ROOM = Path(rules.__file__).parent


def copied(to: Path) -> Path:
    return shutil.copytree(ROOM, to / "rules", ignore=shutil.ignore_patterns("__pycache__", "packs"))


def test_the_same_code_in_another_place_has_the_same_version(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    for file in copy.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(copy) == code_digest() == ENGINE


def test_one_changed_line_anywhere_is_another_version(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    with (copy / "judges" / "windows.py").open("a", encoding="utf-8") as module:
        module.write("TOLERANCE = 1\n")
    assert digest_of(copy) != ENGINE


def test_what_a_pack_says_is_no_part_of_it(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    (copy / "packs").mkdir()
    (copy / "packs" / "pack.yaml").write_text("id: x\n", encoding="utf-8")
    assert digest_of(copy) == ENGINE
