"""Can a pack's tests be compared by what they ask, and put into words?"""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from messages.pack_diff import diff_lines
from messages.words import load
from rules.diff import compare
from rules.loader import SHIPPED, load_folder, load_pack, load_packs
from rules.pack import Lapse
from rules.told import Other, told


def every_test() -> Iterator[Any]:
    """Every test of a person or a record in the packs that ship."""
    for pack in load_packs():
        yield from (test for test in (pack.covers, pack.owed_by) if test is not None)
        for requirement in pack.requirements:
            yield requirement.applies
            yield from (condition.test for condition in requirement.counts.conditions)
            if isinstance(requirement.clock, Lapse) and requirement.clock.unless is not None:
                yield requirement.clock.unless


def test_every_test_of_the_shipped_packs_can_be_put_into_words() -> None:
    tests = [told(test) for test in every_test()]

    assert len(tests) > len(load_pack("mn").requirements)
    assert not [test for test in tests if "Other(" in repr(test)]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("everybody", "everybody"),
        ("{fact: status, is: active}", "status is active"),
        ("{fact: status, is_not: active}", "status is not active"),
        ("{fact: status, in: [active, reserve]}", "status is one of active, reserve"),
        ("{fact: status, not_in: [active, reserve]}", "status is none of active, reserve"),
        ("{fact: disciplines, has: [police, emd]}", "disciplines holds one of emd, police"),
        ("{fact: disciplines, lacks: [police, emd]}", "disciplines holds none of emd, police"),
        ("{assigned: taser}", "assigned to taser"),
        ("{assigned: taser, or_coming: true}", "assigned to taser now or later"),
        ("{not: {any: [{assigned: taser}, {fact: kind, is: x}]}}", "not (assigned to taser or kind is x)"),
        ("{fact: kind, is: officer, if_absent: false}", "kind is officer (no where it is not known)"),
    ],
)
def test_each_kind_of_test_has_words_of_its_own(written: str, words: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "demo" / "lkm", tmp_path / "lkm")
    with (tmp_path / "lkm" / "pack.yaml").open("a", encoding="utf-8") as heading:
        heading.write(f"covers: {written}\n")
    lines = diff_lines(compare(load_pack("lkm"), load_folder(tmp_path / "lkm")), load())

    assert lines[2:] == ["PACK", f"  whose duties these are: nothing said -> {words}"]


def test_a_test_of_a_kind_not_met_before_is_compared_and_shown() -> None:
    def on_nights(shift: str, facts: object) -> bool:
        return facts == shift

    assert told(partial(on_nights, "B")) == told(partial(on_nights, "B"))
    assert told(partial(on_nights, "B")) != told(partial(on_nights, "C"))
    assert isinstance(told(on_nights), Other)


def test_a_test_made_of_another_one_is_known_by_that_one() -> None:
    def on(shift: str) -> Any:
        def asks(facts: object) -> bool:
            return facts == shift

        return asks

    def either(one: Any, facts: object) -> bool:
        return bool(one(facts))

    assert told(partial(either, on("B"))) == told(partial(either, on("B")))
    assert told(partial(either, on("B"))) != told(partial(either, either))
