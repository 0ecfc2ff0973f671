"""Is every difference between two packs found, in both directions, and nothing where they say the same?"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from messages.pack_diff import diff_lines, label_key
from messages.words import load
from rules.diff import NOT_COMPARED, PackDiff, Side, compare
from rules.loader import SHIPPED, load_folder, load_pack
from rules.pack import DatedAmount, Lapse, Pack, Reckoned, Requirement, UnsaidNumber
from rules.periods import Length

LKM = SHIPPED / "demo" / "lkm"
MN = SHIPPED / "us" / "mn"
EDITS = Path(__file__).with_name("rules_diff_edits.yaml")
ANOTHER: Any = "something else"


def said(before: Pack, after: Pack) -> list[str]:
    """What a person reads below the first line, without empty lines."""
    return [line for line in diff_lines(compare(before, after), load())[1:] if line]


def copied(source: Path, to: Path, file: str, old: str, new: str) -> Pack:
    """A pack read from a copy with one text in one file replaced."""
    shutil.copytree(source, to)
    written = (to / file).read_text(encoding="utf-8")
    assert old in written, f"{file} does not say {old!r}"
    (to / file).write_text(written.replace(old, new, 1), encoding="utf-8")
    return load_folder(to)


FQ = "  FQ-6  lkm-firearms  Firearms qualification"
CE = "  CE-48  mn-ce-total-48  Continuing education"
DEE_FILE = "requirements/050-de-escalation.yaml"
FQ_FILE = "requirements/040-firearms-qualification.yaml"
BEGIN, END = "for periods that begin on or after it", "for periods that end on or after it"


def edits() -> list[dict[str, Any]]:
    """The table of edits beside this module."""
    rows: list[dict[str, Any]] = yaml.safe_load(EDITS.read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("edit", edits(), ids=lambda edit: str(edit["edit"]))
def test_one_edit_of_one_file_is_said_and_nothing_else(edit: dict[str, Any], tmp_path: Path) -> None:
    source = Path(load_pack(edit["pack"]).folder)
    held = load_folder(source)
    copy = copied(source, tmp_path / source.name, edit["file"], edit["old"], edit["new"])

    assert said(held, copy) == edit["there"]
    assert said(copy, held) == edit["back"]


def test_a_copy_in_another_place_says_the_same(tmp_path: Path) -> None:
    shutil.copytree(LKM, tmp_path / "of-last-year")
    diff = compare(load_pack("lkm"), load_folder(tmp_path / "of-last-year"))

    assert diff.same
    assert said(diff.before, diff.after) == ["Nothing changed: the files of the two are the same."]


def test_a_comment_changes_the_files_and_not_what_they_say(tmp_path: Path) -> None:
    copy = copied(LKM, tmp_path / "lkm", DEE_FILE, "# Two hours", "# A pair of hours")

    assert copy.digest != load_pack("lkm").digest
    assert said(load_pack("lkm"), copy) == [
        "Nothing changed in what the packs say. Their files differ only in comments, notes or names."
    ]


def test_a_file_that_is_gone_is_a_duty_removed_and_the_other_way_round_added(tmp_path: Path) -> None:
    shutil.copytree(LKM, tmp_path / "lkm")
    (tmp_path / "lkm" / FQ_FILE).unlink()
    copy = load_folder(tmp_path / "lkm")

    assert said(load_pack("lkm"), copy) == ["REMOVED", FQ]
    assert said(copy, load_pack("lkm")) == ["ADDED", FQ]


def test_a_file_with_another_number_moves_a_duty_and_changes_none(tmp_path: Path) -> None:
    shutil.copytree(LKM, tmp_path / "lkm")
    (tmp_path / "lkm" / FQ_FILE).rename(tmp_path / "lkm" / "requirements" / "055-firearms.yaml")
    copy = load_folder(tmp_path / "lkm")
    diff = compare(load_pack("lkm"), copy)

    assert diff.reordered == (
        ("lkm-firearms", "lkm-de-escalation-2"),
        ("lkm-de-escalation-2", "lkm-firearms"),
    )
    assert (diff.heading, diff.added, diff.removed, diff.changed, diff.same) == ((), (), (), (), False)
    assert said(load_pack("lkm"), copy) == [
        "PACK",
        "  order of the requirements: lkm-firearms, lkm-de-escalation-2 -> lkm-de-escalation-2, lkm-firearms",
    ]


def test_changes_stand_in_pack_order() -> None:
    pack = load_pack("mn")
    later = replace(pack, requirements=tuple(replace(each, duty=ANOTHER) for each in pack.requirements))

    assert [each.after.id for each in compare(pack, later).changed] == [each.id for each in pack.requirements]


def test_two_values_of_one_day_in_another_order_are_not_the_same() -> None:
    # The last one that governs a window wins, so their order decides.
    first = DatedAmount(date(2026, 7, 1), Reckoned.WINDOW_START, Decimal(48))
    second = DatedAmount(date(2026, 7, 1), Reckoned.WINDOW_END, Decimal(50))
    before, after = with_amounts(first, second), with_amounts(second, first)

    assert said(before, after) == [
        "CHANGED",
        CE,
        "    amount:",
        f"      before: from Jul 1 2026, {BEGIN}: 48 h; from Jul 1 2026, {END}: 50 h",
        f"      after:  from Jul 1 2026, {END}: 50 h; from Jul 1 2026, {BEGIN}: 48 h",
    ]


def test_references_in_another_order_are_said_beside_what_else_changed() -> None:
    # The first reference is the strongest, as the pack lists them.
    first, second, *rest = load_pack("mn").requirements[0].references
    renamed = replace(second, title=ANOTHER)
    (found,) = with_first(references=(renamed, first, *rest)).changed

    assert [(change.before, change.after) for change in found.changes] == [
        (second.title, ANOTHER),
        ((first, second, *rest), (renamed, first, *rest)),
    ]


def test_a_value_written_twice_is_not_the_same_as_written_once() -> None:
    once = DatedAmount(date(2026, 7, 1), Reckoned.WINDOW_START, Decimal(48))
    (change,) = compare(with_amounts(once), with_amounts(once, once)).changed[0].changes

    assert (change.before, change.after) == (Side.ABSENT, once)


def test_a_number_written_otherwise_is_the_same_number() -> None:
    whole = DatedAmount(date(2026, 7, 1), Reckoned.WINDOW_START, Decimal(48))
    ended = DatedAmount(date(2027, 7, 1), Reckoned.WINDOW_START, UnsaidNumber.NOTHING)

    assert compare(
        with_amounts(whole, ended), with_amounts(replace(whole, amount=Decimal("48.0")), ended)
    ).same


def with_amounts(*amounts: DatedAmount) -> Pack:
    pack = load_pack("mn")
    first, *others = pack.requirements
    return replace(pack, requirements=(replace(first, amounts=amounts), *others))


def with_first(**values: Any) -> PackDiff:
    """Minnesota beside itself with other values of its first requirement."""
    pack = load_pack("mn")
    first, *others = pack.requirements
    return compare(pack, replace(pack, requirements=(replace(first, **values), *others)))


REQUIREMENT_FIELDS = [
    each.name
    for each in fields(Requirement)
    if (Requirement, each.name) not in NOT_COMPARED and each.name != "id"
]
PACK_FIELDS = [each.name for each in fields(Pack) if (Pack, each.name) not in NOT_COMPARED]


@pytest.mark.parametrize("field", REQUIREMENT_FIELDS)
def test_no_property_of_a_requirement_is_passed_over(field: str) -> None:
    (found,) = with_first(**{field: ANOTHER}).changed

    assert {change.path[0].field for change in found.changes} == {field}


@pytest.mark.parametrize("field", PACK_FIELDS)
def test_no_property_of_a_pack_is_passed_over(field: str) -> None:
    pack = load_pack("mn")
    other = replace(pack, **{field: ANOTHER})
    label = load().say(label_key(Pack, field))

    assert {change.path[0].field for change in compare(pack, other).heading} == {field}
    assert said(pack, other)[1].startswith(f"  {label}:")


def test_only_where_a_pack_lies_is_not_compared() -> None:
    assert {(owner.__name__, field) for owner, field in NOT_COMPARED} == {
        ("Requirement", "file"),
        ("Pack", "folder"),
        ("Pack", "digest"),
        ("Pack", "requirements"),
    }


@dataclass(frozen=True, kw_only=True)
class WiderRequirement(Requirement):
    """A requirement of a later version, with a property that no label names."""

    signed_by: str = "the chief"


def test_a_property_that_was_added_later_is_shown_by_its_own_name() -> None:
    pack = load_pack("mn")
    first = pack.requirements[0]
    wide = WiderRequirement(**{each.name: getattr(first, each.name) for each in fields(Requirement)})
    before = replace(pack, requirements=(wide,))
    after = replace(pack, requirements=(replace(wide, signed_by="the sheriff"),))

    assert said(before, after) == ["CHANGED", CE, "    signed_by: the chief -> the sheriff"]


def shapes(kind: Any) -> Iterator[type]:
    """Every dataclass that a field of this one can hold, however deep."""
    for inner in get_args(kind):
        yield from shapes(inner)
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Length:
        yield kind
        for hint in get_type_hints(kind).values():
            yield from shapes(hint)


def test_every_field_of_the_model_has_a_plain_word_and_no_word_is_left_over() -> None:
    owners = set(shapes(Pack))
    assert {Requirement, DatedAmount, Lapse} <= owners
    wanted = {
        label_key(owner, field.name)
        for owner in owners
        for field in fields(owner)
        if (owner, field.name) not in NOT_COMPARED
    }

    assert {key for key in load().keys if key.startswith("pack-diff-field-")} == wanted


@pytest.mark.parametrize("pack_id", ["in", "lkm", "mn", "mn-demo", "oh", "or"])
def test_every_window_and_every_value_that_ships_can_be_said(pack_id: str) -> None:
    pack = load_pack(pack_id)
    bare = load_pack("lkm" if pack_id != "lkm" else "mn").requirements[0]
    stripped = tuple(replace(bare, id=each.id, short=each.short) for each in pack.requirements)
    lines = said(replace(pack, requirements=stripped), pack)

    assert not [line for line in lines if re.search(r"<|functools|Decimal|frozenset|\(\)|None", line)]
    moved = [each for each in pack.requirements if each.clock != bare.clock]
    assert len([line for line in lines if line.startswith("    window")]) >= len(moved) > 0


def test_the_order_of_tests_that_hold_together_says_nothing(tmp_path: Path) -> None:
    lines = [
        "    - {fact: kind, is_not: civilian, if_absent: true}\n",
        "    - {fact: position, is_not: telecommunicator, if_absent: true}\n",
    ]
    copy = copied(MN, tmp_path / "mn", "pack.yaml", "".join(lines), "".join(reversed(lines)))

    assert compare(load_pack("mn"), copy).same


def test_any_in_place_of_all_is_another_test(tmp_path: Path) -> None:
    copy = copied(MN, tmp_path / "mn", "pack.yaml", "covers:\n  all:", "covers:\n  any:")
    (change,) = compare(load_pack("mn"), copy).heading

    assert change.path[0].field == "covers"
